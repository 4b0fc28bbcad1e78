"""The blocks of a note's text.

`text` fields hold the inline Markdown source of the block: its lines joined by a line feed, without
the markers and the indentation of what they stand in. Spans do not take part in equality: two notes
are equal when they say the same, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from kb.model.finding import NOWHERE, Span

Alignment = Literal["", "left", "right", "center"]


def _span() -> Span:
    return field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; each line feed is a line break that its writer made."""

    text: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Remark:
    """A paragraph that begins with a handle in brackets, `[pon] …`."""

    handle: str
    text: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's title. Level 1 is a part, level 2 an entry, 3 to 6 its sections."""

    level: int
    text: str
    span: Span = _span()


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

    rows: tuple[tuple[str, ...], ...]
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

    summary: str
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
    | Divider
    | Comment
)

Container = Quote | Callout | Toggle | ListItem


def children(block: Block) -> tuple[Block, ...]:
    """The blocks directly inside a block, in order; empty for a leaf."""
    match block:
        case BulletList() | OrderedList():
            return tuple(inner for item in block.items for inner in item.blocks)
        case Quote() | Callout() | Toggle():
            return block.blocks
        case _:
            return ()


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks and what is inside them, in the order in which they are read."""
    for block in blocks:
        yield block
        yield from walk(children(block))
