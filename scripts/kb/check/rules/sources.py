"""Sources: that there is one, and that it is a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Rule
from kb.link.facts import Facts
from kb.model.blocks import Block, Paragraph, walk
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import Link, RichText, Url, flat
from kb.model.session import CODE, MATERIAL, SOURCES

_ID = re.compile(r"(?:arxiv|doi)\s*[:：]\s*\w\S*|isbn\S*\s*\d\S*|(?<![\w.])10\.\d{4,9}/\S+", re.I)
"""A number that stands for a work without an address."""
_ADDRESS = re.compile(
    r"(?<![\w.-])(?:[a-zA-Z]{2,8}(?P<mark>[:：][/／]{1,3}|[/／]{2,3}))?"
    r"(?P<rest>(?:[a-zA-Z0-9-]{1,63}\.){1,6}[a-zA-Z]{2,24}(?:[/／?][^\s)）」>]*)?)"
)
_BODY_SOURCE = re.compile(r"(?:出典|source|参考文献|元記事|url)\s*[:：]\s*(?P<value>\S.*)", re.I)
_BODY_ADDRESS = re.compile(r"<?(?P<value>https?://\S+?)>?")


def clipped(text: str, length: int = 40) -> str:
    """A title as it fits into a message."""
    return text if len(text) <= length else text[: length - 1] + "…"


def mended_address(text: str) -> str:
    """The address that a broken one was meant to be: `htp://a.b`, `arxiv.org/abs/…`; empty for none."""
    found = _ADDRESS.search(text)
    if not found or not (found["mark"] or "/" in found["rest"]):
        return ""
    return "https://" + found["rest"].replace("／", "/")


def _lines_of_body(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Span]]:
    """Each line of running text below a heading, in paragraphs and items."""
    for block in walk(blocks):
        if isinstance(block, Paragraph):
            for at, line in enumerate(block.text.source.split("\n")):
                number = min(block.span.first + at, block.span.last)
                yield line, Span(block.span.path, number, number)


def _bare_in_body(facts: Facts) -> tuple[str, Span] | None:
    """What looks like the source of an entry that gives none, and the line on which it stands."""
    for line, span in _lines_of_body(facts.entry.blocks):
        found = _BODY_SOURCE.fullmatch(line.strip()) or _BODY_ADDRESS.fullmatch(line.strip())
        if found:
            return found["value"], span
    return None


def _cites(facts: Facts) -> bool:
    """Whether an entry tells where it is from, rightly or not."""
    other = {"code": CODE, "資料": MATERIAL}.get(facts.entry.kind, "")
    return bool(facts.citations or facts.entry.values(SOURCES) or (other and facts.entry.values(other)))


class SourceMissing(Rule):
    """An entry that does not tell what it is about."""

    code = Code.SOURCE_MISSING

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """One for each entry that names no source anywhere."""
        for facts in note.facts:
            if not _cites(facts) and _bare_in_body(facts) is None:
                title = clipped(facts.title)
                hint = "見出しの下に `- 出典: https://…` を書いてください"
                yield self.finding(note.at(facts.entry.span.first), f"「{title}」に出典がありません", hint)


class SourceBare(Rule):
    """A source that nobody can click on."""

    code = Code.SOURCE_BARE

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """First what is given as data, then what only the text tells."""
        for facts in note.facts:
            for item in facts.entry.data:
                if item.key == SOURCES and item.value:
                    yield from self._value(note, item.value, item.span)
            bare = None if _cites(facts) else _bare_in_body(facts)
            if bare:
                message = f"本文の `{clipped(bare[0], 60)}` は、発表の出典として読まれません"
                hint = f"見出しのすぐ下に `- 出典: {bare[0]}` と書いてください"
                yield self.finding(note.find(bare[1], bare[0]), message, hint)

    def _value(self, note: Note, value: RichText, span: Span) -> Iterator[Finding]:
        if any(isinstance(node, Url | Link) for node in flat(value.nodes)):
            return
        text = value.plain
        shown = clipped(text, 60)
        mended = mended_address(_ID.sub("", text))
        if mended:
            hint = f"`{mended}` と書いてください"
            yield self.finding(note.find(span, value.source), f"出典 `{shown}` はリンクになりません", hint)
        elif not _ID.search(text):
            hint = f"`[{shown}](https://…)` のように、アドレスを付けてください"
            yield self.finding(note.find(span, value.source), f"出典「{shown}」にアドレスがありません", hint)


SOURCE_RULES: tuple[Rule, ...] = (SourceMissing(), SourceBare())
