"""What pages tell in their front matter: who and what, how often, in which order, and how much of it."""

from __future__ import annotations

import pytest

from kb.model.finding import Span
from kb.model.registry import Author, Paper, Presenter, Registry, Tag, Topic
from kb.pages import all_pages
from tests.support.fronts import Front
from tests.support.notes import base_of
from tests.support.worlds import EMPTY, entry, fronts_of, titles, world

ITO = Presenter(
    "ito", "Shun Ito", ("shun",), ("伊藤",), "いとう", span=Span("docs/data/presenters.yml", 3, 5)
)
PON = Presenter("pon", "Pon Taro", ("pon",))
HANA = Presenter("hana", "Hana", ("hana",), hidden=True)
RAG = Tag("rag", "検索拡張生成", "RAG", ("ragging",), span=Span("docs/data/tags.yml", 7, 8))
GAM = Topic("gam", "GAM", ("記憶",), ("old-gam", "older"), span=Span("docs/data/topics.yml", 2, 4))
PEOPLE = Registry(presenters=(ITO, PON, HANA))


# ---- cards


def card_of(*lines: str, registry: Registry = PEOPLE, **data: str) -> Front:
    fronts = world(registry, d2025_11_25="# 部\n\n" + entry("[論文] 題 *強*", *lines, **data))
    (card,) = fronts["sessions/2025-11-25"]["parts"][0]["entries"]
    return card  # type: ignore[no-any-return]


def test_a_card_tells_everything_of_an_entry() -> None:
    registry = Registry(presenters=(ITO, HANA), tags=(RAG,), topics=(GAM,))
    card = card_of("文", registry=registry, 発表者="@伊藤, @Hana", タグ="RAG, 新", トピック="gam")
    assert card == {
        "title": "題 強",
        "url": "topics/gam/#e-2025-11-25",
        "kind": "論文",
        "date": "2025-11-25",
        "session_url": "sessions/2025-11-25/",
        "presenters": [{"text": "Shun Ito", "url": "presenters/ito/"}, {"text": "匿名", "url": ""}],
        "tags": [
            {"text": "検索拡張生成", "url": "tags/rag/"},
            {"text": "新", "url": "tags/%E6%96%B0/"},
        ],
        "topic": "GAM",
        "topic_url": "topics/gam/",
        "remarks": 0,
        "note": "",
    }


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ((), 0),
        (("文",), 0),
        (("[pon] 一",), 1),
        (("[pon] 一", "文", "- [shun] 二\n    - [pon] 三"), 3),
        (("[hana] 匿名でも数える", "[だれか] ハンドルでなくても数える"), 2),
        (("`[pon] 一`", "文の中の [pon] は数えない"), 0),
    ],
)
def test_remarks_are_counted(lines: tuple[str, ...], count: int) -> None:
    assert card_of(*lines)["remarks"] == count


def test_where_nobody_is_named_the_card_says_so() -> None:
    assert card_of("文")["note"] == "発表者の記載なし"
    assert card_of("文", 発表者="@Hana")["note"] == ""


# ---- the newest first

THREE = {
    "d2025_11_11": "# 部\n\n" + entry("一", "文", 発表者="@伊藤", タグ="rag") + entry("二", "文", タグ="rag"),
    "d2025_11_18": "# 部\n\n" + entry("三", "[pon] 話", 発表者="@伊藤", タグ="rag"),
    "d2025_11_25": "# 部\n\n"
    + entry("四", "文", 発表者="@伊藤", タグ="rag")
    + "# 主\n\n"
    + entry("五", "文", 発表者="@伊藤", タグ="rag"),
}
NEWEST = ["四", "五", "三", "一", "二"]
"""By date downwards; within a session as the note has it."""


def test_lists_of_entries_begin_with_the_newest() -> None:
    fronts = world(Registry(presenters=(ITO, PON), tags=(RAG,)), **THREE)
    assert titles(fronts["tags/rag"]["entries"]) == NEWEST
    assert titles(fronts["presenters/ito"]["entries"]) == ["四", "五", "三", "一"]
    assert titles(fronts["topics/index"]["years"][0]["entries"]) == NEWEST
    assert [row["date"] for row in fronts["sessions/index"]["years"][0]["sessions"]] == [
        *("2025-11-25", "2025-11-18", "2025-11-11"),
    ]


