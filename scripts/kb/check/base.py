"""What a note is checked against: the registry, the files beside it, the notes before it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from kb.check.addresses import Kept, State, keep, misled
from kb.check.note import Note
from kb.history import Revision
from kb.link import Linker, LookedUp
from kb.link.nodes import EntryNode
from kb.link.twins import Meetings
from kb.model.codes import Code
from kb.model.finding import Finding, errors
from kb.sources import NOTES, Cache, Reader, Sources, is_registry, is_source, source_files

_HALF_READ = frozenset(
    (Code.REGISTRY_YAML, Code.REGISTRY_SCHEMA, Code.REGISTRY_KEY_TWICE, Code.NOTE_ENCODING, Code.NOTE_BINARY)
)
"""Errors of a registry of which some records are not there."""
# An earlier talk is told by its topic's address and its presenter, who may be hidden.
_TALKS = frozenset((Code.SPELLING_NEAR_DUPLICATE, Code.ALREADY_PRESENTED))
_NEEDS: dict[str, frozenset[Code]] = {
    "presenters": _TALKS | {Code.PRESENTER_UNKNOWN, Code.HANDLE_UNKNOWN},
    "papers": frozenset((Code.PAPER_UNKNOWN,)),
    "tags": frozenset((Code.TAG_UNKNOWN, Code.TAG_NEAR_DUPLICATE, Code.REGISTRY_BROADER_UNKNOWN)),
    "topics": _TALKS | {Code.TOPIC_UNKNOWN, Code.TOPIC_TWICE},
}
"""What would be false of a note, or of other records, while records of a registry are not there."""


@dataclass(frozen=True, eq=False)
class Base:
    """A checkout, read as a build reads it when a rule first asks for it."""

    root: Path
    instead: Mapping[str, bytes | None] = field(default_factory=dict)
    """Notes as they are taken instead of what is there, by path; None for one that is not."""

    @cached_property
    def _linker(self) -> Linker:
        return Linker(relations=False)  # they weigh every entry against every other, and no rule asks

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.root, Cache(self.root), texts=False)

    @cached_property
    def _files(self) -> dict[str, bytes]:
        files = {**source_files(self.root), **self.instead}
        return {path: data for path, data in sorted(files.items()) if data is not None}

    @cached_property
    def sources(self) -> Sources:
        """All sessions without their texts, the registry, and what there is to say of them."""
        return self._reader.read(self._files)

    @cached_property
    def faults(self) -> tuple[Finding, ...]:
        """The errors of the registry: with any of them nothing can be built, whatever the notes say."""
        return errors(tuple(one for one in self.sources.findings if is_registry(one.span.path)))

    @cached_property
    def silent(self) -> frozenset[Code]:
        """Codes of which nothing true can be said, for a registry could not be read as a whole."""
        half_read = {Path(one.span.path).stem for one in self.faults if one.code in _HALF_READ}
        return frozenset(code for name in half_read for code in _NEEDS.get(name, ()))

    @property
    def notes(self) -> Path:
        """The folder of the notes."""
        return self.root / NOTES

    @cached_property
    def meetings(self) -> Meetings:
        """All sessions by what they talk about."""
        return Meetings(self.sources.sessions)

    @cached_property
    def _looked_up(self) -> LookedUp:
        return self._linker.look_up(self.sources.sessions, self.sources.registry)

    def kept(self, revision: Revision) -> Kept:
        """What has become of the addresses of a revision."""
        now = State(self._files, self.sources, self._looked_up)
        files = revision.files(revision.changes(), self._files, is_source)
        sources = self._reader.read(files)
        then = State(files, sources, self._linker.look_up(sources.sessions, sources.registry))
        return keep(self._linker, then, now)

    @property
    def misled(self) -> tuple[Finding, ...]:
        """What is wrong with the rows of addresses that have moved."""
        return () if self.sources.errors else tuple(misled(self._looked_up, self.sources.registry))

    def looked_up(self, note: Note) -> LookedUp:
        """All sessions looked up, this note's in the place of those of its path or date; none without it."""
        session = note.session
        if session is None:
            return self._linker.look_up((), self.sources.registry)
        # All notes of a checkout are looked up once, and not once for each of them.
        if self._files.get(note.path) == note.data and self._dates[session.date] == 1:
            return self._looked_up
        others = (
            one
            for one in self.sources.sessions
            if one.span.path != session.span.path and one.date != session.date
        )
        return self._linker.look_up((*others, session), self.sources.registry)

    @cached_property
    def _dates(self) -> Counter[dt.date]:
        """How many notes each date has."""
        return Counter(session.date for session in self.sources.sessions)


@lru_cache(maxsize=4)
def look_up(note: Note, base: Base) -> LookedUp:
    """The checkout with this note, looked up; nothing where the note could not be read."""
    return base.looked_up(note)


def placed(note: Note, base: Base) -> tuple[EntryNode, ...]:
    """The entries of a note, with the ids of all that their data names."""
    return _by_note(look_up(note, base)).get(note.path, ())


def found_in(note: Note, base: Base, code: Code) -> Iterator[Finding]:
    """What the linker says of a note under one code, at the value that it speaks of."""
    for finding in _by_code(look_up(note, base)).get((note.path, code), ()):
        # The linker knows the lines of the data, and only the note as it was typed has columns.
        yield replace(finding, span=note.find(finding.span, finding.value))


# Every rule asks for those of every note: to look through all each time would take a square of the notes.
@lru_cache(maxsize=4)
def _by_note(known: LookedUp) -> Mapping[str, tuple[EntryNode, ...]]:
    """The entries of each note, by its path."""
    found: dict[str, list[EntryNode]] = {}
    for one in known.placed:
        found.setdefault(one.facts.entry.span.path, []).append(one)
    return {path: tuple(entries) for path, entries in found.items()}


@lru_cache(maxsize=4)
def _by_code(known: LookedUp) -> Mapping[tuple[str, Code], list[Finding]]:
    """What is said of each note under each code."""
    found: dict[tuple[str, Code], list[Finding]] = {}
    for one in known.findings:
        found.setdefault((one.span.path, one.code), []).append(one)
    return found
