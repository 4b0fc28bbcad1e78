"""One table, two readers: Python folds the pages, JavaScript the queries, and both do the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from kb.search.folding import TABLE, fold, skeleton, units
from tests.search.engine import Engine, running
from tests.site.test_browser import browser
from tests.support.notes import examples

__all__ = ["browser"]

VECTORS: dict[str, list[list[str]]] = json.loads(
    Path(__file__).with_name("vectors.json").read_text(encoding="utf-8")
)
ODD = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cn"])
    | st.sampled_from("ヴァィゥェォュゔぁか゛゜ﾞﾟｶｳﾊー－-―・ 　\t\n\u200b\u00ad〜'’ΣςİßŒéé각ᄀ"),
    max_size=12,
)
FOLD_ALL = "(js, texts, table) => texts.map((text) => [js.fold(text, table), js.foldWithMap(text, table)])"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Engine]:
    with running(tmp_path_factory.mktemp("folding"), browser) as running_engine:
        yield running_engine


def in_javascript(engine: Engine, texts: list[str]) -> list[list[Any]]:
    folded: list[list[Any]] = engine.call("fold.js", FOLD_ALL, texts, TABLE)
    return folded


def test_vectors_in_python() -> None:
    assert {text: fold(text) for text, _ in VECTORS["fold"]} == dict(VECTORS["fold"])
    assert {text: skeleton(fold(text)) for text, _ in VECTORS["skeleton"]} == dict(VECTORS["skeleton"])


def test_vectors_in_javascript(engine: Engine) -> None:
    folded = in_javascript(engine, [text for text, _ in VECTORS["fold"]])
    assert [one for one, _ in folded] == [wanted for _, wanted in VECTORS["fold"]]
    bones = engine.call(
        "fold.js",
        "(js, texts, table) => texts.map((text) => js.skeleton(js.fold(text, table), table))",
        [text for text, _ in VECTORS["skeleton"]],
        TABLE,
    )
    assert bones == [wanted for _, wanted in VECTORS["skeleton"]]


@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ODD, min_size=1, max_size=40))
def test_both_fold_alike(engine: Engine, texts: list[str]) -> None:
    for text, (folded, mapped) in zip(texts, in_javascript(engine, texts), strict=True):
        assert folded == fold(text), ascii(text)
        assert mapped["text"] == folded, ascii(text)
        length = len(units(folded))
        assert len(mapped["map"]) == length + 1
        assert mapped["map"] == sorted(mapped["map"])
        assert all(start < end for start, end in zip(mapped["map"], mapped["ends"], strict=False))


@examples(300)
@given(ODD)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(fold(text))) == fold(fold(text))


@pytest.mark.parametrize(
    ("text", "part", "original"),
    [
        ("ＧＰＴ－ＯＳＳの学習", "gpt-oss", "ＧＰＴ－ＯＳＳ"),
        ("😀 ｾｸﾞﾒﾝﾃｰｼｮﾝ 😀", "せぐめんて-しょん", "ｾｸﾞﾒﾝﾃｰｼｮﾝ"),
        ("サーバー GPU です", "さ-ば-gpu", "サーバー GPU"),
        ("ラヴ・ヴァイオリン", "ばいおりん", "ヴァイオリン"),
        ("が か\u3099", "がが", "が か\u3099"),
        ("1,234㎡", "34m2", "34㎡"),
    ],
)
def test_a_match_is_found_in_its_original(engine: Engine, text: str, part: str, original: str) -> None:
    [[folded, mapped]] = in_javascript(engine, [text])
    start = units(folded).index(units(part))
    end = start + len(units(part)) - 1
    found = units(text)[mapped["map"][start] : mapped["ends"][end]]
    assert found == units(original)
