"""Walks over blocks: what they meet, in which order, and what they leave as it is."""

from __future__ import annotations

from hypothesis import given

from kb.model.blocks import Block, Blocks, Heading, Toggle, rebuilt, texts, walk
from kb.model.inline import RichText
from kb.model.session import Session
from kb.text.inline import rich_text
from tests.support.sessions import SESSIONS


def _changed(blocks: Blocks, met: list[str]) -> Blocks:
    def text(one: RichText) -> RichText:
        met.append(one.source)
        return rich_text(one.source + "!")

    return tuple(rebuilt(block, text=text, inner=lambda inner: _changed(inner, met)) for block in blocks)


def _kept(blocks: Blocks) -> Blocks:
    return tuple([rebuilt(block, inner=_kept) for block in blocks])


def _all_texts(blocks: Blocks) -> list[str]:
    return [text.source for block in walk(blocks) for text in texts(block)]


@given(SESSIONS)
def test_rebuilding_meets_every_text_in_the_order_of_reading(session: Session) -> None:
    for entry in session.entries:
        met: list[str] = []
        changed = _changed(entry.blocks, met)
        assert met == _all_texts(entry.blocks)
        assert _all_texts(changed) == [one + "!" for one in met]


@given(SESSIONS)
def test_what_does_not_change_stays_the_same_object(session: Session) -> None:
    for entry in session.entries:
        kept = _kept(entry.blocks)
        assert all(new is old for new, old in zip(kept, entry.blocks, strict=True))


def test_a_block_that_is_linked_is_another_value() -> None:
    """The memory of pages compares what was linked, not only what was written."""
    title = rich_text("GAM")
    linked = RichText(title.source, ())
    pairs: list[tuple[Block, Block]] = [
        (Heading(3, title), Heading(3, title, anchor="gam")),
        (Toggle(title, ()), Toggle(linked, ())),
    ]
    assert all(one != other for one, other in pairs)
