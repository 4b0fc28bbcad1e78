"""Inline text is read in time that grows with its length, whatever stands in it again and again."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.inline import plain
from kb.text.emphasis import Run, _Pairing
from kb.text.inline import parse_inline
from tests.support.steps import Work, assert_in_proportion

UNITS = (
    "<!--",
    "<!-- a",
    "**a",
    "a**",
    "~~a",
    "_a ",
    "**a*",
    "[a",
    "![a",
    "`a ``",
    "<img ",
    "&a",
    "[a](<",
    "$a",
    "$$a ",
    "$$$a",
    "\\(a",
    "$`a",
    "$a\\",
    "\\(\\",
)
LONG = 1 << 10


@pytest.mark.parametrize("unit", UNITS)
def test_repeated_openings(unit: str) -> None:
    def parsing(length: int) -> Work:
        text = unit * (length // len(unit))
        return lambda: plain(parse_inline(text))

    assert_in_proportion(parsing, LONG, 16 * LONG)


class _Patient(_Pairing):
    """Looks through everything each time, as the specification says it."""

    def _opener(self, closer: Run) -> int:
        self.floors.clear()
        return super()._opener(closer)


@given(st.text("**__~~ab ", max_size=40))
def test_remembering_where_no_partner_is_changes_nothing(text: str) -> None:
    quick = parse_inline(text)
    with patch("kb.text.emphasis._Pairing", _Patient):
        assert parse_inline(text) == quick
