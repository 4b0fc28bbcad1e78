"""The search engine in a real browser, without pages around it: modules, indexes and questions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from kb.model.document import Document, Section
from kb.search.index import index_files
from tests.site.conftest import HOME
from tests.site.test_browser import PREFIX, serve

MODULES = HOME / "docs/assets/javascripts/search"
ASK = """async ([modules, base, queries, limit, sort]) => {
    const { search } = await import(`${modules}/engine.js`);
    const { IndexReader } = await import(`${modules}/reader.js`);
    const reader = new IndexReader(new URL(base, location.href));
    const answers = [];
    for (const query of queries) {
        const early = [];
        try {
            const result = await search(reader, { id: 1, query, sort, limit }, (some) => early.push(some));
            answers.push({ query, ...result, early });
        } catch (error) {
            answers.push({ query, problem: error.kind ?? String(error), message: error.message });
        }
    }
    return answers;
}"""


def page_of(url: str, text: str = "", title: str = "", **more: Any) -> Document:
    """A page with one section."""
    return Document(url, title or url, **({"sections": (Section("", "", "", text),)} | more))


@dataclass
class Engine:
    """A browser page that asks indexes, which lie in folders of a served root."""

    page: Page
    root: Path
    count: int = field(default=0)

    def write(self, pages: Sequence[Document], *more: Mapping[str, Any]) -> Path:
        """A new index."""
        return self.write_files(index_files(pages, *more))

    def write_files(self, files: Mapping[str, bytes]) -> Path:
        """A new index from its files."""
        self.count += 1
        folder = self.root / f"index-{self.count}"
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        return folder

    def ask(
        self,
        folder: Path,
        queries: Sequence[str],
        limit: int = 1000,
        sort: str = "relevance",
        modules: str = "js",
    ) -> list[dict[str, Any]]:
        """What the engine answers to each query."""
        asked = [f"{PREFIX}{modules}", f"{PREFIX}{folder.name}/", list(queries), limit, sort]
        answers: list[dict[str, Any]] = self.page.evaluate(ASK, asked)
        return answers

    def call(self, module: str, script: str, *values: Any) -> Any:
        """What a function of a module answers: `script` is a function of the module and the values."""
        return self.page.evaluate(
            f"async (values) => ({script})(await import('{PREFIX}js/{module}'), ...values)", list(values)
        )


def urls(answer: Mapping[str, Any]) -> list[str]:
    """The pages of an answer, best first."""
    return [hit["url"].partition("#")[0] for hit in answer["hits"]]


@contextmanager
def running(root: Path, browser: Browser) -> Iterator[Engine]:
    """An engine over a served folder."""
    shutil.copytree(MODULES, root / "js")
    (root / "index.html").write_text("<!doctype html><title>-</title>", encoding="utf-8")
    with serve(root) as address:
        page = browser.new_page()
        page.goto(address)
        yield Engine(page, root)
        page.close()
