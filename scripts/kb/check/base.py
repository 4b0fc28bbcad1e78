"""What a note is checked against: the registry, the files beside it, the notes before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from kb.check.note import Note
from kb.link import Linker, LookedUp
from kb.link.nodes import EntryNode
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.sources import NOTES, Cache, Reader, Sources, source_files


@dataclass(frozen=True, eq=False)
class Base:
    """A checkout, read as a build reads it when a rule first asks for it."""

    root: Path

    @cached_property
    def _linker(self) -> Linker:
        return Linker(relations=False)  # they weigh every entry against every other, and no rule asks

    @cached_property
    def _files(self) -> dict[str, bytes]:
        return source_files(self.root)

    @cached_property
    def sources(self) -> Sources:
        """All sessions without their texts, the registry, and what there is to say of them."""
        return Reader(self.root, Cache(self.root), texts=False).read(self._files)

    @property
    def notes(self) -> Path:
        """The folder of the notes."""
        return self.root / NOTES

    @cached_property
    def _looked_up(self) -> LookedUp:
        return self._linker.look_up(self.sources.sessions, self.sources.registry)

    def looked_up(self, note: Note) -> LookedUp:
        """All sessions looked up, this note's in the place of those of its path or date; none without it."""
        session = note.session
        if session is None:
            return self._linker.look_up((), self.sources.registry)
        others = [
            one
            for one in self.sources.sessions
            if one.span.path != session.span.path and one.date != session.date
        ]
        # All notes of a checkout are looked up once, and not once for each of them.
        if self._files.get(note.path) == note.data and len(others) + 1 == len(self.sources.sessions):
            return self._looked_up
        return self._linker.look_up((*others, session), self.sources.registry)


@lru_cache(maxsize=4)
def look_up(note: Note, base: Base) -> LookedUp:
    """The checkout with this note, looked up; nothing where the note could not be read."""
    return base.looked_up(note)


def placed(note: Note, base: Base) -> tuple[EntryNode, ...]:
    """The entries of a note, with the ids of all that their data names."""
    return tuple(one for one in look_up(note, base).placed if one.facts.entry.span.path == note.path)


def found_in(note: Note, base: Base, code: Code) -> Iterator[Finding]:
    """What the linker says of a note under one code, at the value that it speaks of."""
    for finding in look_up(note, base).findings:
        if finding.code == code and finding.span.path == note.path:
            # The linker knows the lines of the data, and only the note as it was typed has columns.
            yield replace(finding, span=note.find(finding.span, finding.value))
