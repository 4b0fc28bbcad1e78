"""The knowledge base: all entries, linked, and an index from everything to what belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from kb.link.addresses import Addresses, Directories
from kb.link.features import features_of
from kb.link.nodes import EntryNode, Mention, Spoken, Target
from kb.link.places import Rows
from kb.link.related import NO_RELATIONS, Features, Related, relate
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
    addresses: Addresses = field(compare=False)
    """What follows from all else, when it is asked for."""
    findings: tuple[Finding, ...]

    def records(self, kind: TargetKind) -> Mapping[str, Record]:
        """Everything of a kind by its id."""
        found: Mapping[str, Record] = getattr(self, BY_ID[kind].folder)
        return found


@dataclass(frozen=True, eq=False)
class LookedUp:
    """All that data tells: whom and what the entries name, before any of their texts is read."""

    sessions: tuple[Session, ...]
    """In the order of their dates."""
    placed: tuple[EntryNode, ...]
    """All entries; of the texts nothing is known yet."""
    found: Directories
    rows: Rows
    """What the registry says of addresses that have moved."""
    findings: tuple[Finding, ...]
    """What there is to say of the data; of one kind or paper in each note."""

    @cached_property
    def addresses(self) -> Addresses:
        """Every address that follows from data: what only texts name has none here."""
        self.found.venue_of()
        return Addresses(self.sessions, self.placed, self.placed, self.found, self.rows)


def index_base(
    known: LookedUp,
    nodes: tuple[EntryNode, ...],
    before: Related | None,
    findings: tuple[Finding, ...],
) -> KnowledgeBase:
    """Turn every link around, so that both of its ends know it. After `NO_RELATIONS` there are none."""
    found = known.found
    by_topic = _grouped((node.topic, node) for node in nodes)
    said = ((one.presenter, (node, one)) for node in nodes for one in node.remarks if one.presenter)
    return KnowledgeBase(
        sessions=known.sessions,
        entries=nodes,
        presenters=found.people.by_id,
        papers=found.works.by_id,
        tags=found.tags.by_id,
        topics=found.topics.by_id,
        # First asked, then shown: venues that only papers name join while they are asked for.
        venue_of=found.venue_of(),
        venues=found.venues.by_id,
        by_session=_grouped((node.date, node) for node in nodes),
        by_topic=by_topic,
        by_presenter=_grouped((one, node) for node in nodes for one in node.presenters),
        by_tag=_grouped((one, node) for node in nodes for one in node.tags),
        by_proposal=_grouped((one, node) for node in nodes for one in node.proposed),
        by_source=_grouped((one, node) for node in nodes for one in node.sources),
        remarks=_grouped(said),
        backlinks=_grouped((one.target, Backlink(node, one)) for node in nodes for one in node.mentions),
        related=before if before is NO_RELATIONS else relate(_features(by_topic, before), before),
        addresses=Addresses(known.sessions, nodes, known.placed, found, known.rows),
        findings=findings,
    )


Key = TypeVar("Key")
Value = TypeVar("Value")


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    groups: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(group) for key, group in groups.items()}


def _features(by_topic: Mapping[str, tuple[EntryNode, ...]], before: Related | None) -> dict[str, Features]:
    """What each topic shares with others; taken over where its entries are those of the time before."""
    features: dict[str, Features] = {}
    for topic, nodes in by_topic.items():
        known = before.features.get(topic) if before else None
        # The linker takes an unchanged entry over, so identity tells; comparing would read all texts.
        if known is None or list(map(id, known.of)) != list(map(id, nodes)):
            known = features_of(topic, nodes)
        features[topic] = known
    return features
