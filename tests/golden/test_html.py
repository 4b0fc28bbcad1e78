"""Pages of Notion's HTML export, in the shape in which it gives them: a folder per quirk.

`UPDATE_GOLDEN=1` writes the expected files anew; look at what changed before you keep it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.read.blocks import read_blocks
from kb.read.html.reader import is_html, read_html_page
from kb.read.lines import lines_of
from kb.read.page import Page
from kb.write.blocks import write_blocks
from tests.golden.test_golden import EXPECTED, REPORT, UPDATE
from tests.support.pages import lost

FOLDERS = sorted(folder for folder in (Path(__file__).parent / "html").iterdir() if folder.is_dir())


def _page(folder: Path) -> Page:
    return read_html_page((folder / "input.html").read_text(encoding="utf-8"), "input.html")


def _note(page: Page) -> str:
    return "\n".join(write_blocks(page.blocks)) + "\n"


def _report(page: Page) -> str:
    """Title, properties, findings; what a finding names as left out, below it."""
    lines = [f"題: {page.title.source}", *(f"{name}: {value}" for name, value in page.properties), ""]
    for finding in page.findings:
        lines += [str(finding), *([f"    除いた文字: {finding.excerpt}"] if finding.excerpt else [])]
    return "\n".join(lines) + "\n"


def _agrees(file: Path, text: str) -> None:
    if UPDATE:
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_page(folder: Path) -> None:
    page = _page(folder)
    _agrees(folder / EXPECTED, _note(page))
    _agrees(folder / REPORT, _report(page))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_was_read_is_read_again(folder: Path) -> None:
    page = _page(folder)
    again = lines_of("\n".join(write_blocks(page.blocks)))
    assert read_blocks(again, "input.html") == page.blocks


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_character_is_accounted_for(folder: Path) -> None:
    assert is_html((folder / "input.html").read_text(encoding="utf-8"))
    assert not lost(_page(folder))
