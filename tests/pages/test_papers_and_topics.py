"""What the pages of papers and topics tell, former addresses, and what is quoted."""

from __future__ import annotations

import pytest

from kb.model.finding import Span
from kb.model.registry import Author, Paper, Registry
from kb.pages import all_pages
from kb.pages.papers import LINK_LABELS
from kb.text.ids import SCHEMES
from tests.pages.people import GAM, ITO
from tests.support.fronts import Front
from tests.support.notes import base_of
from tests.support.worlds import EMPTY, entry, fronts_of, talk_id, titles, world

# ---- papers


def paper_front(paper: Paper, *, entries: str = "") -> Front:
    text = "# 部\n\n" + (entries or entry("題", f"{paper.title} を読む"))
    return world(Registry(papers=(paper,)), d2025_11_25=text)[f"papers/{paper.id}"]


def test_a_paper_s_page() -> None:
    paper = Paper(
        "ito2025-ab",
        "Paper *AB*",
        type="paper-conference",
        authors=(Author("Ito", "Shun"), Author("Pon")),
        issued="2025-11",
        container_title="ICLR",
        publisher="ACM",
        aliases=("AB論文",),
        span=Span("docs/data/papers.yml", 9, 12),
    )
    front = paper_front(
        paper, entries=entry("一", "AB論文の話") + entry("Paper *AB*") + entry("二", "AB論文")
    )
    assert front["title"] == "Paper *AB*"
    assert front["description"] == "Paper *AB* (Ito ほか、ICLR、2025)"
    assert (front["edit_path"], front["edit_line"]) == ("docs/data/papers.yml", 9)
    assert front["kind_label"] == "会議論文"
    assert front["authors"] == ["Shun Ito", "Pon"]
    assert (front["issued"], front["venue"], front["publisher"]) == ("2025-11", "ICLR", "ACM")
    assert front["aliases"] == ["AB論文"]
    assert front["registered"] is True
    assert front["bibtex"].startswith("@inproceedings{ito2025-ab,")
    assert [row["source"]["text"] for row in front["backlinks"]] == ["二", "一"]


def test_a_paper_that_only_an_id_tells_of() -> None:
    text = "# 部\n\n" + entry("[論文] 題", 出典="https://arxiv.org/abs/2511.00001")
    front = world(d2025_11_25=text)["papers/arxiv-2511-00001"]
    assert (front["title"], front["kind_label"], front["bibtex"]) == ("題", "", "")
    assert front["registered"] is False
    assert front["description"] == "題 (論文)"
    assert front["edit_path"] == "docs/notes/2025-11-25.md"
    assert titles(front["entries"]) == ["題"]


def test_a_paper_that_is_only_named_comes_from_where_it_is_named() -> None:
    text = "# 部\n\n" + entry("一") + entry("二", "arXiv:2511.00001 を見よ")
    front = world(d2025_11_25=text)["papers/arxiv-2511-00001"]
    assert (front["title"], front["edit_line"]) == ("arXiv:2511.00001", 8)


