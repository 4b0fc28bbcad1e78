"""The lines of a page in rows: what is one block together, each tag of a container alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.read.blocks import MAX_NESTING
from kb.read.enhanced.inline import icon_of, visible
from kb.read.enhanced.tables import without_tags
from kb.read.enhanced.tags import CONTAINERS, LIST, SILENT, attributes_of, parted, pattern_of
from kb.read.lines import TAB_WIDTH, Line, Lines
from kb.read.starts import is_table, verbatim_end
from kb.read.tables import table_at

_CONTAINER = re.compile(pattern_of(*CONTAINERS, closes="(?P<closes>/?)"))
SILENT_LINE = re.compile(pattern_of(*SILENT) + "$")
SUMMARY_LINE = re.compile(pattern_of("summary") + r"(?P<text>.*)</summary>$")
_HEAD = re.compile(r"(?P<details><details(?:\s[^<>]*)?>)?\s*(?P<summary><summary(?:\s[^<>]*)?>.*?</summary>)")
DIRECTIVE_LINE = re.compile(r":{3,}\s*(?P<name>[\w-]*)\s*(?P<attributes>\{.*\})?$")
_TABLE = re.compile(r"<table(?:\s[^<>]*)?>")
DIRECTIVE = ":::"


@dataclass(frozen=True, slots=True)
class Row:
    """Lines that stay together, or a single one that is still to be read."""

    lines: tuple[Line, ...]
    kind: str = ""
    """What they are, `verbatim`, `pipes` or `table`; empty for a single line."""

    @property
    def opens(self) -> str:
        """The container that opens here."""
        return self._container(closes=False) or (DIRECTIVE if self._directive(named=True) else "")

    @property
    def closes(self) -> str:
        """The container that closes here."""
        return self._container(closes=True) or (DIRECTIVE if self._directive(named=False) else "")

    def _container(self, *, closes: bool) -> str:
        found = None if self.kind else _CONTAINER.fullmatch(self.lines[0].text)
        return found["name"] if found and bool(found["closes"]) == closes and not found["alone"] else ""

    def _directive(self, *, named: bool) -> bool:
        found = None if self.kind else DIRECTIVE_LINE.match(self.lines[0].text)
        return bool(found) and bool(found and found["name"]) == named


def rows_of(lines: Lines) -> list[Row]:
    """The lines of a page with those of code, formulas, comments and tables put together."""
    rows: list[Row] = []
    index = 0
    while index < len(lines):
        kind, end = _together(lines, index)
        if kind:
            rows.append(Row(tuple(lines[index:end]), kind))
        elif not lines[index].blank:
            rows += (Row((line,), "table" * _is_table(line)) for line in _parted(lines[index]))
        index = end
    return rows


def _is_table(line: Line) -> bool:
    return bool(_TABLE.match(line.text)) and "</table>" in line.text


def _together(lines: Lines, index: int) -> tuple[str, int]:
    text = lines[index].text
    if end := verbatim_end(lines, index):
        return "verbatim", end
    if _TABLE.match(text) and (end := lines.next("</table>", lambda row: "</table>" in row, index)) >= 0:
        return "table", end + 1
    if "|" in text and (found := table_at(lines, index, without_pipes=is_table(lines, index))):
        return "pipes", found[2]
    return "", index + 1


def _parted(line: Line) -> Iterator[Line]:
    """A line with each tag of a container, and each summary, on a line of its own."""
    depth, deepest = line.indent, line.indent + MAX_NESTING * TAB_WIDTH
    for text in filter(None, map(str.strip, _cut(line.text))):
        found = _CONTAINER.fullmatch(text)
        if found and found["closes"]:
            depth = max(line.indent, depth - TAB_WIDTH)
        yield Line(line.number, depth, text)
        # What stands behind the mark of an item lies in it.
        if not found or not found["closes"]:
            depth = min(depth + TAB_WIDTH, deepest) if found else max(depth, line.indent + TAB_WIDTH)


def _cut(text: str) -> Iterator[str]:
    if "<" not in text:
        yield text
        return
    if head := _HEAD.match(text):
        yield from (head["details"] or "", head["summary"])
        text = text[head.end() :]
    words = ""
    for piece, is_code in parted(text):
        position = 0
        for found in () if is_code else _CONTAINER.finditer(piece):
            yield from (words + piece[position : found.start()], found[0])
            words, position = "", found.end()
        words += piece[position:]
    yield words


def words_of(rows: Sequence[Row]) -> str:
    """What a reader of the page sees of its lines, told without regard to what becomes of them."""
    return "\n".join(map(_words, rows))


def _words(row: Row) -> str:
    text = "\n".join(line.source for line in row.lines)
    if row.kind == "verbatim":
        return text
    if not row.kind and DIRECTIVE_LINE.match(row.lines[0].text):
        return icon_of(attributes_of(text))
    said = "\n".join(visible(LIST.sub("", line)) for line in text.split("\n"))
    return without_tags(said) if row.kind == "table" else said


def paired(rows: Sequence[Row]) -> set[int]:
    """The rows whose tags have a partner."""
    waiting: dict[str, list[int]] = defaultdict(list)
    found: set[int] = set()
    for at, row in enumerate(rows):
        if opens := row.opens:
            waiting[opens].append(at)
        elif (closes := row.closes) and waiting[closes]:
            found |= {at, waiting[closes].pop()}
    return found
