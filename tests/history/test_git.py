"""What has changed since a revision, as git tells it, whatever the files are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.history import Change, HistoryError, revision
from tests.support.repository import commit, git


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    (folder / "docs/notes").mkdir(parents=True)
    (folder / "docs/data").mkdir()
    (folder / "docs/notes/2025-11-25.md").write_text("一\n" * 9, "utf-8")
    (folder / "docs/notes/メモ 'é.md").write_text("二\n", "utf-8")
    (folder / "docs/data/tags.yml").write_text("tags: []\n", "utf-8")
    (folder / "README.md").write_text("x\n", "utf-8")
    commit(folder)
    return folder


def test_every_kind_of_change(root: Path) -> None:
    notes = root / "docs/notes"
    (notes / "2025-11-25.md").rename(notes / "2025-11-26.md")
    git(root, "add", "--all")
    (notes / "メモ 'é.md").unlink()
    (notes / "新しい.md").write_text("三\n", "utf-8")
    (root / "docs/data/tags.yml").write_text("tags: [a]\n", "utf-8")
    (root / "README.md").write_text("y\n", "utf-8")
    assert revision(root, "HEAD").changes() == (
        Change("docs/data/tags.yml", "docs/data/tags.yml"),
        Change("docs/notes/2025-11-26.md", "docs/notes/2025-11-25.md"),
        Change("docs/notes/メモ 'é.md", "docs/notes/メモ 'é.md", gone=True),
        Change("docs/notes/新しい.md"),
    )


def test_a_file_as_it_was(root: Path) -> None:
    before = revision(root, "HEAD")
    (root / "docs/notes/メモ 'é.md").write_text("別\n", "utf-8")
    assert before.read("docs/notes/メモ 'é.md") == "二\n".encode()
    assert before.read("docs/notes/none.md") is None


def test_what_others_did_since_is_no_change(root: Path) -> None:
    git(root, "switch", "--quiet", "--create", "mine")
    (root / "docs/notes/mine.md").write_text("私\n", "utf-8")
    commit(root)
    git(root, "switch", "--quiet", "main")
    (root / "docs/notes/theirs.md").write_text("人\n", "utf-8")
    commit(root)
    git(root, "switch", "--quiet", "mine")
    assert [change.path for change in revision(root, "main").changes()] == ["docs/notes/mine.md"]


def test_a_root_inside_a_repository(tmp_path: Path) -> None:
    root = tmp_path / "whole" / "part"
    (root / "docs/notes").mkdir(parents=True)
    (root / "docs/notes/a.md").write_text("一\n", "utf-8")
    commit(tmp_path / "whole")
    (root / "docs/notes/a.md").write_text("二\n", "utf-8")
    before = revision(root, "HEAD")
    assert before.changes() == (Change("docs/notes/a.md", "docs/notes/a.md"),)
    assert before.read("docs/notes/a.md") == "一\n".encode()


@pytest.mark.parametrize("name", ["nowhere", "--help", "-x", "HEAD~99", ""])
def test_no_such_revision(root: Path, name: str) -> None:
    with pytest.raises(HistoryError, match="リビジョン") as told:
        revision(root, name)
    assert "\n" not in str(told.value)


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(HistoryError, match="git が答えられません"):
        revision(tmp_path, "main")


def test_no_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(HistoryError, match="git が見つかりません"):
        revision(root, "HEAD")
