"""What the knowledge base is made of: entries with all that they name, and the places where they do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kb.link.facts import Facts
from kb.model.blocks import Blocks
from kb.model.finding import Span
from kb.model.kinds import TargetKind
from kb.model.session import Entry, Person
from kb.text.ids import WorkId


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """Something with a page."""

    kind: TargetKind
    id: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence in three pieces, the middle one being what it is quoted for."""

    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in an entry's text that names a target: the first one in its section."""

    target: Target
    section: str
    """The section's title; empty before the first one."""
    anchor: str
    """The section's anchor before entries share a page; empty before the first section."""
    quotation: Quotation
    speaker: str = ""
    """The handle of the remark in which it stands, if any."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A remark and who made it."""

    handle: str
    presenter: str
    """The presenter's id; empty for a handle that is nobody's."""
    section: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class EntryId:
    """Who an entry is."""

    date: dt.date
    number: int
    """Its place in its session, from 1: by it entries are put in order, and nothing else."""
    name: str
    """Its identity, wherever it stands: `2025-12-02-3f9ac1`."""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class EntryNode:
    """An entry with everything that its data names and, once its text is read, that its text names."""

    id: EntryId
    facts: Facts
    topic: str
    people: tuple[tuple[Person, str], ...]
    """Presenters as the note spells them, with their ids."""
    tags: tuple[str, ...]
    """Tags that the note gives."""
    sources: tuple[str, ...]
    """Papers that the entry is about: by its data, and where that is silent by its first lines."""
    mark: str = ""
    """What tells the entry from the others on its topic's page: its date, or its identity."""
    suffix: str = ""
    """What sets the anchors of its sections apart there; empty for one entry of each page."""
    proposed: tuple[str, ...] = ()
    """Registered tags whose term stands in the text, and which the note does not give."""
    titled: tuple[str, ...] = ()
    """Registered tags whose term stands in the title."""
    mentions: tuple[Mention, ...] = ()
    remarks: tuple[Spoken, ...] = ()
    blocks: Blocks = ()
    """The entry's blocks with mentions put in, and an anchor, unique in the entry, for each heading."""
    works: tuple[WorkId, ...] = ()
    """Every id of a work that stands in the text."""

    @property
    def entry(self) -> Entry:
        """As its note has it."""
        return self.facts.entry

    def anchor(self, section: str = "") -> str:
        """The anchor of a section on the topic's page, or of the entry itself."""
        return section + self.suffix if section else f"e-{self.mark}"

    @property
    def presenters(self) -> tuple[str, ...]:
        """The ids of the presenters."""
        return tuple(one for _, one in self.people)

    @property
    def span(self) -> Span:
        """The lines of the note that the entry takes."""
        return self.entry.span

    @property
    def date(self) -> str:
        """The date of its session, `YYYY-MM-DD`."""
        return self.id.date.isoformat()
