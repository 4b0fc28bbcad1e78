"""Who an entry is, wherever it stands: its session's date and what nobody but it is called there.

Not its number: a forgotten entry put above it would take its address. Not its source or its topic:
both are often given later. What is left is the title, of which letters and digits count alone. Entries
that share a title are told apart by who presented, and then by their texts; then none of them has the
short identity, which therefore never comes to mean another talk.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from kb.link.facts import Facts
from kb.model.blocks import texts, walk
from kb.text.fold import bare_key, name_key

_DATE = len("2025-12-02")
_AGAIN = 8
"""Digits of an identity whose own one is taken; of no length that others have."""


def identities(date: str, entries: Sequence[Facts]) -> tuple[str, ...]:
    """The identity of each entry of a session, in their order."""
    found = [""] * len(entries)
    alike = list(range(len(entries)))
    names: dict[int, str] = {}
    for length, told in _STAGES:
        names = {at: f"{date}-{_digest(told(entries[at]), length)}" for at in alike}
        often = Counter(names.values())
        for at in alike:
            found[at] = names[at] if often[names[at]] == 1 else ""
        alike = [at for at in alike if not found[at]]
    for number, at in enumerate(alike, 1):  # these say the same from the first word to the last
        found[at] = f"{names[at]}-{number}"
    return tuple(found)


def unlike(identity: str, taken: Callable[[str], bool]) -> str:
    """An identity as an address: another one where an entry of this date and title had that and left."""
    found, number = identity, 1
    while taken(found):
        digits = _digest(iter((identity, str(number))), _AGAIN)
        found, number = f"{identity[:_DATE]}-{digits}", number + 1
    return found


def _digest(words: Iterator[str], length: int) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:length]


def _title(one: Facts) -> Iterator[str]:
    yield bare_key(one.title)


def _with_people(one: Facts) -> Iterator[str]:
    yield from _title(one)
    yield from sorted(name_key(person.name) for person in one.people)


def _with_text(one: Facts) -> Iterator[str]:
    yield from _with_people(one)
    yield from (bare_key(text.plain) for block in walk(one.entry.blocks) for text in texts(block))


_STAGES: tuple[tuple[int, Callable[[Facts], Iterator[str]]], ...] = (
    (6, _title),
    (10, _with_people),
    (14, _with_text),
)
"""How many digits an identity has, and what they are made of. Of other lengths they are never equal."""
