"""A rule over a note's text, without files unless they are given."""

from __future__ import annotations

from pathlib import Path

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Rule
from kb.model.finding import Finding

FRONT = "---\ndate: 2025-12-02\n---\n"
"""Three lines: the first line of a text below it is line 4."""
NOWHERE = Path("/nonexistent")


def note_of(text: str) -> Note:
    """A note from its text; where that has no front matter, below one."""
    whole = text if text.lstrip("\ufeff").startswith("---") else FRONT + text
    return Note.from_bytes("docs/notes/2025-12-02.md", whole.encode("utf-8", "surrogatepass"))


def found(rule: Rule, text: str, root: Path = NOWHERE) -> tuple[Finding, ...]:
    """What a rule finds in a text; each finding is the rule's own, and lies in the note."""
    note = note_of(text)
    findings = tuple(rule.find(note, Base(root)))
    for one in findings:
        assert (one.code, one.severity, one.span.path) == (rule.code, rule.words.severity, note.path)
        assert 0 <= one.span.first <= one.span.last <= len(note.lines)
        assert one.span.column <= one.span.end <= len(note.line(one.span.first)) + 1
    return findings


def places(rule: Rule, text: str, root: Path = NOWHERE) -> list[str]:
    """The characters that each finding points at, or the whole line."""
    note = note_of(text)
    return [_typed(note, one) for one in found(rule, text, root)]


def _typed(note: Note, finding: Finding) -> str:
    line, span = note.line(finding.span.first), finding.span
    return line[span.column - 1 : span.end - 1] if span.column else line
