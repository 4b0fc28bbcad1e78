"""Folding: spellings that a reader takes for the same become the same characters.

One table, `folding.json`, is read here and travels with the index to the browser, where
`docs/assets/javascripts/search/fold.js` follows the same steps; `tests/search/vectors.json` holds
both to the same results.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE: dict[str, Any] = json.loads(Path(__file__).with_name("folding.json").read_text(encoding="utf-8"))
"""The table as data: what the index carries to the browser."""
LINE_END = "\n"


@dataclass(frozen=True, slots=True)
class _Rules:
    blank_run: re.Pattern[str]
    blank_at_japanese: re.Pattern[str]
    characters: dict[int, str]
    pairs: re.Pattern[str]
    pair: dict[str, str]
    skeleton: dict[int, str]
    accented: re.Pattern[str]


@cache
def _rules() -> _Rules:
    blank, japanese = f"[{TABLE['blank']}]", f"[{TABLE['japanese']}]"
    characters = {ord(char): target for target, chars in TABLE["same"].items() for char in chars}
    characters |= {ord(char): "" for char in TABLE["drop"]}
    for first, last, offset in TABLE["shift"]:
        characters |= {code: chr(code + offset) for code in range(first, last + 1)}
    small = {ord(char): large for char, large in zip(*TABLE["skeleton"]["small"], strict=True)}
    return _Rules(
        blank_run=re.compile(f"{blank}+"),
        blank_at_japanese=re.compile(f"(?<={japanese}) | (?={japanese})"),
        characters=characters,
        pairs=re.compile("|".join(TABLE["pairs"])),
        pair=TABLE["pairs"],
        skeleton=small | {ord(char): "" for char in TABLE["skeleton"]["drop"]},
        accented=re.compile(f"[{TABLE['skeleton']['accented']}]"),
    )


def fold(text: str) -> str:
    """The text as the index knows it.

    In this order: NFKC, lower case, white space to single blanks and none beside Japanese, single
    characters (katakana to hiragana, every dash and long-vowel mark to `-`), pairs (ヴァ as バ),
    and no blanks at the ends.
    """
    rules = _rules()
    # NFKC first: it makes capitals of its own (℡ is TEL).
    text = unicodedata.normalize("NFKC", text).lower()
    text = rules.blank_at_japanese.sub("", rules.blank_run.sub(" ", text))
    text = rules.pairs.sub(lambda match: rules.pair[match[0]], text.translate(rules.characters))
    return text.strip(" ")


def fold_lines(text: str) -> str:
    """A text folded line by line: no folded query has a line end, so that none matches across one."""
    return LINE_END.join(filter(None, map(fold, text.split(LINE_END))))


def skeleton(text: str) -> str:
    """What is left of a folded text where spellings differ most: no marks, blanks, accents or small kana."""
    rules = _rules()
    plain = rules.accented.sub(lambda match: unicodedata.normalize("NFD", match[0])[0], text)
    return plain.translate(rules.skeleton)


def units(text: str) -> str:
    """The text as UTF-16 code units, one character each, as JavaScript counts them."""
    if text.isascii() or max(text) < "\U00010000":
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(data[at] | data[at + 1] << 8) for at in range(0, len(data), 2))