@pytest.mark.parametrize(
    ("paper", "links"),
    [
        (
            {"ids": (("doi", "10.1/X"), ("arxiv", "2511.00001"))},
            [
                ("arXiv", "arXiv:2511.00001", "https://arxiv.org/abs/2511.00001"),
                ("PDF", "PDF", "https://arxiv.org/pdf/2511.00001"),
                ("DOI", "doi:10.1/x", "https://doi.org/10.1/x"),
            ],
        ),
        (
            {"ids": (("arxiv", "2511.00001"), ("doi", "10.48550/arXiv.2511.00001"))},
            [
                ("arXiv", "arXiv:2511.00001", "https://arxiv.org/abs/2511.00001"),
                ("PDF", "PDF", "https://arxiv.org/pdf/2511.00001"),
                ("DOI", "doi:10.48550/arXiv.2511.00001", "https://doi.org/10.48550/arXiv.2511.00001"),
            ],
        ),
        (
            {"ids": (("acl", "2023.acl-long.1"),)},
            [
                ("ACL Anthology", "ACL:2023.acl-long.1", "https://aclanthology.org/2023.acl-long.1/"),
                ("PDF", "PDF", "https://aclanthology.org/2023.acl-long.1.pdf"),
            ],
        ),
        (
            {"url": "https://a.b/c", "code": "https://github.com/a/b"},
            [
                ("ページ", "https://a.b/c", "https://a.b/c"),
                ("コード", "https://github.com/a/b", "https://github.com/a/b"),
            ],
        ),
        (
            {"ids": (("openreview", "abc"),), "url": "https://openreview.net/forum?id=abc"},
            [("OpenReview", "OpenReview:abc", "https://openreview.net/forum?id=abc")],
        ),
        ({}, []),
    ],
)
def test_where_a_paper_itself_is(paper: dict[str, object], links: list[tuple[str, str, str]]) -> None:
    front = paper_front(Paper("p", "題名の論文", **paper))  # type: ignore[arg-type]
    assert [(link["label"], link["text"], link["url"]) for link in front["links"]] == links


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "論文"),
        ({"authors": (Author("Ito", "S"),)}, "Ito"),
        ({"authors": (Author(literal="OpenAI"), Author("Ito"))}, "OpenAI ほか"),
        ({"issued": "2025-01-02"}, "2025"),
        ({"container_title": "ICLR", "issued": "2025"}, "ICLR、2025"),
    ],
)
def test_a_paper_in_few_words(fields: dict[str, object], said: str) -> None:
    front = paper_front(Paper("p", "題名の論文", **fields))  # type: ignore[arg-type]
    assert front["description"] == f"題名の論文 ({said})"


def test_papers_by_year_the_newest_first_then_by_title() -> None:
    papers = (
        Paper("a", "Beta paper", issued="2024"),
        Paper(
            "b", "alpha paper", issued="2024", authors=(Author("Ito"), Author("Pon")), container_title="ACL"
        ),
        Paper("c", "gamma paper", issued="2025-01"),
        Paper("d", "delta paper", issued="2025-03"),
        Paper("e", "epsilon paper"),
        Paper("f", "unread paper", issued="2025"),
    )
    text = "# 部\n\n" + "".join(entry(f"題{at}", f"{one.title} と") for at, one in enumerate(papers[:5]))
    text += entry("alpha paper", "文") + entry("又", "alpha paper は")
    listed = world(Registry(papers=papers), d2025_11_25=text)["papers/index"]
    assert [(row["year"], [one["text"] for one in row["papers"]]) for row in listed["groups"]] == [
        ("2025", ["delta paper", "gamma paper"]),
        ("2024", ["alpha paper", "Beta paper"]),
        ("年不明", ["epsilon paper"]),
    ]
    assert listed["groups"][1]["papers"][0] == {
        "text": "alpha paper",
        "url": "papers/b/",
        "authors": "Ito ほか",
        "venue": "ACL",
        "entries": 1,
        "mentions": 2,
    }


# ---- topics


def test_a_topic_s_page() -> None:
    notes = {
        f"d2025_11_{day:02}": "# 部\n\n" + entry(f"題{day} *強*", "文", トピック="gam")
        for day in (4, 11, 18, 25)
    }
    front = world(Registry(topics=(GAM,)), **notes)["topics/gam"]
    assert front["title"] == "GAM"
    assert front["description"] == "「題25 強」(2025-11-25、2025-11-18、2025-11-11 の勉強会)"
    assert (front["edit_path"], front["edit_line"]) == ("docs/notes/2025-11-25.md", 6)
    assert (front["registry_path"], front["registry_line"]) == ("docs/data/topics.yml", 2)
    assert front["aliases"] == ["記憶"]
    assert front["entries"] == [
        {"date": f"2025-11-{day}", "session_url": f"sessions/2025-11-{day}/", "anchor": f"e-2025-11-{day}"}
        for day in ("25", "18", "11", "04")
    ]


def test_a_topic_that_only_notes_name_has_no_record() -> None:
    front = world(d2025_11_25="# 部\n\n" + entry("題", トピック="新しい"))["topics/新しい"]
    assert (front["registry_path"], front["registry_line"]) == ("", 0)


def test_papers_of_a_topic_are_sources_or_named() -> None:
    papers = (Paper("a", "Alpha paper"), Paper("b", "Beta paper"), Paper("c", "Gamma paper"))
    text = "# 部\n\n" + entry("一", "Beta paper と Gamma paper", トピック="gam")
    text += entry("Alpha paper", "文", トピック="gam") + entry("Beta paper", "文", トピック="gam")
    front = world(Registry(papers=papers), d2025_11_25=text)["topics/gam"]
    assert [(row["text"], row["url"], row["role"]) for row in front["papers"]] == [
        ("Alpha paper", "papers/a/", "出典"),
        ("Beta paper", "papers/b/", "出典"),
        ("Gamma paper", "papers/c/", "言及"),
    ]


