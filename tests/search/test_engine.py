"""The engine finds what is there, and nothing else: an exhaustive scan in Python is the judge."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from corpus import write_corpus
from kb.model.document import Document, Section
from kb.search.folding import fold, units
from kb.search.index import index_files
from kb.search.page import IndexedPage
from tests.search.engine import MODULES, Engine, page_of, running, urls
from tests.site.test_browser import browser
from tests.support.notes import examples

__all__ = ["browser"]

ALPHABET = "ab1アあ漢字ーヴァ-・ 。é😀\n"
UNIT = re.compile(r"[^ァィゥェォャュョ\u3099\u309a][ァィゥェォャュョ\u3099\u309a]*")
"""A text is cut between these: ヴァ is one sound, and half of it is another."""
COMMON = st.text(alphabet="あいア漢a ", min_size=1, max_size=30)
"""Few characters, so that texts are on many pages and their lists need correction."""
ANY = st.text(alphabet=ALPHABET, max_size=40)
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Engine]:
    with running(tmp_path_factory.mktemp("engine"), browser) as running_engine:
        yield running_engine


def scan(pages: Sequence[Document], query: str) -> set[str]:
    """The pages on which a folded text stands within one field."""
    wanted = units(fold(query))
    folded = map(IndexedPage.from_document, pages)
    return {page.document.url for page in folded if any(wanted in text for _, text in page.fields)}


def parts(text: str, chance: random.Random, count: int) -> list[str]:
    """Some parts of a text, cut between its units."""
    cuts = [match.start() for match in UNIT.finditer(text)] + [len(text)]
    return [text[slice(*sorted(chance.choices(cuts, k=2)))] for _ in range(count)]


def phrases(texts: Sequence[str]) -> list[str]:
    """Texts as queries: in quotes, so that blanks do not cut them; without those that fold to nothing."""
    return [f'"{text}"' for text in texts if fold(text.replace('"', ""))]


def check(
    engine: Engine, folder: Path, pages: Sequence[Document], texts: Sequence[str], limit: int = 100
) -> None:
    """Hits and their number are those of the scan; beyond the limit, only so many are looked at."""
    queries = phrases(texts)
    for query, answer in zip(queries, engine.ask(folder, queries, limit), strict=True):
        wanted, found = scan(pages, query.strip('"')), urls(answer)
        assert "problem" not in answer, answer
        assert answer["total"] == len(wanted), query
        assert answer["exact"]
        assert set(found) <= wanted, query
        assert len(found) == len(set(found)) == min(limit, len(wanted)), query


@settings(examples(25), suppress_health_check=SLOW)
@given(st.lists(COMMON, min_size=12, max_size=60), st.randoms(use_true_random=False))
def test_texts_on_many_pages_are_counted_exactly(
    engine: Engine, texts: list[str], chance: random.Random
) -> None:
    pages = [page_of(f"p{at}/", text, title=f"{at}") for at, text in enumerate(texts)]
    found = [part for text in texts[:8] for part in parts(text, chance, 3)]
    absent = ["".join(chance.choices("あいア漢a ", k=length)) for length in (2, 3, 3, 4, 5, 7, 9, 12)]
    check(engine, engine.write(pages), pages, [*found, *absent])


@settings(examples(25), suppress_health_check=SLOW)
@given(st.lists(ANY, min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_any_part_of_any_text_is_found(engine: Engine, texts: list[str], chance: random.Random) -> None:
    pages = [page_of(f"p{at}/", text, title=text[:5] or "-") for at, text in enumerate(texts)]
    lines = [line for text in texts for line in text.split("\n")]
    wanted = [part for line in lines for part in parts(line, chance, 2) if fold(part)]
    assert all(scan(pages, part) for part in wanted)
    check(engine, engine.write(pages), pages, wanted)


def test_no_match_goes_over_the_end_of_a_line(engine: Engine) -> None:
    pages = [page_of("p/", "モデ\nルの話"), page_of("q/", "deep\nlearning")]
    joined, apart = engine.ask(engine.write(pages), ['"モデル"', "deep learning"])
    assert urls(joined) == []
    assert urls(apart) == ["q/"]


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    """Two years of generated notes, an entry a page."""
    root = tmp_path_factory.mktemp("notes")
    write_corpus(root, 2, 2025)
    pages = []
    for note in sorted((root / "docs/notes").glob("*.md")):
        for at, entry in enumerate(
            re.split(r"^## ", note.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        ):
            title, _, text = entry.partition("\n")
            pages.append(page_of(f"{note.stem}-{at}/", text, title=title, date=note.stem))
    return pages


@pytest.fixture(scope="module")
def files(notes: list[Document]) -> dict[str, bytes]:
    return index_files(notes)


def test_years_of_notes(engine: Engine, files: dict[str, bytes], notes: list[Document]) -> None:
    """What is counted from lists and corrections is what a scan counts, rare or on most pages."""
    chance = random.Random(7)
    texts = []
    for _ in range(200):
        text = chance.choice(notes).sections[0].text
        at = chance.randrange(len(text))
        texts.append(text[at : at + chance.choice([1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 9, 13, 20])])
    assert len(notes) > 700
    check(engine, engine.write_files(files), notes, [text for text in texts if '"' not in text], 10)


def test_several_words_and_exclusions(engine: Engine, notes: list[Document]) -> None:
    pages = notes[:60]
    folder = engine.write(pages)
    words = ["モデル", "学習", "agent", "の", "3", "評価"]
    pairs = [(one, other) for one in words for other in words if one != other]
    queries = [f'"{one}" "{other}"' for one, other in pairs] + [f'"{one}" -{other}' for one, other in pairs]
    wanted = [scan(pages, one) & scan(pages, other) for one, other in pairs]
    wanted += [scan(pages, one) - scan(pages, other) for one, other in pairs]
    for query, pages_wanted, answer in zip(queries, wanted, engine.ask(folder, queries, 200), strict=True):
        assert set(urls(answer)) == pages_wanted, query


# ---- ranking


def ranked(engine: Engine, pages: Sequence[Document], query: str, **more: str) -> list[str]:
    [answer] = engine.ask(engine.write(pages), [query], **more)  # type: ignore[arg-type]
    return urls(answer)


def test_titles_before_headings_before_tags_before_text(engine: Engine) -> None:
    pages = [
        page_of("text/", "モデルの話", date="2025-12-01"),
        page_of("meta/", sections=(Section("", "", "#モデル化", "話"),), date="2025-11-01"),
        page_of("heading/", sections=(Section("a", "モデルとは", "", "話"),), date="2025-10-01"),
        page_of("title/", "話", title="新しいモデルの話", date="2025-09-01"),
        page_of("heading-is/", sections=(Section("a", "モデル", "", "話"),), date="2025-08-01"),
        page_of("name/", "話", title="別の題", names=("モデル",), date="2025-07-01"),
        page_of("title-is/", "話", title="モデル", date="2025-06-01"),
    ]
    assert ranked(engine, pages, "モデル") == [
        *("title-is/", "name/", "heading-is/", "title/", "heading/", "meta/", "text/"),
    ]


def test_the_same_order_among_many(engine: Engine) -> None:
    """Where not all texts are read, the lists alone bring the best to the front."""
    pages = [page_of(f"p{at}/", "これはモデルである", date=f"2025-01-{at:02}") for at in range(1, 29)]
    pages += [
        page_of("title-is/", "話", title="モデル", date="2001-01-01"),
        page_of("heading/", sections=(Section("a", "モデルとは", "", "話"),), date="2001-01-02"),
        page_of("title/", "話", title="新しいモデルの話", date="2001-01-03"),
    ]
    [answer] = engine.ask(engine.write(pages), ["モデル"], limit=5)
    assert urls(answer) == ["title-is/", "title/", "heading/", "p28/", "p27/"]
    assert answer["total"] == 31


def test_whole_words_and_case_before_parts(engine: Engine) -> None:
    pages = [
        page_of("part/", "samples and oversampling", date="2025-03-01"),
        page_of("word/", "the sam method", date="2025-02-01"),
        page_of("case/", "the SAM method", date="2025-01-01"),
    ]
    assert ranked(engine, pages, "SAM") == ["case/", "word/", "part/"]


def test_whole_words_among_many(engine: Engine) -> None:
    pages = [page_of(f"p{at}/", "samples", date=f"2025-01-{at:02}") for at in range(1, 29)]
    pages.append(page_of("word/", "SAM 3 の話", date="2001-01-01"))
    [answer] = engine.ask(engine.write(pages), ["sam"], limit=3)
    assert urls(answer) == ["word/", "p28/", "p27/"]


def test_near_words_before_far_ones_then_newer_before_older(engine: Engine) -> None:
    far = "猫" + "が" * 60 + "犬"
    pages = [
        page_of("far/", far, date="2025-03-01"),
        page_of("near-old/", "猫と犬", date="2024-01-01"),
        page_of("near-new/", "猫と犬", date="2025-01-01"),
    ]
    assert ranked(engine, pages, "猫 犬") == ["near-new/", "near-old/", "far/"]


def test_newest_first_when_asked(engine: Engine) -> None:
    pages = [
        page_of(f"p{at}/", "猫", title="猫" if at == 2 else "-", date=f"2025-01-0{at}") for at in range(1, 6)
    ]
    [answer] = engine.ask(engine.write(pages), ["猫"], sort="date")
    assert urls(answer) == ["p5/", "p4/", "p3/", "p2/", "p1/"]


# ---- what a hit shows


def shown(pieces: Sequence[dict[str, object]]) -> str:
    return "".join(f"[{piece['text']}]" if piece["mark"] else str(piece["text"]) for piece in pieces)


def test_the_excerpt_is_the_sentence_of_the_match(engine: Engine) -> None:
    text = "最初の文。" * 30 + "ここでＳＡＭ３を使う。" + "最後の文。" * 30
    [answer] = engine.ask(engine.write([page_of("p/", text)]), ["SAM3"])
    assert "ここで[ＳＡＭ３]を使う。" in shown(answer["hits"][0]["sections"][0]["excerpt"])
    assert len(shown(answer["hits"][0]["sections"][0]["excerpt"])) < 220


def test_who_asks_for_no_words_sees_the_first_ones(engine: Engine) -> None:
    sections = (
        Section("", "", "2025 論文 https://a.example/b", ""),
        Section("x", "結果", "", "はじめの文。"),
    )
    folder = engine.write([page_of("p/", sections=sections, kinds=("論文",), date="2025-11-25")])
    answers = engine.ask(folder, ["種類:論文", "年:2025", "a.example"])
    quoted = [shown(one["hits"][0]["sections"][0]["excerpt"]) for one in answers]
    assert quoted[:2] == ["はじめの文。", "はじめの文。"]
    assert "[a.example]" in quoted[2], "what a page gives as its source is found, and shown to who asks"


def test_marks_are_right_after_emoji_and_half_width_kana(engine: Engine) -> None:
    text = "😀😀 ｾｸﾞﾒﾝﾃｰｼｮﾝ と 👨‍👩‍👧 セグメンテ－ション"
    [answer] = engine.ask(engine.write([page_of("p/", text)]), ["セグメンテーション"])
    assert shown(answer["hits"][0]["sections"][0]["excerpt"]) == (
        "😀😀 [ｾｸﾞﾒﾝﾃｰｼｮﾝ] と 👨‍👩‍👧 [セグメンテ－ション]"
    )


def test_a_hit_leads_to_its_best_section(engine: Engine) -> None:
    sections = (
        Section("one", "はじめに", "", "猫"),
        Section("two", "猫の話", "", "猫"),
        *(Section(f"more-{at}", "", "", "猫") for at in range(5)),
    )
    [answer] = engine.ask(engine.write([page_of("p/", sections=sections)]), ["猫"])
    [hit] = answer["hits"]
    assert hit["url"] == "p/#two"
    assert [section["url"] for section in hit["sections"]] == ["p/#two", "p/#one", "p/#more-0"]
    assert hit["more"] == 4


# ---- other names, other spellings, slips


def test_synonyms_are_said_and_come_last(engine: Engine) -> None:
    pages = [
        page_of("typed/", "ゼロショットの話", date="2020-01-01"),
        page_of("synonym/", "zero-shot learners", title="zero-shot", date="2025-01-01"),
    ]
    folder = engine.write(pages, {}, {"ぜろしょっと": ("zero-shot",)})
    [answer, exact] = engine.ask(folder, ["ゼロショット", '"ゼロショット"'])
    assert [(hit["url"], hit["reason"]) for hit in answer["hits"]] == [
        ("typed/", None),
        ("synonym/", {"kind": "synonym", "text": "同義語「zero-shot」"}),
    ]
    [notice] = answer["notices"]
    assert (notice["kind"], notice["query"]) == ("synonym", "zero-shot")
    assert notice["text"] == "同義語「zero-shot」だけを含む 1 件も、下に加えています。"
    assert answer["total"] == 2
    assert urls(exact) == ["typed/"]


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("ユーザーインターフェース", "ユーザインタフェース"),
        ("ユーザインタフェース", "ユーザーインターフェース"),
        ("gptoss", "gpt-oss"),
        ("Prevost", "Prévost"),
        ("セグメンテーシヨン", "セグメンテーション"),
    ],
)
def test_other_spellings_are_found_and_said(engine: Engine, typed: str, there: str) -> None:
    [answer] = engine.ask(engine.write([page_of("p/", f"これは {there} である")]), [typed])
    reason = {"kind": "variant", "text": f"表記ゆれ「{there}」"}
    assert [(hit["url"], hit["reason"]) for hit in answer["hits"]] == [("p/", reason)]


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("Kubernets", "Kubernetes"),
        ("Kuberenetes", "Kubernetes"),
        ("segmantation", "segmentation"),
        ("エジェント", "エージェント"),
        ("機会学習基盤", "機械学習基盤"),
        ("ハルシネイション", "ハルシネーション"),
    ],
)
def test_slips_bring_the_word_that_was_meant(engine: Engine, typed: str, there: str) -> None:
    [answer] = engine.ask(
        engine.write([page_of("p/", f"これは {there} である"), page_of("q/", "別")]), [typed]
    )
    offers = [notice["label"] for notice in answer["notices"] if notice["kind"] == "suggestion"]
    assert there in offers
    assert all(hit["reason"]["kind"] in ("near", "variant") for hit in answer["hits"])
    assert urls(answer) == ["p/"]


def test_a_part_is_said_to_be_one(engine: Engine) -> None:
    pages = [page_of("p/", "大規模言語モデルの話"), page_of("q/", "別の話")]
    [answer, nothing] = engine.ask(engine.write(pages), ["大規模言語モデル圧縮技法", "圧縮技法大全"])
    reason = {"kind": "part", "text": "「大規模言語モデル圧縮技法」の一部「大規模言語モデル」"}
    assert [(hit["url"], hit["reason"]) for hit in answer["hits"]] == [("p/", reason)]
    assert nothing["total"] == 0
    assert nothing["notices"]


def test_words_that_never_meet_are_explained(engine: Engine) -> None:
    [answer] = engine.ask(engine.write([page_of("p/", "猫の話"), page_of("q/", "犬の話")]), ["猫 犬"])
    assert answer["total"] == 0
    assert [(notice["kind"], notice["query"]) for notice in answer["notices"]] == [
        *(("empty", ""), ("part", "犬"), ("part", "猫")),
    ]


def test_rewording_all_that_is_said_changes_nothing_else(engine: Engine) -> None:
    reworded = engine.root / "reworded"
    shutil.copytree(MODULES, reworded)
    said = reworded / "said.js"
    said.write_text(re.sub(r"[^\x00-\x7f]+", "~", said.read_text(encoding="utf-8")), encoding="utf-8")
    pages = [
        page_of("typed/", "ゼロショットの話と大規模言語モデル、ユーザーインターフェース", kinds=("論文",)),
        page_of("other/", "zero-shot learners, ユーザインタフェース, Kubernetes", kinds=("blog",)),
    ]
    folder = engine.write(pages, {}, {"ぜろしょっと": ("zero-shot",)})
    queries = [
        *(
            "ゼロショット",
            "ユーザーインターフェース",
            "Kubernets",
            "大規模言語モデル圧縮技法",
            "言語モデルのこと",
        ),
        *("ゼロショット Kubernetes", "ゼロショット 種類:動画", "ゼロショット ゑゑゑ", "ゑゑゑ", "長" * 500),
    ]
    plain, other = engine.ask(folder, queries), engine.ask(folder, queries, modules="reworded")
    assert [_unsaid(answer) for answer in other] == [_unsaid(answer) for answer in plain]
    kinds = {notice["kind"] for answer in plain for notice in answer["notices"]}
    assert kinds == {"synonym", "variant", "suggestion", "part", "facet", "long", "empty"}


def _unsaid(value: Any) -> Any:
    """An answer without the texts that the engine itself says."""
    if isinstance(value, list):
        return [_unsaid(one) for one in value]
    if not isinstance(value, dict):
        return value
    told = {"text", "label"} if "kind" in value and "text" in value else set()
    return {key: _unsaid(one) for key, one in value.items() if key not in told}


# ---- facets


NAMES = {"presenters/a/": ("山田 太郎", "taro"), "venues/iclr/": ("ICLR", "Learning Representations")}


def weeks(count: int) -> list[Document]:
    """A page a week, its kind and its tag by turns; and those of a presenter and of two tags."""
    first = date(2023, 1, 3)
    pages = [
        page_of(
            f"topics/{at}/",
            "共通の本文",
            date=(first + timedelta(weeks=at)).isoformat(),
            kinds=("論文",) if at % 2 else ("blog",),
            presenters=("presenters/a/",) if at % 3 else (),
            tags=(f"tags/{'ab'[at % 2]}/",),
            venues=("venues/iclr/",) if at % 4 == 0 else (),
        )
        for at in range(count)
    ]
    pages += [
        page_of(
            f"tags/{name}/",
            title=f"#タグ{name}",
            label=f"タグ{name}",
            kinds=("タグ",),
            tags=(f"tags/{name}/",),
        )
        for name in "ab"
    ]
    return [
        *pages,
        page_of("venues/iclr/", title="ICLR", kinds=("掲載先",), venues=("venues/iclr/",)),
        page_of("presenters/a/", title="山田 太郎", kinds=("発表者",), presenters=("presenters/a/",)),
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("本文 種類:論文", 60),
        ("本文 kind:論文 年:2023", 26),
        ("本文 発表者:taro", 80),
        ('本文 presenter:"山田 太郎" タグ:タグa', 40),
        ("本文 タグ:タグa タグ:タグb", 120),
        ("発表者：山田 -本文", 1),
        ("年:2024年", 53),
        ("種類:論文 本文 年:1999", 0),
        ("本文 掲載先:iclr", 30),
        ("venue:learning 年:2023", 13),
        ("本文 -掲載先:ICLR 種類:blog", 30),
        ("本文 -種類:論文", 60),
        ("本文 -種類:論文 -年:2023 年:2024", 27),
    ],
)
def test_facets(engine: Engine, query: str, count: int) -> None:
    [answer] = engine.ask(engine.write(weeks(120), NAMES), [query])
    assert answer["total"] == count == len(answer["hits"])


def test_a_facet_counts_what_choosing_it_brings(engine: Engine) -> None:
    folder = engine.write(weeks(120), NAMES)
    [answer] = engine.ask(folder, ["本文 年:2023"])
    offered = {
        (facet["name"], value["label"]): value for facet in answer["facets"] for value in facet["values"]
    }
    assert offered["year", "2023"]["active"]
    for (name, _), value in offered.items():
        if name != "year" and not value["active"]:
            [chosen] = engine.ask(folder, [value["query"]])
            assert chosen["total"] == value["count"], value
    [lifted] = engine.ask(folder, [offered["year", "2023"]["query"]])
    assert lifted["total"] == 120


def test_a_facet_that_leaves_nothing_is_named(engine: Engine) -> None:
    [answer] = engine.ask(engine.write(weeks(20)), ["本文 年:1999"])
    assert answer["total"] == 0
    [notice] = answer["notices"]
    assert (notice["kind"], notice["query"]) == ("facet", "本文")
    assert "20 件" in notice["text"]


# ---- odd queries and broken indexes

ODD = {
    "long": "あ" * 10_000,
    "many words": "猫 " * 3_000,
    "blanks": "  \u3000 \t ",
    "nothing": "",
    "punctuation": "。、！？…「」()[]{}",
    "patterns": ".* (a+)+$ [^x] \\ \\d | ^",
    "markup": "<script>alert(1)</script> &amp; <img onerror=x>",
    "emoji": "😀👨‍👩‍👧🏳️‍🌈",
    "half of a pair": "\ud83d",
    "combining": "か\u3099\u3099\u3099e\u0301\u0301",
    "quotes": '"""" "a" "" -"',
    "signs": "- -- -- -a+ +",
    "facets without value": 'タグ: 年： 発表者:""',
    "prototype": "__proto__ constructor toString",
    "right to left": "\u202eabc\u202c مرحبا",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_queries_are_answered(engine: Engine, name: str) -> None:
    pages = [page_of(f"p{at}/", f"猫と constructor と 😀 と .* {at}") for at in range(15)]
    [answer] = engine.ask(engine.write(pages), [ODD[name]])
    assert "problem" not in answer, answer
    assert answer["total"] == len(answer["hits"])


