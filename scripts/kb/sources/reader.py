"""Everything that people wrote below a root: notes and registry, read and checked in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.model.finding import Finding, errors
from kb.model.registry import Registry
from kb.model.session import Session
from kb.read import Reading, read
from kb.registry import read_registry
from kb.sources.tree import (
    files_beside,
    is_note,
    is_registry,
    overlooked,
    same_date,
    session_dates,
    source_files,
)

_Registry = tuple[Registry, tuple[Finding, ...]]


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


class Reader:
    """Reads notes and registry, and on later calls only the files that say something else.

    What two calls have in common is one value in both, which is how a linker knows it again.
    """

    def __init__(self, root: Path) -> None:
        """Nothing is read yet."""
        self.root = root
        self._readings: dict[str, tuple[bytes, Reading]] = {}
        self._registry: tuple[dict[str, bytes], _Registry] = ({}, read_registry({}))

    def read(self, files: Mapping[str, bytes] | None = None) -> Sources:
        """Everything below the root, or these notes and registries. Nothing stops at the first error."""
        files = source_files(self.root) if files is None else files
        notes = {path: data for path, data in files.items() if is_note(path)}
        self._readings = {path: one for path, one in self._readings.items() if path in notes}
        readings = [self.reading(path, data) for path, data in notes.items()]
        registry, found = self._read_registry({path: files[path] for path in files if is_registry(path)})
        sessions = tuple(reading.session for reading in readings if reading.session)
        findings = [finding for reading in readings for finding in reading.findings]
        return Sources(
            sessions,
            registry,
            files_beside(self.root),
            (*findings, *same_date(session_dates(sessions)), *overlooked(self.root), *found),
        )

    def reading(self, path: str, data: bytes) -> Reading:
        """What a note with these bytes says."""
        known = self._readings.get(path)
        if known is None or known[0] != data:
            known = self._readings[path] = (data, read(data, path, "note"))
        return known[1]

    def _read_registry(self, files: dict[str, bytes]) -> _Registry:
        if files != self._registry[0]:
            self._registry = (files, read_registry(files))
        return self._registry[1]
