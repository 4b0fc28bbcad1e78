"""Folding: the form in which names are compared."""

from __future__ import annotations

import re
import unicodedata


def _folded(char: str) -> str:
    return unicodedata.normalize("NFKC", char).casefold()


# All but ideographs, Yi, Hangul, surrogates and private use, which never fold to another character.
_CASED = (*range(0x80, 0x3400), *range(0xA640, 0xAC00), *range(0xF900, 0x10000))
_FOLD = {code: folded for code in _CASED if len(folded := _folded(chr(code))) == 1}
# Most texts have none of the characters that fold otherwise than to lower case, which is eight times as fast.
_BEYOND_CASE = re.compile(
    "["
    + re.escape("".join(chr(code) for code in _CASED if _FOLD.get(code, chr(code)) != chr(code).lower()))
    + "]"
)
_FOLD.update({code: chr(code).lower() for code in range(0x41, 0x5B)})


def fold(text: str) -> str:
    """Case and width folded, character by character: positions stay what they were."""
    # So characters whose NFKC form is longer (㍿, ligatures) stay as they are.
    return text.translate(_FOLD) if _BEYOND_CASE.search(text) else text.lower()


def name_key(text: str) -> str:
    """What two spellings of one name share: folded, and blanks run together."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def bare_key(text: str) -> str:
    """What is left of a title when it is spelled otherwise: its letters and digits, folded."""
    key = name_key(text)
    return "".join(filter(str.isalnum, key)) or key
