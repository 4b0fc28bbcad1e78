"""Every inline text of a session, changed by a function that knows where the text stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import is_

from kb.model.blocks import (
    Block,
    BulletList,
    Callout,
    Heading,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    Remark,
    Table,
    Toggle,
)
from kb.model.finding import Span
from kb.model.session import Entry, Part, Session

Change = Callable[[str, Span], str]


def with_texts(session: Session, change: Change) -> Session:
    """The session with all its inline texts changed, from top to bottom."""
    blocks = _blocks(session.blocks, change)
    return replace(session, blocks=blocks, parts=tuple(_part(part, change) for part in session.parts))


def _part(part: Part, change: Change) -> Part:
    name, blocks = change(part.name, part.span), _blocks(part.blocks, change)
    return replace(part, name=name, blocks=blocks, entries=tuple(_entry(one, change) for one in part.entries))


def _entry(entry: Entry, change: Change) -> Entry:
    title = change(entry.title, entry.span)
    data = tuple(replace(item, value=change(item.value, item.span)) for item in entry.data)
    return replace(entry, title=title, data=data, blocks=_blocks(entry.blocks, change))


def _blocks(blocks: tuple[Block, ...], change: Change) -> tuple[Block, ...]:
    return tuple([_block(block, change) for block in blocks])


def _block(block: Block, change: Change) -> Block:
    """The block with its texts changed; nearly all stay what they were, and are not made anew."""
    match block:
        case Paragraph(text) | Heading(_, text) | Remark(_, text):
            new = change(text, block.span)
            return block if new == text else replace(block, text=new)
        case BulletList(items) | OrderedList(_, items):
            changed = tuple([_item(item, change) for item in items])
            return block if all(map(is_, changed, items)) else replace(block, items=changed)
        case Table(rows):
            cells = tuple(tuple(change(cell, block.span) for cell in row) for row in rows)
            return replace(block, rows=cells)
        case Toggle(summary, blocks):
            summary = change(summary, block.span)
            return replace(block, summary=summary, blocks=_blocks(blocks, change))
        case Quote(blocks) | Callout(blocks):
            return replace(block, blocks=_blocks(blocks, change))
        case _:
            return block


def _item(item: ListItem, change: Change) -> ListItem:
    blocks = _blocks(item.blocks, change)
    return item if all(map(is_, blocks, item.blocks)) else replace(item, blocks=blocks)
