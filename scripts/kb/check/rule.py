"""What a rule is: one thing that can be wrong with a note, told so that a busy member understands it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.check.base import Base, found_in
from kb.check.note import Note
from kb.check.words import WORDS, Words
from kb.model.codes import Code
from kb.model.finding import Finding, Span

Said = tuple[Span, str, str] | tuple[Span, str, str, str]
"""Where, what is the case (without a full stop), what to write instead, and the finding's `value`.

Without a value all that the rule says of a file is one matter, told once (`kb.check.matters`).
"""
Look = Callable[[Note, Base], Iterator[Said]]


@dataclass(frozen=True)
class Rule(ABC):
    """One rule: what it finds. What is said of it stands in `words/`."""

    code: Code
    """Stable name of the bad thing, for ever; `source-missing` reads well behind "allow"."""

    @property
    def words(self) -> Words:
        """What it is called, how heavy it is, why, and its example."""
        return WORDS[self.code]

    @abstractmethod
    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """Every place of a note that breaks the rule, in order."""


@dataclass(frozen=True)
class OwnRule(Rule):
    """A rule that looks for itself."""

    look: Look

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """What it says, in the order of the lines."""
        told = (self._finding(*said) for said in self.look(note, base))
        yield from sorted(told, key=place)

    def _finding(self, span: Span, message: str, hint: str, value: str = "") -> Finding:
        return Finding(self.code, self.words.severity, span, message, hint, value=value)


@dataclass(frozen=True)
class FormRule(OwnRule):
    """A rule on the form of a note, which `week.py fix` mends without a guess."""

    mend: Callable[[str], str]
    """The text without the fault. Mending twice is mending once, and no word changes."""


@dataclass(frozen=True)
class ToldRule(Rule):
    """What another stage says. That of a note's reader and the linker comes out; others only have words."""

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """What was said while the note was read or looked up."""
        if self.words.told_by == "linker":
            yield from found_in(note, base, self.code)
        elif self.words.told_by == "note":
            yield from (finding for finding in note.reading.findings if finding.code == self.code)


def rule(code: Code) -> Callable[[Look], OwnRule]:
    """Make a rule of the function that looks for it."""
    return lambda look: OwnRule(code, look)


def place(finding: Finding) -> tuple[str, int, int]:
    """What findings are ordered by."""
    return finding.span.path, finding.span.first, finding.span.column
