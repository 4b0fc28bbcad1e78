"""Everything that people wrote below a root: notes and registry, read and checked in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kb.model.blocks import Remark, walk
from kb.model.finding import Finding, errors
from kb.model.inline import NO_TEXT
from kb.model.registry import Registry
from kb.model.session import Entry, Session
from kb.read import Reading, read
from kb.registry import Records, placed, read_records, registry_of
from kb.sources.cache import Cache
from kb.sources.tree import files_beside, is_note, overlooked, same_date, source_files
from kb.text.fold import bare_key

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

    What two calls have in common is one value in both, which is how a linker knows it again. With a
    cache, what an earlier process read counts, too.
    """

    def __init__(self, root: Path, cache: Cache | None = None, *, texts: bool = True) -> None:
        """Nothing is read yet. Without texts, of the blocks of entries only the remarks are there."""
        self.root = root
        self._cache = cache
        self._texts = texts
        self._known: dict[str, tuple[bytes, Reading | Records]] = {}
        self._registry: tuple[dict[str, Records], _Registry] = ({}, registry_of({}))

    def read(self, files: Mapping[str, bytes] | None = None) -> Sources:
        """Everything below the root, or these notes and registries. Nothing stops at the first error."""
        files = source_files(self.root) if files is None else files
        told = {path: self._told(path, data) for path, data in files.items()}
        readings = [one for one in told.values() if isinstance(one, Reading)]
        records = {path: one for path, one in told.items() if isinstance(one, Records)}
        registry, found = self._registry_of(records)
        self._known = {path: one for path, one in self._known.items() if path in files}
        sessions = tuple(reading.session for reading in readings if reading.session)
        findings = [finding for reading in readings for finding in reading.findings]
        return Sources(
            sessions,
            registry,
            files_beside(self.root),
            (*findings, *same_date(sessions), *overlooked(self.root), *placed(found, files)),
        )

    def _told(self, path: str, data: bytes) -> Reading | Records:
        """What a file with these bytes says."""
        known = self._known.get(path)
        if known is None or known[0] != data:
            known = self._known[path] = (data, self._recalled(path, data))
        return known[1]

    def _recalled(self, path: str, data: bytes) -> Reading | Records:
        known = self._cache.recall(path, data, int(self._texts)) if self._cache else None
        if isinstance(known, Reading if is_note(path) else Records):
            return known
        # The blocks of a reading are those of its session once more, for rules on their form.
        whole = replace(read(data, path, "note"), blocks=()) if is_note(path) else read_records(path, data)
        outline = _outlined(whole) if isinstance(whole, Reading) else whole
        if self._cache:
            self._cache.remember(path, data, (outline, whole))
        return whole if self._texts else outline

    def _registry_of(self, records: dict[str, Records]) -> _Registry:
        before, known = self._registry
        # What says the same is the same value: to compare contents would take as long as checking them.
        if before.keys() != records.keys() or any(before[path] is not records[path] for path in records):
            known = registry_of(records)
        self._registry = (records, known)
        return known


def _outlined(reading: Reading) -> Reading:
    """A note without the texts of its entries: what its data tells, and who remarked something where."""
    session = reading.session
    if session is None:
        return reading
    often = Counter(bare_key(entry.title.plain) for entry in session.entries)
    parts = (
        replace(part, blocks=(), entries=tuple(_without_texts(one, often) for one in part.entries))
        for part in session.parts
    )
    return replace(reading, session=replace(session, blocks=(), parts=tuple(parts)))


def _without_texts(entry: Entry, often: Mapping[str, int]) -> Entry:
    # Entries that share a title are told apart by their texts.
    if often[bare_key(entry.title.plain)] > 1:
        return entry
    # Who remarked something is checked against the registry, and needs no words.
    remarks = (block for block in walk(entry.blocks) if isinstance(block, Remark))
    return replace(entry, blocks=tuple(replace(remark, text=NO_TEXT) for remark in remarks))
