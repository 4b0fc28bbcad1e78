"""A line of `-` below text: a heading where something stands below it, a divider where nothing does."""

from __future__ import annotations

import pytest

from kb.model.blocks import Divider, Heading, Paragraph
from kb.read.blocks import read_blocks
from kb.read.lines import lines_of


def _kinds(text: str) -> list[type]:
    return [type(block) for block in read_blocks(lines_of(text), "x.md")]


@pytest.mark.parametrize("below", ["## 次\n", "# 次\n", "##次\n", ""])
def test_before_a_section_it_is_a_divider(below: str) -> None:
    found = _kinds(f"## 前\n重みを二値にする\n---\n\n{below}")
    assert found[:3] == [Heading, Paragraph, Divider]
    assert found[3:] == ([Heading] if below else [])


@pytest.mark.parametrize("text", ["題\n---\n\n## 次\n", "\n\n題\n---\n", "題\n===\n\n## 次"])
def test_the_first_line_is_a_title(text: str) -> None:
    assert _kinds(text)[0] is Heading


@pytest.mark.parametrize("below", ["文", "### 小見出し", "- 項目", "![図](a.png)"])
def test_with_something_below_it_is_a_heading(below: str) -> None:
    assert _kinds(f"文\n\n題\n---\n\n{below}\n")[1] is Heading
