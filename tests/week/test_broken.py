"""What cannot be read, or is not there any more, is an error of every command that would speak of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.repository import commit
from tests.week.conftest import Week, put

BROKEN = {
    "docs/data/presenters.yml": "presenters:\n - {id: a, name: A}\n  - {id: b, name: B}\n",
    "docs/data/topics.yml": "",
    "docs/data/tags.yml": "tags:\n  - {id: A B, ja: x, en: y}\n",
    "docs/notes/2025-11-25.md": "---\ndate: [\n---\n",
}


@pytest.mark.parametrize("path", BROKEN)
def test_diff_of_what_cannot_be_read_says_what_check_says(run: Week, root: Path, path: str) -> None:
    commit(root)
    put(root / path, BROKEN[path])
    said, checked = run("diff", "--base=main"), run("check")
    assert (said.code, said.out, checked.code) == (1, "", 1)
    errors = [line for line in checked.out.splitlines() if "エラー[" in line]
    assert errors
    assert [line for line in said.lines if "エラー[" in line] == errors


@pytest.mark.parametrize("committed", [True, False])
def test_a_registry_that_a_change_takes_away_is_an_error(run: Week, root: Path, *, committed: bool) -> None:
    put(root / "docs/data/venues.yml", "venues:\n  - {id: iclr, name: ICLR}\n")
    base = commit(root)
    assert "registry" not in run("check").out
    (root / "docs/data/venues.yml").unlink()
    if committed:
        commit(root)
    since = run("check", "--since", base)
    assert since.code == 1
    assert "docs/data/venues.yml: エラー[registry-gone]" in since.out
    whole = run("check")
    assert whole.code == 0
    assert "docs/data/venues.yml: 注意[registry-missing]" in whole.out
    put(root / "docs/data/venues.yml", "venues: []\n")
    assert "[registry-" not in run("check", "--since", base).out + run("check").out


def test_an_empty_registry_is_told_how_to_be_empty(run: Week, root: Path) -> None:
    put(root / "docs/data/venues.yml", "\n")
    assert "`venues: []` と書いてください" in run("check").out
    assert "ファイルを削除" not in run("check").out


def test_a_group_without_registries_has_nothing_missing(run: Week, root: Path) -> None:
    for path in (root / "docs/data").glob("*.yml"):
        path.unlink()
    assert "registry-missing" not in run("check").out
