"""Words of an entry's text that may tell what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model.blocks import texts, walk
from kb.model.session import Entry

_WORD = re.compile(
    r"[A-Za-z][A-Za-z0-9+#]*(?:[ -](?=[A-Z0-9])[A-Za-z0-9]+)*|[ァ-ヴー]{5,}|[\u4e00-\u9fff々]{4,}"
)
MAX_WORD = 40
"""Characters; what is longer is no word, but something that was pasted."""


def _words_in(text: str) -> Iterator[str]:
    """Words that may be names: Latin ones with a capital or a digit inside, katakana, kanji compounds."""
    for found in _WORD.finditer(text):
        word = found[0]
        if len(word) <= MAX_WORD and len(word) >= 3 and (not word.isascii() or not word.islower()):
            yield word


def words_of(entry: Entry) -> tuple[str, ...]:
    """Such words in the title and in all texts, each once, in the order in which they are read."""
    told = (entry.title, *(text for block in walk(entry.blocks) for text in texts(block)))
    return tuple(dict.fromkeys(word for text in told for word in _words_in(text.plain)))
