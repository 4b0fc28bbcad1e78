"""Names in texts: against examples, and against a search without any automaton."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.link.names import Found, Names
from kb.link.nodes import Target
from kb.text.fold import fold

TOPIC, PAPER, OTHER = Target("topic", "sam3"), Target("paper", "kirillov2023-sam"), Target("paper", "other")
TAG, SECOND_TAG = Target("tag", "segmentation"), Target("tag", "llm")


def named(names: list[str], text: str) -> list[str]:
    """What is found of these names, as the text spells it."""
    found = Names([(name, Target("topic", str(number))) for number, name in enumerate(names)])
    return [text[one.start : one.end] for one in found.find(text).names]


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        # the longest wins
        (["SAM", "SAM 3"], "SAM 3とSAM", ["SAM 3", "SAM"]),
        (["Segment Anything", "Segment Anything with Concepts"], "Segment Anything with Concepts",
         ["Segment Anything with Concepts"]),
        (["連鎖的思考", "思考"], "連鎖的思考と思考", ["連鎖的思考", "思考"]),
        (["ゼロショット", "ゼロショット学習"], "ゼロショット学習", ["ゼロショット学習"]),
        (["あい", "いうえ"], "あいうえ", ["いうえ"]),
        (["あい", "いう"], "あいう", ["あい"]),  # of equals the first
        # Latin boundaries
        (["GAM"], "GAMBLE と OGAM と GAM", ["GAM"]),
        (["GAM"], "GAM2 と 2GAM と GAM", ["GAM"]),
        (["GAM"], "(GAM)、GAM。GAMは GAM/GAM", ["GAM"] * 5),
        (["LLM"], "大規模LLMの学習", ["LLM"]),
        (["SAM"], "SAM_x", ["SAM"]),
        (["C++"], "C++17 と C++", ["C++", "C++"]),
        # a number goes on
        (["GPT-3"], "GPT-3.5 と GPT-3 と GPT-3.", ["GPT-3", "GPT-3"]),
        (["SAM"], "SAM-2 と SAM-based", ["SAM"]),
        (["Veo 3"], "Veo 3.1、Veo 3-1、Veo 3、Veo 31", ["Veo 3"]),
        (["GPT-3"], "GPT-3", ["GPT-3"]),
        # Japanese stands anywhere
        (["連鎖的思考"], "この連鎖的思考を", ["連鎖的思考"]),
        (["セグメンテーション"], "セグメンテーションモデル", ["セグメンテーション"]),
        (["gpt-ossの学習"], "gpt-ossの学習中", ["gpt-ossの学習"]),
        # short Latin names are case-sensitive, longer ones are not
        (["GAM"], "gam Gam GAM", ["GAM"]),
        (["SDD"], "sdd", []),
        (["YOLO"], "yolo Yolo", ["yolo", "Yolo"]),
        (["LyftLearn"], "lyftlearn", ["lyftlearn"]),
        # width is folded, and positions stay
        (["Segment Anything"], "Ｓｅｇｍｅｎｔ Ａｎｙｔｈｉｎｇ！", ["Ｓｅｇｍｅｎｔ Ａｎｙｔｈｉｎｇ"]),
        (["Ｖｅｏ３"], "Veo3", ["Veo3"]),
        (["ヴェクトル"], "ヴェクトル", ["ヴェクトル"]),
        (["モデル"], "㍿モデル", ["モデル"]),
        (["ﾓﾃﾞﾙ"], "モデル", []),  # half-width kana of two characters stay as they are
        # nothing to be found
        ([], "SAM", []),
        (["", "  ", "\n"], "SAM", []),
        (["SAM"], "", []),
        (["  Segment   Anything "], "Segment Anything", ["Segment Anything"]),
    ],
)  # fmt: skip
def test_what_is_found(names: list[str], text: str, found: list[str]) -> None:
    assert named(names, text) == found


def test_two_targets_of_one_name() -> None:
    """In the order in which they came; the same target twice is one."""
    names = Names([("SAM3", TOPIC), ("SAM3", PAPER), ("ＳＡＭ３", OTHER), ("sam3", TOPIC)])
    assert names.find("SAM3").names == [Found(0, 4, (TOPIC, PAPER, OTHER))]
    assert names.size == 1


def test_terms_are_apart_from_names() -> None:
    names = Names(
        [("Segment Anything", PAPER), ("セグメンテーション", TAG), ("Segment", TAG), ("SDD", TOPIC)]
    )
    found = names.find("Segment Anything によるセグメンテーション")
    assert [one.targets for one in found.names] == [(PAPER,)]
    assert [(one.start, one.targets) for one in found.terms] == [(0, (TAG,)), (20, (TAG,))]


def test_a_text_that_is_both_name_and_term() -> None:
    found = Names([("SDD", TOPIC), ("SDD", TAG), ("SDD", SECOND_TAG)]).find("SDDについて")
    assert found.names == [Found(0, 3, (TOPIC,))]
    assert found.terms == [Found(0, 3, (TAG, SECOND_TAG))]


def test_a_longer_name_does_not_hide_a_term() -> None:
    """Names overlap no names, terms no terms; a term may lie in a name."""
    found = Names([("LLMとエージェント", TOPIC), ("LLM", TAG)]).find("LLMとエージェント")
    assert [(one.start, one.end) for one in found.names] == [(0, 10)]
    assert [(one.start, one.end) for one in found.terms] == [(0, 3)]


PARTS = {
    "AutoML": [
        "AutoMLツール利用",
        "AutoML基盤",
        "my_automl",
        "automl.py",
        "Auto-AutoML",
        "@automl",
        "AutoML-Zero",
    ],
    "学習": ["深層学習", "学習率", "学習データ", "Q学習"],
    "強化学習": ["逆強化学習", "深層強化学習", "強化学習環境"],
    "プロンプト": ["プロンプトエンジニアリング", "プロンプト設計"],
    "agent": ["multi-agent", "agent_id", "agents.md"],
    "C": ["C言語"],
}
WHOLE = {
    "AutoML": [
        "AutoMLを使う",
        "AutoML、RAG",
        "(AutoML)",
        "AutoML系",
        "各AutoML",
        "AutoML以外",
        "AutoML手法",
        "AutoML方法を",
        "AutoML-based",
        "#AutoML",
    ],
    "学習": ["学習する", "「学習」", "学習 データ", "再び学習を"],
    "強化学習": ["強化学習の", "強化学習用に", "RL/強化学習"],
    "プロンプト": ["プロンプト等", "プロンプトで"],
    "agent": ["agent が", "agent.", "the agent-driven way"],
}


@pytest.mark.parametrize(("term", "text"), [(term, text) for term, texts in PARTS.items() for text in texts])
def test_no_term_stands_inside_a_longer_word(term: str, text: str) -> None:
    assert not Names([(term, TAG)]).find(text).terms


@pytest.mark.parametrize(("term", "text"), [(term, text) for term, texts in WHOLE.items() for text in texts])
def test_a_term_stands_beside_particles_and_what_keeps_its_meaning(term: str, text: str) -> None:
    (found,) = Names([(term, TAG)]).find(text).terms
    assert text[found.start : found.end].lower() == term.lower()


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _stands(text: str, start: int, end: int) -> bool:
    if start > 0 and _latin(text[start]) and _latin(text[start - 1]):
        return False
    rest = text[end:]
    if not _latin(text[end - 1]) or not rest:
        return True
    return not (_latin(rest[0]) or (rest[0] in "-." and rest[1:2].isdigit()))


def slow_find(names: list[str], text: str) -> list[tuple[int, int]]:
    """Every name tried at every place; then the longest, and of equals the first."""
    spelled: dict[str, str] = {}
    for name in names:
        shown = " ".join(name.split())
        if shown:
            spelled.setdefault(fold(shown), shown)
    folded, found = fold(text), []
    for key, shown in spelled.items():
        for start in range(len(text) - len(key) + 1):
            end = start + len(key)
            exact = len(shown) > 3 or not shown.isascii() or text[start:end] == shown
            if folded[start:end] == key and exact and _stands(folded, start, end):
                found.append((start, end))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda place: (place[0] - place[1], place[0])):
        if all(end <= first or start >= last for first, last in kept):
            kept.append((start, end))
    return sorted(kept)


ALPHABET = "aAbＡ3あア -.ｱ㍿İß"
NAMES = st.lists(st.text(alphabet=ALPHABET, max_size=5), max_size=6)
TEXTS = st.text(alphabet=ALPHABET, max_size=24)


@given(NAMES, TEXTS)
@example(["a", "aa"], "aaa")
@example(["İa"], "İa a")
@example(["ß3"], "ß3.3 ß3")
def test_against_a_search_without_an_automaton(names: list[str], text: str) -> None:
    index = Names([(name, Target("topic", str(number))) for number, name in enumerate(names)])
    assert [(one.start, one.end) for one in index.find(text).names] == slow_find(names, text)


@given(NAMES, NAMES, TEXTS)
def test_terms_do_not_touch_names(names: list[str], terms: list[str], text: str) -> None:
    pairs = [(name, Target("topic", name)) for name in names]
    tags = [(term, Target("tag", term)) for term in terms]
    places = [(one.start, one.end) for one in Names(pairs).find(text).names]
    both = Names(pairs + tags).find(text)
    spellings = {fold(" ".join(name.split())) for name in names}
    if not spellings & {fold(" ".join(term.split())) for term in terms}:
        assert [(one.start, one.end) for one in both.names] == places
        # Of terms the parts of longer words are left out first: what is left is found as a name would be.
        found = [(one.start, one.end) for one in both.terms]
        assert all(first[1] <= second[0] for first, second in pairwise(found))
        assert {fold(text)[start:end] for start, end in found} <= {
            fold(" ".join(term.split())) for term in terms
        }


@given(st.text(max_size=50))
def test_folding_keeps_positions(text: str) -> None:
    """Also where lower case is longer than the letter (İ)."""
    assert len(fold(text)) == len(text)


SAITO = Target("presenter", "saito")


@pytest.mark.parametrize(
    "text",
    [
        "Koshiro Saito",
        "Shun Ito, Koshiro Saito, Akira Manda",
        "Koshiro Saito¹, Manda²",
        "K. Saito, S. Ito and A. Manda. 2019.",
        "K.Saito",
        "J.-P. Saito",
        "Saito, K., and Ito, S.: A paper",
        "Saito K, Ito S",
        "Saito Koshiro (Univ. of Tokyo)",
        "著者はKoshiro　Saitoら",
        "Zoë Saito、José Saito",
        "Smith-Saito",
        "Saito-Smith",
        "O'Neil Saito",
        "ChatSaito と SaitoGPT",
    ],
)
def test_a_presenter_of_one_word_is_not_found_in_the_name_of_somebody_else(text: str) -> None:
    assert Names([("Saito", SAITO)]).find(text).names == []


@pytest.mark.parametrize(
    "text",
    [
        "Saito さんが話した",
        "@Saito",
        "Saitoさんと",
        "先週の Saito の発表",
        "with BERT. Saito さん",
        "(Saito)",
        "Saito et al.",
        "saito さん",
        "Saito, Ito, Manda",
        "BERTをSaitoさんが",
        "GPT-4、Saito さん",
    ],
)
def test_a_presenter_of_one_word_is_found_where_it_stands_alone(text: str) -> None:
    assert [one.targets for one in Names([("Saito", SAITO)]).find(text).names] == [(SAITO,)]


def test_other_things_of_one_word_are_found_beside_names() -> None:
    """A topic may be called as a presenter is; and whoever has two words is found by them."""
    both = Names([("Saito", TOPIC), ("Saito", SAITO)])
    assert [one.targets for one in both.find("Koshiro Saito と Saito").names] == [(TOPIC,), (TOPIC, SAITO)]
    whole = Names([("Saito", SAITO), ("Koshiro Saito", Target("presenter", "koshiro"))])
    assert [one.targets[0].id for one in whole.find("Shun Ito, Koshiro Saito").names] == ["koshiro"]
