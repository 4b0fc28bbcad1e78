"""The index answers from its lists what a reading of all pages answers: read here as docs/dev/search.md says.

`Reader` below knows of the index what that page tells and no more, so these tests hold the bytes too.
The browser's reader is held to the same by `test_engine.py`.
"""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.encode import document, gaps, number, numbers, packed, string
from kb.search.folding import fold, fold_lines, skeleton, units
from kb.search.grams import bits_of, gram_lists, pages_of, ranks
from kb.search.index import index_files
from kb.search.page import IndexedPage, Section
from kb.search.pieces import titles_of
from kb.search.terms import synonyms, vocabulary
from tests.support.notes import examples

FEW, DEPTH = 10, 8
"""So many pages are read rather than told apart; so long are the texts that are corrected."""
LONGEST = 24
"""Characters of a word."""
ENTRIES, TEXTS, WORDS = 12_000, 14_000, 9_000
"""Bytes of a piece before compression."""

# ---- a reader


@dataclass
class Bytes:
    """Bytes read one after the other."""

    data: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        self.at += count
        assert self.at <= len(self.data)
        return self.data[self.at - count : self.at]

    def number(self) -> int:
        value = shift = 0
        while True:
            (byte,) = self.take(1)
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def gaps(self, count: int) -> list[int]:
        values, last = [], -1
        for _ in range(count):
            last += self.number() + 1
            values.append(last)
        return values

    def numbers(self) -> list[int]:
        return self.gaps(self.number())

    def string(self) -> str:
        return self.take(2 * self.number()).decode("utf-16-le", "surrogatepass")


@dataclass
class Told:
    """What an entry says."""

    pages: list[int] | None = None
    tiers: Mapping[int, int] | None = None
    words: list[int] | None = None
    correction: tuple[bool, list[int]] | None = None
    named: Mapping[int, int] | None = None
    synonyms: tuple[str, ...] = ()


def entry_of(data: bytes) -> Told:
    """An entry from its bytes: a byte of flags, then what it announces, in order."""
    left, told = Bytes(data), Told()
    (flags,) = left.take(1)
    if flags & 1:
        told.pages = left.numbers()
    if flags & 2:
        places = left.numbers()
        told.tiers = dict(zip(places, left.take(len(places)), strict=True))
    if flags & 4:
        told.words = left.numbers()
    if flags & 8:
        count = left.number()
        told.correction = (bool(count & 1), left.gaps(count >> 1))
    if flags & 16:
        places = left.numbers()
        told.named = dict(zip(places, left.take(len(places)), strict=True))
    if flags & 32:
        told.synonyms = tuple(left.string() for _ in range(left.number()))
    assert left.at == len(data)
    return told


