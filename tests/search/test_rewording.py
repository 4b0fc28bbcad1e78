"""No label is data: with all of them worded anew, the search is given the same and finds the same.

Labels are what `kb/pages` and the templates print beside the words of notes and registries.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from kb.model.kinds import FOLDERS
from tests.search.engine import running
from tests.site.conftest import HOME, build, make_odd
from tests.site.test_browser import browser

__all__ = ["browser"]

JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿々ー]+")
LISTS = re.compile(rf"|(?:{'|'.join(FOLDERS)})/(?:\d{{4}}(?:-\d+)?/)?")
"""Pages that have no words but their title; the home page has two sentences beside it."""
QUERIES = (
    "SAM 3",
    "なかの",
    "種類:論文",
    "種類:発表者",
    "発表者:zunda 仕様",
    "読み",
    "別名",
    "台帳",
    "#rag",
)


def reworded(text: str) -> str:
    """Other words for each label; the same ones for the same label."""
    return JAPANESE.sub(lambda found: f"替{zlib.crc32(found[0].encode())}語", text)


class _Labels(ast.NodeTransformer):
    """Words every string of a module anew that is shown to somebody."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant(reworded(node.value)) if isinstance(node.value, str) else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        # Patterns read notes; nobody reads them.
        return node if ast.unparse(node.func) == "re.compile" else self.generic_visit(node)


def _reword_files(folder: Path, pattern: str, reword: Callable[[str], str]) -> None:
    changed = 0
    for path in folder.rglob(pattern):
        text = path.read_text(encoding="utf-8")
        path.write_text(reword(text), encoding="utf-8")
        changed += path.read_text(encoding="utf-8") != text
    assert changed


def _reword_module(source: str) -> str:
    return ast.unparse(_Labels().visit(ast.parse(source)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The odd site as it is."""
    return build(make_odd(tmp_path_factory.mktemp("odd")), "mkdocs").site


@pytest.fixture(scope="module")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The odd site, made by a program and with templates that have other labels."""
    scripts = shutil.copytree(HOME / "scripts", tmp_path_factory.mktemp("reworded") / "scripts")
    (scripts.parent / "docs").mkdir()
    shutil.copytree(HOME / "docs/data", scripts.parent / "docs/data")
    _reword_files(scripts / "kb/pages", "*.py", _reword_module)
    root = make_odd(tmp_path_factory.mktemp("odd-reworded"))
    _reword_files(root / "overrides", "*.html", reworded)
    command = [sys.executable, str(scripts / "build.py"), "--root", str(root), "--strict"]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(scripts)})
    return root / "site"


def documents_of(site: Path) -> dict[str, dict[str, Any]]:
    """What the index knows of each page, by address."""
    pieces = (json.loads(zlib.decompress(piece.read_bytes())) for piece in (site / "search").glob("t*.bin"))
    return {page["url"]: page for piece in pieces for page in piece}


def _own(page: dict[str, Any]) -> dict[str, Any]:
    return page | {"title": "", "sections": []} if LISTS.fullmatch(page["url"]) else page


def test_the_labels_are_others(site: Path, other_site: Path) -> None:
    """Or the other tests would say nothing."""
    page = "topics/sam3/index.html"
    before, after = ((one / page).read_text("utf-8") for one in (site, other_site))
    assert "このトピックの別名" in before
    assert "このトピックの別名" not in after
    assert reworded("このトピックの別名") in after


def test_documents_are_the_same(site: Path, other_site: Path) -> None:
    before, after = documents_of(site), documents_of(other_site)
    assert before.keys() == after.keys()
    for url, page in after.items():
        assert _own(page) == _own(before[url])


def test_what_is_found_is_the_same(
    site: Path,
    other_site: Path,
    tmp_path_factory: pytest.TempPathFactory,
    browser: Browser,
) -> None:
    """Hits with the places to which they lead; of pages that only list others not."""
    with running(tmp_path_factory.mktemp("engine"), browser) as engine:
        ask = partial(engine.ask, queries=QUERIES)
        files = [
            {path.name: path.read_bytes() for path in (one / "search").glob("*.bin")}
            for one in (site, other_site)
        ]
        before, after = (ask(engine.write_files(one)) for one in files)
    assert [one["query"] for one in before if not _found(one)] == []
    assert list(map(_found, before)) == list(map(_found, after))


def _found(answer: dict[str, Any]) -> list[dict[str, Any]]:
    told = ("url", "title", "kind", "date", "presenters", "tags", "more", "reason")
    hits = [hit for hit in answer["hits"] if not LISTS.fullmatch(hit["url"])]
    return [
        {key: hit[key] for key in told} | {"places": [place["url"] for place in hit["sections"]]}
        for hit in hits
    ]
