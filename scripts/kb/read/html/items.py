"""Items of lists, which Notion writes as a list each, put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.model.blocks import Block, Blocks, BulletList, ListItem, OrderedList
from kb.read.lists import counts_on


@dataclass(frozen=True, slots=True)
class Item:
    """An item whose list is not known yet."""

    item: ListItem
    number: int | None
    """The number of an ordered item, None for a bullet."""


Piece = Block | Item
Pieces = Sequence[Piece]


def joined(pieces: Pieces) -> Blocks:
    """Blocks below each other: items of one kind, and numbers that count on, are one list."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        if runs and _joins(runs[-1], piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return tuple(map(_as_one, runs))


def _joins(run: list[Piece], below: Piece) -> bool:
    """As the reader of notes would put them together."""
    match run[-1], below:
        case Item(above, None), Item(item, None):
            return (above.done is None) == (item.done is None)
        case Item(_, int()), Item(_, int(number)):
            first, *others = (one.number or 0 for one in run[:2] if isinstance(one, Item))
            return counts_on(first, len(run), number, rising=others not in ([], [first]))
        case BulletList(), BulletList():  # of paragraphs with dots, which join no other list
            return True
        case _:
            return False


def _as_one(run: list[Piece]) -> Block:
    first = run[0]
    if isinstance(first, Item):
        items = tuple(piece.item for piece in run if isinstance(piece, Item))
        span = replace(first.item.span, last=items[-1].span.last)
        return BulletList(items, span) if first.number is None else OrderedList(first.number, items, span)
    if isinstance(first, BulletList):
        dotted = (piece for piece in run if isinstance(piece, BulletList))
        return replace(first, items=tuple(item for block in dotted for item in block.items))
    return first