def test_home_shows_the_latest_session_and_then_the_newest_of_the_others() -> None:
    home = world(PEOPLE, **THREE)["index"]
    assert home["latest"]["date"] == "2025-11-25"
    assert home["latest"]["url"] == "sessions/2025-11-25/"
    assert home["latest"]["entries"] == 2
    assert home["latest"]["titles"] == ["四", "五"]
    assert [(part["name"], titles(part["entries"])) for part in home["latest"]["parts"]] == [
        ("部", ["四"]),
        ("主", ["五"]),
    ]
    assert titles(home["newest"]) == ["三", "一", "二"]


def test_home_names_each_topic_once_by_its_newest_entry() -> None:
    notes = {f"d2025_11_{day:02}": "# 部\n\n" + entry(f"回{day}", トピック="gam") for day in (4, 11)}
    notes["d2025_11_18"] = "# 部\n\n" + entry("別", トピック="other")
    notes["d2025_11_25"] = "# 部\n\n" + entry("今", トピック="now")
    assert titles(world(EMPTY, **notes)["index"]["newest"]) == ["別", "回11"]


def test_home_does_not_repeat_the_topics_of_the_latest_session() -> None:
    notes = {f"d2025_11_{day:02}": "# 部\n\n" + entry(f"回{day}", トピック="gam") for day in (4, 11)}
    assert world(EMPTY, **notes)["index"]["newest"] == []


def test_home_names_twelve_topics_and_people_and_twice_as_many_tags() -> None:
    entries = (
        entry(f"題{number}", 発表者=f"@Person {number:02}", タグ=f"{number:02}a, {number:02}b")
        for number in range(13)
    )
    home = world(d2025_11_18="# 部\n\n" + "".join(entries), d2025_11_25="")["index"]
    assert titles(home["newest"]) == [f"題{number}" for number in range(12)]
    assert [row["text"] for row in home["presenters"]] == [f"Person {number:02}" for number in range(12)]
    assert [row["text"] for row in home["tags"]] == [
        f"{number:02}{letter}" for number in range(12) for letter in "ab"
    ]


def test_home_counts_what_has_a_page() -> None:
    registry = Registry(
        presenters=(ITO, PON, HANA),
        papers=(Paper("p", "紙", aliases=("紙片",)), Paper("unread", "読まれない")),
        tags=(
            Tag("above", "上位", "above"),
            Tag("rag", "検索", "RAG", broader="above"),
            Tag("no", "無", "no"),
        ),
        topics=(GAM, Topic("unused", "話されない")),
    )
    notes = {
        "d2025_11_18": "# 部\n\n"
        + entry("一", "紙片の話", 発表者="@伊藤, @Hana", タグ="rag", トピック="gam"),
        "d2025_11_25": "# 部\n\n" + entry("二", トピック="gam") + entry("三"),
    }
    assert world(registry, **notes)["index"]["counts"] == {
        "sessions": 2,
        "topics": 2,
        "entries": 3,
        "papers": 1,
        "presenters": 1,
        "tags": 2,
    }


def test_home_without_any_note() -> None:
    home = world()["index"]
    assert (home["latest"], home["newest"], home["tags"], home["presenters"]) == (None, [], [], [])
    assert set(home["counts"].values()) == {0}
    assert home["template"] == "home.html"


def test_what_comes_most_often_comes_first_then_by_id() -> None:
    notes = "# 部\n\n" + entry("一", タグ="b, a") + entry("二", タグ="c, b") + entry("三", タグ="c, d")
    home = world(d2025_11_25=notes)["index"]
    assert [(row["text"], row["url"], row["count"]) for row in home["tags"]] == [
        ("b", "tags/b/", 2),
        ("c", "tags/c/", 2),
        ("a", "tags/a/", 1),
        ("d", "tags/d/", 1),
    ]


def test_hidden_people_are_not_counted_on_the_home_page() -> None:
    notes = "# 部\n\n" + entry("一", 発表者="@Hana, @伊藤")
    assert [row["text"] for row in world(PEOPLE, d2025_11_25=notes)["index"]["presenters"]] == ["Shun Ito"]


# ---- sessions


