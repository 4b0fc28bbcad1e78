"""What the note says in other words than its source: kinds, keys of data, the front matter.

Each reader brings these to one spelling. An import says so, for its account of characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from unicodedata import normalize

from kb.model.blocks import Block, Heading, texts, walk
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.session import DATA_KEYS, Entry, Session
from kb.read.dates import date_in
from kb.read.lines import lines_of
from kb.read.markers import KIND_LABEL, KIND_SPELLINGS
from kb.read.notion.session import left_of
from kb.text.inline import rich_text

TextsAt = Callable[[Span], Iterable[str]]
"""The texts of a source that begin in the first line of a place."""

_LEAD = re.compile(r"[\s>#*+・•-]*")
_KEY = re.compile(r"(?P<key>[^:：\n`\[\]]{1,20}?)\s*[:：]")
_DROPPED = (Code.NOTE_BOILERPLATE, Code.COPY_CONTENTS)
"""Messages on lines that are not in the note; the line itself is what they leave out."""


def texts_of_lines(text: str) -> TextsAt:
    """The lines of a text, without the marks in front."""
    lines = [line.text for line in lines_of(text)]

    def at(span: Span) -> Iterator[str]:
        for line in lines[max(span.first - 1, 0) : max(span.last, span.first)]:
            yield _LEAD.sub("", line, count=1)

    return at


def texts_of_blocks(blocks: Iterable[Block]) -> TextsAt:
    """The texts of blocks, by the line in which they begin."""
    found: dict[tuple[str, int], list[str]] = {}
    for block in walk(tuple(blocks)):
        for text in texts(block):
            found.setdefault((block.span.path, block.span.first), []).append(text.source)
    return lambda span: found.get((span.path, span.first), [])


def respelled(session: Session, texts_at: TextsAt) -> Iterator[Finding]:
    """A message for each kind and each key of data that the note spells otherwise."""
    for entry in session.entries:
        yield from _kind(entry, texts_at)
        yield from _keys(entry, texts_at)


def _kind(entry: Entry, texts_at: TextsAt) -> Iterator[Finding]:
    for text in texts_at(replace(entry.span, last=entry.span.first)):
        found = KIND_LABEL.match(text)
        kind = found["kind"].strip() if found else ""
        if entry.kind and kind != entry.kind and KIND_SPELLINGS.get(kind.lower()) == entry.kind:
            yield _told(entry.span, f"[{kind}]", f"[{entry.kind}]", kind)
            return


def _keys(entry: Entry, texts_at: TextsAt) -> Iterator[Finding]:
    """Keys stand in lines of the entry's data, or above nested values one line or more before them."""
    if not entry.data:
        return
    lines = {item.span.first for item in entry.data}
    for line in range(min(lines | {entry.span.first}), max(lines) + 1):
        span = Span(entry.data[0].span.path, line, line)
        for text in texts_at(span):
            found = _KEY.match(text)
            key = rich_text(found["key"]).plain.strip() if found else ""
            known = DATA_KEYS.get(key.lower(), key)
            if found and known != key and any(item.key == known for item in entry.data):
                yield _told(span, f"{key}:", f"{known}:", found["key"])


def _told(span: Span, old: str, new: str, excerpt: str) -> Finding:
    place = replace(span, last=span.first)
    return Finding(
        Code.NOTE_RESPELLED, "left-out", place, f"`{old}` を `{new}` と書きました", excerpt=excerpt
    )


def with_excerpts(findings: Iterable[Finding], texts_at: TextsAt) -> Iterator[Finding]:
    """The findings, those on lines that were left out with the characters of these lines."""
    for finding in findings:
        if finding.code in _DROPPED and not finding.excerpt:
            yield replace(finding, excerpt="\n".join(texts_at(finding.span)))
        else:
            yield finding


def title_heading(session: Session, head: Iterable[Block], *, told: bool) -> Iterator[Finding]:
    """The first heading, where it became the session's title or said it again.

    `told` says that title or date come from elsewhere (front matter, a page's own title).
    """
    first = next((block for block in head if isinstance(block, Heading)), None)
    shown = first.text.plain if first else ""
    if not first or first.level != 1 or date_in(shown) is None or _is_kept(first, session):
        return
    rest = left_of(shown, session.title)
    if told or (rest and rest != session.date.isoformat()):
        message = f"見出し「{shown}」は、ノートの date と title にしました"
        yield Finding(Code.NOTE_TITLE_DATE, "left-out", first.span, message, excerpt=shown)


def head_kept(title: str, session: Session) -> str:
    """What of a page's title stands in the note's date and title; the rest of it is told."""
    rest = left_of(title, session.title)
    kept = Counter("".join(title.split())) - Counter("".join(rest.split()))
    date = session.date.isoformat()
    return "".join(kept.elements()) + (f" {date}" if rest == date else "")


def _is_kept(heading: Heading, session: Session) -> bool:
    """Whether the heading still stands in the session, as a heading of its own or as a part."""
    headings = [(block.text, block.span.first) for block in session.blocks if isinstance(block, Heading)]
    parts = [(part.name, part.span.first) for part in session.parts]
    return (heading.text, heading.span.first) in (*headings, *parts)


def front_matter(source: str, head: str, session: Session, path: str) -> Iterator[Finding]:
    """Lines of a note's front matter that hold more than the note keeps: comments, quotes, spellings.

    `head` is what the note's date and title took over from it.
    """
    kept = [head, *(f"{key}: {value}" for key, value in session.extra)]
    left = Counter("".join("".join(kept).split()) + "datetitle:::")
    for number, line in enumerate(normalize("NFC", source).splitlines(), 1):
        chars = Counter("".join(line.strip().removeprefix("---").split()))
        if extra := chars - left:
            message = f"front matter の書き方を整えました(`{line.strip()}`)"
            dropped = "".join(extra.elements())
            yield Finding(
                Code.NOTE_RESPELLED, "left-out", Span(path, number, number), message, excerpt=dropped
            )
        left -= chars
