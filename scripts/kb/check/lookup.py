"""Who and what a note means, looked up as the linker does it when the site is built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.check.base import Base
from kb.check.earlier import Earlier
from kb.check.note import Note
from kb.link.kinds import unknown_kind
from kb.link.nodes import EntryId
from kb.link.people import People
from kb.link.subjects import Tags, Topics
from kb.link.works import Works
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.model.inline import NO_TEXT
from kb.model.session import PRESENTERS, TAGS, TOPIC, DataItem, Entry
from kb.text.inline import rich_text


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the data of a note's entries means, entry by entry, and what the linker says of it."""

    people: People
    works: Works
    tags: Tags
    topics: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]
    """For each entry the ids of its papers."""
    findings: tuple[Finding, ...]


@lru_cache(maxsize=4)
def look_up(note: Note, base: Base) -> Lookup:
    """Look a note up in the registry, and in earlier notes for the names that this leaves open."""
    found = _look_up(note, base, frozenset())
    unknown = frozenset(finding.code for finding in found.findings)
    return _look_up(note, base, unknown) if unknown else found


def _look_up(note: Note, base: Base, unknown: frozenset[str]) -> Lookup:
    registry = base.registry
    people, works = People(registry.presenters), base.works.copy()
    topics, tags = Topics(registry.topics), Tags(registry.tags)
    name = f"{note.session.date}.md" if note.session else ""
    _join(base.earlier, name, unknown, (people, topics, tags))
    places = [EntryId(note.session.date, number) for number, _ in enumerate(note.facts, 1) if note.session]
    sources = [works.sources(facts) for facts in note.facts]
    rows = zip(note.facts, places, sources, strict=True)
    found = [topics.of(facts, place, cited) for facts, place, cited in rows]
    for facts in note.facts:
        people.presenters(facts)
        tags.of(facts)
    for handle, span in (one for facts in note.facts for one in facts.handles):
        known = Code.HANDLE_UNKNOWN not in unknown or people.speaker(handle)
        if known or not base.earlier.spoke(handle, name):
            people.welcome(handle, span)
    kinds = (unknown_kind(facts.entry) for facts in note.facts)
    told = (*works.findings, *people.findings, *topics.findings, *tags.findings)
    findings = (*(finding for finding in kinds if finding), *told)
    return Lookup(people, works, tags, tuple(found), tuple(sources), findings)


def _join(earlier: Earlier, name: str, unknown: frozenset[str], found: tuple[People, Topics, Tags]) -> None:
    """Make known what notes before the one of that name use, as far as something is unknown."""
    people, topics, tags = found
    if unknown & {Code.PRESENTER_UNKNOWN, Code.SPELLING_NEAR_DUPLICATE}:
        values = earlier.values(PRESENTERS, name)
        given = (person for value in values for person in _entry(PRESENTERS, value).presenters)
        for person in (*earlier.people(name), *given):
            people.join(person)
    if unknown & {Code.TOPIC_UNKNOWN, Code.SPELLING_NEAR_DUPLICATE}:
        for value in earlier.values(TOPIC, name):
            topics.join(_entry(TOPIC, value).topic)
    if unknown & {Code.TAG_UNKNOWN, Code.TAG_NEAR_DUPLICATE}:
        for tag in (one for value in earlier.values(TAGS, name) for one in _entry(TAGS, value).tags):
            tags.join(tag)


def _entry(key: str, value: str) -> Entry:
    return Entry("", NO_TEXT, (DataItem(key, rich_text(value)),))


_VALUE = re.compile(r"「(?P<quoted>[^」]+)」|(?P<label>\[[^\]]+\])|`(?P<code>[^`]+)`")


def found_in(note: Note, base: Base, code: Code) -> Iterator[Finding]:
    """What the linker says of a note under one code, at the value that it speaks of."""
    for finding in look_up(note, base).findings:
        if finding.code == code:
            value = _VALUE.search(finding.message)
            text = next((one for one in value.groups() if one), "") if value else ""
            span = note.find(finding.span, text)
            yield Finding(finding.code, finding.severity, span, finding.message, finding.hint)
