"""A note of which only those sections are read in which certain lines stand."""

from __future__ import annotations

from collections.abc import Collection

from kb.model.session import Session
from kb.read.blocks import read_blocks
from kb.read.front_matter import read_front_matter
from kb.read.lines import Line, lines_of, span_of
from kb.read.note import session_of
from kb.read.outline import pieces, sections


def read_focused(text: str, path: str, wanted: Collection[int]) -> Session | None:
    """A session whose parts and entries are whole where one of these lines stands, counted from 1.

    Of the others only the heading is read, so that entries keep their numbers and lines theirs.
    """
    front, rest, findings = read_front_matter(text, path)
    if front is None:
        return None
    lines = lines_of(rest, front.lines + 1)
    kept: list[Line] = list(lines)
    for section in sections(pieces(lines)):
        first, end = section[0].first, section[-1].end
        if not any(lines[first].number <= line <= lines[end - 1].number for line in wanted):
            body = section[1:]
            while body and body[-1].kind in ("people", "empty"):  # they belong to the next section
                body.pop()
            if body:
                at = section[0].end
                kept[at : body[-1].end] = [Line(line.number, 0, "") for line in lines[at : body[-1].end]]
    return session_of(front, read_blocks(kept, path), span_of(path, lines), findings).session