def test_a_session_knows_its_neighbours() -> None:
    fronts = world(d2025_11_11="", d2025_11_18="", d2025_11_25="")
    around = {
        date: (fronts[f"sessions/{date}"]["previous"], fronts[f"sessions/{date}"]["next"])
        for date in ("2025-11-11", "2025-11-18", "2025-11-25")
    }
    first, second, third = (
        {"text": f"2025-11-{day} 機械学習勉強会", "url": f"sessions/2025-11-{day}/"} for day in (11, 18, 25)
    )
    assert around == {
        "2025-11-11": (None, second),
        "2025-11-18": (first, third),
        "2025-11-25": (second, None),
    }


def test_who_took_part_and_how_often() -> None:
    text = "# 部\n\n" + entry("一", "[pon] あ", "[pon] い", "[guest] う", 発表者="@伊藤")
    text += entry("二", "[shun] え", "[hana] お", "[誰] か", 発表者="@伊藤, @Hana")
    front = world(PEOPLE, d2025_11_25=text)["sessions/2025-11-25"]
    assert [(one["text"], one["url"], one["entries"], one["remarks"]) for one in front["people"]] == [
        ("Shun Ito", "presenters/ito/", 2, 1),
        ("匿名", "", 1, 1),
        ("Pon Taro", "presenters/pon/", 0, 2),
        ("guest", "presenters/guest/", 0, 1),
    ]


def test_a_session_s_parts_and_description() -> None:
    text = (
        "# *今週*\n\n"
        + "".join(entry(f"題{number}") for number in range(4))
        + "# 空\n\n# 主\n\n"
        + entry("末")
    )
    front = world(d2025_11_25=text)["sessions/2025-11-25"]
    assert front["title"] == "2025-11-25 機械学習勉強会"
    assert front["description"] == "2025-11-25 の勉強会: 題0、題1、題2"
    assert front["date"] == "2025-11-25"
    assert front["edit_path"] == "docs/notes/2025-11-25.md"
    assert front["edit_line"] == 1
    assert [(part["name"], len(part["entries"])) for part in front["parts"]] == [("今週", 4), ("主", 1)]


def test_what_stands_outside_of_entries_is_on_the_session_s_page() -> None:
    """Below the names of the parts; a part without entries is named even where it says nothing."""
    text = (
        "初めに。\n\n### 節\n\n# *今週*\n\n今週の前書き。\n\n"
        + entry("題")
        + "# 主\n\n"
        + entry("末")
        + "# 空\n"
    )
    pages = {page.path: page.text for page in all_pages(base_of(EMPTY, d2025_11_25=text))}
    assert pages["sessions/2025-11-25.md"].partition("\n---\n")[2].split("\n\n") == [
        "\n# 2025-11-25 機械学習勉強会",
        '<div class="kb-note" data-note markdown="1">',
        "初めに。",
        "## 節 {: #節-1 }",
        "## 今週",
        "今週の前書き。",
        "## 空",
        "\n</div>\n",
    ]
    plain = {page.path: page.text for page in all_pages(base_of(EMPTY, d2025_11_25="# 部\n\n" + entry("題")))}
    assert plain["sessions/2025-11-25.md"].endswith("\n---\n\n# 2025-11-25 機械学習勉強会\n")


def test_sessions_by_year() -> None:
    fronts = world(d2024_12_31="", d2025_11_25="# 部\n\n" + entry("一 *二*") + entry("三"))
    listed = fronts["sessions/index"]
    assert [row["year"] for row in listed["years"]] == ["2025", "2024"]
    assert listed["years"][0]["sessions"] == [
        {
            "date": "2025-11-25",
            "title": "機械学習勉強会",
            "url": "sessions/2025-11-25/",
            "entries": 2,
            "titles": ["一 二", "三"],
        }
    ]
    assert (listed["title"], listed["description"]) == ("勉強会", "これまでの勉強会の一覧")
    assert listed["count"] == 2


# ---- people


