"""`read(write(session)) == session`, for whatever can be read."""

from __future__ import annotations

from hypothesis import example, given

from kb.read import read_text
from kb.write import write
from tests.support.notes import DEEP_NOTES, NOTES, WILD_NOTES, examples


@examples(1000)
@given(NOTES | WILD_NOTES | DEEP_NOTES)
@example("<aside>\n\n<aside>\n\n$$\n<aside>\n$$\n\n</aside>\n\n</aside>")
@example("* --\n\n• --\n\n1. --")
@example("-\n\x0c0")
@example("\u00a0\u00a0- a\n\u00a0\u00a0\u00a0\u00a0- b")
@example("<aside>\n\n<!--\n</aside>\n-->\n\n</aside>")
def test_what_was_read_is_read_again(text: str) -> None:
    first = read_text("---\ndate: 2025-11-25\n---\n" + text, "2025-11-25.md", "note").session
    assert first is not None
    assert read_text(write(first), "2025-11-25.md", "note").session == first


@examples(700)
@given(NOTES | WILD_NOTES)
def test_copied_text_becomes_a_note(text: str) -> None:
    first = read_text("2025-11-25 勉強会\n" + text, "2025-11-25.txt", "copied").session
    assert first is not None
    assert read_text(write(first), "2025-11-25.md", "note").session == first
