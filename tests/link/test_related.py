"""Which topics belong together: what docs/dev/architecture.md says of relations, on worlds of a few features.

`p1` is a paper, `o1` a topic, `t1` a tag, `w1` a word; a world is a topic's features by its id, the
topics in the order of time.
"""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.link.related import Feature, FeatureKind, Features, Related, relate
from tests.support.notes import examples

World = dict[str, list[str]]
KINDS: dict[str, FeatureKind] = {"p": "paper", "o": "topic", "t": "tag", "w": "word"}
WEIGHT: dict[FeatureKind, float] = {"paper": 3.0, "topic": 3.0, "tag": 2.0, "word": 0.8}
LEAST = 2.0
"""What two topics have to share to be related."""


def feature(text: str) -> Feature:
    return KINDS[text[0]], text


def features(world: World) -> dict[str, Features]:
    return {topic: Features((), tuple(dict.fromkeys(map(feature, own)))) for topic, own in world.items()}


def related(world: World) -> Related:
    return relate(features(world))


def pairs(world: World) -> set[tuple[str, str]]:
    """Who is related to whom."""
    return {(here, one.topic) for here, found in related(world).relations.items() for one in found}


def many(count: int, own: list[str]) -> World:
    """So many topics with these features, `a00`, `a01` …"""
    return {f"a{number:02}": list(own) for number in range(count)}


def strangers(count: int) -> World:
    """Topics that share nothing: among them, what is shared is rare."""
    return {f"z{number:02}": [] for number in range(count)}


# ---- how much has to be shared


@pytest.mark.parametrize(
    ("shared", "enough"),
    [
        # one thing that two topics share, among so many topics: the rarer, the more it weighs
        (["p1"], 2),
        (["o1"], 2),
        (["t1"], 4),
        (["w1"], 23),
        # several things add up
        (["t1", "t2"], 2),
        (["t1", "w1"], 3),
        (["w1", "w2"], 5),
        (["w1", "w2", "w3"], 3),
        (["w1", "w2", "w3", "w4"], 2),
    ],
)
def test_two_topics_are_related_among_so_many_and_not_among_fewer(shared: list[str], enough: int) -> None:
    weight = sum(WEIGHT[KINDS[one[0]]] for one in shared)
    for count in range(2, enough + 3):
        world = {"a": shared, "b": shared, **strangers(count - 2)}
        wanted = weight * math.log(1 + count / 2) >= LEAST
        assert wanted == (count >= enough), "the table says what the rule says"
        assert pairs(world) == ({("a", "b"), ("b", "a")} if wanted else set()), count


def test_what_many_share_weighs_less() -> None:
    """Of eight topics, four share a paper: 3 · ln(1 + 8/4) = 3.3. All eight: 3 · ln 2 = 2.08."""
    (one, *_) = related(many(4, ["p1"]) | strangers(4)).relations["a00"]
    (all_, *_) = related(many(8, ["p1"])).relations["a00"]
    assert (one.score, all_.score) == (3.296, 2.079)
    assert pairs(many(8, ["t1"])) == set()


def test_a_feature_counts_once_however_often_it_is_named() -> None:
    assert pairs({"a": ["t1", "t1"], "b": ["t1"]}) == set()


def test_what_nobody_else_has_is_not_compared() -> None:
    told = related({"a": ["p1", "p2"], "b": ["p1"], "c": ["p3"]})
    assert told.telling == {"a": (feature("p1"),), "b": (feature("p1"),), "c": ()}
    assert told.relations["c"] == ()
    assert told.two_hops["c"] == ()


def test_a_relation_says_what_is_shared_the_heaviest_first() -> None:
    world = {"a": ["w1", "t1", "p2", "p1", "o1"], "b": ["p1", "o1", "p2", "t1", "w1"], "c": ["p1"]}
    (one,) = (one for one in related(world).relations["a"] if one.topic == "b")
    assert [text for _, text in one.shared] == ["p2", "o1", "p1", "t1", "w1"]
    rare, common = math.log(1 + 3 / 2), math.log(2)
    assert one.score == round(3 * rare + 3 * rare + 2 * rare + 0.8 * rare + 3 * common, 3)


# ---- how many


def test_only_the_rarest_words_of_a_topic_count() -> None:
    """Twelve of them, of equals the first by name; other features are all compared."""
    words = [f"w{number:02}" for number in range(14)]
    world = {"a": [*words, "t1", "p1"], "b": [*words, "t1", "p1"], "c": ["w00"], **strangers(3)}
    telling = [text for _, text in related(world).telling["a"]]
    assert telling == ["t1", "p1", *words[1:13]]
    assert len(telling) == 2 + 12


def test_a_topic_asks_for_six_and_gets_those_that_ask_for_it() -> None:
    """Ten topics share a paper. Each asks for the six nearest, of equals the first by id."""
    told = related(many(10, ["p1"]) | strangers(10))
    names = [f"a{number:02}" for number in range(10)]
    assert told.asked["a09"] == tuple(names[:6])
    assert told.asked["a03"] == tuple(names[:3] + names[4:7])
    assert [one.topic for one in told.relations["a09"]] == names[:6]
    assert [one.topic for one in told.relations["a00"]] == names[1:]


