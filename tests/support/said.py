"""What a note says, word for word, told from the model alone: what a page has to show of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from kb.link.nodes import EntryNode
from kb.model.blocks import (
    Aligned,
    Block,
    BulletList,
    Callout,
    CodeBlock,
    Comment,
    Divider,
    Heading,
    Math,
    OrderedList,
    Paragraph,
    Quote,
    Remark,
    Table,
    Toggle,
    walk,
)
from kb.model.inline import Hidden, Image, Inline, Link, Marked, Text, plain
from kb.model.session import AUTHORS, CODE, MATERIAL, REVISIT, SOURCES, Part, Session
from kb.text.mathml import Unread, mathml

Resolve = Callable[[str], str]
"""Where an address of a note leads, on the site or on the web; empty where it leads nowhere."""

DATA = (AUTHORS, SOURCES, CODE, MATERIAL, REVISIT)
UNNAMED_PART = "その他"
UNNAMED_IMAGE = "図"
UNNAMED_TOGGLE = "くわしく"
"""What a toggle without words of its own is called."""


def entry_words(node: EntryNode, resolve: Resolve) -> str:
    """An entry as its topic's page shows it: title, presenters, data, text."""
    entry = node.entry
    values = (value for key in DATA for value in entry.values(key))
    title, *data = (shown(piece.nodes, resolve) for piece in (entry.title, *values))
    people = [str(person) for person, _ in node.people]
    return "\n".join([title, *people, *data, *block_words(entry.blocks, resolve)])


def outside_words(session: Session, resolve: Resolve) -> str:
    """What a session's page shows of its note: all that stands outside of entries."""
    lines = list(block_words(session.blocks, resolve))
    for part in session.parts:
        lines += _part_words(part, resolve)
    return "\n".join(lines)


def _part_words(part: Part, resolve: Resolve) -> Iterator[str]:
    """A part is named where something of it stands outside of its entries."""
    if not part.entries or not all(map(_unseen, part.blocks)):
        yield part.name.plain.strip() or UNNAMED_PART
        yield from block_words(part.blocks, resolve)


def _unseen(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return _leaves_nothing(block.text.nodes)
    return isinstance(block, Comment)


def _leaves_nothing(nodes: tuple[Inline, ...]) -> bool:
    return all(isinstance(node, Text | Hidden) for node in nodes) and not squeezed(plain(nodes))


def block_words(blocks: Iterable[Block], resolve: Resolve, *, nested: bool = False) -> Iterator[str]:
    """The words of blocks in reading order; comments and rules have none."""
    for block in blocks:
        match block:
            case Paragraph(text) | Heading(_, text):
                yield shown(text.nodes, resolve)
            case Remark(handle, text):
                yield handle + shown(text.nodes, resolve)
            case BulletList(items) | OrderedList(_, items):
                for item in items:
                    yield from block_words(item.blocks, resolve, nested=True)
            case Table(rows):
                yield from (shown(cell.nodes, resolve) for row in rows for cell in row)
            case CodeBlock(info, code):
                yield _title_of(info) + code
            case Math(tex):
                yield tex
            case Quote(inner):
                yield from block_words(inner, resolve, nested=True)
            case Callout(inner) | Aligned(_, inner):
                yield from block_words(inner, resolve, nested=nested)
            case Toggle(summary, inner):
                named = nested or not _leaves_nothing(summary.nodes)
                yield shown(summary.nodes, resolve) if named else UNNAMED_TOGGLE
                yield from block_words(inner, resolve, nested=nested)
            case Divider() | Comment():
                pass
            case _:
                assert_never(block)


def _title_of(info: str) -> str:
    """What an opening fence says beyond its language: a file name, mostly."""
    found = re.match(r"[A-Za-z][A-Za-z0-9+#_-]*(?:[\s:]+|$)", info)
    return info[found.end() :] if found else info


def shown(nodes: tuple[Inline, ...], resolve: Resolve) -> str:
    """Inline text; an address that leads nowhere is told behind its words."""
    return "".join(_shown(node, resolve) for node in nodes)


def _shown(node: Inline, resolve: Resolve) -> str:
    match node:
        case Link(label, url):
            inner = _inside(label, resolve) if resolve(url) else shown(label, resolve)
            return _linked(inner, url, resolve)
        case Image(alt, url):
            if _local(url, resolve):
                return alt
            if re.match("https?://", resolve(url)):
                return alt if alt.strip() else UNNAMED_IMAGE
            return _linked(alt, url, resolve)
        case Marked(_, inner):
            return shown(inner, resolve)
        case _:
            return plain((node,))


def _inside(nodes: tuple[Inline, ...], resolve: Resolve) -> str:
    """Inline text inside a link, where another link is words with its address behind them."""
    words = ""
    for node in nodes:
        match node:
            case Link(label, url):
                inner = _inside(label, resolve)
                words += f"{inner} ({url})" if inner.strip() else url
            case Image(alt, url):
                words += alt if _local(url, resolve) else alt or url
            case Marked(_, inner):
                words += _inside(inner, resolve)
            case _:
                words += plain((node,))
    return words


def _local(url: str, resolve: Resolve) -> bool:
    return resolve(url).startswith("../notes/")


def _linked(words: str, url: str, resolve: Resolve) -> str:
    if not words.strip():
        return url
    return words if resolve(url) or words == url else f"{words} ({url})"


_NOT_TEXT = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


def squeezed(text: str) -> str:
    """A text without blanks and without the control characters that HTML cannot hold."""
    return "".join(text.translate(_NOT_TEXT).split())


def is_code(block: Block) -> bool:
    """Whether a block is shown as code, as a formula is that stays TeX."""
    match block:
        case Math(tex) | CodeBlock("math", tex):
            return isinstance(mathml(tex, display=True), Unread)
        case _:
            return isinstance(block, CodeBlock)


def shapes(blocks: Iterable[Block]) -> Counter[str]:
    """How many elements of each kind blocks make: a list is a list, a table a table."""
    counts: Counter[str] = Counter()
    for block in walk(tuple(blocks)):
        match block:
            case BulletList(items) | OrderedList(_, items):
                counts["ul" if isinstance(block, BulletList) else "ol"] += 1
                counts["li"] += len(items)
            case Table(rows):
                counts["table"] += 1
                counts["tr"] += max(2, len(rows))  # the engine gives each table a body
            case CodeBlock() | Math():
                counts["pre"] += is_code(block)
            case Divider():
                counts["hr"] += 1
            case _:
                pass
    return counts
