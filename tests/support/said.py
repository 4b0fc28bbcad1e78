"""What a note says, word for word, told from the model alone: what a page has to show of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from kb.link.nodes import EntryNode
from kb.model.blocks import (
    Block,
    BulletList,
    Callout,
    Code,
    Heading,
    Math,
    OrderedList,
    Paragraph,
    Quote,
    Remark,
    Table,
    Toggle,
)
from kb.model.session import AUTHORS, CODE, MATERIAL, REVISIT, SOURCES, Part, Session
from kb.text.inline import Image, Inline, Link, Marked, parse_inline, plain

Leads = Callable[[str], bool]
"""Whether an address of a note leads somewhere on the site or on the web."""

DATA = (AUTHORS, SOURCES, CODE, MATERIAL, REVISIT)
UNNAMED_TOGGLE = "くわしく"
"""What a toggle without words of its own is called."""


def entry_words(node: EntryNode, leads: Leads) -> str:
    """An entry as its topic's page shows it: title, presenters, data, text."""
    entry = node.entry
    values = (value for key in DATA for value in entry.values(key))
    pieces = [entry.title, *values]
    title, *data = (shown(parse_inline(piece), leads) for piece in pieces)
    people = [str(person) for person, _ in node.people]
    return "\n".join([title, *people, *data, *block_words(entry.blocks, leads)])


def outside_words(session: Session, leads: Leads) -> str:
    """What a session's page shows of its note: all that stands outside of entries."""
    lines = list(block_words(session.blocks, leads))
    for part in session.parts:
        lines += _part_words(part, leads)
    return "\n".join(lines)


def _part_words(part: Part, leads: Leads) -> Iterator[str]:
    words = list(block_words(part.blocks, leads))
    if "".join(words).strip() or not part.entries:
        yield plain(parse_inline(part.name)).strip() or "その他"
        yield from words


def block_words(blocks: Iterable[Block], leads: Leads, *, nested: bool = False) -> Iterator[str]:
    """The words of blocks in reading order; comments and rules have none."""
    for block in blocks:
        match block:
            case Paragraph(text) | Heading(_, text):
                yield shown(parse_inline(text), leads)
            case Remark(handle, text):
                yield handle + shown(parse_inline(text), leads)
            case BulletList(items) | OrderedList(_, items):
                for item in items:
                    yield from block_words(item.blocks, leads, nested=True)
            case Table(rows):
                yield from (shown(parse_inline(cell), leads) for row in rows for cell in row)
            case Code(info, text):
                yield _title_of(info) + text
            case Math(text):
                yield text
            case Quote(inner):
                yield from block_words(inner, leads, nested=True)
            case Callout(inner):
                yield from block_words(inner, leads, nested=nested)
            case Toggle(summary, inner):
                yield shown(parse_inline(summary), leads) or ("" if nested else UNNAMED_TOGGLE)
                yield from block_words(inner, leads, nested=nested)
            case _:
                pass


def _title_of(info: str) -> str:
    """What an opening fence says beyond its language: a file name, mostly."""
    found = re.fullmatch(r"([A-Za-z][A-Za-z0-9+#_-]*)?((?:[\s:].*)?)", info, re.DOTALL)
    return (found[2] if found else info).strip(" :")


def shown(nodes: tuple[Inline, ...], leads: Leads) -> str:
    """Inline text; an address that leads nowhere is told behind its words."""
    return "".join(_shown(node, leads) for node in nodes)


def _shown(node: Inline, leads: Leads) -> str:
    match node:
        case Link(label, url):
            inner = _inside(label, leads) if leads(url) else shown(label, leads)
            return _linked(inner, url, leads)
        case Image(alt, url):
            return alt if _local(url, leads) else _linked(alt, url, leads)
        case Marked(_, inner):
            return shown(inner, leads)
        case _:
            return plain((node,))


def _inside(nodes: tuple[Inline, ...], leads: Leads) -> str:
    """Inline text inside a link, where another link is words with its address behind them."""
    words = ""
    for node in nodes:
        match node:
            case Link(label, url):
                inner = _inside(label, leads)
                words += f"{inner} ({url})" if inner.strip() else url
            case Image(alt, url):
                words += alt if _local(url, leads) else alt or url
            case Marked(_, inner):
                words += _inside(inner, leads)
            case _:
                words += plain((node,))
    return words


def _local(url: str, leads: Leads) -> bool:
    return leads(url) and not re.match(r"[A-Za-z]+:", url)


def _linked(words: str, url: str, leads: Leads) -> str:
    if not words.strip():
        return url
    return words if leads(url) or words == url else f"{words} ({url})"
