"""A rule in words: for `week.py explain` and for the rules' page."""

from __future__ import annotations

import difflib

from kb.check.catalogue import CATALOGUE, RULES
from kb.check.examples import run_example
from kb.check.rule import FormRule, Rule
from kb.check.rules.secrets import masked
from kb.model.finding import SEVERITY_LABELS

PAGE = "guide/rules.md"
"""Where the page of all rules is, below `docs/`."""

_INTRODUCTION = """\
# メッセージ一覧

`week.py check` やプルリクエストのコメントに出るメッセージを、すべて説明します。\
**エラー** だけが、サイトに載るのを止めます。**注意** は、直せるときに直せば大丈夫です。\
🛠 の付いたものは、`python scripts/week.py fix` で自動で直せます。

わかっていて残すときは、その行の終わりか、すぐ上の行に、名前を書いたコメントを置くと出なくなります。

```markdown
<!-- check: off source-missing : 社内の話なので出典はありません -->
```

ノートのいちばん上（最初の見出しより前）に置くと、そのノート全体で出なくなります。
"""


def nearest(code: str) -> str:
    """The code that was probably meant, or nothing."""
    return next(iter(difflib.get_close_matches(code, RULES, n=1)), "")


def explain(rule: Rule) -> str:
    """One rule for a terminal: what it is, why, an example of each kind, the message as it is printed."""
    lines = [f"{rule.code} ({_kind(rule)})", rule.title, "", rule.why.strip(), ""]
    lines += ["こう書くと:", "", *_indented(rule.example.bad), ""]
    lines += ["こう出ます:", "", *_indented(_printed(rule)), ""]
    lines += ["こう書きます:", "", *_indented(rule.example.good), ""]
    lines += [f"消すには: <!-- check: off {rule.code} -->"] if rule.severity == "warning" else []
    return "\n".join(lines).rstrip() + "\n"


def _kind(rule: Rule) -> str:
    mended = "、fix で直せます" if isinstance(rule, FormRule) else ""
    return f"{SEVERITY_LABELS[rule.severity]}{mended}"


def _printed(rule: Rule) -> str:
    found = run_example(rule)
    return "\n".join(str(finding) for finding in found)


def _indented(text: str) -> list[str]:
    return [f"    {shown(line)}".rstrip() for line in text.rstrip("\n").split("\n")]


def shown(text: str) -> str:
    """A line with the characters visible that an example is about."""
    text = masked(text)  # an example of a secret must not look like one to whoever scans the repository
    marks = {"\ufeff": "[BOM]", "\r": "[CR]", "\u2028": "[U+2028]", "\u3000": "\u3000", "\t": "→   "}
    line = "".join(marks.get(char, char) for char in text)
    return "".join(
        char if char.isprintable() or char in "\n\u3000" else f"[U+{ord(char):04X}]" for char in line
    )


def rules_page() -> str:
    """The page of all rules: a table of contents by family, then each rule with its examples."""
    lines = ["---", "title: メッセージ一覧", "description: 確認のメッセージの意味と、直し方", "search:"]
    lines += ["  exclude: true", "---", "", _INTRODUCTION]
    for family, rules in CATALOGUE.items():
        lines += [f"## {family}", "", "| 名前 | 重さ | どういうこと? |", "|---|---|---|"]
        lines += [_row(rule) for rule in rules]
        lines.append("")
        for rule in rules:
            lines += _section(rule)
    return "\n".join(lines)


def _row(rule: Rule) -> str:
    tool = " 🛠" if isinstance(rule, FormRule) else ""
    return f"| [`{rule.code}`](#{rule.code}) | {SEVERITY_LABELS[rule.severity]}{tool} | {rule.title} |"


def _section(rule: Rule) -> list[str]:
    return [
        f"### `{rule.code}` {{ #{rule.code} }}",
        "",
        f"**{rule.title}**（{_kind(rule)}）",
        "",
        rule.why.strip(),
        "",
        *_fenced("こう書くと", rule.example.bad),
        *_fenced("こう出ます", _printed(rule)),
        *_fenced("こう書きます", rule.example.good),
    ]


def _fenced(label: str, text: str) -> list[str]:
    if not text:
        return []
    longest = max((len(run) for run in text.split() if set(run) == {"`"}), default=0)
    fence = "`" * max(3, longest + 1)
    body = "\n".join(shown(line) for line in text.rstrip("\n").split("\n"))
    return [f"{label}:", "", f"{fence}text", body, fence, ""]
