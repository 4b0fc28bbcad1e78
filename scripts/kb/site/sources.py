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
REGISTRY = "docs/data"


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


def note_files(root: Path) -> list[Path]:
    """The notes below a root, in the order of their names."""
    return sorted(path for path in (root / NOTES).glob("*.md") if path.is_file())


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
            _files(self.root),
            (*findings, *_same_date(sessions), *_overlooked(self.root), *found),
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


def _files(root: Path) -> frozenset[str]:
    folder = root / NOTES
    paths = (path for path in folder.rglob("*") if path.suffix != ".md" and path.is_file())
    return frozenset(path.relative_to(folder).as_posix() for path in paths)


_IMPORT = "`python scripts/week.py import {path}` でノートにできます"
_COPY = "Notion のページをコピーした文字を .txt に保存すると、week.py import で読めます"
_OTHER_SHAPES = {
    **dict.fromkeys((".txt", ".markdown"), _IMPORT),
    **dict.fromkeys((".html", ".htm", ".zip", ".docx"), _COPY),
}


def _overlooked(root: Path) -> Iterable[Finding]:
    """Files that somebody may take for notes: they are not read, and that has to be said."""
    folder = root / NOTES
    for path in sorted(folder.rglob("*")):
        span = Span(path.relative_to(root).as_posix(), 0, 0)
        if path.suffix == ".md" and path.parent != folder and path.is_file():
            hint = "docs/notes/ の直下に `2025-11-25.md` の形の名前で置いてください"
            yield Finding(
                "note-folder", "warning", span, "フォルダの中にあるのでノートとして読みません", hint
            )
        elif path.suffix.lower() in _OTHER_SHAPES:
            hint = _OTHER_SHAPES[path.suffix.lower()].format(path=span.path)
            yield Finding(
                "note-suffix", "warning", span, f"{path.suffix} のファイルはノートとして読みません", hint
            )


def _same_date(sessions: Iterable[Session]) -> Iterable[Finding]:
    first: dict[str, Span] = {}
    for session in sessions:
        date = session.date.isoformat()
        if date in first:
            message = f"{date} のノートがもう1つあります({first[date].path})"
            hint = "片方の date を直すか、1つのノートにまとめてください"
            yield Finding("note-date-twice", "error", Span(session.span.path, 1, 1), message, hint)
        first.setdefault(date, session.span)
