"""An empty note whose comments are its instructions. Comments do not show on the site."""

from __future__ import annotations

import datetime as dt

_TEMPLATE = """\
---
date: {date}
title: 機械学習勉強会
---

<!--
このファイルに、今週のノートを書きます。
不等号で囲んだ説明（このような文）は、サイトに出ません。残しても、消してもかまいません。
書いたら、次のコマンドで確かめられます。
    .venv/bin/python scripts/week.py check docs/notes/{date}.md
-->

# 今週のTOPIC

<!--
発表1つにつき、次の形を写して書きます。省けないのは ## の行だけです。

## [論文] ここに題名

- 発表者: @あなたの名前
- 出典: https://arxiv.org/abs/2511.16719
- タグ: segmentation, foundation-model
- トピック: sam3

ここに本文を書きます。

- 箇条書きも使えます
    - 字下げすると、中に入ります

### 小見出し

[pon] コメントは、ハンドルを角括弧に入れて書きます

種類は [論文] [blog] [code] [動画] [book] [資料] [ニュース] [ツール] [podcast] のどれかです。
出典は、リンクになるように https:// から書きます。
前に取り上げたものを、わかっていてもう一度取り上げるときは、「- 再訪: yes」と書きます。
タグとトピックは docs/data/ にある id か名前です。なければ書かなくてかまいません。
-->

# メインTOPIC

<!-- ここにも、## から同じように書きます。 -->
"""


def template(date: dt.date) -> str:
    """The text of an empty note for a date."""
    return _TEMPLATE.format(date=date.isoformat())
