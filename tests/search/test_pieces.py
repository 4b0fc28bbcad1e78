"""The files of the index: where they are cut, what they are called, and the words in them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence

import pytest

from kb.model.document import Section
from kb.search.encode import document
from kb.search.folding import fold, skeleton
from kb.search.index import index_files
from kb.search.page import IndexedPage
from kb.search.pieces import titles_of
from kb.search.terms import synonyms, vocabulary
from tests.search.reading import (
    DEPTH,
    ENTRIES,
    FEW,
    LONGEST,
    TEXTS,
    WORDS,
    index_of,
    page_of,
)


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
    assert reader.root["version"] == 2
    assert (reader.few, reader.depth) == (FEW, DEPTH)


def test_what_a_hit_shows() -> None:
    pages = [
        page_of(url="tags/a/", title="#甲", label="甲"),
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
        page_of(url="tags/a/", title="#甲", label="甲"),
        page_of(url="tags/b/", title="#乙", label="乙"),
        page_of(url="presenters/p/", title="人"),
        page_of(kinds=("論文", "blog"), date="2025-12-02", presenters=people, tags=tags),
        page_of(kinds=("blog",), date="2024-01-31", tags=("tags/gone/",)),
    ]
    (summary,) = index_of(pages, {"tags/a/": ("KO", "甲種"), "presenters/p/": ("hito",)}).documents("m")
    assert summary == {
        "values": {
            "kind": [["blog"], ["論文"]],
            "presenter": [["人", "hito"]],
            "tag": [["甲", "KO", "甲種"], ["乙"]],
            "venue": [],
        },
        "columns": [
            "\n\n\n20251202\n20240131",
            "\n\n\n1 0\n0",
            "\n\n\n0\n",
            "\n\n\n1 0\n",
            "\n\n\n\n",
        ],
    }


def test_an_index_of_nothing() -> None:
    reader = index_of([])
    assert reader.root["pages"] == 0
    assert not reader.entries
    values: dict[str, list[str]] = {"kind": [], "presenter": [], "tag": [], "venue": []}
    assert reader.documents("m") == [{"values": values, "columns": [""] * 5}]


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
    found = vocabulary([IndexedPage.from_document(page_of(text, title=""))])
    assert sorted(word for surfaces in found.surfaces.values() for word in surfaces) == sorted(words)
    assert found.counts == {fold(word): 1 for word in words}


def test_words_are_counted_by_pages_and_latin_ones_placed() -> None:
    pages = [
        page_of("SAM sam と SAM", title="", names=("gam",)),
        page_of(title="sam2", sections=(Section("", "sam", "x", "モデル"),)),
    ]
    found = vocabulary(list(map(IndexedPage.from_document, pages)))
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