def _entry(folder: Path) -> Path:
    return next(iter(sorted(folder.glob("g0-*.bin"))))


BREAKAGES: dict[str, Callable[[Path, Path], object]] = {
    "missing": lambda piece, _: piece.unlink(),
    "truncated": lambda piece, _: piece.write_bytes(piece.read_bytes()[:-9]),
    "garbage": lambda piece, _: piece.write_bytes(b"<!doctype html>"),
    "empty": lambda piece, _: piece.write_bytes(b""),
    "foreign": lambda piece, other: piece.write_bytes(other.read_bytes()),
}


@pytest.mark.parametrize("family", ["g", "t", "m", "index"])
@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_piece_is_told(engine: Engine, family: str, breakage: str) -> None:
    pages = [page_of(f"p{at}/", f"猫の話 {at} " + "いろは" * 200 * (at % 3)) for at in range(60)]
    folder = engine.write(pages)
    foreign = {"g": "f0-*", "t": "f0-*", "m": "t0-*", "index": "m0-*"}[family]
    for piece in folder.glob(f"{family}*.bin"):
        BREAKAGES[breakage](piece, next(iter(folder.glob(foreign))))
    [answer] = engine.ask(folder, ["猫"])
    other_version = breakage == "foreign" and family == "index"
    assert answer["problem"] == ("missing" if breakage == "missing" or other_version else "damaged")
    assert "ページを再読み込みして" in answer["message"]


# ---- the files


def test_the_same_pages_give_the_same_bytes(notes: list[Document]) -> None:
    again = [replace(page) for page in notes[:80]]
    assert index_files(notes[:80]) == index_files(again)


def test_a_new_week_leaves_most_texts_as_they_were(files: dict[str, bytes], notes: list[Document]) -> None:
    before, after = index_files(notes[:-8]), files
    texts = [name for name in before if name.startswith("t")]
    kept = [name for name in texts if name in after]
    assert len(kept) >= len(texts) - 2


def test_pieces_are_small(files: dict[str, bytes], notes: list[Document]) -> None:
    assert max(map(len, files.values())) < 40_000
    assert len(files) < 2 * len(notes)
