"""What a note is checked against: the registry, the files beside it, the notes before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.check.note import Note
from kb.link import Linker, LookedUp
from kb.model.registry import Registry
from kb.sources import NOTES, Cache, Reader, Sources, source_files


@dataclass(frozen=True, eq=False)
class Base:
    """A checkout, read as a build reads it when a rule first asks for it."""

    root: Path

    @cached_property
    def _linker(self) -> Linker:
        return Linker(relations=False)

    @cached_property
    def _files(self) -> dict[str, bytes]:
        return source_files(self.root)

    @cached_property
    def sources(self) -> Sources:
        """All sessions without their texts, the registry, and what there is to say of them."""
        return Reader(self.root, Cache(self.root), texts=False).read(self._files)

    @property
    def registry(self) -> Registry:
        """The group's people, papers, tags and topics."""
        return self.sources.registry

    @property
    def notes(self) -> Path:
        """The folder of the notes."""
        return self.root / NOTES

    @cached_property
    def _looked_up(self) -> LookedUp:
        return self._linker.look_up(self.sources.sessions, self.registry)

    def looked_up(self, note: Note) -> LookedUp:
        """All sessions looked up, this note's in the place of those of its path or date; none without it."""
        session = note.session
        if session is None:
            return self._linker.look_up((), self.registry)
        others = [
            one
            for one in self.sources.sessions
            if one.span.path != session.span.path and one.date != session.date
        ]
        # All notes of a checkout are looked up once, and not once for each of them.
        if self._files.get(note.path) == note.data and len(others) + 1 == len(self.sources.sessions):
            return self._looked_up
        return self._linker.look_up((*others, session), self.registry)
