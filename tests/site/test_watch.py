"""A served site follows its notes: an edit comes through, however an editor saves it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.cli import site
from kb.site.generate import Generator
from kb.site.serve import SETTLE, WATCHED, watch

NOTE = "---\ndate: 2025-11-25\n---\n\n## 題\n\n- トピック: gam\n\n{}\n"
PATIENCE = 20
"""Seconds; a busy machine is slow, and how fast it is on an idle one is for the benchmark to say."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("docs/notes", "docs/data"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "docs/notes/2025-11-25.md").write_text(NOTE.format("前の文"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def runs(root: Path) -> Iterator[Callable[[], bool]]:
    """Watch the root; the answer waits for the next generation."""
    generator, done = Generator(root), threading.Semaphore(0)

    def call() -> None:
        generator.run()
        done.release()

    generator.run()
    stop = watch(root, call)
    yield lambda: done.acquire(timeout=PATIENCE)
    stop()


def said(root: Path, words: str, page: str = "topics/gam.md") -> bool:
    path = root / "docs" / page
    return path.is_file() and words in path.read_text(encoding="utf-8")


def wait_for(runs: Callable[[], bool], *, holds: Callable[[], bool]) -> bool:
    """Several events may come of one edit; the last of them has to tell."""
    while not holds():
        if not runs():
            return holds()
    return True


def test_an_edited_note_becomes_pages(root: Path, runs: Callable[[], bool]) -> None:
    (root / "docs/notes/2025-11-25.md").write_text(NOTE.format("新しい文"), encoding="utf-8")
    assert wait_for(runs, holds=lambda: said(root, "新しい文"))
    assert not said(root, "前の文")


def test_an_editor_that_saves_beside_and_renames(root: Path, runs: Callable[[], bool]) -> None:
    beside = root / "docs/notes/.2025-11-25.md.swp"
    beside.write_text(NOTE.format("新しい文"), encoding="utf-8")
    beside.replace(root / "docs/notes/2025-11-25.md")
    assert wait_for(runs, holds=lambda: said(root, "新しい文"))


def test_a_new_note_and_a_registry_become_pages(root: Path, runs: Callable[[], bool]) -> None:
    (root / "docs/notes/2025-12-02.md").write_text("## 次\n\n- トピック: gam\n", encoding="utf-8")
    assert wait_for(runs, holds=lambda: said(root, "2025-12-02"))
    (root / "docs/data/topics.yml").write_text("topics:\n  - {id: gam, name: 記憶}\n", encoding="utf-8")
    assert wait_for(runs, holds=lambda: said(root, 'title: "記憶"'))


def test_a_removed_note_takes_its_pages_along(root: Path, runs: Callable[[], bool]) -> None:
    (root / "docs/notes/2025-11-25.md").unlink()
    assert wait_for(runs, holds=lambda: not (root / "docs/sessions/2025-11-25.md").exists())


def test_a_broken_note_leaves_the_pages_and_a_mended_one_renews_them(
    root: Path, runs: Callable[[], bool]
) -> None:
    note = root / "docs/notes/2025-11-25.md"
    note.write_text("---\ndate: [\n---\n", encoding="utf-8")
    assert runs()
    assert said(root, "前の文")
    note.write_text(NOTE.format("直した文"), encoding="utf-8")
    assert wait_for(runs, holds=lambda: said(root, "直した文"))


def test_calls_never_overlap(tmp_path: Path) -> None:
    """Another branch changes notes and registry at once; two that write the same pages would collide."""
    for folder in WATCHED:
        (tmp_path / folder).mkdir(parents=True)
    busy = threading.Lock()
    overlaps: list[bool] = []
    calls: list[int] = []

    def call() -> None:
        overlaps.append(not busy.acquire(blocking=False))
        time.sleep(2 * SETTLE)
        calls.append(1)
        if busy.locked():
            busy.release()

    stop = watch(tmp_path, call)
    try:
        for step in range(6):
            for folder in WATCHED:
                (tmp_path / folder / "a.md").write_text(str(step), "utf-8")
            time.sleep(1.2 * SETTLE)
        time.sleep(4 * SETTLE)
    finally:
        stop()
    assert len(calls) >= 2
    assert not any(overlaps)


def test_an_address_that_is_taken_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs/notes").mkdir(parents=True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert site.main(["serve", "--root", str(tmp_path), "--address", address]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert address in told[0]
    assert "make serve ADDRESS=" in told[0]
