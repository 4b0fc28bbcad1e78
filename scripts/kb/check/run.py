"""Run all rules over notes and registry: over everything, over some files, or over what a change brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from kb.check.base import Base
from kb.check.catalogue import RULES, TOLD
from kb.check.fix import MENDED
from kb.check.matters import Matter, each, matters
from kb.check.note import Note, lines_of
from kb.check.registries import gone, missing
from kb.check.rule import place
from kb.check.switch import left_on, unused
from kb.history import Revision
from kb.model.codes import Code
from kb.model.finding import Finding, errors
from kb.registry.moved import MOVED
from kb.sources import is_note, is_registry, note_files, registry_files
from kb.sources.tree import tree_findings

_NO_TEXT = frozenset((Code.NOTE_BINARY, Code.NOTE_ENCODING, Code.NOTE_EMPTY))
"""Where one of these is found there is no text for the other rules to look at."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, in the order of files and lines, and what is needed to show it."""

    findings: tuple[Finding, ...]
    files: int
    """How many files were looked at."""
    line: Callable[[str, int], str] = field(compare=False)
    """A line of a file by path and number, as it was typed."""
    apart: bool = False
    """Whether each finding is shown by itself, minor ones too."""

    @property
    def failed(self) -> bool:
        """Whether there is an error; nothing else fails a check."""
        return bool(errors(self.findings))

    @property
    def mendable(self) -> tuple[str, ...]:
        """The files in which `week.py fix` would mend something."""
        return tuple(sorted({one.span.path for one in self.findings if one.code in MENDED}))

    @property
    def told(self) -> tuple[Matter, ...]:
        """The findings as they are shown, repeats with the first of them."""
        return (each if self.apart else matters)(self.findings)


def check_note(note: Note, base: Base) -> tuple[Finding, ...]:
    """All that the rules say of a note, but for what the note switches off."""
    unread = any(one.code in _NO_TEXT for one in note.reading.findings)
    rules = TOLD if unread else RULES.values()
    found = [finding for rule in rules if rule.code not in base.silent for finding in rule.find(note, base)]
    if not unread:  # what is switched off in vain can be said last only
        found += unused(note, found, base.silent)
    return tuple(sorted(left_on(note, found), key=place))


def check_all(root: Path) -> Checked:
    """Everything below a root."""
    checked = check_files(root, [*note_files(root), *registry_files(root)])
    return replace(checked, findings=tuple(sorted((*checked.findings, *missing(root)), key=place)))


def check_files(root: Path, files: Iterable[Path]) -> Checked:
    """Some notes and files of the registry."""
    base = Base(root)
    notes = [path for path in files if path.suffix != ".yml"]
    data = {_name(root, path) for path in files if path.suffix == ".yml"}
    # One by one: of a note nothing is kept but what was found.
    found = [finding for path in notes for finding in check_note(_note(base, path), base)]
    return _checked(base, found, [_name(root, path) for path in notes], data)


def _checked(base: Base, found: Iterable[Finding], notes: Sequence[str], data: set[str]) -> Checked:
    """What was found in notes, with what the checkout says of these notes and files of the registry."""
    around = tree_findings(base.root, base.sources.sessions, notes)
    registered = [one for one in base.sources.findings if one.span.path in data and one not in base.faults]
    # An error of the registry stops a build whatever was asked about: a check that hid it would be false.
    registered += base.misled if MOVED in data else ()
    registry = (one for one in (*base.faults, *registered) if one.code not in base.silent)
    told = tuple(sorted((*found, *around, *registry), key=place))
    files = data | {one.span.path for one in base.faults}
    return Checked(told, len(notes) + len(files), _lines(base.root))


def unreadable_files(root: Path) -> Checked | None:
    """The errors for which nothing can be built of the files below a root; None where there is none."""
    found = Base(root).sources.errors
    files = {one.span.path for one in found}
    return Checked(tuple(sorted(found, key=place)), len(files), _lines(root)) if found else None


def check_since(root: Path, revision: Revision) -> Checked:
    """Only what a change brings: a fault that stood there before, wherever it has moved, is not told."""
    base = Base(root)
    every = revision.changes()
    changes = [change for change in every if not change.gone]
    notes = [change for change in changes if is_note(change.path)]
    read = {one.path: revision.read(one.before) if one.before else None for one in notes}
    # As all of these were, with the registry of today: so each is looked up with the others, and once.
    moved = {one.before: read[one.path] for one in notes if one.before}
    past = Base(root, {one.path: None for one in notes} | moved)
    found: list[Finding] = []
    for change in notes:
        before = read[change.path]
        old = Note.from_bytes(change.before, before) if before is not None else None
        found += _new(_note(base, root / change.path), base, old, past)
    data = {change.path for change in changes if is_registry(change.path)}
    found += [one.finding for one in base.kept(revision).gone]
    found += gone(root, (change.path if change.gone else change.before for change in every))
    return _checked(base, found, [change.path for change in notes], data)


def _new(note: Note, base: Base, old: Note | None, past: Base) -> Iterator[Finding]:
    """Findings that the text before did not have: compared by rule and line, not by number."""
    seen = Counter(_key(old, finding) for finding in check_note(old, past)) if old else Counter()
    for finding in check_note(note, base):
        key = _key(note, finding)
        seen[key] -= 1
        if seen[key] < 0:
            yield finding


def _key(note: Note, finding: Finding) -> tuple[str, str]:
    # A finding of a whole file has no line: what it speaks of tells it from others.
    return finding.code, note.line(finding.span.first).strip() or finding.value


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _note(base: Base, path: Path) -> Note:
    return Note.from_bytes(_name(base.root, path), path.read_bytes())


def _lines(root: Path) -> Callable[[str, int], str]:
    @lru_cache(maxsize=4)  # findings are shown file by file
    def rows(path: str) -> tuple[str, ...]:
        file = root / path
        return lines_of(file.read_bytes()) if path and file.is_file() else ()

    def line(path: str, number: int) -> str:
        return rows(path)[number - 1] if 0 < number <= len(rows(path)) else ""

    return line
