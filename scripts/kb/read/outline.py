"""The outline of a note: parts, entries and their data, every line where it was.

A note is mostly text, and reading the text is what takes time. Who only asks what was presented in
many notes reads their outlines: the entries are those of the note, but for their blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from kb.model.blocks import Block, Heading, Paragraph
from kb.read import markers
from kb.read.blocks import MAX_NESTING, RULES, paragraph
from kb.read.front_matter import read_front_matter
from kb.read.lines import Line, lines_of
from kb.read.lists import NEST, list_items
from kb.read.note import mentions
from kb.read.starts import Context, Found, interrupts

STUB = "***"
"""What stands for text that was left out: a block, so that nothing above it grows into what is below."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_KEY = re.compile(r"[^:：]{1,40}[:：]")
"""How an item of data begins; many others do, too."""
_TOP = Context("")
_SHALLOW = Context("", MAX_NESTING)
"""Where nothing that holds other blocks is found."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block at the top level, or a run of blocks that are text, by the indexes of its lines."""

    kind: str
    """`part` or `entry` (a heading of level 1 or 2), `heading`, `people`, `list`, `empty` or `text`."""
    first: int
    end: int
    body: int = 0
    """Of a list: the index of the first item that can be no data."""


def outline(text: str) -> str:
    """A note without the text of its entries. The other lines keep their numbers."""
    front, rest, _ = read_front_matter(text, "")
    if front is None:
        return text
    lines = lines_of(rest)
    rows = _LINE_END.split(rest)[: len(lines)]
    for first, end in _dropped(pieces(lines)):
        rows[first:end] = [STUB, *[""] * (end - first - 1)]
    return text[: len(text) - len(rest)] + "\n".join([*rows, ""])


def _dropped(pieces: list[Piece]) -> list[tuple[int, int]]:
    """Runs of lines that are text: in each section all between its data and its last `@` lines."""
    runs: list[tuple[int, int]] = []
    for section in sections(pieces):
        body = _without_data(section)
        while body and body[-1].kind in ("people", "empty"):  # they belong to the next section
            body.pop()
        if body:
            runs.append((body[0].first, body[-1].end))
    return runs


def sections(pieces: list[Piece]) -> list[list[Piece]]:
    """Every part and entry with what stands below it; what stands before them tells the title."""
    starts = [at for at, piece in enumerate(pieces) if piece.kind in ("part", "entry")]
    return [pieces[start:end] for start, end in pairwise([*starts, len(pieces)])]


def _without_data(section: list[Piece]) -> list[Piece]:
    """What stands below a heading without what may be data: `@` lines, and items of one list."""
    rest = section[1:]
    listed = False
    while rest and (rest[0].kind in ("people", "empty") or (rest[0].kind == "list" and not listed)):
        piece = rest.pop(0)
        if piece.kind == "list":
            listed = True
            if piece.body < piece.end:
                return [Piece("text", piece.body, piece.end), *rest]
    return rest


def pieces(lines: list[Line]) -> list[Piece]:
    """The blocks of a note at its top level, found but not read."""
    found: list[Piece] = []
    ends = _dull_ends(lines)
    index = 0
    while index < len(lines):
        if lines[index].blank:
            index += 1
            continue
        below_text = bool(found) and found[-1].kind in ("text", "list", "heading")
        if below_text and ends[index] > index:
            found.append(Piece("text", index, ends[index]))
        else:
            found.append(_piece(lines, index))
        index = found[-1].end
    return found


def _dull(line: Line) -> bool:
    """Whether a line can only be running text or an item, wherever it stands."""
    text = line.text
    return text[:1] not in _TELLING and (text[:1] != "-" or (text[1:2] == " " and text[2:3] not in "- "))


_TELLING = frozenset("#`~$<|:@＠=_*+>")


def _dull_ends(lines: list[Line]) -> list[int]:
    """For each line where the run of dull lines ends that it is in; 0 where that has to be read closely.

    What follows such a run begins a block of its own where it is a heading or stands below a blank
    line, and is not indented so far that it could be part of an item.
    """
    ends = [0] * len(lines)
    end = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.blank or _dull(line):
            ends[index] = end
        else:
            fresh = line.text.startswith("#") or (index > 0 and lines[index - 1].blank)
            end = index if fresh and line.indent < NEST else 0
    return ends


def _piece(lines: list[Line], index: int) -> Piece:
    """The block at a line, found as in `kb.read.blocks`, but for lists, whose items are not read."""
    if markers.EMPTY_HEADING.match(lines[index].text):
        return Piece("empty", index, index + 1)
    if interrupts(lines, index):
        if found := _first(lines, index, _SHALLOW):
            return Piece(_kind(found[0]), index, found[1])
        if listed := list_items(lines, index):
            return _list(lines, index, *listed)
        if found := _first(lines, index, _TOP):
            return Piece("text", index, found[1])
    block, end = paragraph(lines, index, _TOP)
    return Piece(_kind(block), index, end)


def _list(lines: list[Line], index: int, items: list[Line], end: int) -> Piece:
    numbers = (item.number for item in items if not _KEY.match(item.text))
    body = next((number - lines[0].number for number in numbers), end)
    return Piece("list", index, end, body)


def _first(lines: list[Line], index: int, context: Context) -> Found | None:
    return next((found for rule in RULES if (found := rule(lines, index, context))), None)


def _kind(block: Block) -> str:
    match block:
        case Heading(level):
            return {1: "part", 2: "entry"}.get(level, "heading")
        case Paragraph() if mentions(block):
            return "people"
        case _:
            return "text"
