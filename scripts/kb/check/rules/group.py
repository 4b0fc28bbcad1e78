"""The group's own rules, from the top of its page: a kind, a source that is a link, a presenter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Said, rule
from kb.link.facts import Facts
from kb.model.blocks import Comment, Paragraph, walk
from kb.model.codes import Code
from kb.model.finding import Span
from kb.model.inline import Link, RichText, Url, flat
from kb.model.session import CODE, MATERIAL, SOURCES
from kb.read.markers import KINDS
from kb.text.fold import name_key
from kb.text.program import typed
from kb.text.spell import code_span

_HOSTS: dict[str, str] = {
    **dict.fromkeys(("github.com", "gitlab.com", "huggingface.co", "colab.research.google.com"), "code"),
    **dict.fromkeys(("youtube.com", "vimeo.com", "nicovideo.jp"), "動画"),
    **dict.fromkeys(("speakerdeck.com", "slideshare.net", "docs.google.com", "docswell.com"), "資料"),
}
"""The kind of what most addresses of a host lead to."""

_ID = re.compile(r"(?:arxiv|doi)\s*[:：]\s*\w\S*|isbn\S*\s*\d\S*|(?<![\w.])10\.\d{4,9}/\S+", re.I)
"""A number that stands for a work without an address."""
# `：／` are what a Japanese keyboard gives; the bounds keep the search linear.
_ADDRESS = re.compile(
    r"(?<![\w.-])(?:[a-zA-Z]{2,8}(?P<mark>[:：][/／]{1,3}|[/／]{2,3}))?"
    r"(?P<rest>(?:[a-zA-Z0-9-]{1,63}\.){1,6}[a-zA-Z]{2,24}(?:[/／?][^\s)）」>]*)?)"
)
# In many reports the source is a line of text below the title, `# 題名` and then a bare address.
_BODY_SOURCE = re.compile(
    r"(?:(?:出典|source|参考文献|元記事|url)\s*[:：]\s*(?P<named>\S.*)|<?(?P<bare>(?-i:https?)://\S+?)>?)",
    re.I,
)
# … or that address as a link. Further down, such a line is rather what the text speaks of.
_FIRST_SOURCE = re.compile(r"\[[^\[\]]{1,300}\]\((?P<named>(?-i:https?)://[^\s()]{1,2000})\)", re.I)


def clipped(text: str, length: int = 40) -> str:
    """A title as it fits into a message."""
    return text if len(text) <= length else text[: length - 1] + "…"


def likely_kind(facts: Facts) -> str:
    """The kind that an entry's sources speak for; `blog` where they do not speak."""
    if any(one.work for one in facts.citations):
        return "論文"
    hosts = (one.url.partition("/")[0] for one in facts.citations)
    return next((_HOSTS[host] for host in hosts if host in _HOSTS), "blog")


def mended_address(text: str) -> str:
    """The address that a broken one was meant to be: `htp://a.b`, `arxiv.org/abs/…`; empty for none."""
    found = _ADDRESS.search(text)
    if not found or not (found["mark"] or "/" in found["rest"]):
        return ""
    return "https://" + found["rest"].replace("／", "/")


@rule(Code.ENTRY_MISSING)
def entry_missing(note: Note, _: Base) -> Iterator[Said]:
    """A note that is all text: a page that was copied to where a note is expected."""
    # A note that is empty yet is told by other rules.
    text = next((block for block in note.blocks if not isinstance(block, Comment)), None)
    if text is not None and not note.facts:
        brought = f"Notionからコピーした文章は、フォームか `{typed('week')} import` で取り込めます"
        hint = f"発表の題を `## [論文] 題` の形にしてください。{brought}"
        yield note.at(text.span.first), "発表が1つもありません", hint


@rule(Code.KIND_MISSING)
def kind_missing(note: Note, _: Base) -> Iterator[Said]:
    """No label before the title."""
    for facts in note.facts:
        if not facts.entry.kind:
            likely = likely_kind(facts)
            others = "、".join(f"[{kind}]" for kind in KINDS if kind != likely)
            hint = f"題の前に `[{likely}]` と書いてください。ほかに {others} があります"
            yield note.at(facts.entry.span.first), f"「{clipped(facts.title)}」の前に種類がありません", hint


@rule(Code.PRESENTER_MISSING)
def presenter_missing(note: Note, _: Base) -> Iterator[Said]:
    """An entry of the weekly topics that names nobody."""
    for facts in note.facts:
        part = name_key(facts.part.plain)
        # On the group's page the main topic names nobody.
        if not facts.people and "メイン" not in part and "main" not in part:
            message = f"「{clipped(facts.title)}」に発表者が書かれていません"
            hint = "`- 発表者: @Takumi Iida` のように、見出しの下に書いてください"
            yield note.at(facts.entry.span.first), message, hint


@rule(Code.SOURCE_MISSING)
def source_missing(note: Note, _: Base) -> Iterator[Said]:
    """An entry that names no source anywhere."""
    for facts in note.facts:
        if not _cites(facts) and _bare_in_body(facts) is None:
            hint = "見出しの下に `- 出典: https://…` を書いてください"
            yield note.at(facts.entry.span.first), f"「{clipped(facts.title)}」に出典がありません", hint


@rule(Code.SOURCE_BARE)
def source_bare(note: Note, _: Base) -> Iterator[Said]:
    """A source that nobody can click on, given as data or told by the text only."""
    for facts in note.facts:
        for item in facts.entry.data:
            if item.key == SOURCES and item.value:
                yield from _bare(note, item.value, item.span)
        bare = None if _cites(facts) else _bare_in_body(facts)
        if bare:
            text, span = bare
            message = f"本文の `{clipped(text, 60)}` は、発表の出典として読まれません"
            row = code_span(f"- 出典: {text}")
            yield note.find(span, text), message, f"見出しのすぐ下に {row} と書いてください"


def _bare(note: Note, value: RichText, span: Span) -> Iterator[Said]:
    if any(isinstance(node, Url | Link) for node in flat(value.nodes)):
        return
    text, place = value.plain, note.find(span, value.source)
    shown = clipped(text, 60)
    if mended := mended_address(_ID.sub("", text)):
        yield place, f"出典 `{shown}` はリンクになりません", f"{code_span(mended)} と書いてください"
    elif not _ID.search(text):
        link = code_span(f"[{value.source}](https://…)")
        hint = f"{link} のように、アドレスを付けてください"
        yield place, f"出典「{shown}」にアドレスがありません", hint


def _cites(facts: Facts) -> bool:
    """Whether an entry tells where it is from, rightly or not."""
    # Of code and slides the address may stand under a key of their own.
    other = {"code": CODE, "資料": MATERIAL}.get(facts.entry.kind, "")
    return bool(facts.citations or facts.entry.values(SOURCES) or (other and facts.entry.values(other)))


def _bare_in_body(facts: Facts) -> tuple[str, Span] | None:
    """What looks like the source of an entry that gives none, and the line on which it stands."""
    paragraphs = (block for block in walk(facts.entry.blocks) if isinstance(block, Paragraph))
    for place, block in enumerate(paragraphs):
        for number, line in enumerate(block.text.source.split("\n"), block.span.first):
            first = None if place else _FIRST_SOURCE.fullmatch(line.strip())
            if found := first or _BODY_SOURCE.fullmatch(line.strip()):
                at = min(number, block.span.last)
                return found["named"] or found["bare"], Span(block.span.path, at, at)
    return None
