"""What an index is made of: the documents of generated pages, and the HTML of those written by hand."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from kb.link import build_base
from kb.model.document import Document, Section
from kb.model.registry import Registry
from kb.search import build_index

BASE = build_base((), Registry())
HAND_WRITTEN = """<!doctype html><html lang="ja"><head><title>案内 - 題</title></head><body>
<nav>道</nav>
<article class="md-content__inner"><a class="md-content__button" title="編集">編集</a>
<h1 id="top">案内<a class="headerlink" href="#top">¶</a></h1>
<p>はじめの <b>文</b>。<img alt="図の説明" src="x.png"></p><script>let program;</script>
<h2 id="how">手順</h2><ul><li>一つめ<ul><li>二つめ</li></ul></li></ul><pre><code>make serve
make test</code></pre>
<table><tr><td>左</td><td>右</td></tr></table>
<h2>名のない節</h2>
<h3 id="empty">空の節</h3></article></body></html>"""


def put(site: Path, url: str, html: str) -> None:
    (site / url).mkdir(parents=True, exist_ok=True)
    (site / url / "index.html").write_text(html, encoding="utf-8")


def indexed(site: Path, **documents: Document | None) -> dict[str, dict[str, Any]]:
    """The pages in the index of a site, by address."""
    size = build_index(site, BASE, {f"{name}/": one for name, one in documents.items()})
    pieces = [json.loads(zlib.decompress(piece.read_bytes())) for piece in (site / "search").glob("t*.bin")]
    pages = {page["url"]: page for piece in pieces for page in piece}
    assert size.pages == len(pages)
    return pages


def test_a_page_written_by_hand_is_read(tmp_path: Path) -> None:
    put(tmp_path, "guide/one", HAND_WRITTEN)
    assert indexed(tmp_path)["guide/one/"] == {
        "url": "guide/one/",
        "title": "案内",
        "names": [],
        "kinds": ["ガイド"],
        "date": "",
        "presenters": [],
        "tags": [],
        "sections": [
            ["", "", "", "はじめの 文。図の説明"],
            ["how", "手順", "", "一つめ\n二つめ\nmake serve\nmake test\n左\n右"],
            ["", "名のない節", "", ""],
            ["empty", "空の節", "", ""],
        ],
    }


def test_a_page_that_is_excluded_is_not(tmp_path: Path) -> None:
    put(
        tmp_path, "dev/one", HAND_WRITTEN.replace("<head>", '<head><meta name="kb-search" content="exclude">')
    )
    put(tmp_path, "other", HAND_WRITTEN)
    pages = indexed(tmp_path)
    assert pages.keys() == {"other/"}
    assert pages["other/"]["kinds"] == []


def test_a_generated_page_is_its_document(tmp_path: Path) -> None:
    for url in ("one", "two"):
        put(tmp_path, url, HAND_WRITTEN)
    one = Document("one/", "題", sections=(Section("a", "節", "#印", "文"),))
    pages = indexed(tmp_path, one=one, two=None)
    assert pages.keys() == {"one/"}
    assert pages["one/"]["sections"] == [["a", "節", "#印", "文"]]


def test_older_pages_come_first(tmp_path: Path) -> None:
    dates = {"b": "2025-01-07", "a": "2025-01-14", "c": "2024-12-03", "d": ""}
    documents = {name: Document(f"{name}/", name, date=date) for name, date in dates.items()}
    assert list(indexed(tmp_path, **documents)) == ["d/", "c/", "b/", "a/"]


def test_only_the_index_is_written_and_an_older_one_removed(tmp_path: Path) -> None:
    put(tmp_path, "search", HAND_WRITTEN)
    (tmp_path / "search/t7-old.bin").write_bytes(b"")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.html")}
    indexed(tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path: path.read_bytes() for path in files if path.suffix != ".bin"} == before
    assert all(path.parent.name == "search" for path in files)
    assert "t7-old.bin" not in {path.name for path in files}


@pytest.mark.parametrize("broken", ["<", "<html></html>"])
def test_a_file_without_an_article_is_no_page(tmp_path: Path, broken: str) -> None:
    put(tmp_path, "other", HAND_WRITTEN)
    put(tmp_path, "odd", broken)
    assert indexed(tmp_path).keys() == {"other/"}