@pytest.mark.parametrize("count", [24, 25, 26, 40])
def test_a_feature_brings_together_neighbours_in_time(count: int) -> None:
    """Up to 24 topics all of them, of more only twelve on each side."""
    world = many(count, ["p1"])
    for number in (0, 1, 12, 13, count - 1):
        topic = f"a{number:02}"
        world[topic] = ["p1", f"o{number}"]
        world["b"] = [f"o{number}"]
        reached = {f"a{other:02}" for other in range(count) if other != number and abs(other - number) <= 12}
        wanted = reached if count > 24 else set(many(count, [])) - {topic}
        asked = related({**world, **strangers(200)}).asked
        first = sorted(wanted)[:5]
        assert set(asked[topic]) == {"b", *first}, number
        del world["b"]
        world[topic] = ["p1"]


def test_of_related_topics_the_nearest_comes_first_then_by_id() -> None:
    world = {"a": ["p1", "p2"], "b": ["p1"], "d": ["p1", "p2"], "c": ["p1"], **strangers(4)}
    assert [one.topic for one in related(world).relations["a"]] == ["d", "b", "c"]


# ---- two hops


def hops(world: World, topic: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(hop.via[1], hop.topics) for hop in related(world).two_hops[topic]]


def test_two_hops_go_over_what_both_name_but_not_over_tags() -> None:
    world = {"a": ["p1", "o1", "w1", "t1"], "b": ["p1", "t1"], "c": ["o1", "p1"], "d": ["w1"]}
    assert hops(world, "a") == [("o1", ("c",)), ("p1", ("b", "c")), ("w1", ("d",))]
    assert hops(world, "b") == [("p1", ("a", "c"))]


def test_a_topic_chooses_its_four_rarest_names() -> None:
    """What another topic chose leads back all the same."""
    world = {"a": [f"p{number}" for number in range(1, 7)]}
    world |= {f"b{number}": [f"p{number}"] for number in range(1, 7)}
    assert hops(world, "a") == [(f"p{number}", (f"b{number}",)) for number in range(1, 7)]
    world |= {"c": [f"p{number}" for number in range(1, 7)]}
    chosen = ["p1", "p2", "p3", "p4"]
    assert [via for via, topics in hops(world, "a") if "c" in topics] == chosen
    assert hops(world, "b6") == [("p6", ("a", "c"))]


@pytest.mark.parametrize(("count", "there"), [(8, True), (9, False)])
def test_what_more_than_eight_topics_name_is_no_way(count: int, there: bool) -> None:
    assert bool(hops(many(count, ["p1"]), "a00")) == there


# ---- against the rule, word for word


def slow(world: World) -> dict[str, dict[str, tuple[float, tuple[str, ...]]]]:
    """Every topic weighed against every other."""
    counts = Counter(one for own in world.values() for one in set(own))

    def weight(one: str) -> float:
        return WEIGHT[KINDS[one[0]]] * math.log(1 + len(world) / counts[one])

    telling = {}
    for topic, own in world.items():
        shared = [one for one in dict.fromkeys(own) if counts[one] > 1]
        words = sorted((one for one in shared if one[0] == "w"), key=lambda one: (counts[one], one))[:12]
        telling[topic] = [one for one in shared if one[0] != "w"] + words
    both = {
        (here, there): [one for one in telling[here] if one in telling[there]]
        for here in world
        for there in world
        if here != there
    }
    asked = {}
    for here in world:
        scores = {there: sum(map(weight, both[here, there])) for there in world if here != there}
        best = sorted(scores, key=lambda there: (-round(scores[there], 6), there))[:6]
        asked[here] = {there for there in best if scores[there] >= LEAST}
    return {
        here: {
            there: (
                round(sum(map(weight, both[here, there])), 3),
                tuple(sorted(both[here, there], key=lambda one: (-weight(one), KINDS[one[0]], one))),
            )
            for there in world
            if here != there and (there in asked[here] or here in asked[there])
        }
        for here in world
    }


NAMES = st.sampled_from([f"{kind}{number:02}" for kind in "pot" for number in range(3)]) | st.sampled_from(
    [f"w{number:02}" for number in range(18)]
)
WORLDS = st.lists(st.lists(NAMES, max_size=20), min_size=2, max_size=10).map(
    lambda rows: {f"a{number}": row for number, row in enumerate(rows)}
)


@examples(200)
@given(WORLDS)
def test_against_every_topic_weighed_against_every_other(world: World) -> None:
    told = {
        here: {one.topic: (one.score, tuple(text for _, text in one.shared)) for one in found}
        for here, found in related(world).relations.items()
    }
    wanted = slow(world)
    assert {here: set(found) for here, found in told.items()} == {
        here: set(one) for here, one in wanted.items()
    }
    for here, found in told.items():
        for there, (score, shared) in found.items():
            assert abs(score - wanted[here][there][0]) < 0.0011
            assert set(shared) == set(wanted[here][there][1])


@examples(200)
@given(WORLDS, WORLDS, st.lists(st.booleans(), min_size=10, max_size=10))
def test_what_is_remembered_changes_nothing(world: World, other: World, kept: list[bool]) -> None:
    """Topics may gain and lose features, come and go."""
    before = features(world)
    after = features(other)
    mixed = {
        topic: before[topic] if keep and topic in before else own
        for (topic, own), keep in zip(after.items(), kept, strict=False)
    }
    assert relate(mixed, relate(before)) == relate(mixed)
    same = {topic: mixed.get(topic, own) for topic, own in before.items()}
    assert relate(same, relate(before)) == relate(same)
