"""Which topics belong together: what docs/dev/architecture.md says of relations, on worlds of a few features.

`p1` is a paper, `o1` a topic, `n1` a title, `t1` a tag, `w1` a word. A capital says that the topic is about
it (`P1`, `W1`: a source, a word of the title), a small letter that it speaks of it, a `-` before that it is
only met there. A world is a topic's features by its id, the topics in the order of time.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.link.reasons import Feature, FeatureKind
from kb.link.related import Features, Related, relate
from tests.support.notes import examples
from tests.support.steps import assert_in_proportion

World = dict[str, list[str]]
KINDS: dict[str, FeatureKind] = {"p": "paper", "o": "topic", "n": "title", "t": "tag", "w": "word"}
WORTH: dict[FeatureKind, tuple[float, float, float]] = {
    "paper": (0.6, 1.5, 1.5),
    "topic": (0.6, 1.5, 1.5),
    "title": (0.0, 1.5, 1.5),
    "tag": (0.55, 1.0, 1.0),
    "word": (0.2, 0.45, 0.6),
}


def feature(text: str) -> Feature:
    text = text.removeprefix("-").lower()
    return KINDS[text[0]], text


def features(world: World) -> dict[str, Features]:
    return {topic: _features(own) for topic, own in world.items()}


def _features(own: list[str]) -> Features:
    main = dict.fromkeys(feature(one) for one in own if one[0].isupper())
    side = dict.fromkeys(feature(one) for one in own if one[0].islower())
    rest = dict.fromkeys(feature(one) for one in own if one[0] == "-")
    side = {one: None for one in side if one not in main}
    return Features((), (*main,), (*side,), tuple(one for one in rest if one not in main and one not in side))


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


# ---- what is a reason


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        # one names what the other is about, or both are about it
        ("P1", "p1", True),
        ("O1", "o1", True),
        ("N1", "n1", True),
        ("P1", "P1", True),
        # what both name in passing needs a second reason
        ("p1", "p1", False),
        ("o1", "o1", False),
        ("n1 n2", "n1 n2", False),
        ("p1 p2", "p1 p2", True),
        ("p1 t1", "p1 t1", True),
        ("p1 W1", "p1 w1", True),
        ("p1 w1", "p1 w1", False),
        # a tag that is the main one of either
        ("T1", "t1", True),
        ("t1", "t1", False),
        ("t1 t2", "t1 t2", True),
        ("t1 W1", "t1 w1", True),
        # words: several, and one of them in a title
        ("W1", "W1", False),
        ("W1 W2", "W1 W2", True),
        ("W1 W2", "W1 w2", True),
        ("W1 w2 w3", "W1 w2 w3", True),
        ("W1 w2", "W1 w2", False),
        ("W1 W2", "w1 w2", False),
        ("W1 W2 W3", "w1 w2 w3", True),
        ("w1 w2 w3 w4 w5 w6 w7", "w1 w2 w3 w4 w5 w6 w7", False),
        # what is only met once is no reason at all
        ("W1 W2 W3 T1", "-w1 -w2 -w3 -t1", False),
    ],
)
def test_what_relates_two_topics(here: str, there: str, *, told: bool) -> None:
    world = {"a": here.split(), "b": there.split(), **strangers(4)}
    assert pairs(world) == ({("a", "b"), ("b", "a")} if told else set())


@pytest.mark.parametrize(("count", "told"), [(4, True), (5, False)])
def test_what_many_share_is_no_reason_alone(count: int, *, told: bool) -> None:
    """Among 25 topics: ln(49/4) = 2.505 is more than 2.5, ln(49/5) = 2.28 is not."""
    assert bool(pairs(many(count, ["T1"]) | strangers(25 - count))) == told


def test_what_is_only_met_makes_a_thing_common() -> None:
    met = {f"y{number}": ["-t1"] for number in range(8)}
    assert pairs({"a": ["T1"], "b": ["T1"], **strangers(12)})
    assert not pairs({"a": ["T1"], "b": ["T1"], **met, **strangers(4)})


def test_words_that_are_parts_of_each_other_are_one() -> None:
    """`graph network` and `neural graph` share a word, グラフ機構 and 新グラフ機構 a piece."""

    def told(*words: str) -> bool:
        own = Features((), tuple(("word", word) for word in words))
        return bool(relate({"a": own, "b": own, "c": Features(())}).relations["a"])

    assert told("graph network", "time series")
    assert not told("graph network", "neural graph")
    assert not told("注意機構", "交差注意機構")
    assert not told("self-attention", "Attention")


@pytest.mark.parametrize(("count", "told"), [(2, True), (3, False)])
def test_words_of_lines_that_many_topics_have_are_the_templates(count: int, *, told: bool) -> None:
    words: tuple[Feature, ...] = (("word", "時系列予測"), ("word", "先行研究"))
    topics = {f"a{number}": Features((), words) for number in range(2)}
    topics |= {f"z{number}": Features(()) for number in range(6)}
    names = list(topics)
    for name in names[:count]:
        own = topics[name]
        topics[name] = Features((), own.main, forms=("先行研究と比べてどこがすごい？",))
    assert bool(relate(topics).relations["a0"]) == told


def test_a_feature_counts_once_however_often_it_is_named() -> None:
    assert pairs({"a": ["t1", "t1"], "b": ["t1"]}) == set()


def test_what_nobody_else_has_is_not_compared() -> None:
    told = related({"a": ["p1", "P2"], "b": ["P1"], "c": ["p3"]})
    assert told.telling == {"a": (feature("p1"),), "b": (feature("p1"),), "c": ()}
    assert told.relations["c"] == ()
    assert told.two_hops["c"] == ()


def test_a_relation_says_what_is_shared_the_heaviest_first() -> None:
    world = {"a": ["w1", "t1", "p2", "P1", "o1"], "b": ["p1", "o1", "p2", "T1", "W1"], "c": ["p1"]}
    (one,) = (one for one in related(world).relations["a"] if one.topic == "b")
    assert [text for _, text in one.shared] == ["p1", "t1", "p2", "o1", "w1"] or [
        text for _, text in one.shared
    ] == ["p1", "t1", "o1", "p2", "w1"]
    rare, common = math.log((3 + 24) / 2), math.log((3 + 24) / 3)
    assert one.score == round(1.5 * common + (1.0 + 0.6 + 0.6 + 0.45) * rare, 3)


# ---- how many


def test_only_the_most_telling_words_of_a_topic_count() -> None:
    """Sixteen of them: first those of its titles, then the rarest, of equals the first by name."""
    words = [f"w{number:02}" for number in range(19)]
    world = {"a": [*words, "W98", "t1", "p1"], "b": [*words, "W98", "t1", "p1"], "c": ["w00"], **strangers(3)}
    telling = [text for _, text in related(world).telling["a"]]
    assert telling == ["t1", "p1", "w98", *words[1:16]]
    assert len(telling) == 2 + 16


def test_a_topic_asks_for_six_and_gets_those_that_ask_for_it() -> None:
    """Ten topics share a paper. Each asks for the six nearest, of equals the first by id."""
    told = related(many(10, ["P1"]) | strangers(90))
    names = [f"a{number:02}" for number in range(10)]
    assert told.asked["a09"] == tuple(names[:6])
    assert told.asked["a03"] == tuple(names[:3] + names[4:7])
    assert [one.topic for one in told.relations["a09"]] == names[:6]
    assert [one.topic for one in told.relations["a00"]] == names[1:]


@pytest.mark.parametrize("count", [24, 25, 26, 40])
def test_a_feature_brings_together_neighbours_in_time(count: int) -> None:
    """Up to 24 topics all of them, of more only twelve on each side."""
    world = many(count, ["P1"])
    for number in (0, 1, 12, 13, count - 1):
        topic = f"a{number:02}"
        world[topic] = ["P1", f"O{number}"]
        world["b"] = [f"o{number}"]
        reached = {f"a{other:02}" for other in range(count) if other != number and abs(other - number) <= 12}
        wanted = reached if count > 24 else set(many(count, [])) - {topic}
        asked = related({**world, **strangers(200)}).asked
        first = sorted(wanted)[:5]
        assert set(asked[topic]) == {"b", *first}, number
        del world["b"]
        world[topic] = ["P1"]


def test_of_related_topics_the_nearest_comes_first_then_by_id() -> None:
    world = {"a": ["P1", "p2"], "b": ["p1"], "d": ["p1", "p2"], "c": ["p1"], **strangers(4)}
    assert [one.topic for one in related(world).relations["a"]] == ["d", "b", "c"]


# ---- two hops


def hops(world: World, topic: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(hop.via[1], hop.topics) for hop in related(world).two_hops[topic]]


def test_two_hops_go_over_what_both_name_but_not_over_tags_and_words() -> None:
    world = {"a": ["p1", "O1", "w1", "t1"], "b": ["p1", "t1"], "c": ["o1", "p1"], "d": ["w1"]}
    assert hops(world, "a") == [("o1", ("c",)), ("p1", ("b", "c"))]
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
    """Every topic weighed against every other. No two words of these worlds are parts of each other."""
    known = features(world)
    counts = Counter(one for own in known.values() for one in {*own.main, *own.side, *own.rest})
    rarity = {one: math.log((len(world) + 24) / count) for one, count in counts.items()}
    telling = {}
    for topic, own in known.items():
        shared = [one for one in (*own.main, *own.side) if counts[one] > 1]
        words = [one for one in shared if one[0] == "word"]
        words.sort(key=lambda one: (one not in own.main, counts[one], one))
        telling[topic] = [one for one in shared if one[0] != "word"] + words[:16]

    def weight(here: str, there: str, one: Feature) -> float:
        return WORTH[one[0]][(one in known[here].main) + (one in known[there].main)]

    def is_reason(here: str, there: str, shared: list[Feature]) -> bool:
        worth = {one: weight(here, there, one) * min(1, rarity[one] / 2.5) for one in shared}
        words = [one for one in shared if one[0] == "word"]
        titled = any(one in known[here].main or one in known[there].main for one in words)
        alone = sum(worth[one] for one in shared if one[0] != "word") == 0
        return sum(worth.values()) >= 1 and (not alone or (titled and len(words) > 1))

    both = {
        (here, there): [one for one in telling[here] if one in telling[there]]
        for here in world
        for there in world
        if here != there
    }
    scores = {pair: sum(weight(*pair, one) * rarity[one] for one in shared) for pair, shared in both.items()}
    asked = {}
    for here in world:
        others = [there for there in world if here != there and is_reason(here, there, both[here, there])]
        asked[here] = sorted(others, key=lambda there: (-round(scores[here, there], 6), there))[:6]
    return {
        here: {
            there: (round(scores[here, there], 3), tuple(text for _, text in both[here, there]))
            for there in world
            if here != there and (there in asked[here] or here in asked[there])
        }
        for here in world
    }


ROLES = st.sampled_from(["{}", "{}", "{}", "-{}"]) | st.just("upper")
NAMES = st.builds(
    lambda name, role: name.upper() if role == "upper" else role.format(name),
    st.sampled_from([f"{kind}{number:02}" for kind in "pont" for number in range(3)])
    | st.sampled_from([f"w{number:02}" for number in range(22)]),
    ROLES,
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


def test_the_work_is_in_proportion_to_the_topics() -> None:
    """Also where all of them share a tag, a paper and the words of their titles."""

    def relating(count: int) -> Callable[[], object]:
        world = {
            f"a{number}": ["T1", "p1", "W1", "w2", f"P{number}", f"p{number + 1}"] for number in range(count)
        }
        known = {topic: _features(own) for topic, own in world.items()}
        return lambda: relate(known)

    assert_in_proportion(relating, 60)
