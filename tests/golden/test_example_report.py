"""The guide shows the report of the first real page: it is what an import says today.

`UPDATE_GOLDEN=1` writes it anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kb.intake import Brought, Given, bring, report_text

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "copied" / "2025-11-25" / "input.txt"
GUIDE = HERE.parents[1] / "docs" / "guide"
FENCED = re.compile(r"(?<=^``` \{ \.text \.kb-wrap \}\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def brought() -> Brought:
    return bring([Given("copied.txt", data=SOURCE.read_bytes())])


@pytest.fixture(scope="module")
def report(brought: Brought) -> str:
    return report_text(brought)


def test_the_example_is_fresh(report: str) -> None:
    file = GUIDE / "example-report.md"
    page = file.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_GOLDEN"):
        page = FENCED.sub(lambda _: report, page)
        file.write_text(page, encoding="utf-8")
    assert FENCED.findall(page) == [report]


def test_what_the_guide_quotes_is_in_it(report: str) -> None:
    page = (GUIDE / "add-a-week.md").read_text(encoding="utf-8")
    section = page.partition("{ #report }")[2]
    quoted = [line for text in FENCED.findall(section) for line in text.splitlines()]
    assert len(quoted) > 4
    assert [line for line in quoted if line not in report.splitlines()] == []


def test_the_counts_in_the_page_are_the_report_s(report: str) -> None:
    page = (GUIDE / "example-report.md").read_text(encoding="utf-8")
    losses = re.search(r"欠落（(\d+)件）", page)
    assert losses
    assert f"欠落 {losses[1]} 件" in report


def test_the_committed_note_is_this_import_with_additions(brought: Brought) -> None:
    """Nothing of the import was taken away by hand: each of its lines is a line of the note."""
    note = (HERE.parents[1] / "docs/notes/2025-11-25.md").read_text(encoding="utf-8").splitlines()
    gone = [line for line in brought.note.splitlines() if line not in note]
    assert all(any(line.removeprefix("## ") in one for one in note) for line in gone)
    assert len(gone) == 3  # the titles that were given their kind
