"""What other stages say while they read: explained here, and found there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Example, Rule
from kb.model.codes import Code
from kb.model.finding import Finding, Severity

Where = Literal["note", "registry", "tree", "copied", "import"]
"""Who finds it: the reader of notes, the registry's loader, whoever looks at the folder of the notes as a
whole, the reader of copied text, or an import."""


class Told(Rule):
    """A finding of another stage. Those of reading a note come out again; the others only have words."""

    where: ClassVar[Where] = "note"

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """What was said while the note was read."""
        if self.where == "note":
            yield from (finding for finding in note.reading.findings if finding.code == self.code)


def told(  # noqa: PLR0913  a row of a table
    code: Code, severity: Severity, title: str, why: str, *, example: Example, where: Where = "note"
) -> Rule:
    """The rule for a code of another stage; `example.path` says what kind of file `bad` and `good` are.

    A note is read as one, a file below `docs/data/` as the registry, `….txt` as text copied from
    Notion. Of an import (`where="import"`) `bad` is a page or a pasted text, `files` lie beside it, and
    `good` is an excerpt of the note that comes out.
    """
    words = {
        "code": code,
        "severity": severity,
        "title": title,
        "why": why,
        "example": example,
        "where": where,
    }
    rule: Rule = type(code.title().replace("-", ""), (Told,), {"__doc__": title, **words})()
    return rule
