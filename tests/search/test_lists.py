"""The index answers from its lists what a reading of all pages answers."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.document import Document, Section
from kb.search.folding import units
from tests.search.reading import (
    DEPTH,
    FEW,
    assert_found,
    fields_of,
    index_of,
    page_of,
)
from tests.support.notes import examples

CORPORA = st.lists(st.text("abc", min_size=1, max_size=24), min_size=FEW + 2, max_size=4 * FEW)


@examples(12)
@given(CORPORA)
def test_every_part_of_every_text_is_found_on_its_pages(texts: list[str]) -> None:
    pages = [page_of(text) for text in texts]
    reader = index_of(pages)
    parts = {text[at : at + size] for text in texts for at in range(len(text)) for size in range(1, 13)}
    for part in parts:
        assert_found(reader, pages, part)


@examples(20)
@given(CORPORA)
def test_what_stands_nowhere_is_found_nowhere(texts: list[str]) -> None:
    pages = [page_of(text) for text in texts]
    reader = index_of(pages)
    for size in range(1, 6):
        for chars in product("abc", repeat=size):
            assert_found(reader, pages, "".join(chars))


def test_texts_of_every_length_on_every_number_of_pages() -> None:
    """Around `FEW` pages and `DEPTH` units, where one thing ends and the next begins; the last page too."""
    whole = "一二三四五六七八九十"
    for count in (FEW - 1, FEW, FEW + 1, FEW + 2, 17, 24, 25):
        others = [whole[at : at + 5] + whole[:at] for at in range(1, 8)]
        pages = [page_of(text) for text in [*others, *["無"] * 3, *[f"前{whole}後"] * count]]
        reader = index_of(pages)
        for size in range(1, len(whole) + 1):
            for at in range(len(whole) - size + 1):
                assert_found(reader, pages, whole[at : at + size])
        found, exact = reader.candidates(whole[:DEPTH])
        assert found == set(range(10, 10 + count))
        assert exact == (count > FEW)


def test_candidates_that_are_wrong_are_corrected_where_they_are_many() -> None:
    """Both pairs of abc stand on all pages, abc itself on some of them or on none."""
    for right, wrong in product((0, 1, 5, 6, 20), (0, 1, FEW - 1, FEW, FEW + 1, 20)):
        pages = [page_of(f"abc{number}") for number in range(right)]
        pages += [page_of(f"bc{number}ab") for number in range(wrong)]
        reader = index_of(pages)
        assert_found(reader, pages, "abc")
        told = reader.entries.get("abc")
        assert bool(told and told.correction) == (right + wrong > FEW and right > 0)
        if told and told.correction:
            inverse, places = told.correction
            assert inverse == (wrong < right)
            assert len(places) == min(right, wrong)


def test_longer_texts_are_corrected_only_where_their_parts_mislead() -> None:
    """abcd is where abc and bcd are: nothing needs to be said of it. wxyz is not, though both parts are."""
    pages = [page_of(f"abcd{number}") for number in range(20)]
    pages += [page_of(f"wxy{number}xyz") for number in range(20)]
    reader = index_of(pages)
    assert "abcd" not in reader.entries
    assert reader.entries["wxyz"].correction == (False, [])
    assert reader.candidates("wxyz") == (set(), True)
    assert reader.candidates("abcd") == (set(range(20)), True)


@pytest.mark.parametrize(("both", "told"), [(FEW - 1, False), (FEW, False), (FEW + 1, True), (20, True)])
def test_what_stands_nowhere_is_said_where_many_pages_have_its_parts(both: int, told: bool) -> None:
    """Of more than three units; where the parts stand on different pages, their lists say it already."""
    pages = [page_of(f"wxy{number}xyz") for number in range(both)]
    pages += [page_of(f"{part}{number}") for number in range(12) for part in ("wxy", "xyz")]
    reader = index_of(pages)
    assert ("wxyz" in reader.entries) == told
    assert_found(reader, pages, "wxyz")


def test_a_match_lies_within_one_field_and_one_line() -> None:
    pages = [page_of("甲\n乙", title="丙", names=("丁",)) for _ in range(FEW + 5)]
    reader = index_of(pages)
    assert not {"甲\n", "\n乙", "甲乙", "丙丁", "\n"} & reader.entries.keys()
    assert {"甲", "乙", "丙", "丁"} <= reader.entries.keys()


def test_texts_are_utf_16_units() -> None:
    pages = [page_of(f"図😀{'x' * at}") for at in range(FEW + 2)]
    reader = index_of(pages)
    for part in ("😀", "図😀", "\ud83d", "図\ud83d"):
        assert_found(reader, pages, units(part))
        assert len(reader.candidates(units(part))[0]) == FEW + 2


# ---- what else an entry says


def tier_of(page: Document, text: str) -> int:
    return max((tier for tier, field in fields_of(page) if text in field), default=0)


def varied(chance: random.Random) -> Document:
    words = ["猫", "犬と", "sam", "samples", "モデル", "学習"]

    def some() -> str:
        return " ".join(chance.choices(words, k=chance.randrange(4)))

    section = Section("a", some(), some(), some())
    return page_of(title=some() or "-", names=(some(),), sections=(section, Section("", "", some(), some())))


def test_the_best_field_of_each_page_is_told_of_long_lists() -> None:
    chance = random.Random(5)
    pages = [varied(chance) for _ in range(80)]
    reader = index_of(pages)
    told = 0
    for text, entry in reader.entries.items():
        if entry.pages is None or len(entry.pages) <= FEW:
            assert not entry.tiers, text
            continue
        best = {at: tier_of(pages[page], text) for at, page in enumerate(entry.pages)}
        assert dict(entry.tiers or {}) == {at: tier for at, tier in best.items() if tier}, text
        told += len(entry.tiers or {})
    assert told > 500


def test_whole_latin_words_are_told_of_long_lists() -> None:
    chance = random.Random(5)
    pages = [varied(chance) for _ in range(80)]
    reader = index_of(pages)
    whole = {
        at
        for at, page in enumerate(pages)
        if any("sam" in field.replace("猫", " ").split() for _, field in fields_of(page))
    }
    entry = reader.entries["sam"]
    assert entry.pages
    assert {entry.pages[at] for at in entry.words or ()} >= whole
    assert set(entry.pages) - {entry.pages[at] for at in entry.words or ()}
    assert reader.entries["sa"].words is None
    assert reader.entries["samples"].words == list(range(len(reader.entries["samples"].pages or ())))


def test_frequent_words_have_their_whole_lists() -> None:
    """So that one entry answers for them, also where they are longer than what is corrected."""
    long = "transformers"
    pages = [page_of(f"大規模言語モデル {long} {at}") for at in range(FEW + 1)]
    pages += [page_of(f"transformer大規模 {at}") for at in range(3)] + [
        page_of("rare earth") for _ in range(FEW)
    ]
    reader = index_of(pages)
    assert reader.entries[long].pages == list(range(FEW + 1))
    assert reader.entries["大規模言語もでる"].pages == list(range(FEW + 1))
    assert "rare" not in reader.entries


def test_whole_titles_and_headings_are_named() -> None:
    sections = (Section("a", "見出し", "", "文"), Section("b", "題", "", ""))
    pages = [
        page_of("題", title="題", names=("別名",)),
        page_of(title="無", sections=sections),
        page_of(title="#タグ", label="タグ", names=("題",)),
        page_of(title="題と見出し"),
    ]
    named = {text: dict(entry.named) for text, entry in index_of(pages).entries.items() if entry.named}
    assert named == {
        "題": {0: 1, 1: 0, 2: 1},
        "別名": {0: 1},
        "見出し": {1: 0},
        "無": {1: 1},
        "#たぐ": {2: 1},
        "たぐ": {2: 1},
        "題と見出し": {3: 1},
    }


def test_a_title_is_a_title_also_where_it_is_a_heading() -> None:
    pages = [page_of(title="題", sections=(Section("a", "題", "", ""),))]
    assert index_of(pages).entries["題"].named == {0: 1}


def test_synonyms_are_told_with_the_pages_of_each() -> None:
    pages = [page_of("ゼロショットの話"), page_of("zero-shot"), page_of("zero and shot"), page_of("無")]
    reader = index_of(pages, {}, {"ぜろしょっと": ("Zero-Shot", "無い")})
    assert reader.entries["ぜろしょっと"].synonyms == ("Zero-Shot", "無い")
    assert reader.entries["ぜろしょっと"].pages == [0]
    assert reader.entries["zero-shot"].pages == [1]
    assert reader.entries["無い"].pages == []
