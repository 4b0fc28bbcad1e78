"""A rule in words: for `week.py explain` and for the rules' page."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.check.catalogue import CATALOGUE, RULES
from kb.check.examples import run_example
from kb.check.rule import FormRule, Rule
from kb.check.rules.secrets import masked
from kb.check.rules.told import Told
from kb.model.finding import SEVERITY_LABELS, Finding
from kb.text.fence import fence_for

PAGE = "guide/rules.md"
"""Where the page of all rules is, below `docs/`."""
FIX = ".venv/bin/python scripts/week.py fix"
_NOTE_PATH = "docs/notes/2025-12-02.md"
"""Where most examples stand; any other place is told."""
_LONG = 160
"""Characters of a line that are shown; an example of what is too long need not be read whole."""
_MARKS = {"\ufeff": "[BOM]", "\r": "[CR]", "\u3000": "\u3000", "\t": "→   "}

_HEAD = """\
---
title: メッセージ一覧
description: 確認と取り込みのメッセージの意味と、直し方
search:
  exclude: true
---

# メッセージ一覧

ノートを確かめるときと、Notionから取り込むときに出るメッセージを、1つずつ例で説明します。\
メッセージの角括弧の中（`source-missing` など）が名前です。\
このページでその名前を探すか（ブラウザなら Ctrl+F、Macでは ⌘+F）、次の表から選んでください。
"""

_TAIL = f"""\
## 重さ

| 重さ | どうすればいい? |
|---|---|
| エラー | 直すまで、サイトに載りません。何を書けばよいかが `→` の行に出ます |
| 注意 | そのままでも載ります。直せるときに直せば大丈夫です |
| 推測 | 取り込むときに、形から判断したところです。合っているか、見てください |
| 欠落 | 元のページで、もう失われていたところです。要るものを書き足してください |
| 除外 | ノートに入れなかったものです。何もしなくてかまいません |

🛠 の付いたものは、`{FIX}` でまとめて直せます。言葉は変わりません。

## わかっていて残すとき {{ #off }}

その行の終わりか、すぐ上の行に、名前を書いたコメントを置くと、出なくなります。`:` の後ろに理由を書けます。

```markdown
<!-- check: off source-missing : 社内の話なので出典はありません -->
```

ノートのいちばん上（最初の見出しより前）に置くと、そのノート全体で出なくなります。\
ノートが読めないときのエラーは、消せません。
"""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block of an explanation: an example, or what is said of it."""

    label: str
    text: str
    prose: bool = False
    """Whether long lines may be broken: a message, not an example whose lines mean something."""


def nearest(code: str) -> str:
    """The code that was probably meant, or nothing."""
    return next(iter(difflib.get_close_matches(code, RULES, n=1)), "")


def explain(rule: Rule) -> str:
    """One rule for a terminal: what it is, why, an example of each kind, the message as it is printed."""
    lines = [f"{rule.code} ({_kind(rule)})", rule.title, "", rule.why.strip(), ""]
    for piece in _pieces(rule):
        lines += [f"{piece.label}:", "", *(f"    {line}".rstrip() for line in _rows(piece.text)), ""]
    lines += [f"消すには: <!-- check: off {rule.code} -->"] if rule.severity == "warning" else []
    return "\n".join(lines).rstrip() + "\n"


def _kind(rule: Rule) -> str:
    mended = "、fix で直せます" if isinstance(rule, FormRule) else ""
    return f"{SEVERITY_LABELS[rule.severity]}{mended}"


def _pieces(rule: Rule) -> Iterator[_Piece]:
    """The bad example, its message, the good one; a good one that says nothing new is left out."""
    bad, said, good = _labels(rule)
    example = rule.example
    stored = f"（{example.encoding} で保存）" if example.encoding != "utf-8" else _stands(rule, example.path)
    yield _Piece(bad + stored, example.bad)
    yield _Piece(said, _printed(rule), prose=True)
    if example.good:
        yield _Piece(good + _stands(rule, example.good_path or example.path), example.good)


def _labels(rule: Rule) -> tuple[str, str, str]:
    if _is_import(rule):
        return "もとのページ", "こう出ます", "ノートではこうなります"
    if rule.severity in ("error", "warning"):
        return "こう書くと", "こう出ます", "こう書きます"
    return "こういうときに", "こう出ます", "これなら出ません"


def _is_import(rule: Rule) -> bool:
    return isinstance(rule, Told) and rule.where == "import"


def _stands(rule: Rule, path: str) -> str:
    elsewhere = path.startswith("docs/") and path != _NOTE_PATH and not _is_import(rule)
    return f"（{path}）" if elsewhere else ""


def _printed(rule: Rule) -> str:
    if _is_import(rule):
        return f"{SEVERITY_LABELS[rule.severity]}[{rule.code}] {rule.example.said}"
    found: Iterable[Finding] = run_example(rule)
    return "\n".join(str(finding) for finding in found)


def _rows(text: str) -> list[str]:
    """The lines of an example, so that everything that it is about can be seen."""
    rows = [shown(line) for line in text.rstrip("\n").split("\n")]
    return rows if any(rows) else ["（空のファイル）"]


def shown(text: str) -> str:
    """A line with the characters visible that an example is about; cut where it is very long."""
    text = masked(text)  # an example of a secret must not look like one to whoever scans the repository
    line = "".join(_visible(char) for char in text)
    return line if len(line) <= _LONG else line[:_LONG] + "…"


def _visible(char: str) -> str:
    if char in _MARKS:
        return _MARKS[char]
    return char if char.isprintable() else f"[U+{ord(char):04X}]"


def rules_page() -> str:
    """The page of all rules: the families, how heavy, how to switch one off, and each with examples."""
    lines = [_HEAD, "| どんなこと? | いくつ |", "|---|---|"]
    lines += [f"| [{family}](#{_anchor(at)}) | {len(rules)} |" for at, (family, rules) in _families()]
    lines += ["", _TAIL]
    for at, (family, rules) in _families():
        lines += [f"## {family} {{ #{_anchor(at)} }}", "", "| 名前 | 重さ | どういうこと? |", "|---|---|---|"]
        lines += [*(_row(rule) for rule in rules), ""]
        for rule in rules:
            lines += _section(rule)
    return "\n".join(lines).rstrip() + "\n"


def _families() -> Iterable[tuple[int, tuple[str, tuple[Rule, ...]]]]:
    return enumerate(CATALOGUE.items(), 1)


def _anchor(number: int) -> str:
    """A family's anchor; codes are anchors too, and none of them ends in a digit."""
    return f"rules-{number}"


def _row(rule: Rule) -> str:
    tool = " 🛠" if isinstance(rule, FormRule) else ""
    return f"| [`{rule.code}`](#{rule.code}) | {SEVERITY_LABELS[rule.severity]}{tool} | {rule.title} |"


def _section(rule: Rule) -> list[str]:
    lines = [f"### `{rule.code}` {{ #{rule.code} }}", "", f"**{rule.title}**（{_kind(rule)}）", ""]
    lines += [rule.why.strip(), ""]
    for piece in _pieces(rule):
        lines += _fenced(piece)
    return lines


def _fenced(piece: _Piece) -> list[str]:
    body = "\n".join(_rows(piece.text))
    fence = fence_for(body)
    kind = f"{fence} {{ .text .kb-wrap }}" if piece.prose else f"{fence}text"
    return [f"{piece.label}:", "", kind, body, fence, ""]
