"""Links sessions, and remembers what it did, so that one changed note costs little more than itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb.link.addresses import Directories
from kb.link.base import KnowledgeBase, LookedUp, index_base
from kb.link.facts import Facts, facts_of
from kb.link.identity import identities
from kb.link.kinds import unknown_kind
from kb.link.names import Names
from kb.link.nodes import EntryId, EntryNode, Target
from kb.link.people import People
from kb.link.places import Place, Rows, marked, rows_of
from kb.link.related import NO_RELATIONS, Related
from kb.link.spot import Spotter
from kb.link.subjects import Tags, Topics
from kb.link.venues import Venues
from kb.link.works import PaperIndex, Works
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.model.registry import Registry
from kb.model.session import Session

_NameList = tuple[tuple[str, Target], ...]
_Handles = tuple[tuple[str, str], ...]


def build_base(sessions: Iterable[Session], registry: Registry) -> KnowledgeBase:
    """Link all sessions once."""
    return Linker().link(sessions, registry)


class Linker:
    """Links sessions again and again.

    What an entry's text names depends on the entry and on all names. Both are compared with those of
    the time before; where neither has changed, the entry is taken over. The result is always that of
    a linker without memory: `tests/site/test_generate.py`.
    """

    def __init__(self, *, relations: bool = True) -> None:
        self._registry: Registry | None = None
        self._papers = PaperIndex(())
        self._facts: dict[str, tuple[Session, tuple[Facts, ...]]] = {}
        self._nodes: dict[EntryId, tuple[EntryNode, EntryNode]] = {}
        self._names: tuple[_NameList, Names] = ((), Names(()))
        self._handles: _Handles = ()
        # Whoever asks for no relations saves the step that weighs all topics against each other.
        self._related: Related | None = None if relations else NO_RELATIONS

    def link(self, sessions: Iterable[Session], registry: Registry) -> KnowledgeBase:
        """Link all sessions: first all that data tells, then all that texts name."""
        known = self.look_up(sessions, registry)
        nodes = self._read(known.placed, known.found)
        told = _first_of_each(known.findings)
        base = index_base(known, nodes, self._related, told)
        self._related = base.related
        return base

    def look_up(self, sessions: Iterable[Session], registry: Registry) -> LookedUp:
        """Look up all that data tells, in the order of dates: what an earlier entry brought is known."""
        ordered = tuple(sorted(sessions, key=lambda session: session.date))
        rows = rows_of(registry.moved)
        found = self._directories(registry, rows)
        placed = marked((one for session in ordered for one in self._place(session, found)), rows)
        # After all data: a speaker may present for the first time in a later entry.
        for one in placed:
            for handle, span in one.facts.handles:
                found.people.welcome(handle, span)
        findings = [kind for one in placed if (kind := unknown_kind(one.entry))]
        for directory in (found.works, found.people, found.topics, found.tags):
            findings += directory.findings
        return LookedUp(ordered, placed, found, rows, tuple(findings))

    def _directories(self, registry: Registry, rows: Rows) -> Directories:
        # By identity: a reader keeps one registry as long as its files say the same.
        if registry is not self._registry:
            self._registry, self._papers = registry, PaperIndex(registry.papers)
        # New ones each time: they learn while they are asked.
        return Directories(
            People(registry.presenters),
            Works(self._papers),
            Topics(registry.topics, {one.id for one in rows if one == Place("topic", one.id)}),
            Tags(registry.tags),
            Venues(registry.venues),
        )

    def _place(self, session: Session, found: Directories) -> Iterable[EntryNode]:
        known = self._facts_of(session)
        names = identities(session.date.isoformat(), known)
        for number, (facts, name) in enumerate(zip(known, names, strict=True), 1):
            place = EntryId(session.date, number, name)
            sources = found.works.sources(facts)
            topic = found.topics.of(facts, place, sources)
            yield EntryNode(
                id=place,
                facts=facts,
                topic=topic,
                people=found.people.presenters(facts),
                tags=found.tags.of(facts),
                sources=sources,
            )

    def _facts_of(self, session: Session) -> tuple[Facts, ...]:
        known = self._facts.get(session.span.path)
        if known is None or known[0] is not session:
            known = self._facts[session.span.path] = (session, facts_of(session))
        return known[1]

    def _read(self, placed: Iterable[EntryNode], found: Directories) -> tuple[EntryNode, ...]:
        names = _names(found, {one.topic for one in placed})
        handles = tuple(found.people.handles())
        before = self._nodes if (names, handles) == (self._names[0], self._handles) else {}
        if names != self._names[0]:
            self._names = (names, Names(names))
        self._handles = handles
        known = self._names[1]
        self._nodes = {one.id: (one, _node(one, before.get(one.id), known, found)) for one in placed}
        return tuple(node for _, node in self._nodes.values())


def _first_of_each(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    # A build says once what each note has to be told: a kind or a paper is unknown for one reason.
    first: dict[object, Finding] = {}
    for finding in findings:
        told_often = finding.code in (Code.KIND_UNKNOWN, Code.PAPER_UNKNOWN)
        first.setdefault((finding.code, finding.value) if told_often else finding, finding)
    return tuple(first.values())


def _names(found: Directories, presented: set[str]) -> _NameList:
    """Every name with its target; for names that two kinds share, topics come first.

    A topic that nobody has presented has no page to lead to.
    """
    papers = [paper for paper in found.works.by_id.values() if paper.registered]
    return (
        *((name, Target("topic", one)) for name, one in found.topics.named() if one in presented),
        *((name, Target("paper", one.id)) for one in papers for name in (one.title, *one.aliases)),
        *((name, Target("presenter", one)) for name, one in found.people.names()),
        *((term, Target("tag", one)) for term, one in found.tags.terms()),
    )


def _node(
    one: EntryNode, before: tuple[EntryNode, EntryNode] | None, names: Names, found: Directories
) -> EntryNode:
    if before and before[0].facts is one.facts and before[0] == one:
        for work in before[1].works:
            found.works.of_id(work)  # papers that only this text knows have to be met again
        return before[1]
    spotter = Spotter(names, found.works.of_id, found.people.speaker, _own(one), bool(one.facts.citations))
    blocks = spotter.read(one.entry.title, one.entry.blocks)
    return replace(
        one,
        proposed=tuple(tag for tag in spotter.terms if tag not in one.tags),
        sources=tuple(target.id for target in spotter.own if target.kind == "paper"),
        titled=spotter.titled,
        mentions=(*spotter.mentions, *spotter.terms.values()),
        remarks=tuple(spotter.remarks),
        blocks=blocks,
        works=tuple(spotter.works),
    )


def _own(one: EntryNode) -> dict[Target, None]:
    """What an entry is about and who presents it: that it names them is nothing to be told of them."""
    papers = (Target("paper", paper) for paper in one.sources)
    people = (Target("presenter", person) for person in one.presenters)
    return dict.fromkeys((Target("topic", one.topic), *papers, *people))
