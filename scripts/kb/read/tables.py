"""Tables: lines of cells between pipes, with or without the line of dashes."""

from __future__ import annotations

import re

from kb.model.blocks import Alignment
from kb.read import markers
from kb.read.lines import Line

Rows = tuple[tuple[str, ...], ...]

_PIPE = re.compile(r"(?<!\\)\|")


def split_cells(text: str) -> tuple[str, ...]:
    """Cut a row at its pipes; an escaped pipe (`\\|`), also in code, belongs to its cell."""
    # The rule is GitHub's: https://github.github.com/gfm/#tables-extension-
    cells = _PIPE.split(text.strip().removeprefix("|"))
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return tuple(cell.strip().replace("\\|", "|") for cell in cells)


def table_at(
    lines: list[Line], index: int, *, without_pipes: bool
) -> tuple[Rows, tuple[Alignment, ...], int] | None:
    """Rows, alignments and the index behind a table, or None where there is none."""
    if markers.TABLE_RULE.match(lines[index].text):
        return None
    end = index
    while end < len(lines) and _is_row(lines[end].text, without_pipes=without_pipes):
        end += 1
    rule = index + 1 < end and bool(markers.TABLE_RULE.match(lines[index + 1].text))
    # Copied tables have no line of dashes: then it takes two lines that begin and end with a pipe.
    if end - index < 2:
        return None
    kept = [line.text for at, line in enumerate(lines[index:end]) if not (rule and at == 1)]
    alignments = _alignments(lines[index + 1].text) if rule else ()
    return tuple(map(split_cells, kept)), alignments, end


def _is_row(text: str, *, without_pipes: bool) -> bool:
    return "|" in text if without_pipes else bool(markers.TABLE_ROW.match(text))


_SIDES: dict[tuple[bool, bool], Alignment] = {
    (False, False): "",
    (True, False): "left",
    (False, True): "right",
    (True, True): "center",
}


def _alignments(rule: str) -> tuple[Alignment, ...]:
    found = tuple(_SIDES[cell.startswith(":"), cell.endswith(":")] for cell in split_cells(rule))
    return found if any(found) else ()
