"""Numbers, lists and texts as bytes; sets of pages; texts line by line."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.encode import document, gaps, number, numbers, packed, string
from kb.search.folding import fold_lines
from kb.search.grams import bits_of, gram_lists, pages_of, ranks
from tests.search.reading import (
    Bytes,
)

NUMBERS = st.integers(0, 1 << 40) | st.sampled_from([0, 127, 128, 129, 16383, 16384])
ASCENDING = st.sets(st.integers(0, 3000), max_size=40).map(sorted)


@pytest.mark.parametrize(
    ("value", "data"),
    [(0, "00"), (1, "01"), (127, "7f"), (128, "8001"), (300, "ac02"), (16383, "ff7f"), (16384, "808001")],
)
def test_numbers_are_leb128(value: int, data: str) -> None:
    assert number(value).hex() == data


@given(NUMBERS)
def test_numbers_are_read_back(value: int) -> None:
    assert Bytes(number(value)).number() == value


@given(ASCENDING)
def test_lists_are_read_back(values: list[int]) -> None:
    assert Bytes(numbers(values)).numbers() == values
    assert Bytes(gaps(values)).gaps(len(values)) == values


def test_lists_are_lengths_and_differences_less_one() -> None:
    assert numbers([0, 1, 5, 200]).hex() == "04000003c201"
    assert gaps([3, 131, 132]).hex() == "037f00"
    assert gaps([128]).hex() == "8001"


def test_texts_are_units_of_two_bytes() -> None:
    assert string("aあ\ud83d").hex() == "03" + "6100" + "4230" + "3dd8"


def test_documents_are_short_and_may_hold_half_a_pair() -> None:
    assert document({"a": ["あ", 1]}) == '{"a":["あ",1]}'.encode()
    assert json.loads(document(["\ud83d", "あ"])) == ["\ud83d", "あ"]
    assert document(["\ud83d", 1]) == b'["\\ud83d",1]'


def test_pieces_are_zlib_streams_packed_as_tightly_as_can_be() -> None:
    data = b"abc" * 1000
    assert packed(data) == zlib.compress(data, 9)


# ---- sets of pages


@given(ASCENDING, st.integers(0, 20))
def test_sets_of_pages_are_lists_of_pages(pages: list[int], more: int) -> None:
    total = max(pages, default=-1) + 1 + more
    assert pages_of(bits_of(pages, total)) == pages
    assert bits_of(pages, total) == sum(1 << page for page in pages)


@given(ASCENDING, st.randoms(use_true_random=False))
def test_ranks_are_places_in_the_larger_list(within: list[int], chance: random.Random) -> None:
    some = sorted(chance.sample(within, len(within) // 2))
    assert ranks(bits_of(some, 3001), bits_of(within, 3001)) == [within.index(page) for page in some]


def test_lists_of_characters_and_pairs() -> None:
    texts = [["aba", "c"], ["ca\nb"], []]
    assert gram_lists(texts, 1) == {"a": [0, 1], "b": [0, 1], "c": [0, 1]}
    assert gram_lists(texts, 2) == {"ab": [0], "ba": [0], "ca": [1]}


def by_line(lines: Iterable[str]) -> str:
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (by_line(["ＡＢ", "", "  ", "モデル の"]), by_line(["ab", "もでるの"])),
        ("a  b\tc", "a b c"),
        ("x あ y", "xあy"),
        ("ヴァイオリン", "ばいおりん"),
    ],
)
def test_texts_are_folded_line_by_line(text: str, folded: str) -> None:
    assert fold_lines(text) == folded
