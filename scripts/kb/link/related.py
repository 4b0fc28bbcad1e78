"""Which topics belong together, and why.

Two topics are related by what they share: papers and topics that both name, tags, and words of
their texts. What few share weighs more (inverse document frequency, Spärck Jones 1972); words are
compared by the cosine of their weights. Every relation stands on both of its pages, with its reasons.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

FeatureKind = Literal["paper", "topic", "tag", "word"]
Feature = tuple[FeatureKind, str]

WEIGHTS: dict[FeatureKind, float] = {"paper": 3.0, "topic": 3.0, "tag": 2.0}
TEXT_WEIGHT = 6.0
"""What two texts of the same words are worth."""
MAX_WORDS = 12
"""Words of a topic that are compared: its rarest."""
MAX_RELATED = 6
"""Relations that a topic asks for itself; those that ask for it come on top."""
REACH = 12
"""Neighbours in time on each side that a feature brings together: keeps common tags linear."""
MAX_REASONS = 3
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
class Related:
    """Relations and two-hop links by topic."""

    relations: Mapping[str, tuple[Relation, ...]]
    two_hops: Mapping[str, tuple[TwoHop, ...]]


@dataclass(slots=True)
class _Index:
    """All topics by feature, in the order of their first entries."""

    features: dict[str, tuple[Feature, ...]]
    postings: defaultdict[Feature, list[str]] = field(default_factory=lambda: defaultdict(list))
    norms: dict[str, float] = field(default_factory=dict)

    def rarity(self, feature: Feature) -> float:
        return math.log(1 + len(self.features) / len(self.postings[feature]))

    def weight(self, feature: Feature) -> float:
        rarity = self.rarity(feature)
        return rarity * rarity if feature[0] == "word" else WEIGHTS[feature[0]] * rarity


def relate(features: Mapping[str, Sequence[Feature]]) -> Related:
    """Relate topics by their features; topics come in the order of time."""
    index = _index(features)
    asked = {topic: _nearest(topic, index) for topic in index.features}
    return Related(_both_ways(asked, index), _two_hops(index))


def _index(features: Mapping[str, Sequence[Feature]]) -> _Index:
    counts = Counter(feature for given in features.values() for feature in set(given))
    kept = {topic: _telling(given, counts) for topic, given in features.items()}
    index = _Index(kept)
    for topic, own in kept.items():
        for feature in own:
            index.postings[feature].append(topic)
    for topic, own in kept.items():
        words = [index.weight(feature) for feature in own if feature[0] == "word"]
        index.norms[topic] = math.sqrt(sum(words)) or 1.0
    return index


def _telling(given: Iterable[Feature], counts: Counter[Feature]) -> tuple[Feature, ...]:
    """Features that others share; of the words, the rarest."""
    shared = [feature for feature in dict.fromkeys(given) if counts[feature] > 1]
    words = sorted((one for one in shared if one[0] == "word"), key=lambda one: (counts[one], one))
    return (*(one for one in shared if one[0] != "word"), *words[:MAX_WORDS])


def _candidates(topic: str, index: _Index) -> dict[str, float]:
    """Topics that share a feature and are near in time among those that do, with their scores."""
    scores: defaultdict[str, float] = defaultdict(float)
    norm = index.norms[topic]
    for feature in index.features[topic]:
        postings = index.postings[feature]
        weight = index.weight(feature)
        for other in _near(postings, topic):
            if feature[0] == "word":
                scores[other] += TEXT_WEIGHT * weight / (norm * index.norms[other])
            else:
                scores[other] += weight
    scores.pop(topic, None)
    return scores


def _near(postings: Sequence[str], topic: str) -> Sequence[str]:
    if len(postings) <= 2 * REACH:
        return postings
    at = postings.index(topic)
    return postings[max(0, at - REACH) : at + REACH + 1]


def _nearest(topic: str, index: _Index) -> list[str]:
    scores = _candidates(topic, index)
    best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_RELATED]
    return [other for other, score in best if score >= MIN_SCORE]


def _both_ways(asked: dict[str, list[str]], index: _Index) -> dict[str, tuple[Relation, ...]]:
    """Give each relation to both of its topics."""
    pairs: dict[str, dict[str, None]] = {topic: dict.fromkeys(others) for topic, others in asked.items()}
    for topic, others in asked.items():
        for other in others:
            pairs[other].setdefault(topic)
    relations = {}
    for topic, wanted in pairs.items():
        own = frozenset(index.features[topic])
        found = [_relation(topic, own, other, index) for other in wanted]
        relations[topic] = tuple(sorted(found, key=lambda one: (-one.score, one.topic)))
    return relations


def _relation(topic: str, own: frozenset[Feature], other: str, index: _Index) -> Relation:
    shared = [feature for feature in index.features[other] if feature in own]
    shared.sort(key=lambda feature: (-index.weight(feature), feature))
    norms = index.norms[topic] * index.norms[other]
    score = sum(
        TEXT_WEIGHT * index.weight(one) / norms if one[0] == "word" else index.weight(one) for one in shared
    )
    return Relation(other, round(score, 3), tuple(shared))


def _two_hops(index: _Index) -> dict[str, tuple[TwoHop, ...]]:
    """For each topic its rarest shared names, and the topics behind them, on both sides."""
    chosen = {topic: frozenset(_vias(own, index)) for topic, own in index.features.items()}
    hops: dict[str, tuple[TwoHop, ...]] = {}
    for topic, own in index.features.items():
        found = []
        for via in own:
            others = [
                other
                for other in index.postings[via]
                if other != topic and (via in chosen[topic] or via in chosen[other])
            ]
            if others:
                found.append(TwoHop(via, tuple(others)))
        hops[topic] = tuple(sorted(found, key=lambda hop: (-index.weight(hop.via), hop.via)))
    return hops


def _vias(own: tuple[Feature, ...], index: _Index) -> list[Feature]:
    rare = [one for one in own if one[0] != "tag" and len(index.postings[one]) <= MAX_HOPS]
    return sorted(rare, key=lambda one: (-index.weight(one), one))[:MAX_VIAS]
