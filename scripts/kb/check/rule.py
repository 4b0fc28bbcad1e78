"""What a rule is: one thing that can be wrong with a note, told so that a busy member understands it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from kb.check.base import Base
from kb.check.note import Note
from kb.check.words import WORDS, Words
from kb.model.codes import Code
from kb.model.finding import Finding, Span


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

    def finding(self, span: Span, message: str, hint: str) -> Finding:
        """A finding of this rule. The message says what is, without a full stop; the hint what to write."""
        return Finding(self.code, self.words.severity, span, message, hint)


class FormRule(Rule):
    """A rule on the form of a note, which `week.py fix` mends without a guess."""

    @abstractmethod
    def mend(self, text: str) -> str:
        """The text without the fault. Mending twice is mending once, and no word changes."""
