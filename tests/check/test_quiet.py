"""Checks that are read: of notes as real groups write them little is told, and what matters stands first."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from kb.check.formats import github, text
from kb.check.run import Checked, check_all
from tests.support.groups import images, weeks

WEEKS = 10
MOST = 5
"""Matters that a median note may have: more are not read."""


def _group(root: Path, seed: int) -> tuple[list[str], Checked]:
    notes = weeks(seed, WEEKS)
    for path, content in {**notes, **images(notes)}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8", newline="")
    return list(notes), check_all(root)


@pytest.mark.parametrize("seed", range(30, 36))
def test_a_median_note_has_few_matters(tmp_path: Path, seed: int) -> None:
    notes, checked = _group(tmp_path, seed)
    told = Counter(one.finding.span.path for one in checked.told if not one.is_minor)
    found = Counter(one.span.path for one in checked.findings)
    codes = Counter(one.finding.code for one in checked.told if not one.is_minor).most_common(5)
    assert median(told[path] for path in notes) <= MOST, codes
    assert median(found[path] for path in notes) > MOST, "these notes have faults of all kinds"
    assert not checked.failed
    lines = Counter(row.partition("file=")[2].partition(",")[0] for row in github(checked).splitlines())
    assert median(lines[path] for path in notes) <= MOST + 1


@pytest.mark.parametrize("seed", range(30, 33))
def test_an_error_is_told_among_all_of_this(tmp_path: Path, seed: int) -> None:
    notes, _ = _group(tmp_path, seed)
    note = tmp_path / notes[3]
    note.write_bytes(note.read_bytes() + b"\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n")
    checked = check_all(tmp_path)
    wrong = [one for one in checked.told if one.finding.severity == "error"]
    assert [(one.finding.span.path, one.finding.code) for one in wrong] == [(notes[3], "merge-marker")] * 3
    assert text(checked).count("エラー[merge-marker]") == 3
    assert "エラーが 3 件" in text(checked)
