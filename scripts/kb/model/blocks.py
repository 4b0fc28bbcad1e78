"""The blocks of a note's text.

A `RichText` holds the inline Markdown of a block: its lines joined by a line feed, without the markers
and the indentation of what they stand in. Spans do not take part in equality: two notes are equal when
they say the same, wherever it stands.

Which blocks hold texts and other blocks is told here once, by `texts`, `children` and `rebuilt`: every
walk goes through these, so that a new kind of block is met everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Literal, TypeVar, assert_never

from kb.model.finding import NOWHERE, Span
from kb.model.inline import RichText

T = TypeVar("T")
Alignment = Literal["", "left", "right", "center"]


def _span() -> Span:
    return field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; each line feed is a line break that its writer made."""

    text: RichText
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Remark:
    """A paragraph that begins with a handle in brackets, `[pon] …`."""

    handle: str
    text: RichText
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's title. Level 1 is a part, level 2 an entry, 3 to 6 its sections."""

    level: int
    text: RichText
    span: Span = _span()
    anchor: str = ""
    """Where the section is on its page; empty before the blocks are linked."""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list, with what is nested in it."""

    blocks: tuple[Block, ...]
    done: bool | None = None
    """The state of a task (`[x]`), or None for an ordinary item."""
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list without numbers."""

    items: tuple[ListItem, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class OrderedList:
    """A numbered list, counted upwards from `start`."""

    start: int
    items: tuple[ListItem, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced block. `info` is what stands behind the opening fence."""

    info: str
    text: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Math:
    """A displayed equation between `$$` lines, as TeX."""

    text: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first row is its header. Rows may differ in length: no cell is dropped."""

    rows: tuple[tuple[RichText, ...], ...]
    alignments: tuple[Alignment, ...] = ()
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted blocks (`> …`)."""

    blocks: tuple[Block, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Callout:
    """Notion's callout, `<aside>` in its export."""

    blocks: tuple[Block, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Toggle:
    """Notion's toggle, `<details>` in a note."""

    summary: RichText
    blocks: tuple[Block, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Aligned:
    """Blocks that lie at one side or in the middle, `<div align="center">` in a note."""

    alignment: Alignment
    blocks: tuple[Block, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Divider:
    """A thematic break."""

    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment: kept in the note, not shown on the site."""

    text: str
    span: Span = _span()


Block = (
    Paragraph
    | Remark
    | Heading
    | BulletList
    | OrderedList
    | CodeBlock
    | Math
    | Table
    | Quote
    | Callout
    | Toggle
    | Aligned
    | Divider
    | Comment
)

Blocks = tuple[Block, ...]

Box = Callout | Toggle | Aligned
"""A block that holds others and that a note writes between the two tags of an element."""


def children(block: Block) -> Blocks:
    """The blocks directly inside a block, in order; empty for a leaf."""
    match block:
        case BulletList() | OrderedList():
            return tuple(inner for item in block.items for inner in item.blocks)
        case Quote() | Callout() | Toggle() | Aligned():
            return block.blocks
        case Paragraph() | Remark() | Heading() | CodeBlock() | Math() | Table() | Divider() | Comment():
            return ()
        case _:
            assert_never(block)


def texts(block: Block) -> tuple[RichText, ...]:
    """The texts of a block itself, in order, without those of the blocks inside it."""
    match block:
        case Paragraph(text) | Remark(_, text) | Heading(_, text) | Toggle(text):
            return (text,)
        case Table(rows):
            return tuple(cell for row in rows for cell in row)
        case BulletList() | OrderedList() | Quote() | Callout() | Aligned():
            return ()
        case CodeBlock() | Math() | Divider() | Comment():
            return ()
        case _:
            assert_never(block)


def _as_it_is(value: T) -> T:
    return value


def rebuilt(
    block: Block,
    *,
    text: Callable[[RichText], RichText] = _as_it_is,
    inner: Callable[[Blocks], Blocks] = _as_it_is,
) -> Block:
    """The block with its own texts and each run of blocks inside it changed, in the order of reading."""
    # What does not change stays the same object: nearly all does, and a session has a thousand blocks.
    match block:
        case Paragraph() | Remark() | Heading():
            new = text(block.text)
            return block if new is block.text else replace(block, text=new)
        case BulletList() | OrderedList():
            items = tuple([_rebuilt_item(item, inner) for item in block.items])
            return block if _same(items, block.items) else replace(block, items=items)
        case Table(rows):
            new_rows = tuple(tuple(map(text, row)) for row in rows)
            return block if all(map(_same, new_rows, rows)) else replace(block, rows=new_rows)
        case Toggle():
            summary, blocks = text(block.summary), inner(block.blocks)
            same = summary is block.summary and _same(blocks, block.blocks)
            return block if same else replace(block, summary=summary, blocks=blocks)
        case Quote() | Callout() | Aligned():
            blocks = inner(block.blocks)
            return block if _same(blocks, block.blocks) else replace(block, blocks=blocks)
        case CodeBlock() | Math() | Divider() | Comment():
            return block
        case _:
            assert_never(block)


def _rebuilt_item(item: ListItem, inner: Callable[[Blocks], Blocks]) -> ListItem:
    blocks = inner(item.blocks)
    return item if _same(blocks, item.blocks) else replace(item, blocks=blocks)


def _same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))


def walk(blocks: Blocks) -> Iterator[Block]:
    """All blocks and what is inside them, in the order in which they are read."""
    for block in blocks:
        yield block
        yield from walk(children(block))
