"""YAML that would end the program or fill the memory is known before it is read, wherever it may stand."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from hypothesis import given

from kb.intake import Given, bring
from kb.read import read
from kb.registry import read_records
from kb.text.bounds import MAX_DEPTH, unbounded
from tests.support.notes import examples
from tests.support.values import VALUES

DEEP = 100_000
"""At which the reader in C ends the program."""
BOMB = "a: &a [x, x]\n" + "".join(
    f"{key}: &{key} [*{inner}, *{inner}]\n" for inner, key in zip("abcdefgh" * 9, "bcdefghi" * 9, strict=True)
)
HOSTILE = {
    "lists": f"k: {'[' * DEEP}{']' * DEEP}",
    "open lists": f"k: {'[' * DEEP}",
    "maps": f"k: {'{a: ' * DEEP}{'}' * DEEP}",
    "items": f"k:\n- {'- ' * DEEP}x",
    "aliases": BOMB,
    "itself": "k: &k [*k]",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_registry_and_a_note_say_it_in_one_line(text: str) -> None:
    for path in ("docs/data/tags.yml", "docs/data/moved.yml"):
        (finding,) = read_records(path, text.encode()).findings
        assert finding.code == "registry-yaml"
    reading = read(f"---\ndate: 2025-12-02\ntitle: x\n{text}\n---\n\n## 題\n".encode(), "a.md", "note")
    assert "note-front-matter" in [finding.code for finding in reading.findings]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("mark", ["---", "+++"])
def test_a_report_keeps_the_front_matter_as_text(text: str, mark: str) -> None:
    text = text.replace("k: ", "k = ") if mark == "+++" else text
    head = "title = 'x'" if mark == "+++" else "title: x"
    data = f"{mark}\n{head}\n{text}\n{mark}\n\n# 題\n\n## どんなもの？\n\n本文\n".encode()
    brought = bring([Given("a.md", data=data)], dt.date(2025, 12, 2), way="reports")
    assert not brought.failed
    assert brought.account
    assert not brought.account.missing


@examples(200)
@given(VALUES)
def test_what_people_write_is_in_bounds(value: object) -> None:
    assert unbounded(yaml.safe_dump({"k": value}, allow_unicode=True)) is None


def test_the_bound_is_where_it_is_said() -> None:
    for depth, found in ((MAX_DEPTH - 1, False), (MAX_DEPTH, True)):
        assert bool(unbounded(f"k: {'[' * depth}{']' * depth}")) is found
