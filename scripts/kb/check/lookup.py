"""Who and what a note means, as the linker has looked it up among all notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kb.check.base import Base
from kb.check.note import Note
from kb.link import LookedUp, Placed
from kb.model.codes import Code
from kb.model.finding import Finding


@lru_cache(maxsize=4)
def look_up(note: Note, base: Base) -> LookedUp:
    """The checkout with this note, looked up; nothing where the note could not be read."""
    return base.looked_up(note)


def placed(note: Note, base: Base) -> tuple[Placed, ...]:
    """The entries of a note, with the ids of all that their data names."""
    return tuple(one for one in look_up(note, base).placed if one.facts.entry.span.path == note.path)


def found_in(note: Note, base: Base, code: Code) -> Iterator[Finding]:
    """What the linker says of a note under one code, at the value that it speaks of."""
    for finding in look_up(note, base).findings:
        if finding.code == code and finding.span.path == note.path:
            yield replace(finding, span=note.find(finding.span, finding.value))
