"""Everything that people wrote below a root: notes and registry, read and checked in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kb.model.finding import Finding, errors
from kb.model.registry import Registry
from kb.model.session import Session
from kb.read import Reading, read_file
from kb.registry import load_registry
from kb.sources.tree import REGISTRY, files_beside, note_files, overlooked, same_date, session_dates


@dataclass(frozen=True, slots=True)
class Sources:
    """What was read, and everything that there is to say of it."""

    sessions: tuple[Session, ...]
    registry: Registry
    files: frozenset[str]
    """What lies beside the notes, as paths below `docs/notes/`: images above all."""
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a build."""
        return errors(self.findings)


Stamp = tuple[int, int, int]
"""What tells a changed file from an unchanged one: time of change, size, inode."""


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return status.st_mtime_ns, status.st_size, status.st_ino


class Reader:
    """Reads notes and registry, and on later calls only the files that changed."""

    def __init__(self, root: Path) -> None:
        """Nothing is read yet."""
        self.root = root
        self._readings: dict[Path, tuple[Stamp, Reading]] = {}
        self._stamps: dict[Path, Stamp] | None = None
        self._registry: tuple[Registry, tuple[Finding, ...]] = (Registry(), ())

    def read(self) -> Sources:
        """Everything below the root. Nothing stops at the first error."""
        registry, found = self._read_registry()
        readings = [self._read_note(path) for path in note_files(self.root)]
        self._readings = {path: self._readings[path] for path in note_files(self.root)}
        sessions = tuple(reading.session for reading in readings if reading.session)
        findings = [finding for reading in readings for finding in reading.findings]
        return Sources(
            sessions,
            registry,
            files_beside(self.root),
            (*findings, *same_date(session_dates(sessions)), *overlooked(self.root), *found),
        )

    def _read_note(self, path: Path) -> Reading:
        stamp = _stamp(path)
        known = self._readings.get(path)
        if known is None or known[0] != stamp:
            known = self._readings[path] = (stamp, read_file(path, self.root, "note"))
        return known[1]

    def _read_registry(self) -> tuple[Registry, tuple[Finding, ...]]:
        stamps = {path: _stamp(path) for path in sorted((self.root / REGISTRY).glob("*.yml"))}
        if stamps != self._stamps:
            self._stamps, self._registry = stamps, load_registry(self.root)
        return self._registry
