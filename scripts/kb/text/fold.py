"""Folding: the form in which names are compared."""

from __future__ import annotations

import unicodedata


def _folded(char: str) -> str:
    return unicodedata.normalize("NFKC", char).casefold()


def _table() -> dict[int, str]:
    """Every character whose folded form is another single character."""
    table = {}
    for code in range(0x80, 0x10000):
        folded = _folded(chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    return table


_FOLD = _table()
_FOLD.update({code: chr(code).lower() for code in range(0x41, 0x5B)})


def fold(text: str) -> str:
    """Case and width folded, character by character: positions stay what they were.

    Characters whose NFKC form is longer (㍿, ligatures) stay as they are for that reason.
    """
    return text.translate(_FOLD)


def name_key(text: str) -> str:
    """What two spellings of one name share: folded, and blanks run together."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
