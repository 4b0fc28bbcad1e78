"""Addresses that a change would take away, and the rows of `docs/data/moved.yml` that keep them.

Both states are looked up as a build looks them up. An address of the state before has to answer in the
one after it, and with the same talk; where it does not, a row leads it to where the talk is now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kb.check.pairs import Files, Pairs, pairs_of
from kb.link import Linker, LookedUp
from kb.link.nodes import EntryNode
from kb.link.places import Place
from kb.link.works import work_page_id
from kb.model.blocks import texts, walk
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.registry import Moved, Registry
from kb.read import read
from kb.registry.moved import MOVED, row
from kb.sources import Sources, is_note
from kb.text.ids import find_ids
from kb.text.program import typed

_ROUNDS = 8
"""A row can take a second address with it, but hardly twice."""


@dataclass(frozen=True, slots=True)
class Gone:
    """An address that answers no more, or with another talk."""

    place: Place
    to: Place | None
    """Where a row leads it; None where a page of something else has it, which no row can change."""
    span: Span
    """What took it away."""
    flipped: bool
    """Whether another talk is there now."""

    @property
    def finding(self) -> Finding:
        """The error, with what keeps the address."""
        what = "で、別の発表が出るようになります" if self.flipped else "が、なくなります"
        message = f"公開したアドレス `{self.place}` {what}"
        if self.to is None:
            hint = "このアドレスは前の発表のものです。新しいほうの id を、別の id にしてください"
        else:
            hint = (
                f"`{typed('week')} fix --since main` で残せます。GitHub の画面で直すときは、"
                f"{MOVED} の最後に、空白を2つ置いて `- {row(str(self.place), str(self.to))}` と書いてください"
            )
        return Finding(Code.ADDRESS_GONE, "error", self.span, message, hint, value=str(self.place))


@dataclass(frozen=True, eq=False)
class _Change:
    """Both states, and who is who."""

    before: LookedUp
    after: LookedUp
    pairs: Pairs

    @cached_property
    def _venues(self) -> Mapping[LookedUp, Mapping[str, str]]:
        return {state: state.found.venue_of() for state in (self.before, self.after)}

    def gone(self) -> list[Gone]:
        """Pages first: what stood on a page follows it."""
        places = dict.fromkeys(self.before.addresses.all())
        pages = [one for place in places if place.anchor is None and (one := self._gone(place))]
        return pages or [one for place in places if place.anchor is not None and (one := self._gone(place))]

    def _is_as_before(self, place: Place) -> bool:
        """Whether nothing has to be looked up: most of a site is not touched by a change."""
        before, after = self.before.addresses, self.after.addresses
        if place.kind != "topic":
            return place in after.pages
        old, new = before.anchors.get(place.id, {}), after.anchors.get(place.id, {})
        anchor = next(iter(old), "") if place.anchor is None else place.anchor
        return anchor in old and anchor in new and old[anchor].id == new[anchor].id

    def _gone(self, place: Place) -> Gone | None:
        if self._is_as_before(place):
            return None
        then = self.before.addresses.resolve(place)
        if then is None or (then.kind == "presenter" and then.id in self.after.addresses.hidden):
            return None
        to = self.after.addresses.resolve(place)
        talks = self.before.addresses.talks(then)
        present = [self.pairs[one.id] for one in talks if one.id in self.pairs]
        if to and self._same(place, then, to, present):
            return None
        span = present[0].span if present else self._cause(then, talks)
        span = replace(span, last=span.first)
        if to == place and self._is_named(place):
            return Gone(place, None, span, flipped=True)
        return Gone(place, self._aim(then, talks, present), span, flipped=to is not None)

    def _aim(self, then: Place, talks: tuple[EntryNode, ...], present: list[EntryNode]) -> Place:
        # Only another name of it has gone, and what it showed is where it was.
        there = {one.id for one in self.after.addresses.talks(then)}
        still = not talks or any(one.id in there for one in present)
        if still and then.anchor is None and then in self.after.addresses.pages:
            return then
        return self._talk_now(then, present) if present else self._thing_now(then, talks)

    def _same(self, place: Place, then: Place, to: Place, present: list[EntryNode]) -> bool:
        if place.anchor and not self._is_told(place):
            return False
        there = {one.id for one in self.after.addresses.talks(to)}
        if not present:  # nothing is left that could be shown, but another talk in its place would be false
            return place.anchor is None or not there
        if any(one.id in there for one in present):
            return True
        # What has a name stays what it is when its talks go elsewhere: each of them has its own address.
        return place.anchor is None and place == then == to and self._is_named(place)

    def _is_told(self, place: Place) -> bool:
        """Whether an anchor is known where its page leads: those of its sections end in it."""
        addresses = self.after.addresses
        return addresses.answers(place) or place.anchor in (
            *addresses.moved_from.get(place.id, ()),
            *(() if addresses.answers(place.page) else addresses.led_on(place.page)),
        )

    def _is_named(self, place: Place) -> bool:
        if place.kind != "topic" or place.anchor is not None:
            return False
        record = self.after.found.topics.by_id[place.id]
        return record.registered or any(one.facts.topic for one in self.after.addresses.talks(place))

    def _talk_now(self, then: Place, present: list[EntryNode]) -> Place:
        """Where a talk is now; of a page with several, the page on which most of them are."""
        topic = Counter(one.topic for one in present).most_common(1)[0][0]
        first = next(one for one in present if one.topic == topic)
        several = then.anchor is None and len(present) > 1
        return Place("topic", topic, None if several else first.anchor())

    def _thing_now(self, then: Place, talks: tuple[EntryNode, ...]) -> Place:
        """What its entries have in its place, if that is one thing; else the session, or the list."""
        if then.kind == "topic":
            days = (Place("session", one.date) for one in talks)
            return next(filter(self.after.addresses.answers, days), Place("topic"))
        had = [one for one in self.before.placed if then.id in self._ids(self.before, then, one)]
        new = {
            one
            for old in had
            if old.id in self.pairs
            for one in self._ids(self.after, then, self.pairs[old.id]) - self._ids(self.before, then, old)
        }
        aims = [one for name in new if (one := Place(then.kind, name)) in self.after.addresses.pages]
        return aims[0] if len(aims) == 1 else Place(then.kind)

    def _ids(self, state: LookedUp, then: Place, one: EntryNode) -> frozenset[str]:
        """All of a kind that an entry has."""
        match then.kind:
            case "session":
                return frozenset((one.date,))
            case "presenter":
                return frozenset(one.presenters)
            case "tag":
                return frozenset(one.tags)
            case "venue":
                venues = self._venues[state]
                return frozenset(venues[paper] for paper in one.sources if paper in venues)
            case _:
                return frozenset(one.sources)

    def _cause(self, then: Place, talks: tuple[EntryNode, ...]) -> Span:
        """The entry that had it, as it is now; else the note where it was, or the file of the rows."""
        for old in talks or self.before.placed:
            if talks or then.id in self._ids(self.before, then, old):
                if old.id in self.pairs:
                    return self.pairs[old.id].span
                path = old.span.path
                there = any(one.span.path == path for one in self.after.sessions)
                return Span(path, 1, 1) if there else Span(MOVED, 0, 0)
        return Span(MOVED, 0, 0)


@dataclass(frozen=True, eq=False)
class Kept:
    """What a change takes away, and the rows with which all is kept that can be kept."""

    gone: tuple[Gone, ...]
    rows: Mapping[str, str]
    """All rows, those of before too."""

    @cached_property
    def lost(self) -> tuple[Gone, ...]:
        """What no row keeps."""
        return tuple(one for one in self.gone if one.to is None)


@dataclass(frozen=True, eq=False)
class State:
    """A checkout as it is, or as it was."""

    files: Files
    sources: Sources
    known: LookedUp


def keep(linker: Linker, then: State, now: State) -> Kept:
    """Compare two states; nothing can be said of one that cannot be built."""
    registry = now.sources.registry
    rows = {one.origin: one.to for one in registry.moved}
    if now.sources.errors:
        return Kept((), rows)
    found: dict[Place, Gone] = {}
    gone = list(_named_no_more(then.known, now.known, then.files, now.files))
    pairs = {old: one.id for old, one in pairs_of(then.known, now.known, then.files, now.files).items()}
    after = now.known
    for _ in range(_ROUNDS):
        if gone:
            found |= {one.place: one for one in gone}
            rows |= {str(one.place): str(one.to) for one in gone if one.to}
            # Once more with the rows: what has moved from an id leaves it to nobody else.
            after = linker.look_up(now.sources.sessions, _with_rows(registry, rows))
        there = {one.id: one for one in after.placed}
        change = _Change(then.known, after, {old: there[one] for old, one in pairs.items()})
        gone = [one for one in change.gone() if found.get(one.place) != one]
        if not gone:
            break
    return Kept(tuple(found.values()), rows)


def _named_no_more(before: LookedUp, after: LookedUp, then: Files, now: Files) -> Iterator[Gone]:
    """Papers that texts alone named, by an id, and that no text names any more: no data tells of them."""
    changed = [path for path in then if is_note(path) and then[path] != now.get(path)]
    known = {place for state in (before, after) for place in state.addresses.all()}
    ids = {Place("paper", one): path for path in changed for one in _works(then, path)}
    lost = {place: path for place, path in ids.items() if place not in known}
    if lost and lost.keys() - {Place("paper", one) for path in changed for one in _works(now, path)}:
        named = {Place("paper", one) for path in now if is_note(path) for one in _works(now, path)}
        for place in lost.keys() - named - after.rows.keys():
            span = Span(lost[place], 1, 1) if lost[place] in now else Span(MOVED, 0, 0)
            yield Gone(place, Place("paper"), span, flipped=False)


def _works(files: Files, path: str) -> set[str]:
    """The page ids of all works that a note's texts name."""
    session = read(files[path], path, "note").session if path in files else None
    blocks = (block for entry in (session.entries if session else ()) for block in walk(entry.blocks))
    found = (find_ids(text.source) for block in blocks for text in texts(block))
    return {work_page_id(one.id) for ids in found for one in ids}


def _with_rows(registry: Registry, rows: Mapping[str, str]) -> Registry:
    return replace(registry, moved=tuple(Moved(*pair) for pair in rows.items()))


def misled(state: LookedUp, registry: Registry) -> Iterator[Finding]:
    """An error for each row that leads nowhere."""
    for one in registry.moved:
        place = Place.from_address(one.origin)
        if place and state.addresses.resolve(place) is None:
            message = f"`{one.origin}` の移った先 `{one.to}` がありません"
            hint = "to を、今あるページのアドレスに直してください"
            yield Finding(Code.MOVED_NOWHERE, "error", one.span, message, hint, value=one.to)