def test_a_person_s_page() -> None:
    text = "# 部\n\n" + entry(
        "一", "[pon] あ", "[hana] い", "[guest] う", 発表者="@伊藤, @Pon Taro", タグ="a"
    )
    text += entry("二", "[shun] え", 発表者="@Hana", タグ="b") + entry("三", "[pon] お", タグ="b")
    text += entry("四", "文", 発表者="@伊藤", タグ="b, a")
    front = world(PEOPLE, d2025_11_25=text)["presenters/ito"]
    assert front["title"] == "Shun Ito"
    assert front["description"] == "Shun Ito の発表とコメント"
    assert (front["handles"], front["aliases"], front["reading"]) == (["shun"], ["伊藤"], "いとう")
    assert (front["edit_path"], front["edit_line"]) == ("docs/data/presenters.yml", 3)
    assert front["registered"] is True
    assert [(one["text"], one["count"]) for one in front["tags"]] == [("a", 2), ("b", 1)]
    assert titles(front["entries"]) == ["一", "四"]
    # once for each entry in which both presented or spoke; hidden people and oneself are nobody
    assert [(one["text"], one["count"]) for one in front["partners"]] == [("guest", 1), ("Pon Taro", 1)]
    (remark,) = front["remarks"]
    assert remark["match"] == "え"
    assert remark["source"] == {"text": "二", "url": "topics/2025-11-25-2/#e-2025-11-25"}
    assert front["totals"] == {"entries": 2, "remarks": 1, "backlinks": 0}


def test_people_whom_only_notes_name_come_from_where_they_are_first_named() -> None:
    text = (
        "# 部\n\n"
        + entry("一", "[guest] あ", 発表者="@New Face")
        + entry("二", "[guest] い", 発表者="@New Face")
    )
    fronts = world(PEOPLE, d2025_11_25=text)
    assert [fronts[f"presenters/{one}"]["edit_line"] for one in ("new-face", "guest")] == [8, 10]
    assert fronts["presenters/guest"]["edit_path"] == "docs/notes/2025-11-25.md"
    assert [fronts[f"presenters/{one}"]["registered"] for one in ("new-face", "guest")] == [False, False]


@pytest.mark.parametrize(("length", "shown"), [(159, 159), (160, 160), (161, 161), (400, 161)])
def test_long_remarks_are_cut(length: int, shown: int) -> None:
    text = "# 部\n\n" + entry("一", "[pon] " + "あ" * length)
    (remark,) = world(PEOPLE, d2025_11_25=text)["presenters/pon"]["remarks"]
    assert len(remark["match"]) == shown
    assert remark["match"].endswith("…") == (length > 160)
    assert remark["match"].rstrip("…") == "あ" * min(length, 160)


def test_remarks_come_with_their_places_the_newest_first() -> None:
    notes = {
        f"d2025_11_{day}": "# 部\n\n" + entry("題", "### 節", f"[pon] {day}", 発表者="@伊藤")
        for day in (18, 25)
    }
    remarks = world(PEOPLE, **notes)["presenters/pon"]["remarks"]
    assert [remark["match"] for remark in remarks] == ["25", "18"]
    assert remarks[0] == {
        "date": "2025-11-25",
        "session_url": "sessions/2025-11-25/",
        "source": {"text": "題", "url": "topics/2025-11-25-1/#%E7%AF%80"},
        "section": "節",
        "presenters": [{"text": "Shun Ito", "url": "presenters/ito/"}],
        "before": "",
        "match": "25",
        "after": "",
        "via": "",
    }


def test_people_by_the_date_of_their_last_words() -> None:
    notes = {
        "d2025_11_11": "# 部\n\n" + entry("一", "[pon] あ", "Early Bird さん", 発表者="@伊藤"),
        "d2025_11_18": "# 部\n\n" + entry("二", "[shun] い", "[shun] う", 発表者="@Hana"),
        "d2025_11_25": "# 部\n\n" + entry("三", 発表者="@New Face"),
    }
    registry = Registry(
        presenters=(ITO, PON, HANA, Presenter("early", "Early Bird"), Presenter("no", "Nobody"))
    )
    assert world(registry, **notes)["presenters/index"]["people"] == [
        {
            "text": name,
            "url": f"presenters/{one}/",
            "handles": handles,
            "entries": entries,
            "remarks": remarks,
            "latest": latest,
        }
        for name, one, handles, entries, remarks, latest in (
            ("New Face", "new-face", [], 1, 0, "2025-11-25"),
            ("Shun Ito", "ito", ["shun"], 1, 2, "2025-11-18"),
            ("Pon Taro", "pon", ["pon"], 0, 1, "2025-11-11"),
            ("Early Bird", "early", [], 0, 0, ""),
        )
    ]


# ---- tags


