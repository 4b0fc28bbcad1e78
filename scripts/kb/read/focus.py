"""A note reduced to the sections in which certain lines stand."""

from __future__ import annotations

from collections.abc import Collection

from kb.read.front_matter import read_front_matter
from kb.read.lines import lines_of
from kb.read.outline import _LINE_END, _pieces, _sections


def focus(text: str, wanted: Collection[int]) -> str:
    """A note with only those sections whole in which one of these lines stands, counted from 1.

    Of other sections the heading is left, so that entries keep their numbers; every line keeps its own.
    """
    front, rest, _ = read_front_matter(text, "")
    if front is None:
        return text
    lines = lines_of(rest, front.lines + 1)
    rows = _LINE_END.split(rest)[: len(lines)]
    sections = _sections(_pieces(lines))
    for section in sections:
        first, end = section[0].first, section[-1].end
        if not any(lines[first].number <= line <= lines[end - 1].number for line in wanted):
            body = section[1:]
            while body and body[-1].kind in ("people", "empty"):  # they belong to the next section
                body.pop()
            if body:
                rows[section[0].end : body[-1].end] = [""] * (body[-1].end - section[0].end)
    return text[: len(text) - len(rest)] + "\n".join([*rows, ""])
