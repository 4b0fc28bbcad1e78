"""What other stages say while they read: explained here, and found there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import NOTE_PATH, Example, Rule
from kb.model.codes import Code
from kb.model.finding import Finding, Severity

Where = Literal["note", "registry", "tree", "copied", "import"]
"""Who finds it: the reader of notes, the registry's loader, whoever looks at the folder of the notes as a
whole, the reader of copied text, or an import."""

COPIED = "page.txt"
"""The path of text that was copied from Notion."""


@dataclass(
    frozen=True, eq=False, kw_only=True
)  # two rows are never one rule, and an example's files have no hash
class Told(Rule):
    """A finding of another stage. Those of reading a note come out again; the others only have words."""

    where: Where
    code: Code
    severity: Severity
    title: str
    why: str
    example: Example

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """What was said while the note was read."""
        if self.where == "note":
            yield from (finding for finding in note.reading.findings if finding.code == self.code)


def told(  # noqa: PLR0913  a row of a table
    code: Code,
    severity: Severity,
    title: str,
    why: str,
    *,
    bad: str,
    good: str,
    said: str = "",
    path: str = NOTE_PATH,
    files: Mapping[str, str] | None = None,
    good_path: str = "",
    encoding: str = "utf-8",
    where: Where = "note",
) -> Told:
    """The rule for a code of another stage; but for the folder of notes, the example tells who says it.

    A note is read as one, a file below `docs/data/` as the registry, `….txt` as text copied from
    Notion. What has the words of an import in `said` is imported: then `bad` is a page or a pasted text,
    `files` lie beside it, and `good` is an excerpt of the note that comes out.
    """
    if said:
        where = "import"
    elif path.startswith("docs/data/"):
        where = "registry"
    elif path == COPIED:
        where = "copied"
    example = Example(bad, good, files or {}, path, good_path, encoding, said)
    return Told(where=where, code=code, severity=severity, title=title, why=why, example=example)
