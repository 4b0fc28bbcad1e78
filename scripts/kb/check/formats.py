"""What a check found, for a terminal, for GitHub's annotations, for programs and for a comment."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from kb.check.fix import mendable
from kb.check.rules.private import masked
from kb.check.run import Checked
from kb.model.finding import SEVERITY_LABELS, Finding, Severity
from kb.text.escape import plain, rich
from kb.text.program import typed

Format = Callable[[Checked], str]

_COLOURS: dict[Severity, str] = {"error": "31", "warning": "33", "guess": "36", "loss": "35", "left-out": "2"}
_LINES = 12
_FILES = 5
"""Files that are named in a command; for more of them it is the one for all notes."""
_SHOWN = 100
"""Columns of a line that are shown around a place."""


def text(checked: Checked, *, colour: bool = False) -> str:
    """Each finding with its line and a caret below the place, then the numbers and the next step."""
    lines: list[str] = []
    for finding, rest in gathered(checked.findings):
        lines += _block(finding, checked, colour=colour)
        lines += [f"    ほか {len(rest)} か所: {lines_told(rest)}"] if rest else []
    return "\n".join([*lines, *_closing(checked)]) + "\n"


def gathered(findings: Sequence[Finding]) -> list[tuple[Finding, tuple[Finding, ...]]]:
    """Findings with those that say the same of other lines: matters of form are told once a file."""
    groups: dict[object, list[Finding]] = {}
    for at, finding in enumerate(findings):
        form = bool(mendable((finding,)))
        groups.setdefault((finding.span.path, finding.code) if form else at, []).append(finding)
    return [(first, tuple(rest)) for first, *rest in groups.values()]


def lines_told(findings: Sequence[Finding]) -> str:
    """Their lines, the first few of them."""
    told = "、".join(str(finding.span.first) for finding in findings[:_LINES])
    return f"{told}{' …' if len(findings) > _LINES else ''} 行目"


def _paint(code: str, words: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{words}\x1b[0m" if colour else words


def _block(finding: Finding, checked: Checked, *, colour: bool) -> list[str]:
    label = f"{SEVERITY_LABELS[finding.severity]}[{finding.code}]"
    label = _paint(_COLOURS[finding.severity], label, colour=colour)
    head = f"{_paint('1', str(finding.span), colour=colour)}: {label} {finding.message}"
    hint = [f"    → {finding.hint}"] if finding.hint else []
    return [head, *_excerpt(finding, checked, colour=colour), *hint]


def _excerpt(finding: Finding, checked: Checked, *, colour: bool) -> list[str]:
    """The line and a caret; nothing where the whole file is meant."""
    span = finding.span
    # The log of a check is public where the repository is.
    line = masked(checked.line(span.path, span.first)) if span.first else ""
    if not line.strip():
        return []
    start = span.column - 1 if span.column else len(line) - len(line.lstrip())
    end = span.end - 1 if span.end and span.last == span.first else len(line.rstrip())
    # A long line is shown around the place, and control characters as what they are.
    first = max(0, start - _SHOWN // 2)
    shown = line[first : first + _SHOWN]
    gutter = f"{span.first:>6} | "
    indent = " " * (len(gutter) - 2) + "| " + " " * _width(line[first:start])
    carets = "^" * max(1, _width(line[start : min(end, first + _SHOWN)]))
    return [gutter + visible(shown), indent + _paint(_COLOURS[finding.severity], carets, colour=colour)]


def visible(line: str) -> str:
    """A line without characters that a terminal would obey or hide."""
    return "".join(" " if char == "\t" else char if _printable(char) else "�" for char in line)


def _printable(char: str) -> bool:
    # An escape sequence or a mark of direction in a note must not reach whoever only reads the report.
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _width(words: str) -> int:
    """Columns of a terminal: full-width characters take two, combining ones none."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in words)
    return len(words) + wide - sum(map(bool, map(unicodedata.combining, words)))


