"""The page of all rules and `week.py explain`: made from the rules, and fresh."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kb.check.catalogue import CATALOGUE, RULES
from kb.check.explain import PAGE, explain, nearest, rules_page, shown
from kb.check.rule import FormRule, Rule

FILE = Path(__file__).resolve().parents[2] / "docs" / PAGE

rules = pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())


@pytest.fixture(scope="module")
def page() -> str:
    return rules_page()


def test_the_page_is_fresh(page: str) -> None:
    """`.venv/bin/python scripts/week.py explain --page > docs/guide/rules.md`."""
    if os.environ.get("UPDATE_GOLDEN"):
        FILE.write_text(page, encoding="utf-8")
    assert page == FILE.read_text(encoding="utf-8")


def test_every_rule_is_a_heading_and_a_row(page: str) -> None:
    assert re.findall(r"^### `([a-z-]+)` \{ #\1 \}$", page, re.MULTILINE) == list(RULES)
    assert re.findall(r"^\| \[`([a-z-]+)`\]\(#\1\) \|", page, re.MULTILINE) == list(RULES)
    assert len(re.findall(r"^## .+ \{ #rules-\d+ \}$", page, re.MULTILINE)) == len(CATALOGUE)


def test_every_block_of_the_page_ends(page: str) -> None:
    open_fence = ""
    for line in page.split("\n"):
        fence = re.match(r"`{3,}", line)
        if open_fence:
            open_fence = "" if line == open_fence else open_fence
        elif fence:
            open_fence = fence[0]
    assert not open_fence


def test_a_page_shows_no_line_that_nobody_reads(page: str) -> None:
    inside = [line for line in page.split("\n") if line.startswith("<blockquote>")]
    assert inside
    assert all(len(line) <= 161 for line in inside)


@rules
def test_a_terminal_shows_all_of_it(rule: Rule) -> None:
    told = explain(rule)
    assert told.startswith(f"{rule.code} (")
    assert rule.title in told
    assert f"[{rule.code}] " in told
    assert ("fix で直せます" in told) == isinstance(rule, FormRule)
    assert rule.severity != "warning" or f"check: off {rule.code} -->" in told


def test_nothing_invisible_is_printed(page: str) -> None:
    assert {char for char in page if not char.isprintable()} == {"\n", "\u3000"}


def test_what_cannot_be_seen_is_named() -> None:
    assert shown("\ufeffa\x00\tb\u3000c") == "[BOM]a[U+0000]→   b\u3000c"


def test_a_slip_in_a_code_is_understood() -> None:
    assert nearest("source-mising") == "source-missing"
    assert nearest("zzz") == ""


def test_the_guide_names_only_rules_that_there_are() -> None:
    named = {
        (code, file.name)
        for file in FILE.parent.glob("*.md")
        for code in re.findall(
            r"(?:エラー|注意|推測|欠落|除外)\[([a-z-]+)\]|explain ([a-z-]+)", file.read_text(encoding="utf-8")
        )
    }
    codes = {(one or other, name) for (one, other), name in named}
    assert len(codes) > len(RULES)
    assert {(code, name) for code, name in codes if code not in RULES} == set()
