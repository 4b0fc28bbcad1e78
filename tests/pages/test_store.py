"""Files change only where pages do, and what is no page any more is gone."""

from __future__ import annotations

from pathlib import Path

from kb.pages.context import Page
from kb.pages.store import store_pages

PAGES = [Page("index.md", "家\n"), Page("topics/a.md", "A\n"), Page("presenters/b/2.md", "B\n")]


def contents(docs: Path) -> dict[str, str]:
    return {
        path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(docs.rglob("*"))
        if path.is_file()
    }


def test_all_pages_are_written(tmp_path: Path) -> None:
    written = store_pages(PAGES, tmp_path)
    assert contents(tmp_path) == {page.path: page.text for page in PAGES}
    assert (written.changed, written.removed, written.total) == (tuple(page.path for page in PAGES), (), 3)


def test_what_did_not_change_is_not_touched(tmp_path: Path) -> None:
    store_pages(PAGES, tmp_path)
    stamps = {path: path.stat() for path in tmp_path.rglob("*.md")}
    written = store_pages([*PAGES[:2], Page("presenters/b/2.md", "新\n")], tmp_path)
    assert written.changed == ("presenters/b/2.md",)
    for path, before in stamps.items():
        same = path.stat().st_mtime_ns == before.st_mtime_ns and path.stat().st_ino == before.st_ino
        assert same == (path.name != "2.md"), path
    assert contents(tmp_path)["presenters/b/2.md"] == "新\n"


def test_stale_pages_are_removed_with_their_folders(tmp_path: Path) -> None:
    store_pages(PAGES, tmp_path)
    (tmp_path / "tags").mkdir()
    (tmp_path / "tags" / "left-over.md").write_text("前の版\n", encoding="utf-8")
    written = store_pages(PAGES[:1], tmp_path)
    assert written.removed == ("presenters/b/2.md", "tags/left-over.md", "topics/a.md")
    assert contents(tmp_path) == {"index.md": "家\n"}
    assert not (tmp_path / "presenters" / "b").exists()


def test_pages_named_unchanged_stay(tmp_path: Path) -> None:
    store_pages(PAGES, tmp_path)
    written = store_pages(PAGES[:1], tmp_path, unchanged=["topics/a.md"])
    assert written.removed == ("presenters/b/2.md",)
    assert written.total == 2
    assert contents(tmp_path) == {"index.md": "家\n", "topics/a.md": "A\n"}


def test_what_people_wrote_is_not_touched(tmp_path: Path) -> None:
    own = {"notes/2025-11-25.md": "ノート\n", "data/tags.yml": "tags: []\n", "guide/index.md": "手引き\n"}
    for name, text in own.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    store_pages(PAGES, tmp_path)
    store_pages([], tmp_path)
    assert contents(tmp_path) == own


def test_a_half_written_file_is_never_seen(tmp_path: Path) -> None:
    """A page is written beside its place and moved there: nothing else is left in the folder."""
    store_pages(PAGES, tmp_path)
    store_pages([Page(page.path, page.text * 2) for page in PAGES], tmp_path)
    assert not list(tmp_path.rglob("*.tmp"))
