"""The table of contents of a copied page: all headings in one line, without separators.

The headings are the one way to cut that line into lines of the body, in their order.
"""

from __future__ import annotations

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
    longest = max(map(len, places), default=0)
    best: dict[int, Cut] = {0: Cut((), 0)}
    for position in range(len(contents) + 1):
        cut = best.get(position)
        if cut is None:
            continue
        after = cut.lines[-1] if cut.lines else -1
        for size in range(1, min(longest, len(contents) - position) + 1):
            at = _first_after(places.get(contents[position : position + size], ()), after)
            if at is not None:
                _keep(best, Cut((*cut.lines, at), position + size))
    return best[max(best)]


def _places(body: list[Line]) -> dict[str, tuple[int, ...]]:
    """For each text, the indexes of the lines that could be it as a heading."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(body):
        if line.text and not line.text.startswith(("- ", "|", "@", "＠")):
            found[line.text].append(index)
    return {text: tuple(indexes) for text, indexes in found.items()}


def _first_after(indexes: tuple[int, ...], after: int) -> int | None:
    return next((index for index in indexes if index > after), None)


def _keep(best: dict[int, Cut], cut: Cut) -> None:
    known = best.get(cut.length)
    if known is None or (cut.lines[-1], len(cut.lines)) < (known.lines[-1], len(known.lines)):
        best[cut.length] = cut
