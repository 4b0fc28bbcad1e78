"""What each stage makes of the shapes that notes come in: a folder per quirk, read by eye when made.

`UPDATE_GOLDEN=1` writes the expected files anew; look at what changed before you keep it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kb.model.session import CODE, SOURCES, TAGS, TOPIC, Entry, Session
from kb.read import Reading, read
from kb.write import write

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))
EXPECTED, REPORT = "expected.md", "report.txt"
ADDED = (SOURCES, CODE, TAGS, TOPIC)
"""What people added to the first note after its import."""


def _cases(stage: str) -> list[Path]:
    return sorted(folder for folder in (HERE / stage).iterdir() if folder.is_dir())


def _reading(folder: Path, dialect: str) -> Reading:
    """The one file that is not expected; where it is not called `input`, its name is part of the case."""
    (file,) = (path for path in folder.iterdir() if path.name not in (EXPECTED, REPORT))
    return read(file.read_bytes(), file.name, dialect)


def _report(reading: Reading) -> str:
    return "".join(f"{finding}\n" for finding in reading.findings)


def _agrees(file: Path, text: str) -> None:
    """An expected file that is not there stands for nothing."""
    if UPDATE and text:
        file.write_bytes(text.encode())
    elif UPDATE:
        file.unlink(missing_ok=True)
    assert text == (file.read_bytes().decode() if file.exists() else "")


def _check(folder: Path, dialect: str) -> None:
    reading = _reading(folder, dialect)
    _agrees(folder / EXPECTED, write(reading.session) if reading.session else "")
    _agrees(folder / REPORT, _report(reading))
    if reading.session:
        again = read((folder / EXPECTED).read_bytes(), EXPECTED, "note")
        assert again.session == reading.session


@pytest.mark.parametrize("folder", _cases("copied"), ids=lambda folder: folder.name)
def test_copied_text(folder: Path) -> None:
    _check(folder, "copied")


@pytest.mark.parametrize("folder", _cases("notes"), ids=lambda folder: folder.name)
def test_note(folder: Path) -> None:
    _check(folder, "note")


def _without_additions(session: Session) -> Session:
    parts = tuple(replace(part, entries=tuple(map(_bare, part.entries))) for part in session.parts)
    return replace(session, parts=parts)


def _bare(entry: Entry) -> Entry:
    return replace(entry, kind="", data=tuple(item for item in entry.data if item.key not in ADDED))


def test_first_note_is_its_page_with_additions() -> None:
    note = read((ROOT / "docs/notes/2025-11-25.md").read_bytes(), "2025-11-25.md", "note").session
    page = read((HERE / "copied/2025-11-25/input.txt").read_bytes(), "input.txt", "copied").session
    assert note
    assert page
    assert _without_additions(note) == _without_additions(page)
    assert all(entry.values(TOPIC) for entry in note.entries)
