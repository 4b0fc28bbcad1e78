"""Two sessions that are one meeting: its note was made twice, once under a wrong date."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from kb.link.facts import Facts, facts_of
from kb.model.session import Session
from kb.text.fold import bare_key, name_key

_LONG = 20
"""Characters from which on a title is nobody's template: `どんなもの？` is asked in every week."""
_STANDING = 4
"""A title or source of more sessions than this is one of the group's own, and tells no two of them apart."""


class _Alike(IntEnum):
    """How much two entries are one."""

    NOT = 0
    PERHAPS = 1
    SURELY = 2


@dataclass(frozen=True, slots=True)
class Twin:
    """A session that is the same meeting as another one."""

    session: Session
    alike: int
    """How many entries both have."""
    entries: int
    """How many entries the session has that was asked about."""


class Meetings:
    """Sessions by what they talk about, to find the one that a further session repeats."""

    def __init__(self, sessions: Iterable[Session]) -> None:
        """Of all sessions that there are; the one that is asked about may be among them."""
        self._sessions = tuple((session, facts_of(session)) for session in sessions)
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)
        for at, (_, entries) in enumerate(self._sessions):
            for key in {key for facts in entries for key in _keys(facts)}:
                self._by_key[key].append(at)

    def twin(self, session: Session) -> Twin | None:
        """The session of another date that is the same meeting, the likest of several."""
        entries = facts_of(session)
        common = Counter(
            at
            for key in {key for facts in entries for key in _keys(facts)}
            if len(self._by_key.get(key, ())) <= _STANDING
            for at in self._by_key.get(key, ())
        )
        found = []
        for at in sorted(common):
            other, others = self._sessions[at]
            own = other.date == session.date or other.span.path == session.span.path
            if not own and (alike := _same_meeting(entries, others)):
                found.append(Twin(other, alike, len(entries)))
        return max(found, key=lambda one: one.alike, default=None)


def _keys(facts: Facts) -> frozenset[str]:
    title = _title(facts)
    return frozenset([*([f"title:{title}"] if title else []), *_works(facts)])


def _title(facts: Facts) -> str:
    return bare_key(facts.title)


def _works(facts: Facts) -> frozenset[str]:
    # One paper has several addresses, on arXiv and at its publisher.
    return frozenset(f"work:{one.work.label}" if one.work else f"url:{one.url}" for one in facts.citations)


def _people(facts: Facts) -> frozenset[str]:
    return frozenset(name_key(person.name) for person in facts.people)


def _alike(one: Facts, other: Facts) -> _Alike:
    """What repeats a talk and says so is meant."""
    if one.entry.revisits or other.entry.revisits:
        return _Alike.NOT
    works, others = _works(one), _works(other)
    if works & others:
        return _Alike.SURELY
    title = _title(one)
    if not title or title != _title(other) or (works and others):
        return _Alike.NOT
    if len(title) >= _LONG or _people(one) & _people(other):
        return _Alike.SURELY
    return _Alike.NOT if one.people and other.people else _Alike.PERHAPS


def _same_meeting(entries: tuple[Facts, ...], others: tuple[Facts, ...]) -> int:
    """How many entries two sessions have in common; 0 where they are not the same meeting."""
    if len(entries) == len(others) == 1:
        return int(_all_alike(entries[0], others[0]))
    pairs = _pairs(entries, others)
    surely = sum(one is _Alike.SURELY for one in pairs)
    # A week may go on with a topic of the one before; a meeting that was brought again has most of them.
    most = 3 * len(pairs) >= 2 * max(len(entries), len(others))
    return len(pairs) if len(pairs) > 1 and most and 2 * surely >= len(pairs) else 0


def _all_alike(one: Facts, other: Facts) -> bool:
    """Whether the only entries of two sessions are one: a second part has a title or presenter of its own."""
    same = _alike(one, other) is _Alike.SURELY
    return same and _title(one) == _title(other) and _people(one) == _people(other)


def _pairs(entries: tuple[Facts, ...], others: tuple[Facts, ...]) -> list[_Alike]:
    """Each entry with the likest of the others that no entry before it took."""
    left, found = list(others), []
    for facts in entries:
        likest = max(left, key=lambda other: _alike(facts, other), default=None)
        if likest and (alike := _alike(facts, likest)):
            left.remove(likest)
            found.append(alike)
    return found