class Reader:
    """An index, read as its documentation says."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.root = json.loads(zlib.decompress(files["index.bin"]))
        self.few, self.depth = self.root["few"], self.root["depth"]
        self.files = files
        self.entries: dict[str, Told] = {}
        self.sizes: list[list[tuple[str, int]]] = []
        """Texts and bytes of the entries of each piece."""
        self.firsts: list[str] = []
        """The first text of each piece of entries."""
        for piece in self.pieces("g"):
            self._read(Bytes(piece))

    def _read(self, left: Bytes) -> None:
        text = ""
        sizes: list[tuple[str, int]] = []
        while left.at < len(left.data):
            shared = left.number()
            text = text[:shared] + left.string()
            assert text not in self.entries
            data = left.take(left.number())
            self.entries[text] = entry_of(data)
            sizes.append((text, len(data)))
        self.firsts.append(sizes[0][0])
        self.sizes.append(sizes)

    def names(self, family: str) -> list[str]:
        row = self.root["pieces"][family]
        count = len(row["counts"] if family == "t" else row["first"])
        marks = [row["marks"][at : at + 6] for at in range(0, len(row["marks"]), 6)]
        marks = marks if family == "t" else marks * count
        return [f"{family}{at}-{mark}.bin" for at, mark in zip(range(count), marks, strict=True)]

    def pieces(self, family: str) -> list[bytes]:
        return [zlib.decompress(self.files[name]) for name in self.names(family)]

    def documents(self, family: str) -> list[Any]:
        return [json.loads(piece) for piece in self.pieces(family)]

    def candidates(self, text: str) -> tuple[set[int], bool]:
        """Pages on which a text may stand, and whether all of them are known to have it."""
        told = self.entries.get(text)
        if told and told.pages is not None:
            return set(told.pages), True
        if len(text) <= 2:
            return set(), True
        if len(text) > self.depth:
            whole = [
                self.candidates(text[at : at + self.depth])[0] for at in range(len(text) - self.depth + 1)
            ]
            return set.intersection(*whole), False
        (some, first), (others, second) = self.candidates(text[:-1]), self.candidates(text[1:])
        both = sorted(some & others)
        if len(both) <= self.few:
            return set(both), False
        assert first, "what is frequent is known exactly"
        assert second
        if told and told.correction:
            inverse, places = told.correction
            meant = {both[at] for at in places}
            return (set(both) - meant if inverse else meant), True
        return (set() if len(text) == 3 else set(both)), True


def page_of(text: str = "", title: str = "-", *, url: str = "", **more: Any) -> IndexedPage:
    known: dict[str, Any] = {"names": (), "kinds": (), "date": "", "presenters": (), "tags": ()}
    sections = (Section("", "", "", text),)
    return IndexedPage(url=url, title=title, **(known | {"sections": sections} | more))


def index_of(pages: Sequence[IndexedPage], *more: Mapping[str, Any]) -> Reader:
    return Reader(index_files(pages, *more))


def scan(pages: Sequence[IndexedPage], text: str) -> set[int]:
    return {at for at, page in enumerate(pages) if any(text in field for _, field in page.fields)}


def assert_found(reader: Reader, pages: Sequence[IndexedPage], text: str) -> None:
    """Nothing is missing; where the lists say that they know, nothing is too much; else few are left."""
    wanted, (found, exact) = scan(pages, text), reader.candidates(text)
    assert wanted <= found, text
    if exact:
        assert found == wanted, text
    elif len(text) <= DEPTH:
        assert len(found) <= FEW, text


# ---- which pages contain a text

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


def tier_of(page: IndexedPage, text: str) -> int:
    return max((tier for tier, field in page.fields if text in field), default=0)


def varied(chance: random.Random) -> IndexedPage:
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
        if any("sam" in field.replace("猫", " ").split() for _, field in page.fields)
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
        page_of(title="#タグ", names=("題",)),
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


# ---- files


def assert_cut(pieces: Sequence[Sequence[tuple[str, int]]], limit: int) -> None:
    """A piece ends where the next item would be too much, or behind its half before a fit place.

    One place in sixteen is fit, which the next item alone decides: so an item more moves few borders.
    """
    assert len(pieces) > 3
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        size = 0
        for key, length in piece:
            assert size <= limit // 2 or zlib.crc32(key.encode("utf-8", "surrogatepass")) % 16, key
            size += length
        assert size <= limit
        if following:
            key, length = following[0]
            fit = size > limit // 2 and zlib.crc32(key.encode("utf-8", "surrogatepass")) % 16 == 0
            assert fit or size + length > limit


def test_pages_are_cut_into_pieces_in_their_order() -> None:
    pages = [page_of(f"{at}" + "文" * 300, url=f"p{at}/", title=f"題{at}") for at in range(160)]
    reader = index_of(pages)
    pieces = reader.documents("t")
    assert [page["url"] for piece in pieces for page in piece] == [page.url for page in pages]
    assert [len(piece) for piece in pieces] == reader.root["pieces"]["t"]["counts"]
    assert_cut([[(page["url"], len(document(page))) for page in piece] for piece in pieces], TEXTS)
    assert reader.root["pages"] == 160
    assert reader.root["version"] == 1
    assert (reader.few, reader.depth) == (FEW, DEPTH)


def test_what_a_hit_shows() -> None:
    pages = [
        page_of(url="tags/a/", title="#甲"),
        page_of(url="presenters/b/", title="乙"),
        page_of(
            url="topics/c/",
            title="丙",
            names=("別名",),
            kinds=("論文",),
            date="2025-12-02",
            presenters=("presenters/b/", "presenters/gone/"),
            tags=("tags/a/", "tags/gone/"),
            sections=(Section("x", "見出し", "印", "文"), Section("", "", "", "末")),
        ),
    ]
    ((_, _, shown),) = index_of(pages).documents("t")
    assert shown == {
        "url": "topics/c/",
        "title": "丙",
        "names": ["別名"],
        "kinds": ["論文"],
        "date": "2025-12-02",
        "presenters": ["乙"],
        "tags": ["甲"],
        "sections": [["x", "見出し", "印", "文"], ["", "", "", "末"]],
    }
    assert titles_of(pages) == {"tags/a/": "甲", "presenters/b/": "乙", "topics/c/": "丙"}


def test_facets_of_all_pages() -> None:
    tags, people = ("tags/b/", "tags/a/"), ("presenters/p/", "presenters/gone/")
    pages = [
        page_of(url="tags/a/", title="#甲"),
        page_of(url="tags/b/", title="#乙"),
        page_of(url="presenters/p/", title="人"),
        page_of(kinds=("論文", "blog"), date="2025-12-02", presenters=people, tags=tags),
        page_of(kinds=("blog",), date="2024-01-31", tags=("tags/gone/",)),
    ]
    (summary,) = index_of(pages, {"tags/a/": ("KO", "甲種"), "presenters/p/": ("hito",)}).documents("m")
    assert summary == {
        "kinds": [["blog"], ["論文"]],
        "presenters": [["人", "hito"]],
        "tags": [["甲", "KO", "甲種"], ["乙"]],
        "columns": [
            "\n\n\n20251202\n20240131",
            "\n\n\n1 0\n0",
            "\n\n\n0\n",
            "\n\n\n1 0\n",
        ],
    }


def test_an_index_of_nothing() -> None:
    reader = index_of([])
    assert reader.root["pages"] == 0
    assert not reader.entries
    assert reader.documents("m") == [{"kinds": [], "presenters": [], "tags": [], "columns": [""] * 4}]


def test_entries_are_cut_and_the_root_tells_where_each_piece_begins() -> None:
    chance = random.Random(3)
    texts = ["".join(chance.choices("あいうえおかきくけこさしすせそ漢字英数", k=60)) for _ in range(800)]
    pages = [page_of(text) for text in texts]
    reader = index_of(pages)
    firsts = reader.root["pieces"]["g"]["first"]
    order = sorted(reader.entries)
    assert list(reader.entries) == order
    assert len(firsts) == len(reader.firsts) > 1
    for told, first in zip(firsts, reader.firsts, strict=True):
        before = order[order.index(first) - 1] if first != order[0] else ""
        assert first.startswith(told)
        assert before < told <= first, "the shortest text that parts the two"
        assert len(told) == 1 or not before < told[:-1] <= first
    assert_cut(reader.sizes, ENTRIES)


def test_names_of_pieces_change_with_their_content() -> None:
    """Of texts only those of the pieces whose pages changed; of entries all at once."""
    texts = [f"文{at}" * 400 for at in range(60)]
    one = index_files([page_of(text, url=f"p{at}/") for at, text in enumerate(texts)])
    texts[-1] += "終"
    two = index_files([page_of(text, url=f"p{at}/") for at, text in enumerate(texts)])
    same = {name for name in one if name in two and name.startswith("t")}
    count = sum(name.startswith("t") for name in one)
    assert len(same) == count - 1
    assert not {name for name in one if name in two and name.startswith("g")}
    assert all(one[name] == two[name] for name in same)


def test_the_most_frequent_characters_come_first() -> None:
    pages = [page_of("がの"), page_of("がの"), page_of("が\n無"), page_of("一")]
    assert index_of(pages).root["common"].startswith("-がの")
    many = [page_of("".join(map(chr, range(0x4E00, 0x4E00 + 300))))]
    assert len(index_of(many).root["common"]) == 160


# ---- words


def test_words_by_their_skeletons_and_backwards() -> None:
    pages = [
        page_of("ユーザーインターフェース とは"),
        page_of("ユーザインタフェース"),
        page_of("ユーザインタフェース"),
    ]
    reader = index_of(pages)
    key = skeleton(fold("ユーザインタフェース"))
    rows = {row[0]: row[1:] for piece in reader.documents("f") for row in piece}
    assert rows[key] == ["ユーザインタフェース", "ユーザーインターフェース"]
    back = {row[0]: row[1:] for piece in reader.documents("r") for row in piece}
    assert back == {key[::-1]: words for key, words in rows.items()}
    assert list(back) == sorted(back)


def test_long_lists_of_words_are_cut() -> None:
    words = [f"word{at}x" for at in range(2500)]
    reader = index_of([page_of(" ".join(words))])
    pieces = reader.documents("f")
    rows = [row for piece in pieces for row in piece]
    assert [word for _, *found in rows for word in found] == sorted(words)
    assert reader.root["pieces"]["f"]["first"] == [piece[0][0] for piece in pieces]
    assert_cut([[(row[0], len(document(row))) for row in piece] for piece in pieces], WORDS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("zero-shot と C++、GPT-4o、a_b.c", ["zero-shot", "C++", "GPT-4o", "a_b.c"]),
        ("Prévost-", ["Prévost"]),
        ("大規模言語モデルの学習", ["大規模言語モデル", "大規模言語", "モデル", "学習"]),
        ("時々 人々", ["時々", "人々"]),
        ("ＧＰＴ", ["GPT"]),
        ("a 1 2025 猫 ー", []),
        ("x" * LONGEST, ["x" * LONGEST]),
        ("x" * (LONGEST + 1), []),
        ("ab", ["ab"]),
    ],
)
def test_what_is_a_word(text: str, words: list[str]) -> None:
    found = vocabulary([page_of(text, title="")])
    assert sorted(word for surfaces in found.surfaces.values() for word in surfaces) == sorted(words)
    assert found.counts == {fold(word): 1 for word in words}


def test_words_are_counted_by_pages_and_latin_ones_placed() -> None:
    pages = [
        page_of("SAM sam と SAM", title="", names=("gam",)),
        page_of(title="sam2", sections=(Section("", "sam", "x", "モデル"),)),
    ]
    found = vocabulary(pages)
    assert found.latin == {"sam": [0, 1], "gam": [0], "sam2": [1], "x": [1]}
    assert found.counts == {"sam": 3, "gam": 1, "sam2": 1, "もでる": 1}
    assert found.surfaces["sam"] == ("sam",), "of what folds alike, the spelling on most pages"


@pytest.mark.parametrize(
    ("groups", "wanted"),
    [
        ([["検索拡張生成", "RAG"]], {"検索拡張生成": ("RAG",), "rag": ("検索拡張生成",)}),
        ([["RAG", "rag", ""]], {}),
        # a name in which the searched one stands is found anyway
        ([["中村", "中村 太郎", "nakamura"]], {"中村": ("nakamura",), "中村太郎": ("中村", "nakamura"),
                                               "nakamura": ("中村",)}),
        ([["a", "b"], ["a", "c"]], {"a": ("b", "c"), "b": ("a",), "c": ("a",)}),
        ([["a", "B"], ["a", "b"]], {"a": ("B",), "b": ("a",)}),
    ],
)  # fmt: skip
def test_other_names_of_a_name(groups: list[list[str]], wanted: dict[str, tuple[str, ...]]) -> None:
    assert synonyms(groups) == wanted


# ---- bytes

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
