"""A generator with a memory makes what one without makes, whatever is edited in between."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import write_corpus
from kb.site.generate import Generator, generate
from kb.site.sources import note_files

SESSIONS = 14
ROUNDS = 12

Edit = Callable[[Path, random.Random], None]


def _note(root: Path, chance: random.Random) -> Path:
    return chance.choice(note_files(root))


def _replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def add_a_sentence(root: Path, chance: random.Random) -> None:
    _replace(_note(root, chance), "。\n", "。新しい文を足した。\n\n- 箇条書きも\n")


def name_a_paper(root: Path, chance: random.Random) -> None:
    _replace(_note(root, chance), "。\n", "。arXiv:2401.04088 と Segment Anything も。\n")


def rename_an_entry(root: Path, chance: random.Random) -> None:
    path = _note(root, chance)
    title = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("## "))
    _replace(path, title, f"{title} (改)")


def drop_an_entry(root: Path, chance: random.Random) -> None:
    path = _note(root, chance)
    head, *entries = path.read_text(encoding="utf-8").split("\n## ")
    path.write_text("\n## ".join([head, *entries[1:]]), encoding="utf-8")


def tag_an_entry(root: Path, chance: random.Random) -> None:
    _replace(_note(root, chance), "- タグ: ", "- タグ: 新しいタグ, ")


def present_as_somebody_new(root: Path, chance: random.Random) -> None:
    _replace(_note(root, chance), "- 発表者: ", f"- 発表者: @New Person{chance.randrange(3)}, ")


def remark_as_somebody_new(root: Path, chance: random.Random) -> None:
    _replace(_note(root, chance), "。\n", f"。\n\n[guest{chance.randrange(3)}] なるほど\n\n")


def remove_a_note(root: Path, chance: random.Random) -> None:
    _note(root, chance).unlink()


def move_a_note(root: Path, chance: random.Random) -> None:
    path = _note(root, chance)
    text = path.read_text(encoding="utf-8").replace(path.stem, "2030-01-01", 1)
    path.unlink()
    path.with_name("2030-01-01.md").write_text(text, encoding="utf-8")


def rename_a_topic(root: Path, chance: random.Random) -> None:
    path = root / "docs/data/topics.yml"
    _replace(path, "  name: ", "  name: 改")


EDITS: tuple[Edit, ...] = (
    add_a_sentence,
    name_a_paper,
    rename_an_entry,
    drop_an_entry,
    tag_an_entry,
    present_as_somebody_new,
    remark_as_somebody_new,
    remove_a_note,
    move_a_note,
    rename_a_topic,
)


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


def _first_run(root: Path, fresh: Path) -> dict[str, bytes]:
    shutil.rmtree(fresh, ignore_errors=True)
    for part in ("notes", "data"):
        shutil.copytree(root / "docs" / part, fresh / "docs" / part)
    assert generate(fresh).written
    return _pages(fresh)


@pytest.mark.parametrize("seed", range(3))
def test_edits_give_what_a_first_run_gives(corpus: Path, tmp_path: Path, seed: int) -> None:
    root = tmp_path / "root"
    shutil.copytree(corpus, root)
    generator, chance = Generator(root), random.Random(seed)
    generator.run()
    for _ in range(ROUNDS):
        edit = chance.choice(EDITS)
        edit(root, chance)
        generator.run()
        assert _pages(root) == _first_run(root, tmp_path / "fresh"), edit.__name__


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
    assert _pages(root) == _first_run(root, tmp_path / "fresh")


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
