"""What pages tell in their front matter: cards, the home page, sessions."""

from __future__ import annotations

import pytest

from kb.model.registry import Paper, Registry, Tag, Topic
from kb.pages import all_pages
from tests.pages.people import GAM, HANA, ITO, PEOPLE, PON, RAG
from tests.support.fronts import Front
from tests.support.notes import base_of
from tests.support.worlds import EMPTY, entry, titles, world

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
