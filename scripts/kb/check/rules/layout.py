"""Where blocks stand: how far they are indented, and what lies between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kb.check.note import Note
from kb.check.rules.mending import Edit, LineRule, Row, beside, siblings
from kb.model.blocks import (
    Block,
    BulletList,
    Comment,
    Divider,
    OrderedList,
    Paragraph,
    Quote,
    Remark,
    children,
)
from kb.model.codes import Code
from kb.read.lines import Line
from kb.read.lists import NEST


class NestingByTwo(LineRule):
    """Lists that are nested by another width than four blanks."""

    code = Code.NESTING_BY_TWO
    message = "箇条書きの入れ子の字下げが、半角空白4つになっていません"
    hint = "1段ごとに半角空白4つで字下げしてください"

    def edits(self, note: Note) -> Iterator[Edit]:
        """One edit for each list that lies in no other, and whose items stand below each other."""
        for block, rows in beside(note):
            if isinstance(block, BulletList | OrderedList) and _is_even(note, block):
                yield _nested(note, block, rows)


def _is_even(note: Note, block: Block) -> bool:
    columns = ({_indent(note.line(item.span.first)) for item in one.items} for one in _lists(block))
    return all(len(found) == 1 for found in columns)


def _indent(line: str) -> int:
    return Line.from_source(0, line).indent


def _lists(block: Block) -> Iterator[BulletList | OrderedList]:
    """A list and those in it, but for quoted ones: their lines begin with marks of their own."""
    if isinstance(block, BulletList | OrderedList):
        yield block
    for inner in () if isinstance(block, Quote) else children(block):
        yield from _lists(inner)


def _nested(note: Note, block: Block, rows: list[Row]) -> Edit:
    """The lines of a list in the columns of `write`; what lies in code moves with its fence."""
    moved: dict[int, str] = {}
    least, shift = _least(note, block), 0
    for number, typed, written in rows:
        column, verbatim = _indent(typed), number in note.verbatim
        if not (verbatim and number - 1 in note.verbatim):
            shift = _indent(written) - column
        # Tabs in code are the code's own: they stay where its fence stays.
        if shift if verbatim else column >= least.get(number, 0):
            moved[number] = " " * max(0, column + shift) + typed.lstrip()
    return {number: line for number, line in moved.items() if line != note.line(number)}


def _least(note: Note, block: Block) -> dict[int, int]:
    """The column from which a line below the first of an item is surely meant to be in it.

    One at the margin belongs to the item, too, but may have been meant otherwise.
    """
    return {
        number: _indent(note.line(item.span.first)) + NEST
        for one in _lists(block)
        for item in one.items
        for number in item.span.lines[1:]
    }


class BlockTouching(LineRule):
    """A block without a blank line between it and its neighbour."""

    code = Code.BLOCK_TOUCHING
    message = "前の行との間に空行がありません"
    hint = "この行の前に空行を1つ入れてください"

    def edits(self, note: Note) -> Iterator[Edit]:
        """A blank line between neighbours of which one is such a block."""
        for blocks in siblings(note.outline):
            for above, block in pairwise(blocks):
                first = block.span.first
                if above.span.last + 1 == first and _need_gap(above, block):
                    yield {first: f"\n{note.line(first)}"}


def _need_gap(above: Block, below: Block) -> bool:
    """Whether some Markdown joins one of the two to the other, as text does not to text."""
    pair = (above, below)
    if any(isinstance(one, Comment) for one in pair) or all(
        isinstance(one, BulletList | OrderedList) for one in pair
    ):
        return False
    return not all(isinstance(one, Paragraph | Remark | Divider) for one in pair)
