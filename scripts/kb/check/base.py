"""What a note is checked against: the registry, the files beside it, the notes before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.check.note import Note
from kb.link import Linker, LookedUp
from kb.model.registry import Registry
from kb.model.session import Session
from kb.sources import NOTES, Reader, Sources


@dataclass(frozen=True, eq=False)
class Base:
    """A checkout, read as a build reads it when a rule first asks for it."""

    root: Path

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.root)

    @cached_property
    def _linker(self) -> Linker:
        return Linker(relations=False)

    @cached_property
    def sources(self) -> Sources:
        """All sessions, the registry, and what there is to say of them."""
        return self._reader.read()

    @property
    def registry(self) -> Registry:
        """The group's people, papers, tags and topics."""
        return self.sources.registry

    @property
    def notes(self) -> Path:
        """The folder of the notes."""
        return self.root / NOTES

    def note(self, path: str, data: bytes) -> Note:
        """A note with these bytes; one of the checkout is the value that `sources` has."""
        return Note(path, data, self._reader.reading(path, data))

    @cached_property
    def _looked_up(self) -> LookedUp:
        return self._linker.look_up(self.sources.sessions, self.registry)

    def looked_up(self, session: Session | None) -> LookedUp:
        """All sessions looked up, this one in the place of those of its path or date; none without one."""
        if session is None:
            return self._linker.look_up((), self.registry)
        others = [
            one
            for one in self.sources.sessions
            if one.span.path != session.span.path and one.date != session.date
        ]
        # All notes of a checkout are looked up once, and not once for each of them.
        if len(others) + 1 == len(self.sources.sessions) and _holds(self.sources, session):
            return self._looked_up
        return self._linker.look_up((*others, session), self.registry)


def _holds(sources: Sources, session: Session) -> bool:
    """Whether it is the very session: an equal one may stand on other lines."""
    return any(one is session for one in sources.sessions)
