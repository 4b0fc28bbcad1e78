"""Lists, nested by any indentation of two columns or more."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kb.model.blocks import Blocks, BulletList, ListItem, OrderedList
from kb.read import markers
from kb.read.lines import Line, span_of
from kb.read.starts import Found, display, interrupts, text_block

# It reads what is in an item, and is passed: lists hold blocks, and blocks hold lists.
Inside = Callable[[list[Line]], Blocks]

NEST = 2  # the commonest habit by hand; 4 and tabs stand in the same files
"""Columns by which an item has to be indented to lie inside the one above it."""


@dataclass(slots=True)
class _Item:
    """An item while its lines are gathered."""

    indent: int
    number: int | None
    """The number of an ordered item, None for a bullet."""
    bullet: str
    """The bullet; another one begins another list, as in CommonMark."""
    lines: list[Line] = field(default_factory=list)


def _marker(line: Line) -> re.Match[str] | None:
    if markers.DIVIDER.match(line.text):
        return None
    return markers.BULLET.match(line.text) or markers.ORDERED.match(line.text)


def makes_divider(text: str, number: int | None) -> bool:
    """Whether an item's text would be a divider, or a bullet with it, as it is written: `* --`, `• --`."""
    return any(map(markers.DIVIDER.match, (text, f"- {text}" if number is None else text)))


def _item(line: Line, marker: re.Match[str]) -> _Item:
    number = int(marker["number"]) if marker.re is markers.ORDERED else None
    text = marker["text"].strip()
    if makes_divider(text, number):
        text = "\\" + text
    bullet = line.text[0] if number is None else ""
    return _Item(line.indent, number, bullet, [Line(line.number, 0, text)])


def read_list(lines: list[Line], index: int, path: str, inside: Inside) -> Found | None:
    """The list that begins at a line, or None where none does."""
    marker = _marker(lines[index])
    if not marker:
        return None
    items = [_item(lines[index], marker)]
    end = index + 1
    while end < len(lines) and (taken := _take(items, lines, end)) > end:
        end = taken
    while lines[end - 1].blank:
        end -= 1
    return _built(items, path, inside), end


def _take(items: list[_Item], lines: list[Line], index: int) -> int:
    """Give the line at `index` to the list; answer the index behind it, or `index` to end the list."""
    line, item = lines[index], items[-1]
    if line.blank:
        item.lines.append(line)
        return index + 1
    inside = line.indent >= item.indent + NEST
    marker = _marker(line)
    if marker and not inside:
        following = _item(line, marker)
        if not _continues(items, following):
            return index
        items.append(following)
        return index + 1
    # A soft break inside an item goes on in column 0 in exports of Notion.
    after_blank = lines[index - 1].blank
    if inside or (not after_blank and not marker and not interrupts(lines, index)):
        item.lines.append(line.dedent(item.indent + NEST))
        return index + 1
    return index


def _continues(items: list[_Item], following: _Item) -> bool:
    """Whether an item belongs to the list: bullets to bullets, numbers that count on to numbers."""
    first = items[0].number
    if first is None or following.number is None:
        return items[0].bullet == following.bullet
    rising = len(items) > 1 and items[1].number != first
    return counts_on(first, len(items), following.number, rising=rising)


def counts_on(first: int, count: int, following: int, *, rising: bool) -> bool:
    """Whether a number goes on with a list of so many: it is the next, or the same again (`1. 1. 1.`)."""
    return following == first + count or (following == first and not rising)


def _built(items: list[_Item], path: str, inside: Inside) -> BulletList | OrderedList:
    built = tuple(_list_item(item, path, inside) for item in items)
    first = items[0].number
    return BulletList(built) if first is None else OrderedList(first, built)


def _list_item(item: _Item, path: str, inside: Inside) -> ListItem:
    """The item's own text is its first paragraph; the rest is read as blocks."""
    lines = item.lines
    while len(lines) > 1 and lines[-1].blank:
        lines = lines[:-1]
    span = span_of(path, lines)
    task = markers.TASK.match(lines[0].text)
    done = task["mark"] in "xX" if task else None
    if task:
        lines = [Line(lines[0].number, 0, task["text"]), *lines[1:]]
    head, rest = first_paragraph(lines, path)
    return ListItem((*head, *inside(rest)), done, span)


def first_paragraph(lines: list[Line], path: str) -> tuple[Blocks, list[Line]]:
    """What stands behind the marker is text even where it looks like the beginning of a block.

    A displayed formula is one all the same: as text it would be none.
    """
    if lines[0].blank:
        return (), lines[1:]
    if display(lines, 0):
        return (), lines
    end = 1
    while end < len(lines) and not interrupts(lines, end):
        end += 1
    return (text_block(lines[:end], path),), lines[end:]
