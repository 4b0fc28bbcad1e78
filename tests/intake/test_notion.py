"""One Markdown page of an export: what it is known by, its head, its levels."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.blocks import Heading
from kb.read import read_text
from kb.read.dialects import dialect_of
from kb.read.notion.levels import note_levels
from kb.read.notion.page import looks_notion, read_notion_page
from kb.read.notion.properties import notion_date
from kb.read.notion.session import left_of, page_dates
from tests.support.notes import NOTES, WILD_NOTES, examples

ID = "1a2b3c4d5e6f47a8b9c0d1e2f3a4b5c6"


@pytest.mark.parametrize(
    "body",
    [
        f"[前の回](2025-11-25%20{ID}.md)",
        f"[表](%E8%A1%A8%20{ID}_all.csv)",
        f"![図](%E4%BC%9A%20{ID}/a.png)",
        "作成日時: 2025年12月1日 午前 9:00\n\n本文",
        "Full date: December 4, 2024 8:45 AM\n",
        '<aside>\n<img src="https://www.notion.so/icons/bell_gray.svg" width="40px" /> 文\n\n</aside>',
        "- 項目\n    \n    続き",
        f"[ページ](https://www.notion.so/{ID})",
    ],
)
def test_a_page_of_notion_is_known_by_one_sign(body: str) -> None:
    assert looks_notion(f"# 2025-12-02 会\n\n{body}")
    assert dialect_of(f"\ufeff# 2025-12-02 会\r\n\r\n{body}") == "notion"
    assert not looks_notion(f"---\ndate: 2025-12-02\n---\n\n# 会\n\n{body}")


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("# 2025-12-02 会\n\n## [blog] 題\n\n本文", "notion"),
        ("# 会\n\n結論: これは文です。\n", "notion"),
        ("会\n===\n\n結論: これは文です。\n", "notion"),
        ("---\ndate: 2025-12-02\n---\n\n# 会\n", "note"),
        ("2025-12-02 会\n[blog] 題\n本文", "copied"),
        ("<!DOCTYPE html><html><body></body></html>", "html"),
    ],
)
def test_a_text_alone_tells_its_dialect(text: str, dialect: str) -> None:
    assert dialect_of(text) == dialect


def test_a_paragraph_that_looks_like_a_property_stays_text() -> None:
    page = read_notion_page("# 題\n\n結論: すごい\n課題: 遅い\n\n本文", "a.md")
    assert page.properties == ()
    assert "結論: すごい" in str(page.blocks[0])


def test_properties_end_where_the_text_begins() -> None:
    page = read_notion_page("# 題\n\nタグ: a, b\nURL:\n\n作成日時: 文の中", "a.md")
    assert page.properties == (("タグ", "a, b"), ("URL", ""))
    assert "作成日時" in str(page.blocks)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025年12月2日 午前 4:43", dt.date(2025, 12, 2)),
        ("December 2, 2025 8:45 AM", dt.date(2025, 12, 2)),
        ("@Dec 2, 2025", dt.date(2025, 12, 2)),
        ("February 30, 2025", None),
        ("Decidedly 2, 2025", None),
        ("12/2", None),
    ],
)
def test_dates_of_both_interfaces(text: str, date: dt.date | None) -> None:
    assert notion_date(text) == date


def test_digits_of_an_id_are_no_date() -> None:
    page = read_notion_page("# 会", "会 ab20251202cd47a8b9c0d1e2f3a4b5c6.md")
    assert page_dates(page) == {}


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("# 今週のTOPIC|## [論文] 題|### 節", (1, 2, 3)),
        ("# [論文] 題|## 節|# [blog] 題", (2, 3, 2)),
        ("# 今週のTOPIC|# [論文] 題|## 節|# メインTOPIC|# [論文] 題", (1, 2, 3, 1, 2)),
        ("## 今週のTOPIC|### 題|## メインTOPIC|### 題", (1, 2, 1, 2)),
        ("# 今週のTOPIC|### [論文] 題|#### 節", (1, 2, 3)),
        ("# 題|## 節", (1, 2)),
        ("## 題|### 節", (2, 3)),
        ("## 今週のTOPIC", (1,)),
    ],
)
def test_entries_come_to_the_second_level(headings: str, expected: tuple[int, ...]) -> None:
    before = read_notion_page("# 会\n\n" + headings.replace("|", "\n\n本文\n\n"), "a.md").blocks
    after, told = note_levels(before)
    assert tuple(block.level for block in after if isinstance(block, Heading)) == expected
    assert len(told) == (before != after)
    assert note_levels(after) == (after, ())


def test_left_of_keeps_what_was_taken_away() -> None:
    assert left_of("2025年12月2日(火) 機械学習勉強会", "機械学習勉強会") == "2025年12月2日(火)"
    assert left_of("会 2025-12-02 その2", "会 その2") == "2025-12-02"


@examples(300)
@given(NOTES | WILD_NOTES | st.text())
def test_any_text_is_a_page_and_its_words_are_all_of_it(text: str) -> None:
    page = read_notion_page(text, "a.md")
    assert page.words == text.removeprefix("\ufeff")
    assert read_text("# 2025-12-02 会\n\n" + text, "a.md", "notion").session
