"""A generator with a memory makes what one without makes, whatever is edited in between."""

from __future__ import annotations

import gc
import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus import write_corpus
from kb.model.document import Document
from kb.model.finding import errors
from kb.site.generate import Generator, generate
from kb.sources import note_files
from tests.support.edits import EDITS, Edit, add_a_sentence

SESSIONS = 14
ROUNDS = 12


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpus")
    write_corpus(root, 1)
    for path in note_files(root)[:-SESSIONS]:
        path.unlink()
    return root


def _pages(root: Path) -> dict[str, bytes]:
    docs = root / "docs"
    return {
        path.relative_to(docs).as_posix(): path.read_bytes()
        for path in docs.rglob("*.md")
        if not path.is_relative_to(docs / "notes")
    }


def _first_run(root: Path, fresh: Path) -> tuple[dict[str, bytes], Mapping[str, Document | None]]:
    """Pages and documents of a generator that remembers nothing."""
    shutil.rmtree(fresh, ignore_errors=True)
    for part in ("notes", "data"):
        shutil.copytree(root / "docs" / part, fresh / "docs" / part)
    done = generate(fresh)
    assert done.written
    return _pages(fresh), done.documents


@pytest.mark.parametrize("seed", range(3))
def test_edits_give_what_a_first_run_gives(corpus: Path, tmp_path: Path, seed: int) -> None:
    root = tmp_path / "root"
    shutil.copytree(corpus, root)
    generator, chance = Generator(root), random.Random(seed)
    generator.run()
    for _ in range(ROUNDS):
        edit = chance.choice(EDITS)
        edit(root, chance)
        done = generator.run()
        assert (_pages(root), done.documents) == _first_run(root, tmp_path / "fresh"), edit.__name__


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_each_edit_is_seen(corpus: Path, tmp_path: Path, edit: Edit) -> None:
    root = tmp_path / "root"
    shutil.copytree(corpus, root)
    generator = Generator(root)
    generator.run()
    edit(root, random.Random(7))
    after = generator.run()
    assert after.written
    assert after.written.changed or after.written.removed
    assert (_pages(root), after.documents) == _first_run(root, tmp_path / "fresh")


def test_a_small_edit_writes_few_pages(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(corpus, root)
    generator = Generator(root)
    generator.run()
    add_a_sentence(root, random.Random(1))
    done = generator.run()
    assert done.written
    # The lines below the edit have moved, and with them the edit links of what was made from them.
    assert 1 <= len(done.written.changed) < done.written.total / 10
    again = generator.run().written
    assert again
    assert (again.changed, again.removed, again.total) == ((), (), done.written.total)


def test_a_page_that_somebody_removed_or_changed_comes_back(corpus: Path, tmp_path: Path) -> None:
    """One that is not made anew is compared by its presence only; what is there is left alone."""
    root = tmp_path / "root"
    shutil.copytree(corpus, root)
    generator = Generator(root)
    generator.run()
    pages = _pages(root)
    for folder in ("sessions", "topics", "papers", "presenters", "tags"):
        next(path for path in sorted((root / "docs" / folder).iterdir()) if path.stem != "index").unlink()
    again = generator.run().written
    assert again
    assert len(again.changed) == 5
    assert _pages(root) == pages


def test_with_an_error_nothing_is_written_and_a_later_run_goes_on(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(corpus, root)
    generator = Generator(root)
    generator.run()
    before, tags = _pages(root), (root / "docs/data/tags.yml").read_text(encoding="utf-8")
    (root / "docs/data/tags.yml").write_text("tags: 1\n", encoding="utf-8")
    note_files(root)[-1].unlink()
    failed = generator.run()
    assert (failed.base, failed.written) == (None, None)
    assert errors(failed.findings)
    assert _pages(root) == before
    (root / "docs/data/tags.yml").write_text(tags, encoding="utf-8")
    done = generator.run()
    assert done.written
    assert (_pages(root), done.documents) == _first_run(root, tmp_path / "fresh")


def test_a_run_tells_what_it_did(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(corpus, root)
    done = generate(root)
    assert done.base
    assert done.written
    assert len(done.base.sessions) == SESSIONS
    assert done.written.total == len(done.written.changed) == len(_pages(root))
    assert done.findings[-len(done.base.findings) :] == done.base.findings
    assert 0 < done.seconds < 1000


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_as_it_was(tmp_path: Path, enabled: bool) -> None:
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        generate(tmp_path)
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if before else gc.disable)()
