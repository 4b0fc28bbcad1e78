"""A rule in words: for `week.py explain` and for its place in the guide (`kb.check.guide`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.check.examples import run_example
from kb.check.rule import FormRule, Rule
from kb.check.rules.secrets import masked
from kb.check.words import NOTE_PATH
from kb.model.finding import SEVERITY_LABELS, Finding

_LONG = 160
"""Characters of a line that are shown; an example of what is too long need not be read whole."""
# A link, or code, in which there is none.
_LINK = re.compile(r"`[^`]*`|\[(?P<text>[^\]`]+)\]\((?P<url>[^)\s]+)\)")
_MARKS = {"\ufeff": "[BOM]", "\r": "[CR]", "\u3000": "\u3000", "\t": "→   "}


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of an explanation: an example, or what is said of it."""

    label: str
    text: str
    prose: bool = False
    """Whether long lines may be broken: a message, not an example whose lines mean something."""


def explain(rule: Rule) -> str:
    """One rule for a terminal: what it is, why, an example of each kind, the message as it is printed."""
    lines = [f"{rule.code} ({weight(rule)})", rule.words.title, "", readable(rule.words.why), ""]
    for piece in pieces(rule):
        lines += [f"{piece.label}:", "", *(f"    {line}".rstrip() for line in rows(piece.text)), ""]
    lines += (
        [f"消すには: <!-- check: off {rule.code} -->"] if rule.words.severity in ("warning", "minor") else []
    )
    return "\n".join(lines).rstrip() + "\n"


def readable(text: str) -> str:
    """Markdown of the guide for a terminal: a link as its words and the file or address that it leads to."""

    def told(found: re.Match[str]) -> str:
        if not found["url"]:
            return found[0]
        folder = "" if "://" in found["url"] else "docs/guide/"
        return f"{found['text']}（{folder}{found['url']}）"

    return _LINK.sub(told, text)


def weight(rule: Rule) -> str:
    """How heavy it is, and whether `fix` mends it."""
    mended = "、fix で直せます" if isinstance(rule, FormRule) else ""
    return f"{SEVERITY_LABELS[rule.words.severity]}{mended}"


def pieces(rule: Rule) -> Iterator[Piece]:
    """The bad example, its message, the good one; a good one that says nothing new is left out."""
    bad, said, good = _labels(rule)
    example = rule.words.example
    stored = f"（{example.encoding} で保存）" if example.encoding != "utf-8" else _stands(rule, example.path)
    absent = rule.words.told_by == "checkout"
    yield Piece(bad + stored, "（ファイルがありません）" if absent else example.bad)
    yield Piece(said, _printed(rule), prose=True)
    if example.good:
        yield Piece(good + _stands(rule, example.good_path or example.path), example.good)


def _labels(rule: Rule) -> tuple[str, str, str]:
    if _is_import(rule):
        return "もとのページ", "こう出ます", "ノートではこうなります"
    if rule.words.severity in ("error", "warning", "minor"):
        return "こう書くと", "こう出ます", "こう書きます"
    return "こういうときに", "こう出ます", "これなら出ません"


def _is_import(rule: Rule) -> bool:
    return rule.words.told_by == "import"


def _stands(rule: Rule, path: str) -> str:
    elsewhere = path.startswith("docs/") and path != NOTE_PATH and not _is_import(rule)
    return f"（{path}）" if elsewhere else ""


def _printed(rule: Rule) -> str:
    if _is_import(rule):
        return f"{SEVERITY_LABELS[rule.words.severity]}[{rule.code}] {rule.words.example.said}"
    found: Iterable[Finding] = run_example(rule)
    return "\n".join(str(finding) for finding in found)


def rows(text: str) -> list[str]:
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
