"""The lines of a page in rows: what is one block together, each tag of a container alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.read.enhanced.inline import icon_of, visible
from kb.read.enhanced.tables import without_tags
from kb.read.enhanced.tags import CONTAINERS, LIST, SILENT, attributes_of, pattern_of
from kb.read.lines import TAB_WIDTH, Line, Lines
from kb.read.starts import comment_end, fence_end, is_table, math_end
from kb.read.tables import table_at

_OPEN = re.compile(pattern_of(*CONTAINERS) + r"\s*(?P<rest>.*)$")
_CLOSE = re.compile(rf"(?P<rest>.*?)\s*(?<!\\)</(?P<name>{'|'.join(CONTAINERS)})>$")
SILENT_LINE = re.compile(pattern_of(*SILENT) + "$")
SUMMARY_LINE = re.compile(rf"{pattern_of('summary')}(?P<text>.*?)</summary>\s*(?P<rest>.*)$")
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
        return self._tag(_OPEN) or (DIRECTIVE if self._directive("name") else "")

    @property
    def closes(self) -> str:
        """The container that closes here."""
        return self._tag(_CLOSE) or ("" if self.opens or self._directive("all") is None else DIRECTIVE)

    def _tag(self, pattern: re.Pattern[str]) -> str:
        found = None if self.kind else pattern.match(self.lines[0].text)
        return found["name"] if found and not found["rest"] and not found.groupdict().get("alone") else ""

    def _directive(self, group: str) -> str | None:
        found = None if self.kind else DIRECTIVE_LINE.match(self.lines[0].text)
        return found[group] if found and group == "name" else found[0] if found else None


def rows_of(lines: Lines) -> list[Row]:
    """The lines of a page with those of code, formulas, comments and tables put together."""
    rows: list[Row] = []
    index = 0
    while index < len(lines):
        kind, end = _together(lines, index)
        if kind:
            rows.append(Row(tuple(lines[index:end]), kind))
        elif not lines[index].blank:
            rows += (Row((line,)) for line in _parted(lines[index]))
        index = end
    return rows


def _together(lines: Lines, index: int) -> tuple[str, int]:
    text = lines[index].text
    if end := fence_end(lines, index) or math_end(lines, index):
        return "verbatim", end + 1
    if end := comment_end(lines, index):
        return "verbatim", end
    if _TABLE.match(text) and (end := lines.next("</table>", lambda row: "</table>" in row, index)) >= 0:
        return "table", end + 1
    if "|" in text and (found := table_at(lines, index, without_pipes=is_table(lines, index))):
        return "pipes", found[2]
    return "", index + 1


def _parted(line: Line) -> Iterator[Line]:
    """A line with each tag of a container on a line of its own."""
    rest = line.text
    depth = line.indent
    behind: list[Line] = []
    while rest:
        if found := SUMMARY_LINE.match(rest):
            yield Line(line.number, depth, rest[: found.start("rest")].strip())
        elif found := _OPEN.match(rest):
            yield Line(line.number, depth, rest[: found.start("rest")].strip())
            depth += TAB_WIDTH
        elif (found := _CLOSE.match(rest)) and found["rest"]:
            behind.append(Line(line.number, line.indent, rest[found.end("rest") :].strip()))
        else:
            yield Line(line.number, depth, rest)
            break
        rest = found["rest"]
    yield from reversed(behind)


def words_of(rows: Sequence[Row]) -> str:
    """What a reader of the page sees of its lines, told without regard to what becomes of them."""
    return "\n".join(map(_words, rows))


def _words(row: Row) -> str:
    text = "\n".join(line.source for line in row.lines)
    if row.kind == "verbatim":
        return text
    if not row.kind and DIRECTIVE_LINE.match(text):
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
