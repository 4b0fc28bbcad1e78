"""Which topics belong together, and why.

What makes a reason is told in `kb/link/reasons.py`: here every topic gets those topics that share most
with it. Every relation stands on both of its pages, with its reasons.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from kb.link.reasons import WEIGHTS, Feature, Shared
from kb.link.words import words_in

FEW = 24
"""Topics that are thought to be there, so that in a small base nothing passes for common or for rare."""
MANY, PART = 3, 20
"""Topics with one heading that make it a template's: so many, and one in `PART`."""
MAX_WORDS = 16
"""Words of a topic that are compared: those of its titles, then its rarest."""
MAX_RELATED = 6
"""Relations that a topic asks for itself; those that ask for it come on top."""
REACH = 12
"""Neighbours in time on each side that a feature brings together: keeps common tags linear."""
MAX_VIAS = 4
MAX_HOPS = 8


@dataclass(frozen=True, slots=True)
class Relation:
    """A related topic, and the features that both share, the heaviest first."""

    topic: str
    score: float
    shared: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class TwoHop:
    """Topics that name the same thing, whether it has a page or not."""

    via: Feature
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Features:
    """What a topic may share with others; each feature once, in the first list that has it."""

    of: tuple[object, ...]
    """What they were worked out from; while it is the same, so are they."""
    main: tuple[Feature, ...] = ()
    """What it is about."""
    side: tuple[Feature, ...] = ()
    """What it speaks of."""
    rest: tuple[Feature, ...] = ()
    """What is only met in it, and not compared; it tells how common a thing is."""
    forms: tuple[str, ...] = ()
    """Its headings and first lines."""


