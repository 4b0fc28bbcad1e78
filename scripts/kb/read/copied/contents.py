"""The table of contents of a copied page: all headings in one line, without separators.

The headings are the one way to cut that line into lines of the body, in their order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from kb.read.lines import Line


@dataclass(frozen=True, slots=True)
class Cut:
    """A way to cut a prefix of the contents line."""

    lines: tuple[int, ...]
    """Indexes of the body's lines that are headings, ascending."""
    length: int
    """Characters of the contents line that they use up."""


def cut_contents(contents: str, body: list[Line]) -> Cut:
    """Cut the contents line into lines of the body, in order; as much of it as can be cut.

    Where several cuts use it up, the one wins whose headings come earliest in the body, then the one
    with fewer headings: a heading stands before the text that may repeat its words. List items, table
    rows and `@` lines are no headings. Takes time linear in cuts times lines that fit.
    """
    places = _places(body)
    sizes = sorted({len(text) for text in places})
    best: dict[int, _Step] = {0: _Step(-1, 0, None)}
    for position in range(len(contents) + 1):
        step = best.get(position)
        if step is None:
            continue
        for size in sizes:
            if position + size > len(contents):
                break
            at = _first_after(places.get(contents[position : position + size], ()), step.line)
            if at is not None:
                _keep(best, position + size, _Step(at, step.count + 1, step))
    length = max(best)
    return Cut(best[length].lines(), length)


@dataclass(frozen=True, slots=True)
class _Step:
    """A way to cut the contents up to a place: its last heading, and the way to the one before."""

    line: int
    count: int
    before: _Step | None

    def lines(self) -> tuple[int, ...]:
        found: list[int] = []
        step: _Step | None = self
        while step is not None and step.before is not None:
            found.append(step.line)
            step = step.before
        return tuple(reversed(found))


def _places(body: list[Line]) -> dict[str, tuple[int, ...]]:
    """For each text, the indexes of the lines that could be it as a heading."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(body):
        if line.text and not line.text.startswith(("- ", "|", "@", "＠")):
            found[line.text].append(index)
    return {text: tuple(indexes) for text, indexes in found.items()}


def _first_after(indexes: tuple[int, ...], after: int) -> int | None:
    at = bisect_right(indexes, after)
    return indexes[at] if at < len(indexes) else None


def _keep(best: dict[int, _Step], length: int, step: _Step) -> None:
    known = best.get(length)
    if known is None or (step.line, step.count) < (known.line, known.count):
        best[length] = step
