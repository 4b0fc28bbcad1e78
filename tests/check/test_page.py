"""The guide's pages of all rules and `week.py explain`: made from the rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.check.catalogue import CATALOGUE, RULES
from kb.check.explain import explain, shown
from kb.check.guide import FOLDER, INDEX, rules_pages
from kb.check.rule import FormRule, Rule
from kb.text.near import closest

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"

rules = pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return dict(rules_pages())


@pytest.fixture(scope="module")
def told(pages: dict[str, str]) -> str:
    """All pages one after the other."""
    return "\n".join(pages.values())


def test_addresses_are_for_ever(pages: dict[str, str]) -> None:
    families = ["reading", "group", "data", "presented", "text", "private", "form", "registry", "import"]
    assert list(pages) == [INDEX, *(f"{FOLDER}/{name}.md" for name in families)]


def test_every_rule_is_a_heading_on_the_page_of_its_family(pages: dict[str, str]) -> None:
    for family in CATALOGUE:
        page = pages[f"{FOLDER}/{family.id}.md"]
        headings = re.findall(r"^## `([a-z-]+)` \{ #\1 \}$", page, re.MULTILINE)
        assert headings == [rule.code for rule in family.rules]


def test_the_index_leads_on_from_each_code_where_it_once_stood(pages: dict[str, str]) -> None:
    rows = re.findall(r"^\| \[`([a-z-]+)`\]\(([a-z]+)\.md#\1\)\{ #\1 \} \|", pages[INDEX], re.MULTILINE)
    assert rows == [(rule.code, family.id) for family in CATALOGUE for rule in family.rules]
    assert len(re.findall(r"^## .+ \{ #rules-\d+ \}$", pages[INDEX], re.MULTILINE)) == len(CATALOGUE)
    assert "{ #off }" in pages[INDEX]


def test_what_a_page_links_to_is_there(pages: dict[str, str]) -> None:
    """An engine looks for the rest, anchors too."""
    links = {link for page in pages.values() for link in re.findall(r"\]\(\.\./([a-z-]+\.md)", page)}
    assert len(links) > 2
    assert all((GUIDE / link).is_file() for link in links)


def test_every_block_of_a_page_ends(pages: dict[str, str]) -> None:
    for page in pages.values():
        open_fence = ""
        for line in page.split("\n"):
            fence = re.match(r"`{3,}", line)
            if open_fence:
                open_fence = "" if line == open_fence else open_fence
            elif fence:
                open_fence = fence[0]
        assert not open_fence


def test_a_page_shows_no_line_that_nobody_reads(told: str) -> None:
    inside = [line for line in told.split("\n") if line.startswith("<blockquote>")]
    assert inside
    assert all(len(line) <= 161 for line in inside)


@rules
def test_a_terminal_shows_all_of_it(rule: Rule) -> None:
    told = explain(rule)
    assert told.startswith(f"{rule.code} (")
    assert rule.words.title in told
    assert f"[{rule.code}] " in told
    assert ("fix で直せます" in told) == isinstance(rule, FormRule)
    assert rule.words.severity != "warning" or f"check: off {rule.code} -->" in told


def test_nothing_invisible_is_printed(told: str) -> None:
    assert {char for char in told if not char.isprintable()} == {"\n", "\u3000"}


def test_what_cannot_be_seen_is_named() -> None:
    assert shown("\ufeffa\x00\tb\u3000c") == "[BOM]a[U+0000]→   b\u3000c"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("source-mising", "source-missing"),
        ("Source_Missing", "source-missing"),
        ("table-raged", "table-ragged"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_a_slip_in_a_code_is_understood(typed: str, meant: str) -> None:
    assert closest(typed, RULES) == meant


def test_the_guide_names_only_rules_that_there_are(told: str) -> None:
    texts = {file.name: file.read_text(encoding="utf-8") for file in GUIDE.glob("*.md")}
    named = {
        (code, name)
        for name, text in {**texts, FOLDER: told}.items()
        for code in re.findall(r"(?:エラー|注意|ヒント|推測|欠落|除外)\[([a-z-]+)\]|explain ([a-z-]+)", text)
    }
    codes = {(one or other, name) for (one, other), name in named}
    assert len(codes) > len(RULES)
    assert {(code, name) for code, name in codes if code not in RULES} == set()
