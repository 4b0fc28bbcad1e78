"""Folding: the form in which names are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain


def _folded(char: str) -> str:
    return unicodedata.normalize("NFKC", char).casefold()


def _cased() -> Iterator[int]:
    """Code points that may fold to another: all but ideographs, Yi, Hangul, surrogates, private use."""
    return chain(range(0x80, 0x3400), range(0xA640, 0xAC00), range(0xF900, 0x10000))


def _table() -> dict[int, str]:
    """Every character whose folded form is another single character."""
    table = {}
    for code in _cased():
        folded = _folded(chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    return table


_FOLD = _table()
_FOLD.update({code: chr(code).lower() for code in range(0x41, 0x5B)})


def _class(chars: list[int]) -> str:
    """A regular expression's class of these code points, as ranges."""
    ranges: list[list[int]] = []
    for code in sorted(chars):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "[" + "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges) + "]"


def _unlike_lower_case() -> list[int]:
    """Characters that fold otherwise than they turn to lower case; both leave most of them alone."""
    return [code for code in _cased() if _FOLD.get(code, chr(code)) != chr(code).lower()]


_BEYOND_CASE = re.compile(_class(_unlike_lower_case()))
"""Characters for which folding is more, or less, than lower case; most texts have none."""


def fold(text: str) -> str:
    """Case and width folded, character by character: positions stay what they were.

    Characters whose NFKC form is longer (㍿, ligatures) stay as they are for that reason.
    """
    return text.translate(_FOLD) if _BEYOND_CASE.search(text) else text.lower()


def name_key(text: str) -> str:
    """What two spellings of one name share: folded, and blanks run together."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
