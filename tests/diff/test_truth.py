"""What `diff` says of a change is what two whole sites, one before and one after it, show."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

import pytest

from corpus import write_corpus
from kb.diff import Difference, compare
from kb.history import revision
from kb.model.kinds import FOLDERS
from kb.site.generate import generate
from kb.sources import note_files
from tests.support.edits import EDITS, Edit
from tests.support.repository import commit

SESSIONS = 14
OWN = re.compile(rf"({'|'.join(FOLDERS)})/(?!index\.md|\d{{4}}(?:-\d+)?\.md)([^/]+)\.md")
"""Pages of one thing: no lists, and no further pages of long lists."""
WEIGHED = {"related", "two_hops", "edit_line", "registry_line", "partners", "totals", "pages", "narrower"}
"""What weighs or counts everything, or only says in which line something stands."""

Site = dict[str, str]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpus")
    write_corpus(root, 1)
    for path in note_files(root)[:-SESSIONS]:
        path.unlink()
    commit(root)
    return root


@pytest.fixture(scope="module")
def before(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return _site(corpus, tmp_path_factory.mktemp("before"))


def _site(root: Path, fresh: Path) -> Site:
    """Every page of one thing that a whole generation makes, by its address."""
    for part in ("notes", "data"):
        shutil.copytree(root / "docs" / part, fresh / "docs" / part)
    assert generate(fresh).written
    paths = (path.relative_to(fresh / "docs").as_posix() for path in (fresh / "docs").rglob("*.md"))
    found = (match for path in paths if (match := OWN.fullmatch(path)))
    pages = {f"/{one[1]}/{one[2]}/": (fresh / "docs" / one[0]).read_text("utf-8") for one in found}
    return {url: _essence(text) for url, text in pages.items() if '"page_kind: redirect"' not in text}


def _essence(text: str) -> str:
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    kept = (line for line in front.split("\n") if line.partition(":")[0] not in WEIGHED)
    return "\n".join((*kept, body))


def _check(before: Site, after: Site, told: Difference) -> None:
    come, gone = {one.after for one in told.moved}, {one.before for one in told.moved}
    own = before.keys() | after.keys()
    assert {page.url for page in told.added} | come == after.keys() - before.keys()
    assert {page.url for page in told.removed} | gone == before.keys() - after.keys()
    changed = {url for url in before.keys() & after.keys() if before[url] != after[url]}
    assert {page.url for page in told.changed if page.url in own} == changed


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_pages_are_those_of_two_whole_sites(corpus: Path, before: Site, tmp_path: Path, edit: Edit) -> None:
    root = tmp_path / "root"
    shutil.copytree(corpus, root)
    edit(root, random.Random(edit.__name__))
    _check(before, _site(root, tmp_path / "after"), compare(root, revision(root, "HEAD")))


def test_a_new_week_is_linked_as_on_the_whole_site(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(corpus, root)
    newest = note_files(root)[-1]
    text = newest.read_text("utf-8")
    newest.unlink()
    base = commit(root)
    before = _site(root, tmp_path / "before")
    newest.write_text(text, "utf-8")
    told = compare(root, revision(root, base))
    _check(before, _site(root, tmp_path / "after"), told)
    assert told.links
    assert all(link.source.date == newest.stem != link.target.date for link in told.links)
    assert json.loads(json.dumps(told.summary))


def test_a_venue_that_gets_another_name_has_moved(tmp_path: Path) -> None:
    notes, data = tmp_path / "docs/notes", tmp_path / "docs/data"
    notes.mkdir(parents=True)
    data.mkdir()
    (notes / "2025-12-02.md").write_text(
        "---\ndate: 2025-12-02\n---\n\n## [論文] GAM\n\n- 出典: https://arxiv.org/abs/2511.18423\n", "utf-8"
    )
    paper = "{id: gam, type: article, title: GAM, ids: {arxiv: '2511.18423'}, container-title: Memory 2025}"
    (data / "papers.yml").write_text(f"papers:\n  - {paper}\n", "utf-8")
    commit(tmp_path)
    (data / "venues.yml").write_text("venues:\n  - {id: mem, name: MEM, aliases: [Memory]}\n", "utf-8")
    difference = compare(tmp_path, revision(tmp_path, "HEAD"))
    assert [(one.before, one.after) for one in difference.moved] == [("/venues/memory/", "/venues/mem/")]
    assert difference.removed == ()
