"""The pages of a small corpus as a whole: those of `tests/link/corpus`, in which everything occurs once.

`UPDATE_GOLDEN=1` writes them anew; look at what changed before you keep it. What the parts of a page
promise is in `tests/pages/`.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kb.link import build_base
from kb.pages import all_pages
from kb.sources import Reader

HERE = Path(__file__).resolve().parent
EXPECTED = HERE / "pages"
CORPUS = HERE.parent / "link" / "corpus"


def test_the_pages_of_a_small_corpus() -> None:
    sources = Reader(CORPUS).read()
    pages = {page.path: page.text for page in all_pages(build_base(sources.sessions, sources.registry))}
    if os.environ.get("UPDATE_GOLDEN"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for path, text in pages.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_bytes(text.encode())
    found = {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes().decode() for path in EXPECTED.rglob("*.md")
    }
    assert found.keys() == pages.keys()
    for path, text in pages.items():
        assert found[path] == text, path
