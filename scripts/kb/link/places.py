"""Addresses of the site as values, and which entry has which anchors on its topic's page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kb.link.identity import unlike
from kb.link.nodes import EntryNode
from kb.model.kinds import BY_ID, KINDS, KindId
from kb.model.registry import Moved

_ADDRESS = re.compile(r"/(?P<folder>[a-z]+)/(?:(?P<id>[^/#?\s]+)/)?(?:#(?P<anchor>\S*))?")
_KINDS = {kind.folder: kind.id for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Place:
    """A page, the list of a kind, or a place on a topic's page."""

    kind: KindId
    id: str = ""
    """Empty for the list of the kind."""
    anchor: str | None = None
    """`e-2025-12-02` for an entry; empty for the sections whose anchors are nothing but their titles."""

    def __str__(self) -> str:
        page = f"/{BY_ID[self.kind].folder}/" + (f"{self.id}/" if self.id else "")
        return page if self.anchor is None else f"{page}#{self.anchor}"

    @staticmethod
    def from_address(text: str) -> Place | None:
        """What an address of the site means, `/topics/sam3/#e-2025-12-02`; None for any other text."""
        found = _ADDRESS.fullmatch(text)
        if not found or found["folder"] not in _KINDS:
            return None
        return Place(_KINDS[found["folder"]], found["id"] or "", found["anchor"])

    @property
    def page(self) -> Place:
        """The page on which it is."""
        return Place(self.kind, self.id)


Rows = Mapping[Place, Place]
"""Where what an address showed is now, as `docs/data/moved.yml` says."""


def rows_of(moved: Iterable[Moved]) -> dict[Place, Place]:
    """The rows of the file; what is no address of the site is left out, and told by its schema."""
    pairs = ((Place.from_address(one.origin), Place.from_address(one.to)) for one in moved)
    return {origin: to for origin, to in pairs if origin and to}


def marked(placed: Iterable[EntryNode], rows: Rows) -> tuple[EntryNode, ...]:
    """The entries with their anchors: none of them depends on an entry of another date, or on a number.

    One entry of a page has the anchors of its sections as they are: the oldest one, unless a row says
    that another had them first.
    """
    placed = tuple(placed)
    days = Counter((one.topic, one.date) for one in placed)
    by_topic: defaultdict[str, dict[str, EntryNode]] = defaultdict(dict)
    for one in placed:
        by_topic[one.topic][_mark(one, days[one.topic, one.date], rows)] = one
    made = {}
    for topic, entries in by_topic.items():
        plain = _plain(topic, entries, rows)
        for mark, one in entries.items():
            made[one.id] = replace(one, mark=mark, suffix="" if mark == plain else f"-{mark}")
    return tuple(made[one.id] for one in placed)


def _mark(one: EntryNode, often: int, rows: Rows) -> str:
    """The date where a page has one entry of that day, or else its identity; never what another had."""

    def taken(mark: str) -> bool:
        return Place("topic", one.topic, f"e-{mark}") in rows

    return one.date if often == 1 and not taken(one.date) else unlike(str(one.id), taken)


def _plain(topic: str, marks: Mapping[str, EntryNode], rows: Rows) -> str:
    """The mark of the entry whose sections have plain anchors; empty where it has left the page."""
    place = rows.get(Place("topic", topic, ""))
    if place is None:
        return next(iter(marks))
    for _ in range(len(rows)):
        mark = (place.anchor or "").removeprefix("e-")
        if place.id == topic and mark in marks:
            return mark
        following = rows.get(place)
        if following is None:
            break
        place = following
    return ""
