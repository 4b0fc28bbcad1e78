"""What other stages say while they read: explained here, and found there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Rule
from kb.model.codes import Code
from kb.model.finding import Finding


@dataclass(frozen=True)
class Told(Rule):
    """A finding of another stage. Those of reading a note come out again; the others only have words."""

    code: Code

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """What was said while the note was read."""
        if self.words.told_by == "note":
            yield from (finding for finding in note.reading.findings if finding.code == self.code)
