"""The lines of a note with everything blotted out in which nothing is markup.

Columns stay what they are, so that what a rule finds in these lines stands at the same place in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from kb.model import blocks as b
from kb.text.formula import formula_at

CODE = "\ufffc"
"""Stands for each character of code, mathematics and front matter: no letter, no blank, no markup."""
COMMENT = "\ufffb"
"""Stands for each character of a comment."""

# What is escaped is skipped: it opens nothing.
_MARKS = ("`", "<!--", "$", "\\(")
_START = re.compile(r"\\.|`+|<!--|\$+")


def prose_lines(lines: Sequence[str], first: int, blocks: Iterable[b.Block]) -> tuple[str, ...]:
    """Every line without its code and comments; `first` is the line behind the front matter."""
    prose = [CODE * len(line) for line in lines[: first - 1]] + list(lines[first - 1 :])
    done = set(range(1, first))
    for begin, end, char in _runs(blocks):
        numbers = range(begin, min(end, len(lines)) + 1)
        done.update(numbers)
        if char:
            for number in numbers:
                prose[number - 1] = char * len(lines[number - 1])
        else:
            prose[begin - 1 : end] = blot("\n".join(lines[begin - 1 : end])).split("\n")
    for number, line in enumerate(prose, 1):
        if number not in done and any(mark in line for mark in _MARKS):
            prose[number - 1] = blot(line)
    return tuple(prose)


def _runs(blocks: Iterable[b.Block]) -> Iterator[tuple[int, int, str]]:
    """First and last line of what is blotted out as a whole, and of texts over more than one line."""
    for block in blocks:
        match block:
            case b.CodeBlock(span=span) | b.Math(span=span):
                yield span.first, span.last, CODE
            case b.Comment(span=span):
                yield span.first, span.last, COMMENT
            case b.Paragraph(span=span) | b.Remark(span=span) | b.Heading(span=span):
                if span.last > span.first:
                    yield span.first, span.last, ""
            case b.Table() | b.Divider():
                pass  # each of their lines is a text of its own
            case b.BulletList() | b.OrderedList() | b.Quote() | b.Callout() | b.Toggle() | b.Aligned():
                pass  # their texts come by themselves
            case _:
                assert_never(block)


def blot(text: str) -> str:
    """A text with its code spans, formulas and comments blotted out; line feeds stay."""
    ticks = _tick_runs(text) if "`" in text else {}
    pieces: list[str] = []
    position = 0
    for start, end, char in _opaque(text, ticks):
        pieces += [text[position:start], *(one if one == "\n" else char for one in text[start:end])]
        position = end
    return "".join((*pieces, text[position:]))


def _tick_runs(text: str) -> dict[int, list[int]]:
    """Where each run of backticks begins, by its length."""
    # Only a run of the same length closes one: to search from each run would take the square of the time.
    runs: dict[int, list[int]] = defaultdict(list)
    for found in re.finditer("`+", text):
        runs[len(found[0])].append(found.start())
    return runs


def _opaque(text: str, ticks: dict[int, list[int]]) -> Iterator[tuple[int, int, str]]:
    position, commented = 0, "-->" in text
    while found := _START.search(text, position):
        start, position, mark = found.start(), found.end(), found[0]
        if mark[0] == "`":
            close = _closing(ticks, position, len(mark))
            if close >= 0:
                position = close + len(mark)
                yield start, position, CODE
        elif mark[0] == "$" or mark == "\\(":
            if formula := formula_at(text, start):
                position = formula.end
                yield start, position, CODE
        elif mark == "<!--" and commented:
            close = text.find("-->", position)
            commented = close >= 0  # no later one closes either, and none is searched for again
            if commented:
                position = close + 3
                yield start, position, COMMENT


def _closing(ticks: dict[int, list[int]], at: int, count: int) -> int:
    """Where the next run of so many backticks begins, or -1."""
    runs = ticks.get(count, [])
    index = bisect_left(runs, at)
    return runs[index] if index < len(runs) else -1
