"""The table of contents of a copied page: all headings in one line, without separators."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

from kb.read.lines import Line

_BLANKS = re.compile(r"\s+")
_PIECE = re.compile(r"\s+|\S")


@dataclass(frozen=True, slots=True)
class Cut:
    """A way to cut a prefix of the contents line."""

    lines: tuple[int, ...]
    """Indexes of the body's lines that are headings, ascending."""
    length: int
    """Characters of the contents line that they use up."""


def cut_contents(contents: str, body: list[Line]) -> Cut:
    """Cut the contents line into lines of the body, in order; as much of it as can be cut."""
    # Of several cuts the one whose headings come earliest wins, then the one with fewer headings:
    # a heading stands before the text that may repeat its words, as サマリー does on a real page.
    contents, whole = _squeezed(contents), contents
    places = _places(body)
    sizes = sorted({len(text) for text in places})
    # How to cut the contents up to a place: the last heading, their number, and the place before that one.
    best: dict[int, tuple[int, int, int]] = {0: (-1, 0, -1)}
    for position in range(len(contents)):
        if position not in best:
            continue
        line, count, _ = best[position]
        for size in sizes:
            end = position + size
            at = _first_after(places.get(contents[position:end], ()), line)
            if end <= len(contents) and at is not None:
                step = (at, count + 1, position)
                best[end] = min(best.get(end, step), step)
    position = max(best)
    length = _length_before(whole, position)
    lines: list[int] = []
    while position:
        line, _, position = best[position]
        lines.append(line)
    return Cut(tuple(reversed(lines)), length)


def _squeezed(text: str) -> str:
    """A text in which runs of blanks are one: a browser copies `A  B` with one blank here and two there."""
    return _BLANKS.sub(" ", text)


def _length_before(text: str, count: int) -> int:
    """How many characters of a text become the first so many characters of the squeezed one."""
    pieces = list(islice(_PIECE.finditer(text), count))
    return pieces[-1].end() if pieces else 0


def _places(body: list[Line]) -> dict[str, tuple[int, ...]]:
    """For each text, the indexes of the lines that could be it as a heading."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(body):
        # Notion lists headings only.
        if line.text and not line.text.startswith(("- ", "|", "@", "＠")):
            found[_squeezed(line.text)].append(index)
    return {text: tuple(indexes) for text, indexes in found.items()}


def _first_after(indexes: tuple[int, ...], after: int) -> int | None:
    at = bisect_right(indexes, after)
    return indexes[at] if at < len(indexes) else None