def test_a_tag_s_page() -> None:
    registry = Registry(
        tags=(
            Tag("above", "上位", "above"),
            Tag("rag", "検索拡張生成", "RAG", ("ragging",), "above", span=Span("docs/data/tags.yml", 7, 8)),
            Tag("below", "下位", "below", broader="rag"),
        )
    )
    text = "# 部\n\n" + entry("一", タグ="rag") + entry("二", "検索拡張生成の話") + entry("三", タグ="below")
    fronts = world(registry, d2025_11_25=text)
    front = fronts["tags/rag"]
    assert (front["title"], front["ja"], front["en"]) == ("#検索拡張生成", "検索拡張生成", "RAG")
    assert front["description"] == "タグ「検索拡張生成」(RAG) の発表"
    assert (front["edit_path"], front["edit_line"]) == ("docs/data/tags.yml", 7)
    assert (front["aliases"], front["registered"]) == (["ragging"], True)
    assert front["broader"] == {"text": "上位", "url": "tags/above/"}
    assert front["narrower"] == [{"text": "下位", "url": "tags/below/", "count": 1}]
    assert (titles(front["entries"]), titles(front["proposed"])) == (["一"], ["二"])
    assert [row["match"] for row in front["backlinks"]] == ["検索拡張生成"]
    assert front["totals"] == {"entries": 1, "proposed": 1, "backlinks": 1}
    assert fronts["tags/above"]["broader"] is None
    assert fronts["tags/above"]["narrower"] == [{"text": "検索拡張生成", "url": "tags/rag/", "count": 1}]


def test_a_tag_that_only_notes_name() -> None:
    front = world(d2025_11_25="# 部\n\n" + entry("一", タグ="新語"))["tags/新語"]
    assert (front["ja"], front["en"], front["registered"]) == ("新語", "", False)
    assert front["edit_path"] == "docs/notes/2025-11-25.md"


def test_the_tree_of_tags() -> None:
    registry = Registry(
        tags=(
            Tag("a", "あ", "a"),
            Tag("b", "b", "b", broader="a"),
            Tag("c", "う", "c", broader="b"),
            Tag("d", "え", "d"),
            Tag("e", "お", "e", broader="d"),
        )
    )
    text = "# 部\n\n" + entry("一", タグ="c, z") + entry("二", タグ="c, y, x") + entry("三", タグ="y, a")
    listed = world(registry, d2025_11_25=text)["tags/index"]
    assert listed["tree"] == [
        {
            "text": "あ",
            "en": "a",
            "url": "tags/a/",
            "count": 1,
            "children": [
                {
                    "text": "b",
                    "en": "",
                    "url": "tags/b/",
                    "count": 0,
                    "children": [{"text": "う", "en": "c", "url": "tags/c/", "count": 2, "children": []}],
                }
            ],
        }
    ]
    assert listed["unregistered"] == [
        {"text": "y", "url": "tags/y/", "count": 2},
        {"text": "x", "url": "tags/x/", "count": 1},
        {"text": "z", "url": "tags/z/", "count": 1},
    ]


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
    notes = "# 部\n\n" + entry("一", f"{words} です", タグ="t") + entry("二", f"{words} でした", タグ="t")
    (row,) = world(d2025_11_25=notes)["topics/2025-11-25-1"]["related"]
    assert row["reasons"] == [
        "どちらも #t",
        "どちらにも「アルファモデル」「ガンマモデル」「デルタモデル」が出てくる",
    ]


# ---- former addresses


def test_each_former_id_leads_to_the_topic() -> None:
    """Of topics that have a page; those that nobody presented leave nothing behind."""
    registry = Registry(
        topics=(Topic("no", "無", former=("gone",)), GAM, Topic("sam", "SAM", former=("old-sam",)))
    )
    text = "# 部\n\n" + entry("題", トピック="記憶") + entry("題", トピック="sam")
    fronts = world(registry, d2025_11_25=text)
    assert "topics/gone" not in fronts
    assert fronts["topics/old-sam"]["redirect"] == "topics/sam/"
    for former in ("old-gam", "older"):
        front = fronts[f"topics/{former}"]
        assert front["redirect"] == "topics/gam/"
        assert front["title"] == "GAM"
        assert front["description"] == "「GAM」は移動しました"
        assert front["search"] == {"exclude": True}
        assert (front["edit_path"], front["edit_line"]) == ("docs/data/topics.yml", 2)


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
    assert links[1]["source"]["url"] == "topics/2025-11-25-1/#e-2025-11-25"
    assert links[0]["source"]["url"] == "topics/2025-11-25-1/#%E7%AF%80"
