"""Which words of an entry may tell what it is about, and how much each does."""

from __future__ import annotations

import pytest

from kb.link.words import Words, words_in, words_of
from kb.model.registry import Registry
from tests.link.test_directories import base_with
from tests.support.worlds import entry


def words(title: str, *lines: str) -> Words:
    return words_of(base_with(Registry(), entry(title, *lines)).entries[0].entry)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("BERT と GPT-3 と YOLOv3", ["BERT", "GPT-3", "YOLOv3"]),
        ("GANs, LLMs, MovieLens", ["GAN", "LLM", "MovieLens"]),
        ("deep reinforcement learning", ["deep reinforcement", "reinforcement learning"]),
        ("Graph Neural Networks for the Time Series", ["graph neural", "time series"]),
        ("a neural network and deep learning", []),
        ("Learning, Deep. Networks", []),
        ("強化学習と時系列予測", ["強化学習", "時系列予測"]),
        ("パラメータ効率的微調整", ["効率的微調整"]),
        ("学習と予測とモデル", []),
        ("AI と C と it", []),
    ],
)
def test_words_in_a_text(text: str, told: list[str]) -> None:
    assert list(words_in(text)) == told


def test_a_word_stands_where_it_tells_most() -> None:
    told = words("BERT の話", "BERT と GloVe", "GloVe と ELMo")
    assert (told.title, told.often, told.once) == (("BERT",), ("GloVe",), ("ELMo",))


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe (Example University), 2019",
        "J. Doe, R. Roe. GloVe ELMo. ACL 2018.",
        "`GloVe` と `ELMo`",
        "$GloVe + ELMo$",
        "```\nGloVe ELMo\n```",
        "https://example.org/GloVe/ELMo",
    ],
)
def test_what_is_no_prose_has_no_words(line: str) -> None:
    told = words("題", "はじめに", line, line)
    assert (told.often, told.once) == ((), ())


def test_below_references_there_are_titles_only() -> None:
    told = words("題", "### 参考文献", "- Attention Is All You Need", "- GloVe の論文", "### 節", "ELMo の話")
    assert told.once == ("ELMo",)
    assert "attention is all you need" in told.cited


def test_headings_and_first_lines_are_forms() -> None:
    told = words("題", "まとめ @kita", "二行目", "### どんなもの？", "三行目", "四行目", "### 議論", "五行目")
    assert told.forms == ("まとめ @kita", "二行目", "どんなもの？", "三行目", "議論")
