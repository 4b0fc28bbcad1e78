"""What the data of an entry says, as people type it."""

from __future__ import annotations

import pytest

from kb.model.inline import NO_TEXT
from kb.model.session import REVISIT, TAGS, DataItem, Entry
from kb.text.inline import rich_text


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("#a #b", ["a", "b"]),
        ("＃a　＃b", ["a", "b"]),
        ("#a  ＃b\t#c", ["a", "b", "c"]),
        ("#a, #b、＃c，d", ["a", "b", "c", "d"]),
        ("#a,#b #c", ["a", "b", "c"]),
        ("#評価 #生成", ["評価", "生成"]),
        ("agent memory", ["agent memory"]),
        ("#agent memory #rag", ["agent memory", "rag"]),
        ("agent memory, large language model", ["agent memory", "large language model"]),
        ("agent memory #rag", ["agent memory", "rag"]),
        ("C#, F#", ["C#", "F#"]),
        ("#a # #b", ["a", "b"]),
        ("#", []),
        ("#a #a", ["a"]),
    ],
)
def test_tags_end_at_commas_and_before_marks(typed: str, tags: list[str]) -> None:
    entry = Entry("", NO_TEXT, (DataItem(TAGS, rich_text(typed)),))
    assert list(entry.tags) == tags


@pytest.mark.parametrize(("value", "means"), [("yes", True), ("試した", True), ("", True), ("いいえ", False)])
def test_who_comes_back_knowingly(value: str, means: bool) -> None:
    assert Entry("", NO_TEXT, (DataItem(REVISIT, rich_text(value)),)).revisits is means
