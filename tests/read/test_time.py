"""Lines that open something again and again are read in time that grows with their number."""

from __future__ import annotations

import time

import pytest

from kb.read import read_text

UNITS = (
    *("<aside>\n", "<details>\n", "<details><summary>a\n", "> <aside>\n", "- <aside>\n", "<aside><aside>\n"),
    *("```x\n", "~~~~\n", "$$\n", "<!--\n", "|-|\n", "| a |\n", "> > a\n", "- a\n", "@a b\n", "[pon] a\n"),
    *("a\n\n", "# a\n", "## a\n- 発表者: @a\n", "    - a\n", "a\n", "- ```\n", "</aside>\n"),
)
LINES = 4_000
BOUND = 0.05
"""Seconds a kilobyte of CPU time: many times what it takes, a fraction of what a square would take."""


@pytest.mark.parametrize("dialect", ["note", "notion", "copied"])
@pytest.mark.parametrize("unit", UNITS)
def test_repeated_lines(unit: str, dialect: str) -> None:
    text = "2025-12-02 機械学習勉強会\n\n" + unit * (LINES // unit.count("\n"))
    start = time.process_time()
    reading = read_text(text, "2025-12-02.md", dialect)
    assert time.process_time() - start < BOUND * len(text) / 1000
    assert reading.session
