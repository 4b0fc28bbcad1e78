"""What an import makes of exports as Notion gives them: a folder per quirk, read by eye when made.

`input` is a folder of files. `input.zip` is packed first, and so is every folder in it whose name ends
in `.zip`; a word before that says how names are written there: `nfd`, `cp932`, or `unflagged` for UTF-8
without the flag that says so. `UPDATE_GOLDEN=1` writes the expected files anew.
"""

from __future__ import annotations

import io
import os
import re
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from kb.intake import Brought, Given, RefusedError, bring, report_text
from kb.intake.report import readable
from kb.read import read

HERE = Path(__file__).resolve().parent / "export"
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))
CASES = sorted(folder for folder in HERE.iterdir() if folder.is_dir())


class _Unflagged(zipfile.ZipInfo):
    """A member whose name is written as bytes, without the flag that tells its encoding."""

    raw = b""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  the library's hook
        return self.raw, self.flag_bits


def packed(folder: Path) -> bytes:
    """A folder as a zip; folders in it that are called so become zips themselves."""
    mode = folder.suffixes[-2] if len(folder.suffixes) > 1 else ""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _members(folder, ""):
            archive.writestr(_named(name, mode), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _members(folder: Path, prefix: str) -> list[tuple[str, bytes]]:
    found = []
    for path in sorted(folder.iterdir()):
        name = prefix + path.name
        if path.is_dir() and path.suffix == ".zip":
            found.append((name, packed(path)))
        elif path.is_dir():
            found += _members(path, name + "/")
        else:
            found.append((name, path.read_bytes()))
    return found


def _named(name: str, mode: str) -> zipfile.ZipInfo:
    if mode not in (".cp932", ".unflagged"):
        return zipfile.ZipInfo(unicodedata.normalize("NFD", name) if mode == ".nfd" else name)
    member = _Unflagged(name.encode().hex())
    member.raw = name.encode("cp932" if mode == ".cp932" else "utf-8")
    return member


def _given(folder: Path) -> list[Given]:
    inputs = [path for path in sorted(folder.iterdir()) if path.name.startswith("input")]
    return [
        Given(path.name, data=packed(path)) if path.suffix == ".zip" else Given(path.name, path=path)
        for path in inputs
    ]


def _agrees(file: Path, text: str) -> None:
    """An expected file that is not there stands for nothing."""
    if UPDATE and text:
        file.write_bytes(text.encode())
    elif UPDATE:
        file.unlink(missing_ok=True)
    assert text == (file.read_bytes().decode() if file.exists() else "")


def _check_sound(brought: Brought) -> None:
    """What holds for every import: the note reads back, and nothing is unaccounted for."""
    assert brought.session
    assert brought.account
    again = read(brought.note.encode(), "expected.md", "note").session
    assert again == brought.session
    assert not brought.account.missing
    account = brought.account
    assert account.source == account.note + account.report + account.marks + account.left


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_export(folder: Path) -> None:
    try:
        brought = bring(_given(folder))
    except RefusedError as refused:
        _agrees(folder / "report.txt", refused.message + "\n")
        _agrees(folder / "expected.md", "")
        return
    _agrees(folder / "expected.md", brought.note)
    _agrees(folder / "report.txt", report_text(brought))
    _agrees(folder / "files.txt", "".join(f"{name}\n" for name in sorted(brought.files)))
    if brought.session:
        _check_sound(brought)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_report_begins_with_what_to_do_and_tells_each_thing_once(folder: Path) -> None:
    try:
        brought = bring(_given(folder))
    except RefusedError:
        return
    told = report_text(brought)
    lines = told.splitlines()
    if brought.findings:
        todo = [one for one in brought.findings if one.severity != "left-out"]
        assert lines[0] == ("すること:" if todo else "することはありません。")
    assert not re.search(r"[0-9a-f]{32}|%(?:25)?[0-9A-F]{2}", told), "names are told as people read them"
    for finding in brought.findings:
        assert readable(finding.message) in told
        assert readable(" ".join(finding.excerpt.split())) in told
        assert readable(finding.hint) in told
    # A kind of findings stands in one place, with its number.
    for code, count in Counter(one.code for one in brought.findings).items():
        assert told.count(f"[{code}]") == 1, code
        assert count == 1 or f"[{code}] {count} 件\n" in told


def test_equal_findings_are_one_line_with_all_their_places() -> None:
    text = "2025-12-02 会\n今週のTOPIC[blog] 題\n今週のTOPIC\n[blog] 題\n文です。\n\n" + "続きの文です。\n\n\n\n" * 40
    brought = bring([Given("copied.txt", data=text.encode())])
    lost = [one.span.first for one in brought.findings if one.code == "copy-lost"]
    assert len(lost) >= 20
    assert len(report_text(brought).splitlines()) < 20
    assert all(re.search(rf"[:、]{line}[:、]", report_text(brought)) for line in lost)


def test_there_is_a_case_for_each_quirk() -> None:
    assert len(CASES) >= 18