def test_relations_say_why_and_when_in_three_reasons() -> None:
    papers = tuple(Paper(f"p{number}", f"Paper number {number}") for number in range(4))
    named = "、".join(f"Paper number {number}" for number in range(4))
    notes = {
        "d2025_11_18": "# 部\n\n" + entry("一", named, トピック="gam"),
        "d2025_11_25": "# 部\n\n" + entry("二", named, トピック="sam") + entry("三", "文", トピック="gam"),
    }
    (row,) = world(Registry(papers=papers), **notes)["topics/sam"]["related"]
    assert (row["text"], row["url"], row["date"]) == ("gam", "topics/gam/", "2025-11-25")
    assert row["reasons"] == [f"どちらも Paper number {number} に言及" for number in range(3)]


def test_words_are_one_reason_and_three_of_them() -> None:
    words = "アルファモデル、ガンマモデル、デルタモデル、ベータモデル"
    said = (f"{words} です", f"{words} でした")
    notes = "# 部\n\n" + entry("一", *said, タグ="t") + entry("二", *said, タグ="t")
    (row,) = world(d2025_11_25=notes)[f"topics/{talk_id('2025-11-25', '一')}"]["related"]
    assert row["reasons"] == [
        "どちらも #t",
        "どちらにも「アルファモデル」「ガンマモデル」「デルタモデル」が出てくる",
    ]


# ---- what is quoted


def test_a_backlink_quotes_the_sentence() -> None:
    registry = Registry(presenters=(ITO,), topics=(GAM,))
    notes = {
        "d2025_11_18": "# 部\n\n" + entry("題", "本題。", トピック="gam"),
        "d2025_11_25": "# 部\n\n"
        + entry("他", "前の文。ここでGAMを使う。次の文。", "### 節", "GAM!", 発表者="@伊藤"),
    }
    links = fronts_of(base_of(registry, **notes))["topics/gam"]["backlinks"]
    assert [(link["before"], link["match"], link["after"], link["section"]) for link in links] == [
        ("", "GAM", "!", "節"),
        ("ここで", "GAM", "を使う。", ""),
    ]
    assert links[1]["source"]["url"] == f"topics/{talk_id('2025-11-25', '他')}/#e-2025-11-25"
    assert links[0]["source"]["url"] == f"topics/{talk_id('2025-11-25', '他')}/#%E7%AF%80"


def test_every_scheme_of_ids_has_a_label() -> None:
    assert set(LINK_LABELS) == set(SCHEMES)


@pytest.mark.parametrize("value", ["yes", "はい", "true", "no", "ｙｅｓ", "はい。", "", "✓"])
def test_a_switch_is_not_said_to_readers(value: str) -> None:
    plain, switched = (
        {page.path: page for page in all_pages(base_of(EMPTY, d2025_11_25=f"# 部\n\n{text}"))}
        for text in (entry("題", "文"), entry("題", "文", 再訪=value))
    )
    assert {path: (page.text, page.document) for path, page in switched.items()} == {
        path: (page.text, page.document) for path, page in plain.items()
    }


def test_a_reason_to_come_back_is_said() -> None:
    base = base_of(EMPTY, d2025_11_25="# 部\n\n" + entry("題", 再訪="実装して試した"))
    page = next(one for one in all_pages(base) if "実装して試した" in one.text)
    assert page.document
    assert "実装して試した" in page.document.sections[0].meta


def test_a_section_of_the_search_begins_with_its_text() -> None:
    text = entry("題", "はじめの文", 出典="https://a.example/b", コード="https://a.example/c", 著者="A, B")
    (page,) = (
        one for one in all_pages(base_of(EMPTY, d2025_11_25=f"# 部\n\n{text}")) if "はじめの文" in one.text
    )
    assert page.document
    (section,) = page.document.sections
    assert section.text == "はじめの文"
    assert all(word in section.meta for word in ("https://a.example/b", "https://a.example/c", "A, B"))
