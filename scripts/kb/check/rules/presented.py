"""What the group has talked about before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.check.base import Base
from kb.check.lookup import look_up
from kb.check.note import Note
from kb.check.rule import Rule
from kb.check.rules.sources import clipped
from kb.link.facts import Facts
from kb.link.nodes import EntryId
from kb.link.people import People
from kb.link.subjects import Topics
from kb.link.works import Works
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.model.session import REVISIT, SOURCES
from kb.text.ids import canonical, find_ids, search_word, url_key


def _words(facts: Facts, papers: tuple[str, ...], works: Works) -> set[str]:
    """Words of which one has to stand in every note that presents the same work."""
    words = {search_word(one.work.value if one.work else one.url) for one in facts.citations}
    for paper in (works.by_id[one] for one in papers):
        words |= {search_word(canonical(*one).value) for one in paper.ids}
        if paper.registered:
            words |= {paper.title, "" if find_ids(paper.url) else search_word(url_key(paper.url))}
    return {word for word in words if word}


@dataclass(frozen=True, slots=True)
class _Presented:
    """An entry of an earlier session."""

    id: EntryId
    title: str
    topic: str
    people: tuple[str, ...]
    works: frozenset[str]
    """Its papers and the addresses of its sources, as keys that are equal for equal works."""


def _keys(facts: Facts, papers: tuple[str, ...]) -> frozenset[str]:
    urls = (f"url:{one.url}" for one in facts.citations if one.url and not one.work)
    return frozenset([*urls, *(f"paper:{paper}" for paper in papers)])


@lru_cache(maxsize=4)
def _earlier(note: Note, base: Base) -> tuple[_Presented, ...]:
    """The entries of earlier sessions that may be on a work of the note, oldest first."""
    if note.session is None:
        return ()
    found = look_up(note, base)
    rows = zip(note.facts, found.sources, strict=True)
    words = {word for facts, papers in rows for word in _words(facts, papers, found.works)}
    sessions = base.earlier.holding(words, note.path) if words else iter(())
    before = [session for session in sessions if session.date < note.session.date]
    people, topics = People(base.registry.presenters), Topics(base.registry.topics)
    works = base.works.copy()
    entries: list[_Presented] = []
    for session in sorted(before, key=lambda one: one.date):
        for number, facts in enumerate(base.earlier.facts(session), 1):
            papers = works.sources(facts)
            place = EntryId(session.date, number)
            topic = topics.of(facts, place, papers)
            names = tuple(_name(people, who) for _, who in people.presenters(facts))
            entries.append(_Presented(place, facts.title, topic, names, _keys(facts, papers)))
    return tuple(entries)


def _name(people: People, who: str) -> str:
    one = people.by_id[who]
    return "匿名" if one.hidden else one.name


class AlreadyPresented(Rule):
    """A work that somebody presented in an earlier session."""

    code = Code.ALREADY_PRESENTED

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """One for each entry on a work of an earlier session, naming the latest."""
        if note.session is None:
            return
        rows = zip(note.facts, look_up(note, base).sources, strict=True)
        for facts, papers in rows:
            works = _keys(facts, papers)
            if not works or any(item.key == REVISIT for item in facts.entry.data):
                continue
            before = [one for one in _earlier(note, base) if one.works & works]
            if before:
                yield self._tell(note, facts, before)

    def _tell(self, note: Note, facts: Facts, before: list[_Presented]) -> Finding:
        last = before[-1]
        who = f"{last.people[0]}さん" if last.people else ""
        who += f"ほか{len(last.people) - 1}人" if len(last.people) > 1 else ""
        who = f"、{who}が" if who else ""
        often = f"、全部で{len(before)}回" if len(before) > 1 else ""
        message = f"{last.id.date} に{who}「{clipped(last.title)}」で取り上げています{often}"
        hint = (
            f"前の発表は /topics/{last.topic}/ です。わかっていてもう一度なら `- 再訪: yes` を足してください"
        )
        return self.finding(note.at(facts.place(SOURCES).first), message, hint)


PRESENTED_RULES: tuple[Rule, ...] = (AlreadyPresented(),)
