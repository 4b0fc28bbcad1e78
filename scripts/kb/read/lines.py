"""Lines with their numbers, and what a line begins with."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from kb.model.finding import Span

TAB_WIDTH = 4  # as CommonMark counts: https://spec.commonmark.org/0.31.2/#tabs
IDEOGRAPHIC_SPACE = "\u3000"
IDEOGRAPHIC_WIDTH = 2
"""Columns of a full-width blank used as indentation."""

# Any blank, for pages on the web are indented with no-break ones.
_INDENT = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its line end. Leading tabs and full-width blanks count as columns."""

    number: int
    indent: int
    text: str
    """What follows the indentation."""

    @classmethod
    def from_source(cls, number: int, source: str) -> Line:
        """Take the indentation of a line off."""
        if not source[:1].isspace():
            return cls(number, 0, source.rstrip())
        found = _INDENT.match(source)
        lead = found[0] if found else ""
        return cls(number, _columns(lead), source[len(lead) :].rstrip())

    @property
    def blank(self) -> bool:
        """Whether nothing but blanks stands on it."""
        return not self.text

    def dedent(self, columns: int) -> Line:
        """The line as it stands inside a container whose text begins at that column."""
        return Line(self.number, max(0, self.indent - columns), self.text)

    @property
    def source(self) -> str:
        """The line with its indentation as spaces."""
        return " " * self.indent + self.text if self.text else ""


def _columns(lead: str) -> int:
    width = 0
    for char in lead:
        if char == "\t":
            width += TAB_WIDTH - width % TAB_WIDTH
        else:
            width += IDEOGRAPHIC_WIDTH if char == IDEOGRAPHIC_SPACE else 1
    return width


class Lines(list[Line]):
    """Lines that remember what was looked for in them; they do not change once they are read."""

    # Whether something closes depends on all that follows: a thousand openings without an end would
    # each look through all of it.

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        """Nothing is looked for yet."""
        super().__init__(lines)
        self._places: dict[Hashable, list[int]] = {}
        self.closings: dict[Hashable, dict[int, int]] = {}
        """By kind of container and line of its opening, the line of its closing, or -1."""

    def next(self, name: Hashable, test: Callable[[str], object], index: int) -> int:
        """The first line from `index` on whose text passes a test, or -1; one name stands for one test."""
        places = self._places.get(name)
        if places is None:
            places = self._places[name] = [at for at, line in enumerate(self) if test(line.text)]
        at = bisect_left(places, index)
        return places[at] if at < len(places) else -1

    @classmethod
    def of(cls, lines: list[Line]) -> Lines:
        """The same lines, with a memory."""
        return lines if isinstance(lines, cls) else cls(lines)


def lines_of(text: str, first: int = 1) -> Lines:
    """Cut a text into lines, whatever its line ends are."""
    rows = re.split(r"\r\n|\r|\n", text)
    if rows and not rows[-1]:
        rows.pop()
    return Lines(Line.from_source(number, row) for number, row in enumerate(rows, first))


def span_of(path: str, lines: list[Line]) -> Span:
    """From the first to the last of these lines."""
    return Span(path, lines[0].number, lines[-1].number) if lines else Span(path, 0, 0)