def _closing(checked: Checked) -> list[str]:
    lines = [counts(checked)]
    if checked.mendable:
        lines.append(f"書き方は、次のコマンドで直せます: {mending(checked)}")
    if checked.findings:
        code = checked.findings[0].code
        lines.append(f"くわしい説明: {typed('week')} explain {code}")
    return lines


def counts(checked: Checked) -> str:
    """One line that says how many errors and warnings there are."""
    wrong = sum(finding.severity == "error" for finding in checked.findings)
    rest = sum(finding.severity == "warning" for finding in checked.findings)
    if not checked.files:
        return "確認するファイルはありませんでした。"
    if not wrong and not rest:
        return f"{checked.files} 個のファイルを確認しました。気になるところはありません。"
    state = "エラーを直すと、サイトに載せられます。" if wrong else "注意だけなので、このまま載せられます。"
    return f"{checked.files} 個のファイルに、エラーが {wrong} 件、注意が {rest} 件あります。{state}"


def mending(checked: Checked) -> str:
    """The one command that mends all that can be mended without a guess."""
    # A command is there to be copied: a long list of names would not fit on a line.
    few = checked.mendable if len(checked.mendable) <= _FILES else ()
    return " ".join((f"{typed('week')} fix", *few))


def github(checked: Checked) -> str:
    """Annotations on the lines of a pull request.

    The format is GitHub's: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "".join(f"{_annotation(finding)}\n" for finding in checked.findings)


def _annotation(finding: Finding) -> str:
    span = finding.span
    level = {"error": "error", "warning": "warning"}.get(finding.severity, "notice")
    # GitHub takes an end only behind a beginning on the same line, and counts all of them from 1.
    end = span.end if span.first == span.last and span.end != span.column else 0
    place = {
        "file": span.path,
        "line": span.first,
        "endLine": span.last,
        "col": span.column,
        "endColumn": end,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items() if value)
    message = f"{finding.message}\n→ {finding.hint}" if finding.hint else finding.message
    return f"::{level} {properties},title={_property(finding.code)}::{_data(message)}"


def _data(words: str) -> str:
    # Percent signs first: what stands for the others begins with one.
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def as_json(checked: Checked) -> str:
    """A list of objects; `line` and `column` count from 1 and are 0 where the whole is meant."""
    return json.dumps([_object(finding) for finding in checked.findings], ensure_ascii=False, indent=1) + "\n"


def _object(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.span.path,
        "line": finding.span.first,
        "column": finding.span.column,
        "message": finding.message,
        "hint": finding.hint,
    }


def markdown(checked: Checked) -> str:
    """For a comment or a job's summary: files as headings, errors first, nothing of a note as markup."""
    lines = [f"**{counts(checked)}**", ""]
    for path, group in groupby(checked.findings, lambda finding: finding.span.path):
        lines += [f"#### {plain(path)}", ""]
        ordered = sorted(group, key=lambda finding: finding.severity != "error")
        lines += (_item(finding, rest) for finding, rest in gathered(ordered))
        lines.append("")
    if checked.mendable:
        lines += ["書き方は、次のコマンドで直せます。", "", f"```\n{mending(checked)}\n```", ""]
    return "\n".join(lines)


def _item(finding: Finding, rest: Sequence[Finding]) -> str:
    place = f"{finding.span.first} 行目: " if finding.span.first else ""
    mark = "❌" if finding.severity == "error" else "⚠️"
    others = f"(ほか {len(rest)} か所: {lines_told(rest)})" if rest else ""
    words = f"- {mark} {place}{rich(finding.message)}{others} `{finding.code}`"
    return f"{words}<br>→ {rich(finding.hint)}" if finding.hint else words


FORMATS: Mapping[str, Format] = {"text": text, "github": github, "json": as_json, "markdown": markdown}
"""The names that `--format` takes."""
