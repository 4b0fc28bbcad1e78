"""Tables in tags as rows of a note's table."""

from __future__ import annotations

import re
from collections.abc import Callable

_TAG = re.compile(r"</?(?:table|colgroup|col|thead|tbody|tr|td|th)(?:\s[^<>]*)?/?>")
_ROW = re.compile(r"<tr(?:\s[^<>]*)?>")
_CELL = re.compile(r"<t[dh](?:\s[^<>]*)?>")
_ENDS = (re.compile(r"</tr>"), re.compile(r"</t[dh]>"))
_PIPE = re.compile(r"\\.|\|", re.DOTALL)


def without_tags(text: str) -> str:
    """What a reader of the table sees."""
    return _TAG.sub(" ", text)


def table_rows(text: str, spelled: Callable[[str], str]) -> tuple[list[str], str]:
    """The lines of a table, the one of dashes among them, and the words beside its cells."""
    before, *parts = _ROW.split(text)
    rows: list[list[str]] = []
    beside = [before]
    for part in parts:
        row, below = _cut(part, _ENDS[0])
        first, *cells = _CELL.split(row)
        beside += [first, below]
        rows.append([])
        for one in cells:
            cell, behind = _cut(one, _ENDS[1])
            rows[-1].append(_cell(cell, spelled))
            beside.append(behind)
    lines = [f"| {' | '.join(row)} |" for row in rows if row]
    if lines:
        lines[1:1] = ["|" + "---|" * len(next(filter(None, rows)))]
    return lines, " ".join(without_tags(" ".join(beside)).split())


def _cut(text: str, end: re.Pattern[str]) -> tuple[str, str]:
    found = end.search(text)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def _cell(text: str, spelled: Callable[[str], str]) -> str:
    lines = (spelled(line.strip()) for line in text.split("\n"))
    source = "<br>".join(filter(None, lines))
    # A header of dashes alone would be read as the line below a header.
    if source and not source.strip("-:"):
        source = "\\" + source
    return _PIPE.sub(lambda found: "\\|" if found[0] == "|" else found[0], source)
