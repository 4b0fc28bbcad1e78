"""The search is given what readers see: documents against the pages that either engine built of them."""

from __future__ import annotations

import pytest

from kb.pages import all_pages
from kb.sources import Reader
from tests.site.conftest import LOOKED_AT, Built, build
from tests.support.articles import assert_article_says

SHAPES = """---
date: 2026-01-06
title: 形のある回
---

前置き

### 前置きの節

- 一

# 今週のTOPIC

部の文

### 部の節

節の文

# 2026-01-06 形のある回

題と同じ名の部

# 今週のTOPIC

同じ名の部

# 今週のTOPIC_1

番号のある名の部

# !

名のない部

# 版_5

# 版_5

# メインTOPIC

## [論文] [題](https://example.org/a)(別の題)

- 発表者: 山田 太郎(taro), 花子
- タグ: rag
- 出典: https://arxiv.org/abs/2511.18423
- 資料: [資料](どこにもない.pdf)

文1
文2 [ここ](../nowhere.md) と ![絵](https://example.org/b.png)

> ### 引用の見出し
>
> 引用の文

- G7: 説明: 一 例: 二 `code`理由: 三 `code`**補足: 四**
- 説明: ふつうの項目
- 項目

    ### 項目の中の見出し

    項目の段落

    <details>
    <summary></summary>

    項目の中の中身

    </details>

- [taro] 項目の発言

### E-commerce

<aside>
💡 囲みの文

### 囲みの見出し

囲みの続き

</aside>

<details>
<summary><!-- 題なし --></summary>

### 中の見出し

中身

</details>

### kb-related

$$
x^2 + y
$$

```python:main.py
print("<b>")
```

| a | b |
|---|---|
| 1 | 2 |

### kb-related

[taro] 発言

## 発表者のない発表

- トピック: 題(別の題)
"""


@pytest.fixture(scope="module", params=LOOKED_AT)
def shaped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Every kind of block in every place in which pages show it differently."""
    root = tmp_path_factory.mktemp(f"shaped-{request.param}")
    (root / "docs/notes").mkdir(parents=True)
    (root / "docs/notes/2026-01-06.md").write_text(SHAPES, encoding="utf-8")
    return build(root, request.param)


def assert_documents_say_what_is_shown(built: Built) -> None:
    """Of every generated page; those that no search looks into are excluded by name."""
    pages = {page.url: page for page in all_pages(built.base, Reader(built.root).read().files)}
    assert pages.keys() <= built.pages.keys()
    for url, page in pages.items():
        if page.document:
            assert page.document.url == url
            assert_article_says(next(built.tree(url).iter("article")), page.document)
        else:
            front = page.text.partition("\n---\n")[0]
            assert '"exclude": true' in front or url.strip("/").rpartition("/")[2].isdigit(), url


def test_the_real_note(built: Built) -> None:
    assert_documents_say_what_is_shown(built)


def test_oddities(odd: Built) -> None:
    assert_documents_say_what_is_shown(odd)


def test_shapes(shaped: Built) -> None:
    assert_documents_say_what_is_shown(shaped)


def test_anchors_of_parts_are_the_engines(shaped: Built) -> None:
    pages = {page.url: page for page in all_pages(shaped.base)}
    document = pages["sessions/2026-01-06/"].document
    assert document
    anchors = [section.anchor for section in document.sections]
    assert [one for one in anchors if "節" not in one] == [
        "",
        "今週のtopic",
        "2026-01-06-形のある回_1",
        "今週のtopic_1",
        "今週のtopic_2",
        "_1",
        "版_5",
        "版_6",
    ]
