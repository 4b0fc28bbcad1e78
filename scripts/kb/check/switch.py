"""Rules that are switched off for one place, by a comment in the note that names them.

`<!-- check: off source-missing -->`, or `<!-- 確認しない: source-missing — 社内の話なので -->`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kb.check.base import Base
from kb.check.note import Note
from kb.check.prose import COMMENT
from kb.check.rule import Said, rule
from kb.model import blocks as b
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.session import Entry
from kb.text.near import Spellings

_CODES = frozenset(map(str, Code))
_KNOWN = Spellings((str(code), str(code)) for code in Code)
_SWITCH = re.compile(
    r"(?:check\s*[:：]\s*off\b|確認しない)\s*[:：]?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_REASON = re.compile(r"[:：—–]|\s-+\s")
_CODE = re.compile(r"[^\s,、，]+")
# Comments are looked for where `prose` has blotted one out: what looks like one in code is none.
_BLOTTED = re.compile(f"{COMMENT}+")
# `<!-->` and `<!--->` are whole comments, as HTML has it.
_COMMENT = re.compile("<!--(?!-?>)(.*?)-->")


@dataclass(frozen=True, slots=True)
class Switch:
    """One comment: which rules it switches off, and on which lines."""

    span: Span
    codes: tuple[str, ...]
    first: int
    """The first line for which it holds; 0 is the file as a whole."""
    last: int


def left_on(note: Note, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those findings that no switch of the note switches off."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    for switch in switches_of(note):
        for code in switch.codes:
            ranges.setdefault(code, []).append((switch.first, switch.last))
    reach = {code: _reach(pairs) for code, pairs in ranges.items()}
    for finding in findings:
        if not (
            finding.code in reach and _may_be_off(note, finding) and _within(reach[finding.code], finding)
        ):
            yield finding


def _may_be_off(note: Note, finding: Finding) -> bool:
    # Without a session there is nothing to show.
    return not (finding.severity == "error" and finding in note.reading.findings)


_Reach = tuple[list[int], list[int]]
"""First lines in their order, and how far the ranges reach that begin there or before."""


def _reach(pairs: list[tuple[int, int]]) -> _Reach:
    firsts, lasts = zip(*sorted(pairs), strict=True)
    return list(firsts), list(accumulate(lasts, max))


def _within(reach: _Reach, finding: Finding) -> bool:
    at = bisect_right(reach[0], finding.span.first) - 1
    return at >= 0 and finding.span.first <= reach[1][at]


def switches_of(note: Note) -> tuple[Switch, ...]:
    """Every switch of a note, in order; what stands in code is none."""
    text = note.text.lower()
    if "check" not in text and "確認しない" not in text:
        return ()
    places = _Places.of(note)  # not for every note: hardly one has a switch
    return tuple(_switch(note, places, *found) for found in _comments(note))


def _comments(note: Note) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Place and codes of each comment that is a switch."""
    for number, line in enumerate(note.prose, 1):
        for run in _BLOTTED.finditer(line):
            for comment in _COMMENT.finditer(note.line(number), *run.span()):
                if found := _SWITCH.fullmatch(comment[1].strip()):
                    yield note.at(number, *comment.span()), _codes(found["rest"])


def _codes(rest: str) -> tuple[str, ...]:
    """The codes before the reason, if any."""
    return tuple(_CODE.findall(_REASON.split(rest, maxsplit=1)[0]))


