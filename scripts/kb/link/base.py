"""The knowledge base: all entries, linked, and an index from everything to what belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kb.link.names import Names
from kb.link.nodes import EntryId, EntryNode, Mention, Spoken, Target
from kb.link.people import People
from kb.link.related import Feature, Related, relate
from kb.link.spot import Spotter
from kb.link.subjects import Tags, Topics
from kb.link.works import Works
from kb.model.blocks import Remark, walk
from kb.model.finding import Finding
from kb.model.registry import Paper, Presenter, Registry, Tag, Topic
from kb.model.session import Entry, Person, Session


@dataclass(frozen=True, slots=True)
class Backlink:
    """A place that speaks of something, and the entry in which it lies."""

    entry: EntryNode
    mention: Mention


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Everything that the pages show. Entries are in the order of dates, oldest first."""

    sessions: tuple[Session, ...]
    entries: tuple[EntryNode, ...]
    presenters: Mapping[str, Presenter]
    papers: Mapping[str, Paper]
    tags: Mapping[str, Tag]
    topics: Mapping[str, Topic]
    by_session: Mapping[str, tuple[EntryNode, ...]]
    """Entries by the date of their session."""
    by_topic: Mapping[str, tuple[EntryNode, ...]]
    by_presenter: Mapping[str, tuple[EntryNode, ...]]
    by_tag: Mapping[str, tuple[EntryNode, ...]]
    by_proposal: Mapping[str, tuple[EntryNode, ...]]
    by_source: Mapping[str, tuple[EntryNode, ...]]
    remarks: Mapping[str, tuple[tuple[EntryNode, Spoken], ...]]
    """Remarks by the id of their speaker."""
    backlinks: Mapping[Target, tuple[Backlink, ...]]
    related: Related
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Directories:
    """Who and what is meant by the names in notes."""

    people: People
    works: Works
    topics: Topics
    tags: Tags


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry whose data is resolved, before its text is read."""

    id: EntryId
    part: str
    entry: Entry
    topic: str
    people: tuple[tuple[Person, str], ...]
    tags: tuple[str, ...]
    sources: tuple[str, ...]
    suffix: str


def build_base(sessions: Iterable[Session], registry: Registry) -> KnowledgeBase:
    """Link all sessions: first all that data tells, then all that texts name."""
    ordered = tuple(sorted(sessions, key=lambda session: session.date))
    found = _Directories(
        People(registry.presenters), Works(registry.papers), Topics(registry.topics), Tags(registry.tags)
    )
    placed = [one for session in ordered for one in _place(session, found)]
    spotter = _spotter(found)
    nodes = tuple(_node(one, spotter, found) for one in placed)
    return _indexed(ordered, nodes, found)


def _place(session: Session, found: _Directories) -> Iterable[_Placed]:
    pairs = ((part, entry) for part in session.parts for entry in part.entries)
    for number, (part, entry) in enumerate(pairs, 1):
        place = EntryId(session.date, number)
        sources = found.works.sources(entry)
        topic = found.topics.of(entry, place, sources)
        yield _Placed(
            id=place,
            part=part.name,
            entry=entry,
            topic=topic,
            people=found.people.presenters(entry),
            tags=found.tags.of(entry),
            sources=sources,
            suffix=found.topics.suffix(topic, place),
        )


def _spotter(found: _Directories) -> Spotter:
    papers = [paper for paper in found.works.by_id.values() if paper.registered]
    named = [
        *((name, Target("topic", one)) for name, one in found.topics.named()),
        *((name, Target("paper", one.id)) for one in papers for name in (one.title, *one.aliases)),
        *((name, Target("presenter", one)) for name, one in found.people.names()),
    ]
    terms = Names((term, Target("tag", one)) for term, one in found.tags.terms())
    return Spotter(Names(named), terms, found.works.of_id, found.people.speaker)


def _node(one: _Placed, spotter: Spotter, found: _Directories) -> EntryNode:
    entry = one.entry
    for block in walk(entry.blocks):
        if isinstance(block, Remark):
            found.people.welcome(block.handle, block.span)
    spotted = spotter.spot(entry.title, entry.blocks, Target("topic", one.topic))
    proposed = tuple(tag for tag in spotted.terms if tag not in one.tags)
    mentions = (*spotted.mentions, *spotted.terms.values())
    return EntryNode(
        id=one.id,
        part=one.part,
        entry=entry,
        topic=one.topic,
        people=one.people,
        tags=one.tags,
        proposed=proposed,
        sources=one.sources,
        mentions=mentions,
        remarks=tuple(spotted.remarks),
        texts=tuple(spotted.texts),
        words=tuple(spotted.words),
        anchors=tuple(spotted.anchors),
        suffix=one.suffix,
    )


def _indexed(
    sessions: tuple[Session, ...], nodes: tuple[EntryNode, ...], found: _Directories
) -> KnowledgeBase:
    """Turn every link around, so that both of its ends know it."""
    by_topic = _grouped(nodes, lambda node: [node.topic])
    return KnowledgeBase(
        sessions=sessions,
        entries=nodes,
        presenters=found.people.by_id,
        papers=found.works.by_id,
        tags=found.tags.by_id,
        topics=found.topics.by_id,
        by_session=_grouped(nodes, lambda node: [node.date]),
        by_topic=by_topic,
        by_presenter=_grouped(nodes, lambda node: node.presenters),
        by_tag=_grouped(nodes, lambda node: node.tags),
        by_proposal=_grouped(nodes, lambda node: node.proposed),
        by_source=_grouped(nodes, lambda node: node.sources),
        remarks=_remarks(nodes),
        backlinks=_backlinks(nodes),
        related=relate({topic: tuple(_features(entries)) for topic, entries in by_topic.items()}),
        findings=(*found.people.findings, *found.topics.findings, *found.tags.findings),
    )


Key = TypeVar("Key")


def _grouped(
    nodes: Iterable[EntryNode], keys: Callable[[EntryNode], Iterable[Key]]
) -> dict[Key, tuple[EntryNode, ...]]:
    groups: defaultdict[Key, list[EntryNode]] = defaultdict(list)
    for node in nodes:
        for key in keys(node):
            groups[key].append(node)
    return {key: tuple(group) for key, group in groups.items()}


def _remarks(nodes: Iterable[EntryNode]) -> dict[str, tuple[tuple[EntryNode, Spoken], ...]]:
    found: defaultdict[str, list[tuple[EntryNode, Spoken]]] = defaultdict(list)
    for node in nodes:
        for spoken in node.remarks:
            if spoken.presenter:
                found[spoken.presenter].append((node, spoken))
    return {speaker: tuple(remarks) for speaker, remarks in found.items()}


def _backlinks(nodes: Iterable[EntryNode]) -> dict[Target, tuple[Backlink, ...]]:
    found: defaultdict[Target, list[Backlink]] = defaultdict(list)
    for node in nodes:
        for mention in node.mentions:
            found[mention.target].append(Backlink(node, mention))
    return {target: tuple(links) for target, links in found.items()}


def _features(entries: Iterable[EntryNode]) -> Iterable[Feature]:
    """What a topic shares with others: papers, topics, tags and words of all its entries."""
    for node in entries:
        yield from (("paper", paper) for paper in node.sources)
        yield from (("tag", tag) for tag in node.tags)
        for mention in node.mentions:
            if mention.target.kind == "paper":
                yield "paper", mention.target.id
            elif mention.target.kind == "topic":
                yield "topic", mention.target.id
        yield "topic", node.topic
        yield from (("word", word) for word in node.words)
