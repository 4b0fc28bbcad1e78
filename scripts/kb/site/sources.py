"""Everything that people wrote below a root: notes and registry, read and checked in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kb.model.finding import Finding, Span, errors
from kb.model.registry import Registry
from kb.model.session import Session
from kb.read import Reading, read_file
from kb.registry import load_registry

NOTES = "docs/notes"


@dataclass(frozen=True, slots=True)
class Sources:
    """What was read, and everything that there is to say of it."""

    sessions: tuple[Session, ...]
    registry: Registry
    files: frozenset[str]
    """Paths below `docs/notes/`, images among them."""
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a build."""
        return errors(self.findings)


def note_files(root: Path) -> list[Path]:
    """The notes below a root, in the order of their names."""
    return sorted(path for path in (root / NOTES).glob("*.md") if path.is_file())


def load_sources(root: Path) -> Sources:
    """Read all notes and the registry. Nothing stops at the first error."""
    registry, found = load_registry(root)
    readings = [read_file(path, root, "note") for path in note_files(root)]
    return gather(root, readings, registry, found)


def gather(
    root: Path, readings: Iterable[Reading], registry: Registry, found: tuple[Finding, ...]
) -> Sources:
    """Put together what was read, and look for notes that tell the same date."""
    readings = list(readings)
    sessions = tuple(reading.session for reading in readings if reading.session)
    findings = [finding for reading in readings for finding in reading.findings]
    folder = root / NOTES
    files = frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return Sources(sessions, registry, files, (*findings, *_same_date(sessions), *found))


def _same_date(sessions: Iterable[Session]) -> Iterable[Finding]:
    first: dict[str, Span] = {}
    for session in sessions:
        date = session.date.isoformat()
        if date in first:
            message = f"{date} のノートがもう1つあります({first[date].path})"
            hint = "片方の date を直すか、1つのノートにまとめてください"
            yield Finding("note-date-twice", "error", Span(session.span.path, 1, 1), message, hint)
        first.setdefault(date, session.span)