def _switch(note: Note, places: _Places, span: Span, codes: tuple[str, ...]) -> Switch:
    number = span.first
    line = note.prose[number - 1]
    if line.replace(COMMENT, "").strip(" \t\u3000>"):
        return Switch(span, codes, number, places.end(number))
    if number < places.heading:
        return Switch(span, codes, 0, len(note.lines))
    # Several switches may stand one below the other above a block.
    at = bisect_right(places.texts, number)
    below = places.texts[at] if at < len(places.texts) else len(note.lines) + 1
    return Switch(span, codes, number, places.end(below, block=True))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the headings and blocks of a note end, by their first line."""

    heading: int
    """The line of the first heading, or of the first block where there is no heading."""
    headings: dict[int, int]
    blocks: dict[int, int]
    texts: list[int]
    """The lines that hold more than comments and blanks."""

    @classmethod
    def of(cls, note: Note) -> _Places:
        """Look through the blocks, the items of lists and the headings of a note."""
        session = note.session
        blocks: dict[int, int] = {}
        for span in (span for block in note.blocks for span in _spans(block)):
            # A list and its first item begin on one line; the switch is for the whole.
            blocks[span.first] = max(blocks.get(span.first, 0), span.last)
        entries = session.entries if session else ()
        headings = {entry.span.first: _data_end(entry) for entry in entries}
        firsts = [part.span.first for part in session.parts if part.name] if session else []
        firsts += [block.span.first for block in note.blocks if isinstance(block, b.Heading)]
        heading = min((*firsts, *headings), default=min(blocks, default=0))
        texts = [number for number, line in enumerate(note.prose, 1) if line.replace(COMMENT, "").strip()]
        return cls(heading, headings, blocks, texts)

    def end(self, number: int, *, block: bool = False) -> int:
        """The last line of the heading with its data, or of the block, that begins at a line."""
        if number in self.headings:
            return self.headings[number]
        return self.blocks.get(number, number) if block else number


def _spans(block: b.Block) -> Iterator[Span]:
    """The places of a block and of its items; a comment is no block that a switch is written for."""
    if not isinstance(block, b.Comment):
        yield block.span
    if isinstance(block, b.BulletList | b.OrderedList):
        yield from (item.span for item in block.items)


def _data_end(entry: Entry) -> int:
    """The last line of an entry's heading and its data."""
    return max((entry.span.first, *(item.span.last for item in entry.data)))


@rule(Code.SWITCH_UNKNOWN)
def switch_unknown(note: Note, _: Base) -> Iterator[Said]:
    """A comment that names a rule that does not exist: a slip must not hide anything."""
    for switch in switches_of(note):
        if not switch.codes:
            hint = "`<!-- check: off source-missing -->` のように、消したい名前を書いてください"
            yield switch.span, "どのメッセージを消すのかが書かれていません", hint
        for code in switch.codes:
            if code not in _CODES:
                near = _KNOWN.nearest(code[:60])
                hint = f"`{near}` のことですか?" if near else "メッセージに出ている名前を書いてください"
                message = f"`{code[:60]}` という名前のメッセージはありません"
                yield _place(note, switch, code), message, hint, code


def unused(note: Note, found: Sequence[Finding], unasked: Container[str] = ()) -> Iterator[Finding]:
    """One for each name, but those that nobody asked about, for which nothing found is switched off."""
    switches = switches_of(note)
    lines: dict[str, list[int]] = {}
    for one in found if switches else ():
        if _may_be_off(note, one):
            lines.setdefault(one.code, []).append(one.span.first)
    ordered = {code: sorted(numbers) for code, numbers in lines.items()}
    for switch in switches:
        for code in switch.codes:
            if code not in _CODES or code == Code.SWITCH_UNUSED or code in unasked:
                continue
            numbers = ordered.get(code, [])
            at = bisect_left(numbers, switch.first)
            if at == len(numbers) or numbers[at] > switch.last:
                span, message = _place(note, switch, code), f"`{code}` は、ここには出ていません"
                hint = "このコメントを消してください"
                yield Finding(Code.SWITCH_UNUSED, "warning", span, message, hint, value=code)


def _place(note: Note, switch: Switch, code: str) -> Span:
    at = note.line(switch.span.first).find(code, switch.span.column - 1)
    return note.at(switch.span.first, at, at + len(code)) if at >= 0 else switch.span
