"""What the pages of people and tags tell: who and what, how often, in which order."""

from __future__ import annotations

import pytest

from kb.model.finding import Span
from kb.model.registry import Presenter, Registry, Tag
from tests.pages.people import HANA, ITO, PEOPLE, PON
from tests.support.worlds import entry, talk_id, titles, world

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
    assert remark["source"] == {"text": "二", "url": f"topics/{talk_id('2025-11-25', '二')}/#e-2025-11-25"}
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
        "source": {"text": "題", "url": f"topics/{talk_id('2025-11-25', '題')}/#%E7%AF%80"},
        "section": "節",
        "presenters": [{"text": "Shun Ito", "url": "presenters/ito/"}],
        "before": "",
        "match": "25",
        "after": "",
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
