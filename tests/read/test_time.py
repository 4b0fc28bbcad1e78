"""Lines that open something again and again are read in time that grows with their number."""

from __future__ import annotations

import pytest

from kb.read import read_text
from tests.support.steps import Work, assert_in_proportion

UNITS = (
    *("<aside>\n", "<details>\n", "<details><summary>a\n", "> <aside>\n", "- <aside>\n", "<aside><aside>\n"),
    *("```x\n", "~~~~\n", "$$\n", "<!--\n", "|-|\n", "| a |\n", "> > a\n", "- a\n", "@a b\n", "[pon] a\n"),
    *("a\n\n", "# a\n", "## a\n- 発表者: @a\n", "    - a\n", "a\n", "- ```\n", "</aside>\n"),
)
LINES = 250


@pytest.mark.parametrize("dialect", ["note", "notion", "copied"])
@pytest.mark.parametrize("unit", UNITS)
def test_repeated_lines(unit: str, dialect: str) -> None:
    def reading(lines: int) -> Work:
        text = "2025-12-02 機械学習勉強会\n\n" + unit * (lines // unit.count("\n"))
        return lambda: read_text(text, "2025-12-02.md", dialect)

    assert_in_proportion(reading, LINES, 4 * LINES)
