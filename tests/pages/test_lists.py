"""Lists that outgrow a page: what stands where, and that together the pages leave nothing out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.document import Document
from kb.pages.context import Page, head, heading, page
from kb.pages.front_matter import write_front_matter
from kb.pages.lists import Index, by_year, chunks, paged
from tests.support.fronts import Front, front_of

MAX_ROWS, ROWS = 150, 60
"""Rows of one list on a page, and of each of several."""


def index_of(*years: tuple[str, int]) -> dict[str, Front]:
    """The pages of a list that has so many items of each year; an item is its number in the year."""
    index: Index[int] = Index(
        front={**head("sessions", "勉強会", "一覧"), "kept": 1},
        first="sessions/index",
        rest="sessions",
        row=lambda items: {"items": list(items)},
        item_key=lambda item: item,
    )
    plans = list(index.plans((year, range(count)) for year, count in years))
    assert len({plan.name for plan in plans}) == len(plans)
    made = [page for plan in plans for page in plan.make()]
    assert [f"{plan.name}.md" for plan in plans] == [page.path for page in made]
    return {page.path.removeprefix("sessions/").removesuffix(".md"): front_of(page.text) for page in made}


def shown(front: Front) -> list[tuple[str, int]]:
    return [(row["year"], len(row["items"])) for row in front["years"]]


@pytest.mark.parametrize(
    ("years", "pages"),
    [
        # what fits, stands on the page itself
        ([("2025", 1)], {"index": [("2025", 1)]}),
        ([("2025", 100), ("2024", 50)], {"index": [("2025", 100), ("2024", 50)]}),
        # a year is not torn apart for the sake of a full page
        ([("2025", 100), ("2024", 51)], {"index": [("2025", 100)], "2024": [("2024", 51)]}),
        # nor does a small year jump over a large one
        (
            [("2025", 100), ("2024", 60), ("2023", 1)],
            {"index": [("2025", 100)], "2024": [("2024", 60)], "2023": [("2023", 1)]},
        ),
        # a year that is too long alone is cut
        ([("2025", 150)], {"index": [("2025", 150)]}),
        ([("2025", 151)], {"index": [("2025", 150)], "2025-2": [("2025", 1)]}),
        (
            [("2025", 3), ("2024", 301)],
            {
                "index": [("2025", 3)],
                "2024": [("2024", 150)],
                "2024-2": [("2024", 150)],
                "2024-3": [("2024", 1)],
            },
        ),
        # a year that nobody knows
        (
            [("2025", 150), ("年不明", 151)],
            {"index": [("2025", 150)], "0000": [("年不明", 150)], "0000-2": [("年不明", 1)]},
        ),
        ([], {"index": []}),
    ],
)
def test_years_and_their_pages(years: list[tuple[str, int]], pages: dict[str, list[tuple[str, int]]]) -> None:
    assert {name: shown(front) for name, front in index_of(*years).items()} == pages


def test_what_each_page_of_a_list_says() -> None:
    pages = index_of(("2025", 151), ("2024", 2), ("年不明", 1))
    assert pages["index"]["title"] == "勉強会"
    assert pages["index"]["count"] == 154
    assert pages["index"]["archive"] == [
        {"text": "2025年 (2)", "url": "sessions/2025-2/", "count": 1},
        {"text": "2024年", "url": "sessions/2024/", "count": 2},
        {"text": "年不明", "url": "sessions/0000/", "count": 1},
    ]
    titles = {name: (front["title"], front["count"], front["archive"]) for name, front in pages.items()}
    del titles["index"]
    assert titles == {
        "2025-2": ("勉強会 2025年 (2)", 1, []),
        "2024": ("勉強会 2024年", 2, []),
        "0000": ("勉強会 年不明", 1, []),
    }
    assert {front["template"] for front in pages.values()} == {"sessions.html"}
    assert {front["kept"] for front in pages.values()} == {1}


@given(st.lists(st.integers(1, 400), max_size=6))
def test_every_item_stands_once_and_no_page_is_endless(counts: list[int]) -> None:
    pages = index_of(*((str(2025 - at), count) for at, count in enumerate(counts)))
    rows = [
        (row["year"], item) for front in pages.values() for row in front["years"] for item in row["items"]
    ]
    assert rows == [(str(2025 - at), item) for at, count in enumerate(counts) for item in range(count)]
    assert all(sum(count for _, count in shown(front)) <= MAX_ROWS for front in pages.values())
    assert {row["url"] for row in pages["index"]["archive"]} == {
        f"sessions/{name}/" for name in pages if name != "index"
    }


def test_the_key_of_a_list_changes_with_all_that_its_page_shows() -> None:
    """The items of the page, and name and length of the pages to which it leads."""

    def keys(*years: tuple[str, int]) -> dict[str, object]:
        index: Index[int] = Index(
            {"title": "題"},
            "topics/index",
            "topics",
            lambda items: {"items": items},
            lambda item: (item, "key"),
        )
        plans = index.plans((year, range(count)) for year, count in years)
        return {plan.name.removeprefix("topics/"): plan.key for plan in plans}

    before = keys(("2025", 100), ("2024", 60))
    assert before == keys(("2025", 100), ("2024", 60))
    for changed in (keys(("2025", 99), ("2024", 60)), keys(("2025", 100), ("2024", 61))):
        assert changed["index"] != before["index"]
    renamed = keys(("2025", 100), ("2023", 60))
    assert renamed["index"] != before["index"]
    assert renamed["2023"] == before["2024"], "the name is part of the plan's name already"


def test_items_are_cut_where_the_year_changes() -> None:
    dates = ["2025-12-02", "2025-01-01", "2024-12-31", "", ""]
    assert by_year(dates, lambda date: date) == [
        ("2025", ["2025-12-02", "2025-01-01"]),
        ("2024", ["2024-12-31"]),
        ("年不明", ["", ""]),
    ]
    assert by_year([], str) == []


def test_pieces_of_a_size() -> None:
    assert chunks(range(5), 2) == [range(2), range(2, 4), range(4, 5)]
    assert chunks(range(4), 2) == [range(2), range(2, 4)]
    assert chunks([], 2) == []
    assert [len(piece) for piece in chunks(range(MAX_ROWS + 1))] == [MAX_ROWS, 1]


# ---- several lists on one page


SEARCHED = Document("tags/a/", "#甲")


def pages_of(**lists: int) -> list[Page]:
    rows = {name: list(range(count)) for name, count in lists.items()}
    return list(paged("tags/a", {"title": "無", "kept": 1}, rows, "#甲", SEARCHED))


def test_what_fits_is_one_page() -> None:
    (made,) = pages_of(entries=ROWS, backlinks=0)
    front = front_of(made.text)
    assert made.path == "tags/a.md"
    assert made.text.endswith("\n# &#35;甲\n")
    assert front == {
        "title": "#甲",
        "kept": 1,
        "entries": list(range(ROWS)),
        "backlinks": [],
        "totals": {"entries": ROWS, "backlinks": 0},
        "page_number": 1,
        "pages": [],
    }


def test_what_does_not_fit_goes_on_each_list_by_itself() -> None:
    made = pages_of(entries=ROWS + 1, backlinks=2 * ROWS + 1)
    fronts = [front_of(page.text) for page in made]
    assert [page.path for page in made] == ["tags/a.md", "tags/a/2.md", "tags/a/3.md"]
    assert [front["title"] for front in fronts] == ["#甲", "#甲 (2)", "#甲 (3)"]
    assert [page.text.rpartition("# ")[2] for page in made] == ["&#35;甲\n", "&#35;甲 (2)\n", "&#35;甲 (3)\n"]
    assert [front["page_number"] for front in fronts] == [1, 2, 3]
    assert [front["entries"] for front in fronts] == [list(range(ROWS)), [ROWS], []]
    assert [len(front["backlinks"]) for front in fronts] == [ROWS, ROWS, 1]
    assert [page.document for page in made] == [SEARCHED, None, None], "the others say nothing of their own"
    numbers = [
        {"text": "1", "url": "tags/a/"},
        {"text": "2", "url": "tags/a/2/"},
        {"text": "3", "url": "tags/a/3/"},
    ]
    for front in fronts:
        assert front["pages"] == numbers
        assert front["totals"] == {"entries": ROWS + 1, "backlinks": 2 * ROWS + 1}
        assert front["kept"] == 1


# ---- a page's head


def test_a_page_is_front_matter_and_lines() -> None:
    made = page("a/b.md", {"title": "題", "list": [1, {"x": None}]}, [heading("題"), "", "文"])
    assert made.path == "a/b.md"
    assert made.text == '---\ntitle: "題"\nlist: [1, {"x": null}]\n---\n\n# 題\n\n文\n'


@pytest.mark.parametrize("char", ["\x7f", "\x84", "\x86", "\x9f", "\ufeff", "\ufffe", "\uffff", "\ud800"])
def test_what_yaml_forbids_is_written_as_a_number(char: str) -> None:
    text = write_front_matter({"title": f"甲{char}乙"})
    assert char not in text
    assert text == f'---\ntitle: "甲\\u{ord(char):04x}乙"\n---\n'
    assert json.loads(text.split("\n")[1].removeprefix("title: ")) == f"甲{char}乙"


@pytest.mark.parametrize("char", ["\x85", "\xa0", "é", "漢", "😀", "\u2028"])
def test_what_yaml_allows_stays(char: str) -> None:
    assert char in write_front_matter({"title": char})
