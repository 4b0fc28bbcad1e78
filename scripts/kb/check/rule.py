"""What a rule is: one thing that can be wrong with a note, told so that a busy member understands it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb.check.base import Base
from kb.check.note import Note
from kb.model.codes import Code
from kb.model.finding import Finding, Severity, Span

NOTE_PATH = "docs/notes/2025-12-02.md"
"""Where most examples stand."""


@dataclass(frozen=True, slots=True)
class Example:
    """A note with the fault and the same note without it. Both are tests of their rule."""

    bad: str
    """The text of a note. Where it has no front matter, it stands below one with the date 2025-12-02."""
    good: str
    files: Mapping[str, str] = field(default_factory=dict)
    """Further files of the checkout by path: an earlier note, a registry instead of the usual one."""
    path: str = NOTE_PATH
    """Where the text stands: a note, or what else a stage reads (see `kb.check.rules.told`)."""
    good_path: str = ""
    """Where the good text stands, if that is elsewhere."""
    encoding: str = "utf-8"
    """How the bad text is stored; the good one is UTF-8."""
    said: str = ""
    """The message, where an import finds it: this stage cannot run one. A test does."""


class Rule(ABC):
    """One rule. The docs page, `week.py explain` and the tests are made from what stands here."""

    code: Code
    """Stable name of the bad thing, for ever; `source-missing` reads well behind "allow"."""
    severity: Severity = "warning"
    title: str
    """What is the case, in general, on one line in Japanese: the heading of the rule on its page."""
    why: str
    """Why it matters and what to do, a paragraph or two of Japanese Markdown."""
    example: Example

    @abstractmethod
    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """Every place of a note that breaks the rule, in order."""

    def finding(self, span: Span, message: str, hint: str) -> Finding:
        """A finding of this rule. The message says what is, without a full stop; the hint what to write."""
        return Finding(self.code, self.severity, span, message, hint)


class FormRule(Rule):
    """A rule on the form of a note, which `week.py fix` mends without a guess."""

    @abstractmethod
    def mend(self, text: str) -> str:
        """The text without the fault. Mending twice is mending once, and no word changes."""
