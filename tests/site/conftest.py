"""The site of this checkout and a site with every oddity, each built once by each engine."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from kb.cli.site import main
from kb.link import KnowledgeBase, build_base
from kb.sources import Reader

LOOKED_AT = ("mkdocs", "zensical")
"""The engines whose sites all tests look at; `test_agree.py` holds that every engine makes the same."""

HOME = Path(__file__).resolve().parents[2]
PARTS = (
    "mkdocs.yml",
    "overrides",
    *(f"docs/{name}" for name in ("notes", "data", "search.md", "assets", "guide", "dev")),
)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ODD_NOTE = """---
date: 2025-12-02
title: 機械学習勉強会 <script>owned(1)</script>
---

# 今週のTOPIC <script>owned(2)</script>

## [論文] <script>owned(3)</script> 図 "と" 'HTML' & <b onclick=owned(4)>

- 発表者: @Shun Ito, @Hiromu Nakamura (pon)
- 出典: [出典](javascript:owned(5))
- 出典: https://arxiv.org/abs/2511.18423
- タグ: rag, <i onclick=owned(6)>
- トピック: old-gam

<script>owned(7)</script>

<img src=x.png onerror=owned(8)> <iframe src="https://evil.example/owned"></iframe>

[一](javascript:owned(9)) [二](JaVaScRiPt&#58;owned(10)) [三](data:text/html,owned)
![四](javascript:owned(11))

段落 {: #owned onclick=owned(12) }

| <script>owned(13)</script> | [五](vbscript:owned) |
|---|---|
| <svg onload=owned(14)> | `<script>owned(15)</script>` |

```html
<script>owned(16)</script>
```

### 節 <img src=x onerror=owned(17)>

[pon] <style>*{display:none}</style> owned(18)

<details><summary><script>owned(19)</script></summary>

<b onmouseover=owned(20)>中</b>

</details>

### 図

![図の説明](images/図 1.png)

![遠い図](https://images.example/far.png)

### 損失 $\\mathcal{L}$ の式

損失は $x_1 < y$ と $\\text{<b onclick=owned(21)>}$ と $\\href{javascript:owned(22)}{z}$。

> - $$\\sum_{i=1}^{N} aaaaaaaaaa + bbbbbbbbbbbbb + cccccccccccc + dddddddddd + eeeeeeeeeee + ffffffffff$$
"""


@dataclass(frozen=True, slots=True)
class Built:
    """A root with its site, and what was known when it was built."""

    engine: str
    root: Path
    base: KnowledgeBase

    @property
    def site(self) -> Path:
        return self.root / "site"

    def tree(self, page: str) -> html.HtmlElement:
        """The page at an address, `topics/sam3/`."""
        return parsed(self.site / page / "index.html")

    @property
    def pages(self) -> dict[str, html.HtmlElement]:
        """All pages by address; 404 is `404.html`."""
        found = {}
        for path in sorted(self.site.rglob("*.html")):
            address = path.relative_to(self.site).as_posix().removesuffix("index.html")
            found[address] = parsed(path)
        return found


@cache
def parsed(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def copy_checkout(root: Path) -> Path:
    """The parts of this checkout that people wrote."""
    for part in PARTS:
        source, target = HOME / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    return root


def build(root: Path, engine: str) -> Built:
    assert main(["--root", str(root), "--strict", "--engine", engine]) == 0
    sources = Reader(root).read()
    return Built(engine, root, build_base(sources.sessions, sources.registry))


def _change(path: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1)
    assert count == 1, pattern
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """The site of this checkout by engine, built when it is first asked for."""
    return cache(lambda engine: build(copy_checkout(tmp_path_factory.mktemp(f"site-{engine}")), engine))


@pytest.fixture(params=LOOKED_AT)
def built(request: pytest.FixtureRequest, sites: Callable[[str], Built]) -> Built:
    """The site of this checkout, by each engine in turn."""
    return sites(request.param)


@pytest.fixture(scope="session")
def odd_sites(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """A hidden person, a former id, an image beside a note, and a note full of HTML, by engine."""
    return cache(lambda engine: build(make_odd(tmp_path_factory.mktemp(f"odd-{engine}")), engine))


@pytest.fixture(params=LOOKED_AT)
def odd(request: pytest.FixtureRequest, odd_sites: Callable[[str], Built]) -> Built:
    """The odd site, by each engine in turn."""
    return odd_sites(request.param)


def make_odd(root: Path) -> Path:
    copy_checkout(root)
    data, notes = root / "docs/data", root / "docs/notes"
    _change(data / "presenters.yml", r"(handles: \[pon\]\n)", r"\1    hidden: true\n")
    _change(data / "topics.yml", r"(  - id: gam\n)", r"\1    former: [old-gam]\n")
    (notes / "2025-12-02.md").write_text(ODD_NOTE, encoding="utf-8")
    (notes / "images").mkdir()
    (notes / "images" / "図 1.png").write_bytes(PIXEL)
    return root
