"""Which entry of before a change is which one after it, as far as that can be told without a guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache

from kb.link import LookedUp
from kb.link.nodes import EntryId, EntryNode
from kb.model.blocks import texts, walk
from kb.model.session import Entry
from kb.read import read
from kb.text.fold import bare_key

Files = Mapping[str, bytes]
"""What is read of a state of a checkout, by path."""
Pairs = Mapping[EntryId, EntryNode]
"""The entry after the change for each one before it that is still there."""
_Key = Callable[[EntryNode], Hashable]
_ALIKE = 0.5
"""The share of lines from which on two texts are one that was edited."""


def pairs_of(before: LookedUp, after: LookedUp, then: Files, now: Files) -> Pairs:
    """Pair entries by who they are, then by what else is theirs alone, the surest sign first."""
    found: dict[EntryId, EntryNode] = {}
    old, new = list(before.placed), list(after.placed)
    for key in _KEYS:
        matched = _matched(key, old, new)
        found |= matched
        taken = {one.id for one in matched.values()}
        old = [one for one in old if one.id not in matched]
        new = [one for one in new if one.id not in taken]
    return found | _edited(old, new, then, now) if old and new else found


def _matched(key: _Key, old: Iterable[EntryNode], new: Iterable[EntryNode]) -> dict[EntryId, EntryNode]:
    """Pairs with a key that one entry has before the change, and one after it."""
    there = _alone(key, new)
    return {one.id: there[told] for told, one in _alone(key, old).items() if told in there}


def _alone(key: _Key, entries: Iterable[EntryNode]) -> dict[Hashable, EntryNode]:
    found: defaultdict[Hashable, list[EntryNode]] = defaultdict(list)
    for one in entries:
        if told := key(one):
            found[told].append(one)
    return {told: ones[0] for told, ones in found.items() if len(ones) == 1}


def _sources(one: EntryNode) -> frozenset[object]:
    return frozenset(cited.work or cited.url for cited in one.facts.citations)


def _title(one: EntryNode) -> str:
    return bare_key(one.facts.title)


def _with_date(key: _Key) -> _Key:
    def told(one: EntryNode) -> Hashable:
        found = key(one)
        return (one.date, found) if found else None

    return told


def _whole(one: EntryNode) -> Hashable:
    return (_title(one), one.facts.people, _sources(one)) if _title(one) else None


def _sourced(one: EntryNode) -> Hashable:
    return _whole(one) if _sources(one) else None


_KEYS: tuple[_Key, ...] = (
    _with_date(_whole),
    # Before the identity: two sessions may change their dates, and have entries of one title or one source.
    _sourced,
    lambda one: one.id.name,
    _with_date(_title),
    _with_date(_sources),
    # of another date: the session's date was mended, or the entry went to another note
    _whole,
    _title,
    _sources,
)


def _edited(old: list[EntryNode], new: list[EntryNode], then: Files, now: Files) -> dict[EntryId, EntryNode]:
    """Pairs of one date, or of none, whose texts have most of their lines in common."""
    before, after = cache(lambda path: _entries(path, then)), cache(lambda path: _entries(path, now))
    lines = {one.id: _lines(before(one.facts.entry.span.path), one) for one in old}
    there = [(one, _lines(after(one.facts.entry.span.path), one)) for one in new]
    found: dict[EntryId, EntryNode] = {}
    for one in old:
        alike = sorted(
            ((_shared(lines[one.id], text), other) for other, text in there),
            key=lambda pair: (-pair[0], pair[1].date != one.date),
        )
        share, best = alike[0]
        if share >= _ALIKE and all(other.id != best.id for other in found.values()):
            found[one.id] = best
    return found


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _entries(path: str, files: Files) -> tuple[Entry, ...]:
    # A check reads notes without their texts: few are asked for, and are read once more.
    session = read(files[path], path, "note").session if path in files else None
    return session.entries if session else ()


def _lines(entries: tuple[Entry, ...], one: EntryNode) -> frozenset[str]:
    blocks = entries[one.id.number - 1].blocks if one.id.number <= len(entries) else ()
    told = (text.plain for block in walk(blocks) for text in texts(block))
    return frozenset(key for text in told for line in text.split("\n") if (key := bare_key(line)))
