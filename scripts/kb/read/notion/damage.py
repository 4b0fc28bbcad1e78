"""What an export has damaged: it stays as it is, and is told with its line."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model.blocks import Block, Heading, Paragraph, Remark, Table, Toggle, walk
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.text.inline import Inline, Link, Marked, Text, parse_inline, plain

_CHECK = "元のページで確かめてください"


def damage(blocks: tuple[Block, ...]) -> Iterator[Finding]:
    """Each place whose markup does not fit together."""
    for block in walk(blocks):
        for text in texts_of(block):
            if any(mark in text for mark in ("**", "[](", "~~", "__")):
                yield from _broken(text, block.span)


def texts_of(block: Block) -> tuple[str, ...]:
    """The inline texts of a block itself, without those of the blocks in it."""
    match block:
        case Paragraph(text) | Remark(_, text) | Heading(_, text):
            return (text,)
        case Toggle(summary):
            return (summary,)
        case Table(rows):
            return tuple(cell for row in rows for cell in row)
        case _:
            return ()


def _broken(text: str, span: Span) -> Iterator[Finding]:
    nodes = parse_inline(text)
    shown = "".join(_texts(nodes))
    if "**" in shown and "\\*" not in text:
        message = f"太字の記号 `**` の組が合っていません(「{_around(shown, '**')}」)。そのまま残しました"
        yield Finding(Code.NOTION_EMPHASIS, "loss", span, message, _CHECK)
    if any(not plain(link.label).strip() for link in _links(nodes)):
        message = "文字のないリンク `[](…)` があります。そのまま残しました"
        yield Finding(Code.NOTION_EMPTY_LINK, "loss", span, message, _CHECK)


def _texts(nodes: tuple[Inline, ...]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Text(text):
                yield text
            case Link(label) | Marked(_, label):
                yield from _texts(label)
            case _:
                yield " "


def _links(nodes: tuple[Inline, ...]) -> Iterator[Link]:
    for node in nodes:
        if isinstance(node, Link):
            yield node
        elif isinstance(node, Marked):
            yield from _links(node.inner)


def _around(text: str, mark: str) -> str:
    at = text.find(mark)
    return " ".join(text[max(0, at - 8) : at + 12].split())
