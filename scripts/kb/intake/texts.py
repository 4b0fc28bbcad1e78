"""Every inline text of a session, changed by a function that knows where the text stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kb.model.blocks import Block, Blocks, rebuilt
from kb.model.finding import Span
from kb.model.inline import RichText
from kb.model.session import Entry, Part, Session

Change = Callable[[RichText, Span], RichText]


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


def _blocks(blocks: Blocks, change: Change) -> Blocks:
    return tuple([_block(block, change) for block in blocks])


def _block(block: Block, change: Change) -> Block:
    return rebuilt(
        block, text=lambda text: change(text, block.span), inner=lambda inner: _blocks(inner, change)
    )
