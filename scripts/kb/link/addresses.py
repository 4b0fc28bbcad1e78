"""Every address that the site answers, and what answers there.

Redirect pages are made of this, moves are told by it, and a change is checked against it: an address
that was once published answers for ever, and with the same talk.

What follows from data needs nobody's help (`_claims`): a paper answers at each of its ids, a tag at
each of its terms, a topic at its names and at the sources of its entries. What does not is a row of
`docs/data/moved.yml`. A page that is there always goes before both, and a row before a claim.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.link.nodes import EntryNode
from kb.link.people import People
from kb.link.places import Place, Rows
from kb.link.subjects import Tags, Topics
from kb.link.venues import Venues
from kb.link.works import Works
from kb.model.kinds import TargetKind
from kb.model.registry import Record
from kb.model.session import Session
from kb.text.slug import page_id


@dataclass(frozen=True, slots=True)
class Directories:
    """Who and what is meant by the names in notes."""

    people: People
    works: Works
    topics: Topics
    tags: Tags
    venues: Venues

    def venue_of(self) -> dict[str, str]:
        """The venue of each paper that appeared in one; those that only papers name join meanwhile."""
        venues = ((one.id, self.venues.of(one.container_title)) for one in self.works.by_id.values())
        return {paper: venue for paper, venue in venues if venue}

    def records(self) -> Iterator[tuple[TargetKind, Mapping[str, Record]]]:
        """Everything of each kind by its id."""
        yield "topic", self.topics.by_id
        yield "paper", self.works.by_id
        yield "presenter", self.people.by_id
        yield "tag", self.tags.by_id
        yield "venue", self.venues.by_id


@dataclass(frozen=True, eq=False)
class Addresses:
    """The addresses of one state of the site."""

    sessions: Sequence[Session]
    entries: Sequence[EntryNode]
    placed: Sequence[EntryNode]
    """The same entries with what data tells alone: a source that only a text names has no address."""
    found: Directories
    rows: Rows

    @cached_property
    def anchors(self) -> Mapping[str, Mapping[str, EntryNode]]:
        """Of each topic that has an entry, the entries by their anchors; `""` for plain ones of sections."""
        found: defaultdict[str, dict[str, EntryNode]] = defaultdict(dict)
        for one in self.entries:
            found[one.topic][one.anchor()] = one
            if not one.suffix:
                found[one.topic][""] = one
        return dict(found)

    @cached_property
    def pages(self) -> frozenset[Place]:
        """What is there by itself: sessions, topics with an entry, all that a registry or a note names."""
        named = {
            Place(kind, one) for kind, records in self.found.records() if kind != "topic" for one in records
        }
        dates = (Place("session", one.date.isoformat()) for one in self.sessions)
        return frozenset((*named, *dates, *(Place("topic", one) for one in self.anchors)))

    @cached_property
    def claims(self) -> Mapping[Place, Place]:
        """What follows from data: other addresses of what is there; of two claims the older one counts."""
        found: dict[Place, Place] = {}
        for origin, to in _claims(self.found, self.placed, self.anchors):
            if origin not in self.pages:
                found.setdefault(origin, to)
        return found

    @property
    def hidden(self) -> frozenset[str]:
        """The ids of those who asked not to be shown: their addresses answer no more."""
        return frozenset(one.id for one in self.found.people.by_id.values() if one.hidden)

    def all(self) -> Iterator[Place]:
        """Every address, with those of the places on the pages of topics; some come twice."""
        yield from self.pages
        yield from self.rows
        for topic, anchors in self.anchors.items():
            yield from (Place("topic", topic, anchor) for anchor in anchors)
        for origin in (*self.claims, *self.rows):
            yield origin
            if origin.kind == "topic" and origin.anchor is None:
                yield from (Place("topic", origin.id, anchor) for anchor in (*self.led_on(origin), ""))

    @cached_property
    def moved_from(self) -> Mapping[str, tuple[str, ...]]:
        """The anchors that the pages of topics had before, by topic."""
        found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for one in self.rows:
            if one.kind == "topic" and one.anchor is not None:
                found[one.id] += (one.anchor,)
        return dict(found)

    def led_on(self, page: Place) -> Iterator[str]:
        """The anchors that a former address of a page takes along: those that its pages have and had."""
        for place in self.way(page):
            if place.kind == "topic":
                yield from self.moved_from.get(place.id, ())
                yield from self.anchors.get(place.id, {}) if place.anchor is None else (place.anchor,)

    def answers(self, place: Place) -> bool:
        """Whether it is a page, or a place on one."""
        if place.kind == "topic" and place.anchor is not None:
            return place.anchor in self.anchors.get(place.id, {})
        return not place.id or place.page in self.pages

    def resolve(self, place: Place) -> Place | None:
        """Where an address leads in the end; None where nothing answers."""
        last = deque(self.way(place), maxlen=1)[0]
        if not self.answers(last):
            return None
        return last if last.kind == "topic" else last.page

    def way(self, place: Place) -> Iterator[Place]:
        """An address, and each to which it leads; a circle ends somewhere."""
        yield place
        for _ in range(len(self.rows) + 4):
            following = None if self.answers(place) else self._next(place)
            if following is None:
                return
            place = following
            yield place

    def _next(self, place: Place) -> Place | None:
        row = self.rows.get(place)
        if row or place.anchor is None:
            return row or self.claims.get(place)
        # What stood on a page is where the page has gone; of a page that is there it has been taken away.
        to = None if place.page in self.pages else self._next(place.page)
        return Place(to.kind, to.id, place.anchor) if to and to.anchor is None else to

    def talks(self, place: Place) -> tuple[EntryNode, ...]:
        """The entries that stand at a place on a topic's page, or on the whole of it."""
        anchors = self.anchors.get(place.id, {}) if place.kind == "topic" else {}
        if place.anchor is not None:
            return (anchors[place.anchor],) if place.anchor in anchors else ()
        return tuple(dict.fromkeys(anchors.values()))


def _claims(
    found: Directories, entries: Iterable[EntryNode], anchors: Mapping[str, object]
) -> Iterator[tuple[Place, Place]]:
    for kind, records in found.records():
        for record in records.values():
            if kind != "topic" or record.id in anchors:
                names = (*record.former, *map(page_id, record.called))
                yield from ((Place(kind, name), Place(kind, record.id)) for name in names)
    # Before a paper was registered, each of its ids had a page of its own, and so had a talk on it.
    ids = found.works.page_ids()
    yield from ((Place("paper", one), Place("paper", paper)) for paper, ones in ids.items() for one in ones)
    for entry in entries:
        talk = Place("topic", entry.topic, entry.anchor())
        for paper in entry.sources:
            former = found.works.by_id[paper].former
            yield from ((Place("topic", one), talk) for one in (paper, *former, *ids.get(paper, ())))
