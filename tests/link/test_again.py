"""A linker that remembers gives what one without memory gives, and reads only what it has to."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kb.link import Linker, build_base
from kb.model.registry import Registry
from tests.support.edited import EDITS, NOTES, REGISTRY, edited, sessions_of


def test_linking_the_same_again_changes_nothing() -> None:
    linker = Linker()
    first, second = (linker.link(sessions_of(NOTES), REGISTRY) for _ in range(2))
    assert first == second
    assert all(one is other for one, other in zip(first.entries, second.entries, strict=True))
    relations, again = first.related, second.related
    assert all(relations.features[topic] is again.features[topic] for topic in again.features)
    assert all(relations.relations[topic] is again.relations[topic] for topic in again.relations)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_gives_what_linking_everything_gives(edit: str) -> None:
    linker = Linker()
    for notes in (NOTES, edited(*EDITS[edit]), NOTES):
        assert linker.link(sessions_of(notes), REGISTRY) == build_base(sessions_of(notes), REGISTRY)


def test_one_edit_after_the_other() -> None:
    linker = Linker()
    for edit in EDITS.values():
        sessions = sessions_of(edited(*edit))
        assert linker.link(sessions, REGISTRY) == build_base(sessions, REGISTRY)


def test_notes_come_and_go() -> None:
    linker, dates = Linker(), list(NOTES)
    for kept in (dates, dates[:2], dates[2:], [], dates[1:], dates):
        sessions = sessions_of({date: NOTES[date] for date in kept})
        assert linker.link(reversed(sessions), REGISTRY) == build_base(sessions, REGISTRY)


def test_another_registry_is_another_world() -> None:
    linker, sessions = Linker(), sessions_of(NOTES)
    for registry in (REGISTRY, Registry(), REGISTRY, Registry(topics=REGISTRY.topics)):
        assert linker.link(sessions, registry) == build_base(sessions, registry)


def test_only_what_changed_is_read_again() -> None:
    linker = Linker()
    bases = [linker.link(sessions_of(notes), REGISTRY) for notes in (NOTES, edited(*EDITS["a sentence"]))]
    same = [one is other for one, other in zip(*(base.entries for base in bases), strict=True)]
    assert same.count(False) == 2, "the two entries of the note"


def test_without_relations_there_are_none() -> None:
    base = Linker(relations=False).link(sessions_of(NOTES), REGISTRY)
    assert not base.related.relations
    assert base.entries == build_base(sessions_of(NOTES), REGISTRY).entries


def test_sessions_are_in_the_order_of_dates() -> None:
    base = build_base(reversed(sessions_of(NOTES)), REGISTRY)
    assert all(one.date < other.date for one, other in pairwise(base.sessions))
    assert [node.id.number for node in base.entries] == [1, 1, 2, 1, 2, 1]
