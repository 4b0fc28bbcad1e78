"""How the form of a note is mended: by edits of lines, each kept only where the note still says the same."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from kb.check.base import Base
from kb.check.note import Note
from kb.check.prose import prose_lines
from kb.check.rule import FormRule
from kb.model.blocks import Block, CodeBlock, Comment, Math, Quote, children, walk
from kb.model.finding import Finding, Span
from kb.model.session import Session
from kb.read.blocks import read_blocks
from kb.read.front_matter import read_front_matter
from kb.read.lines import lines_of
from kb.read.note import session_of

BOM = "\ufeff"
_PATH = "2000-01-01.md"
"""A note without a date in it has this one, and so the same before and after."""
_READINGS = 32
"""How often one pass may read the note to find out which edits keep its sense."""
_PASSES = 8


@dataclass(frozen=True, slots=True)
class Edit:
    """New lines for those from `first` up to `last`, counted from 0; the two are equal for an insertion."""

    first: int
    last: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way to a better form: its lines, what is read from them, and where nothing may change."""

    lines: tuple[str, ...]
    first: int
    """Index of the first line behind the front matter."""
    blocks: tuple[Block, ...]
    """The blocks behind the front matter, headings of parts and entries among them."""
    session: Session | None
    """What the note says; None where it cannot be read, and nothing is mended."""

    @property
    def verbatim(self) -> frozenset[int]:
        """Indices of the lines of code, mathematics and comments."""
        inside = (block.span for block in walk(self.blocks) if isinstance(block, CodeBlock | Math | Comment))
        return frozenset(line for span in inside for line in range(span.first - 1, span.last))

    @property
    def prose(self) -> tuple[str, ...]:
        """The lines with all blotted out in which nothing is markup."""
        return prose_lines(self.lines, self.first + 1, walk(self.blocks))


def draft(text: str) -> Draft:
    """Read a text once, for all that is asked of it in a row."""
    return _draft(text)


@lru_cache(maxsize=4)
def _draft(text: str) -> Draft:
    body = text.removeprefix(BOM)
    front, rest, findings = read_front_matter(body, _PATH)
    # A lone carriage return ends a line for the reader only: `line-ends` comes first.
    lines = tuple(text.split("\n"))
    if front is None or "\0" in text or "\r" in text or any(one.severity == "error" for one in findings):
        return Draft(lines, 0, (), None)
    blocks = read_blocks(lines_of(rest, front.lines + 1), _PATH)
    session = session_of(front, blocks, Span(_PATH, 1, 1), findings).session
    return Draft(lines, front.lines, blocks, session)


class LineRule(FormRule):
    """A rule that is mended line by line, and only where what is read stays equal."""

    message: str
    """What is the case with one place."""
    hint: str
    together: ClassVar[bool] = False
    """Whether all places of a file are told in one finding."""

    @abstractmethod
    def edits(self, draft: Draft) -> Iterator[Edit]:
        """Every edit that would mend a place, from the first line to the last; none touches another."""

    def same(self, before: Draft, after: Draft) -> bool:
        """Whether an edited note still says what it said."""
        return before.session == after.session

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Tell the edits that can be made."""
        text = note.text.replace("\r\n", "\n").replace("\r", "\n")
        edits = self._kept(draft(text))
        if self.together and len(edits) > 1:
            message = f"{self.message}({len(edits)}か所)"
            yield self.finding(self._span(note, edits[0]), message, self.hint)
            return
        for edit in edits:
            yield self.finding(self._span(note, edit), self.message, self.hint)

    def _span(self, note: Note, edit: Edit) -> Span:
        """The line that changes, the first of several; below an insertion."""
        pairs = zip(range(edit.first, edit.last), edit.lines, strict=False)
        number = next((at for at, line in pairs if note.line(at + 1) != line), edit.first)
        return note.at(number + 1)

    def mend(self, text: str) -> str:
        """Make all edits that keep the sense, until none is left; `LineEnds` has to come first."""
        for _ in range(_PASSES):
            before = draft(text)
            edits = self._kept(before)
            if not edits:
                break
            text = edited(before.lines, edits)
        return text

    def _kept(self, before: Draft) -> list[Edit]:
        """Those edits after which the note says the same."""
        edits = list(self.edits(before)) if before.session else []
        if not edits:
            return []
        kept: list[Edit] = []
        budget = _READINGS
        waiting = [edits]
        while waiting and budget:
            some, budget = waiting.pop(), budget - 1
            after = draft(edited(before.lines, sorted([*kept, *some], key=_place)))
            if self.same(before, after):
                kept += some
            elif len(some) > 1:
                waiting += [some[len(some) // 2 :], some[: len(some) // 2]]
        return sorted(kept, key=_place)


def _place(edit: Edit) -> tuple[int, int]:
    return edit.first, edit.last


def edited(lines: Sequence[str], edits: Sequence[Edit]) -> str:
    """The text after some edits."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces += [*lines[position : edit.first], *edit.lines]
        position = edit.last
    return "\n".join([*pieces, *lines[position:]])


def outer(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks at any depth, but not those of quotes: their lines begin with marks of their own."""
    for block in blocks:
        yield block
        if not isinstance(block, Quote):
            yield from outer(children(block))
