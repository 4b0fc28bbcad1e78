"""The sentence around a place in a text."""

from __future__ import annotations

import re

MAX_SIDE = 70
"""Characters of context on each side of a match; a longer sentence is cut with an ellipsis."""

# A point ends a sentence only before a blank: `Veo 3.1`, `arxiv.org`.
_END = re.compile(r"[。！？\n]|[!?.](?=\s)")


def sentence_around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Before, match and after within the sentence that holds `text[start:end]`."""
    first = 0
    for found in _END.finditer(text, 0, start):
        first = found.end()
    closing = _END.search(text, end)
    last = closing.end() if closing else len(text)
    before, after = text[first:start].lstrip(), text[end:last].rstrip()
    if len(before) > MAX_SIDE:
        before = "…" + before[-MAX_SIDE:]
    if len(after) > MAX_SIDE:
        after = after[:MAX_SIDE] + "…"
    return before, text[start:end], after
