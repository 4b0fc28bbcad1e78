"""What an export has damaged: it stays as it is, and is told with its line."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model.blocks import Blocks, texts, walk
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import Inline, Link, Marked, RichText, Text, flat, plain

_CHECK = "元のページで確かめてください"


def damage(blocks: Blocks) -> Iterator[Finding]:
    """Each place whose markup does not fit together."""
    for block in walk(blocks):
        for text in texts(block):
            if any(mark in text.source for mark in ("**", "[](", "~~", "__")):
                yield from _broken(text, block.span)


def _broken(text: RichText, span: Span) -> Iterator[Finding]:
    shown = "".join(_words(text.nodes))
    if "**" in shown and "\\*" not in text.source:
        message = f"太字の記号 `**` の組が合っていません(「{_around(shown, '**')}」)。そのまま残しました"
        yield Finding(Code.NOTION_EMPHASIS, "loss", span, message, _CHECK)
    if any(isinstance(node, Link) and not plain(node.label).strip() for node in flat(text.nodes)):
        message = "文字のないリンク `[](…)` があります。そのまま残しました"
        yield Finding(Code.NOTION_EMPTY_LINK, "loss", span, message, _CHECK)


def _words(nodes: tuple[Inline, ...]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Text(text):
                yield text
            case Link(label) | Marked(_, label):
                yield from _words(label)
            case _:
                yield " "


def _around(text: str, mark: str) -> str:
    at = text.find(mark)
    return " ".join(text[max(0, at - 8) : at + 12].split())