@dataclass(frozen=True, slots=True)
class Related:
    """Relations and two-hop links by topic, with what is needed to work them out again quickly."""

    relations: Mapping[str, tuple[Relation, ...]]
    two_hops: Mapping[str, tuple[TwoHop, ...]]
    features: Mapping[str, Features] = field(default_factory=dict)
    template: frozenset[Feature] = frozenset()
    """Words of headings and first lines that many topics have."""
    telling: Mapping[str, tuple[Feature, ...]] = field(default_factory=dict)
    """The features of each topic that are compared."""
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The relations that each topic asks for itself."""


NO_RELATIONS = Related({}, {})
"""For who does not ask how topics are related: every topic would be weighed against every other."""


@dataclass(frozen=True, slots=True)
class _Index:
    """What topics compare, and all topics by feature, in the order of their first entries."""

    telling: Mapping[str, tuple[Feature, ...]]
    main: Mapping[str, frozenset[Feature]]
    postings: Mapping[Feature, list[str]]
    rarity: Mapping[Feature, float]


def relate(features: Mapping[str, Features], before: Related | None = None) -> Related:
    """Relate topics by their features; topics come in the order of time.

    With the result of the time before only those are compared again that a change can reach.
    """
    counts = Counter(chain.from_iterable(chain(one.main, one.side, one.rest) for one in features.values()))
    template = _template(features)
    # One topic more or less changes every rarity, and who is near in time.
    comparable = before if before and list(before.features) == list(features) else None
    changed = _changed(features, template, comparable)
    telling = {
        # What has only lost features holds none that changed, so being the same is asked for too.
        topic: comparable.telling[topic]
        if comparable
        and comparable.features[topic] is own
        and changed.isdisjoint(own.main)
        and changed.isdisjoint(own.side)
        else _telling(own, counts, template)
        for topic, own in features.items()
    }
    index = _index(features, counts, telling)
    reached = _reached(index, changed, comparable)
    asked = {
        topic: comparable.asked[topic] if comparable and topic not in reached else _nearest(topic, index)
        for topic in features
    }
    known = comparable.relations if comparable else {}
    relations = _both_ways(asked, index, known, reached)
    return Related(relations, _two_hops(index), dict(features), template, telling, asked)


def _template(features: Mapping[str, Features]) -> frozenset[Feature]:
    """The words of lines with which many topics begin themselves or their sections."""
    met = Counter(chain.from_iterable(one.forms for one in features.values()))
    many = max(MANY, len(features) / PART)
    return frozenset(
        ("word", word) for form, count in met.items() if count >= many for word in words_in(form)
    )


def _changed(
    features: Mapping[str, Features], template: frozenset[Feature], before: Related | None
) -> set[Feature]:
    if before is None:
        return set()
    changed = set(template ^ before.template)
    for topic, own in features.items():
        known = before.features[topic]
        if known is not own:
            # What was a side matter and is the main one now weighs otherwise, too.
            for here, there in ((known.main, own.main), (known.side, own.side), (known.rest, own.rest)):
                changed |= set(here) ^ set(there)
    return changed


def _reached(index: _Index, changed: set[Feature], before: Related | None) -> set[str]:
    """Topics whose scores a change can have moved: those that compare a feature with new postings."""
    if before is None:
        return set(index.telling)
    moved, reached = set(changed), set()
    for topic, own in index.telling.items():
        known = before.telling[topic]
        if known is not own:
            moved |= set(known) ^ set(own)
            reached.add(topic)
    return reached | {topic for topic, own in index.telling.items() if not moved.isdisjoint(own)}


def _telling(
    own: Features, counts: Mapping[Feature, int], template: frozenset[Feature]
) -> tuple[Feature, ...]:
    """Features that others share; of the words the most telling, but none of a template."""
    named: list[tuple[int, int, Feature]] = []
    words: list[tuple[int, int, Feature]] = []
    for role, features in enumerate((own.main, own.side)):
        for one in features:
            if counts[one] > 1 and one not in template:
                (words if one[0] == "word" else named).append((role, counts[one], one))
    return tuple(one for _, _, one in (*named, *sorted(words)[:MAX_WORDS]))


def _index(
    features: Mapping[str, Features],
    counts: Mapping[Feature, int],
    telling: Mapping[str, tuple[Feature, ...]],
) -> _Index:
    postings: defaultdict[Feature, list[str]] = defaultdict(list)
    for topic, own in telling.items():
        for feature in own:
            postings[feature].append(topic)
    # Counted are all topics with a feature, whether they compare it or not.
    rarity = {one: math.log((len(telling) + FEW) / counts[one]) for one in postings}
    main = {topic: frozenset(own.main) for topic, own in features.items()}
    return _Index(telling, main, postings, rarity)


def _near(postings: Sequence[str], topic: str) -> Sequence[str]:
    if len(postings) <= 2 * REACH:
        return postings
    at = postings.index(topic)
    return postings[max(0, at - REACH) : at + REACH + 1]


def _nearest(topic: str, index: _Index) -> tuple[str, ...]:
    """Topics that share most with a topic, of those that are near in time among who shares a feature."""
    shared: defaultdict[str, Shared] = defaultdict(Shared)
    for feature in index.telling[topic]:
        mine, rarity = feature in index.main[topic], index.rarity[feature]
        for other in _near(index.postings[feature], topic):
            shared[other].add(feature, mine + (feature in index.main[other]), rarity)
    shared.pop(topic, None)
    found = [(-round(one.score, 6), other) for other, one in shared.items() if one.is_reason()]
    # Sums of floats differ with their order in the last digits: equal scores go by name.
    return tuple(other for _, other in sorted(found)[:MAX_RELATED])


def _both_ways(
    asked: Mapping[str, tuple[str, ...]],
    index: _Index,
    known: Mapping[str, tuple[Relation, ...]],
    reached: set[str],
) -> dict[str, tuple[Relation, ...]]:
    """Give each relation to both of its topics; take over those that no change has reached."""
    pairs: dict[str, dict[str, None]] = {topic: dict.fromkeys(others) for topic, others in asked.items()}
    for topic, others in asked.items():
        for other in others:
            pairs[other].setdefault(topic)
    relations = {}
    for topic, wanted in pairs.items():
        kept = known.get(topic, ()) if topic not in reached else ()
        if len(kept) == len(wanted) and all(one.topic in wanted for one in kept):
            relations[topic] = kept
            continue
        own = frozenset(index.telling[topic])
        found = [_relation(topic, own, other, index) for other in wanted]
        relations[topic] = tuple(sorted(found, key=lambda one: (-one.score, one.topic)))
    return relations


def _relation(topic: str, own: frozenset[Feature], other: str, index: _Index) -> Relation:
    here, there = index.main[topic], index.main[other]
    told = [
        (WEIGHTS[one[0]][(one in here) + (one in there)] * index.rarity[one], one)
        for one in index.telling[other]
        if one in own
    ]
    told.sort(key=lambda one: (-one[0], one[1]))
    return Relation(other, round(sum(score for score, _ in told), 3), tuple(one for _, one in told))


def _two_hops(index: _Index) -> dict[str, tuple[TwoHop, ...]]:
    """For each topic its rarest shared names, and the topics behind them, on both sides."""
    rare = {topic: _rare(own, index) for topic, own in index.telling.items()}
    chosen = {topic: frozenset(own[:MAX_VIAS]) for topic, own in rare.items()}
    hops: dict[str, tuple[TwoHop, ...]] = {}
    for topic, own in rare.items():
        found = []
        for via in own:
            mine = via in chosen[topic]
            others = [
                other for other in index.postings[via] if other != topic and (mine or via in chosen[other])
            ]
            if others:
                found.append(TwoHop(via, tuple(others)))
        hops[topic] = tuple(found)
    return hops


def _rare(own: tuple[Feature, ...], index: _Index) -> list[Feature]:
    """Papers and topics: one word that two texts share is no way from the one to the other."""
    named = [one for one in own if one[0] in ("paper", "topic") and len(index.postings[one]) <= MAX_HOPS]
    return sorted(named, key=lambda one: (-index.rarity[one], one))
