"""What a check found, for a terminal, for GitHub's annotations, for programs and for a comment."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from kb.check.matters import Matter, minor_counts
from kb.check.rules.secrets import masked
from kb.check.run import Checked
from kb.model.finding import SEVERITY_LABELS, Finding, Severity, Span, minor_told
from kb.text.escape import plain, rich
from kb.text.program import typed

Format = Callable[[Checked], str]

_COLOURS: dict[Severity, str] = {
    "error": "31",
    "warning": "33",
    "minor": "34",
    "guess": "36",
    "loss": "35",
    "left-out": "2",
}
_FILES = 5
"""Files that are named in a command; for more of them it is the one for all notes."""
_SHOWN = 100
"""Columns of a line that are shown around a place."""


def text(checked: Checked, *, colour: bool = False) -> str:
    """Each matter with its line and a caret below the place, minor ones in a line a file, then what to do."""
    lines: list[str] = []
    for path, found, minor in _files(checked):
        for one in found:
            lines += _block(one.finding, checked, colour=colour)
            lines += [f"    {one.others_told}"] if one.others else []
        lines += [f"{_paint('1', path, colour=colour)}: {_minor(minor)}"] if minor else []
    return "\n".join([*lines, *_closing(checked)]) + "\n"


def _files(checked: Checked) -> Iterator[tuple[str, list[Matter], list[Matter]]]:
    """Each file with what is told of it one by one, and what is minor, which is told as a number."""
    for path, group in groupby(checked.told, lambda one: one.finding.span.path):
        told = list(group)
        minor = [] if checked.apart else [one for one in told if one.is_minor]
        yield path, [one for one in told if checked.apart or not one.is_minor], minor


def _minor(minor: Sequence[Matter]) -> str:
    """What is minor in a file, in one line: how much of it, and what."""
    counts = Counter(one.finding.code for one in minor for _ in one.places).most_common()
    return f"{minor_told(*minor_counts(minor))}({'、'.join(f'{code} {count}' for code, count in counts)})"


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
        lines.append(f"書き方は、次のコマンドで整えられます: {mending(checked)}")
    if any(one.is_minor or one.others for one in checked.told) and not checked.apart:
        lines.append("1か所ずつ見るには、--all を付けてください。")
    if told := sorted(checked.told, key=lambda one: one.is_minor):
        lines.append(f"くわしい説明: {typed('week')} explain {told[0].finding.code}")
    return lines


def counts(checked: Checked) -> str:
    """One line that says how many errors and warnings there are."""
    severities = [one.finding.severity for one in checked.told]
    wrong, rest = severities.count("error"), severities.count("warning")
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
    """Annotations on the lines of a pull request, one for each matter, one for all minor ones of a file.

    The format is GitHub's: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    rows: list[str] = []
    for path, found, minor in _files(checked):
        rows += map(_annotation, found)
        rows += [_note("notice", Span(path, 0, 0), "minor", _minor(minor))] if minor else []
    return "".join(f"{row}\n" for row in rows)


def _annotation(one: Matter) -> str:
    finding = one.finding
    level = {"error": "error", "warning": "warning"}.get(finding.severity, "notice")
    said = [finding.message, f"→ {finding.hint}" if finding.hint else "", one.others_told]
    return _note(level, finding.span, finding.code, "\n".join(filter(None, said)))


def _note(level: str, span: Span, title: str, message: str) -> str:
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
    return f"::{level} {properties},title={_property(title)}::{_data(message)}"


def _data(words: str) -> str:
    # Percent signs first: what stands for the others begins with one.
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def as_json(checked: Checked) -> str:
    """A list of objects, one for each matter, minor ones too.

    `line` and `column` are those of its first place; they count from 1 and are 0 where the whole is meant.
    `places` has all of them, the first one too; `mended` says whether `week.py fix` mends it.
    """
    return json.dumps([_object(one) for one in checked.told], ensure_ascii=False, indent=1) + "\n"


def _object(one: Matter) -> dict[str, object]:
    finding = one.finding
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.span.path,
        "line": finding.span.first,
        "column": finding.span.column,
        "message": finding.message,
        "hint": finding.hint,
        "places": [{"line": span.first, "column": span.column} for span in one.places],
        "mended": one.mended,
    }


def markdown(checked: Checked) -> str:
    """For a comment or a job's summary: files as headings, errors first, nothing of a note as markup."""
    lines = [f"**{counts(checked)}**", ""]
    for path, found, minor in _files(checked):
        lines += [f"#### {plain(path)}", ""]
        lines += map(_item, sorted(found, key=lambda one: one.finding.severity != "error"))
        lines += [f"- 🛠 {_minor(minor)}"] if minor else []
        lines.append("")
    if checked.mendable:
        lines += ["書き方は、次のコマンドで整えられます。", "", f"```\n{mending(checked)}\n```", ""]
    return "\n".join(lines)


def _item(one: Matter) -> str:
    finding = one.finding
    place = f"{finding.span.first} 行目: " if finding.span.first else ""
    mark = "❌" if finding.severity == "error" else "⚠️"
    more = f"({one.others_told})" if one.others else ""
    words = f"- {mark} {place}{rich(finding.message)}{more} `{finding.code}`"
    return f"{words}<br>→ {rich(finding.hint)}" if finding.hint else words


FORMATS: Mapping[str, Format] = {"text": text, "github": github, "json": as_json, "markdown": markdown}
"""The names that `--format` takes."""
