"""The rules as pages of the guide: an index with every code, and a page for each family."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.check.catalogue import CATALOGUE, RULES, Family
from kb.check.explain import Piece, pieces, rows, weight
from kb.check.rule import FormRule, Rule
from kb.model.finding import SEVERITY_LABELS
from kb.text.escape import fence_for

FOLDER = "guide/rules"
"""Where the pages are, below `docs/`."""
INDEX = f"{FOLDER}/index.md"
_PAGE_LINK = re.compile(r"\]\((?=[a-z-]+\.md)")

_HEAD = """\
---
title: {title}
description: {description}
edit_path: ""
search:
  exclude: true
---

# {title}
"""

_INTRO = f"""\
ノートを確かめるときと、Notionから取り込むときに出る{len(RULES)}個のメッセージを、1つずつ例で説明します。\
メッセージの角括弧の中（`source-missing` など）が名前です。\
このページでその名前を探すか（ブラウザなら Ctrl+F、Macでは ⌘+F）、次の表から選んでください。
"""

_TAIL = """\
## 重さ

| 重さ | どうすればいい? |
|---|---|
| エラー | 直すまで、サイトに載りません。何を書けばよいかが `→` の行に出ます |
| 注意 | そのままでも載ります。直せるときに直せば大丈夫です |
| ヒント | サイトでの読まれ方は変わりません。ファイルごとに数だけをお知らせします（`--all` で全部出ます） |
| 推測 | 取り込むときに、形から判断したところです。合っているか、見てください |
| 欠落 | 元のページで、もう失われていたところです。要るものを書き足してください |
| 除外 | ノートに入れなかったものです。何もしなくてかまいません |

🛠 の付いたものは、`.venv/bin/python scripts/week.py fix` でまとめて直せます。言葉は変わりません。

## わかっていて残すとき { #off }

その行の終わりか、すぐ上の行に、名前を書いたコメントを置くと、出なくなります。`:` の後ろに理由を書けます。

```markdown
<!-- check: off source-missing : 社内の話なので出典はありません -->
```

ノートのいちばん上（最初の見出しより前）に置くと、そのノート全体で出なくなります。\
ノートが読めないときのエラーは、消せません。
"""


def rules_paths() -> tuple[str, ...]:
    """The paths of all pages of rules below `docs/`: the index, and a page for each family."""
    return (INDEX, *(f"{FOLDER}/{family.id}.md" for family in CATALOGUE))


def rules_pages() -> Iterator[tuple[str, str]]:
    """All pages of rules: the path below `docs/`, and the text."""
    texts = (_index(), *map(_page, CATALOGUE))
    return zip(rules_paths(), map(_text, texts), strict=True)


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _index() -> Iterator[str]:
    yield _HEAD.format(title="メッセージ一覧", description="確認と取り込みのメッセージの意味と、直し方")
    yield _INTRO
    yield from ("| どんなこと? | いくつ |", "|---|---|")
    yield from (f"| [{one.title}](#{_anchor(at)}) | {len(one.rules)} |" for at, one in enumerate(CATALOGUE))
    yield from ("", _TAIL)
    for at, family in enumerate(CATALOGUE):
        yield f"## {family.title} {{ #{_anchor(at)} }}"
        yield from ("", "| 名前 | 重さ | どういうこと? |", "|---|---|---|")
        yield from (_row(family, rule) for rule in family.rules)
        yield ""


def _anchor(number: int) -> str:
    """A family's anchor on the index; codes are anchors too, and none of them ends in a digit."""
    return f"rules-{number + 1}"


def _row(family: Family, rule: Rule) -> str:
    """The row of a code. It is an anchor, too: once all rules stood on this page, each at its own."""
    tool = " 🛠" if isinstance(rule, FormRule) else ""
    link = f"[`{rule.code}`]({family.id}.md#{rule.code}){{ #{rule.code} }}"
    return f"| {link} | {SEVERITY_LABELS[rule.words.severity]}{tool} | {rule.words.title} |"


def _page(family: Family) -> Iterator[str]:
    yield _HEAD.format(title=family.title, description=f"「{family.title}」のメッセージの意味と、直し方")
    yield f"[メッセージ一覧](index.md)の{len(RULES)}個のうち、「{family.title}」の{len(family.rules)}個です。"
    yield ""
    for rule in family.rules:
        yield f"## `{rule.code}` {{ #{rule.code} }}"
        yield from ("", f"**{rule.words.title}**（{weight(rule)}）", "")
        # What a rule links to is written as the terminal shows it: from the guide, one folder above.
        yield from (_PAGE_LINK.sub("](../", rule.words.why), "")
        for piece in pieces(rule):
            yield from _fenced(piece)


def _fenced(piece: Piece) -> Iterator[str]:
    body = "\n".join(rows(piece.text))
    fence = fence_for(body)
    kind = f"{fence} {{ .text .kb-wrap }}" if piece.prose else f"{fence}text"
    yield from (f"{piece.label}:", "", kind, body, fence, "")
