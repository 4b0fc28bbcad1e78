"""The knowledge base: all entries, linked, and an index from everything to what belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kb.link.nodes import EntryNode, Mention, Spoken, Target
from kb.link.people import People
from kb.link.related import NO_RELATIONS, Feature, Features, Related, relate
from kb.link.subjects import Tags, Topics
from kb.link.venues import Venues
from kb.link.words import words_of
from kb.link.works import Works
from kb.model.finding import Finding
from kb.model.kinds import BY_ID, TargetKind
from kb.model.registry import Paper, Presenter, Record, Tag, Topic, Venue
from kb.model.session import Session


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
    venues: Mapping[str, Venue]
    venue_of: Mapping[str, str]
    """The id of the venue of each paper that appeared in one."""
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

    def records(self, kind: TargetKind) -> Mapping[str, Record]:
        """Everything of a kind by its id."""
        found: Mapping[str, Record] = getattr(self, BY_ID[kind].folder)
        return found


class Found(Protocol):
    """The directories of a linker, as far as they are shown."""

    people: People
    works: Works
    topics: Topics
    tags: Tags
    venues: Venues


def index_base(
    sessions: tuple[Session, ...],
    nodes: tuple[EntryNode, ...],
    found: Found,
    before: Related | None,
    findings: tuple[Finding, ...],
) -> KnowledgeBase:
    """Turn every link around, so that both of its ends know it. After `NO_RELATIONS` there are none."""
    by_topic = _grouped(nodes, lambda node: [node.topic])
    return KnowledgeBase(
        sessions=sessions,
        entries=nodes,
        presenters=found.people.by_id,
        papers=found.works.by_id,
        tags=found.tags.by_id,
        topics=found.topics.by_id,
        venues=found.venues.by_id,
        venue_of=_venues(found),
        by_session=_grouped(nodes, lambda node: [node.date]),
        by_topic=by_topic,
        by_presenter=_grouped(nodes, lambda node: node.presenters),
        by_tag=_grouped(nodes, lambda node: node.tags),
        by_proposal=_grouped(nodes, lambda node: node.proposed),
        by_source=_grouped(nodes, lambda node: node.sources),
        remarks=_remarks(nodes),
        backlinks=_backlinks(nodes),
        related=before if before is NO_RELATIONS else relate(_features(by_topic, before), before),
        findings=findings,
    )


def _venues(found: Found) -> dict[str, str]:
    named = ((paper.id, found.venues.of(paper.container_title)) for paper in found.works.by_id.values())
    return {paper: venue for paper, venue in named if venue}


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


def _features(by_topic: Mapping[str, tuple[EntryNode, ...]], before: Related | None) -> dict[str, Features]:
    """What each topic shares with others; taken over where its entries are those of the time before."""
    features: dict[str, Features] = {}
    for topic, nodes in by_topic.items():
        known = before.features.get(topic) if before else None
        same = known is not None and _same(known.of, nodes)
        features[topic] = known if known is not None and same else Features.from_nodes(nodes, _named(nodes))
    return features


def _same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))


def _named(nodes: Iterable[EntryNode]) -> Iterable[Feature]:
    """Papers, topics, tags and words of all entries of a topic."""
    for node in nodes:
        yield from (("paper", paper) for paper in node.sources)
        yield from (("tag", tag) for tag in node.tags)
        for mention in node.mentions:
            if mention.target.kind == "paper":
                yield "paper", mention.target.id
            elif mention.target.kind == "topic":
                yield "topic", mention.target.id
        yield "topic", node.topic
        yield from (("word", word) for word in words_of(node.entry))
