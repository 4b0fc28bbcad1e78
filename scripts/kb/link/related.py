"""Which topics belong together, and why.

Two topics are related by what they share: papers and topics that both name, tags, and words of
their texts. What few share weighs more (inverse document frequency, Spärck Jones 1972). Of the words
only the rarest of each topic count, so that long texts are not related to everything. Every relation
stands on both of its pages, with its reasons.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

FeatureKind = Literal["paper", "topic", "tag", "word"]
Feature = tuple[FeatureKind, str]

WEIGHTS: dict[FeatureKind, float] = {"paper": 3.0, "topic": 3.0, "tag": 2.0, "word": 0.8}
MAX_WORDS = 12
"""Words of a topic that are compared: its rarest."""
MAX_RELATED = 6
"""Relations that a topic asks for itself; those that ask for it come on top."""
REACH = 12
"""Neighbours in time on each side that a feature brings together: keeps common tags linear."""
MIN_SCORE = 2.0
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
    """What a topic may share with others."""

    of: tuple[object, ...]
    """What they were worked out from; while it is the same, so are they."""
    all: tuple[Feature, ...]
    """Each once."""


@dataclass(frozen=True, slots=True)
class Related:
    """Relations and two-hop links by topic, with what is needed to work them out again quickly."""

    relations: Mapping[str, tuple[Relation, ...]]
    two_hops: Mapping[str, tuple[TwoHop, ...]]
    features: Mapping[str, Features]
    telling: Mapping[str, tuple[Feature, ...]]
    """The features of each topic that are compared."""
    asked: Mapping[str, tuple[str, ...]]
    """The relations that each topic asks for itself."""


NO_RELATIONS = Related({}, {}, {}, {}, {})
"""For who does not ask how topics are related: every topic would be weighed against every other."""


@dataclass(frozen=True, slots=True)
class _Index:
    """What topics compare, and all topics by feature, in the order of their first entries."""

    telling: dict[str, tuple[Feature, ...]]
    postings: Mapping[Feature, list[str]]
    weights: Mapping[Feature, float]
    """What it is worth to share a feature: its kind's weight, and more the rarer it is."""


def relate(features: Mapping[str, Features], before: Related | None = None) -> Related:
    """Relate topics by their features; topics come in the order of time.

    With the result of the time before only those are compared again that a change can reach.
    """
    counts = Counter(feature for own in features.values() for feature in own.all)
    # One topic more or less changes every rarity, and who is near in time.
    comparable = before if before and list(before.features) == list(features) else None
    changed = _changed(features, comparable)
    telling = {
        # What has only lost features holds none that changed, so being the same is asked for too.
        topic: comparable.telling[topic]
        if comparable and comparable.features[topic] is own and changed.isdisjoint(own.all)
        else _telling(own.all, counts)
        for topic, own in features.items()
    }
    index = _index(counts, telling)
    reached = _reached(index, changed, comparable)
    asked = {
        topic: comparable.asked[topic] if comparable and topic not in reached else _nearest(topic, index)
        for topic in features
    }
    known = comparable.relations if comparable else {}
    relations = _both_ways(asked, index, known, reached)
    return Related(relations, _two_hops(index), dict(features), telling, asked)


def _changed(features: Mapping[str, Features], before: Related | None) -> set[Feature]:
    changed: set[Feature] = set()
    if before:
        for topic, own in features.items():
            known = before.features[topic]
            if known is not own:
                changed |= set(known.all) ^ set(own.all)
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


def _telling(given: Iterable[Feature], counts: Counter[Feature]) -> tuple[Feature, ...]:
    """Features that others share; of the words, the rarest."""
    shared = [feature for feature in given if counts[feature] > 1]
    words = sorted((one for one in shared if one[0] == "word"), key=lambda one: (counts[one], one))
    return (*(one for one in shared if one[0] != "word"), *words[:MAX_WORDS])


def _index(counts: Counter[Feature], telling: dict[str, tuple[Feature, ...]]) -> _Index:
    postings: defaultdict[Feature, list[str]] = defaultdict(list)
    for topic, own in telling.items():
        for feature in own:
            postings[feature].append(topic)
    # Counted are all topics with a feature, whether they compare it or not.
    weights = {one: WEIGHTS[one[0]] * math.log(1 + len(telling) / counts[one]) for one in postings}
    return _Index(telling, postings, weights)


def _near(postings: Sequence[str], topic: str) -> Sequence[str]:
    if len(postings) <= 2 * REACH:
        return postings
    at = postings.index(topic)
    return postings[max(0, at - REACH) : at + REACH + 1]


def _nearest(topic: str, index: _Index) -> tuple[str, ...]:
    """Topics that share most with a topic, of those that are near in time among who shares a feature."""
    scores: defaultdict[str, float] = defaultdict(float)
    for feature in index.telling[topic]:
        for other in _near(index.postings[feature], topic):
            scores[other] += index.weights[feature]
    scores.pop(topic, None)
    # Sums of floats differ with their order in the last digits: equal scores go by name.
    best = sorted(scores.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))[:MAX_RELATED]
    return tuple(other for other, score in best if score >= MIN_SCORE)


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
        found = [_relation(own, other, index) for other in wanted]
        relations[topic] = tuple(sorted(found, key=lambda one: (-one.score, one.topic)))
    return relations


def _relation(own: frozenset[Feature], other: str, index: _Index) -> Relation:
    shared = [feature for feature in index.telling[other] if feature in own]
    shared.sort(key=lambda feature: (-index.weights[feature], feature))
    return Relation(other, round(sum(map(index.weights.__getitem__, shared)), 3), tuple(shared))


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
    rare = [one for one in own if one[0] != "tag" and len(index.postings[one]) <= MAX_HOPS]
    return sorted(rare, key=lambda one: (-index.weights[one], one))
