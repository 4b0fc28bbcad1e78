"""Which short lines of a copied page are titles: rules that can be stated, one function each.

A line that the contents do not name is a title when it *could* be one (`_refusals`: no rule speaks
against it) and something *follows* that it is the title of (`_supports`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kb.read import markers
from kb.read.lines import Line

MAX_TITLE = 48
"""Characters; a longer line is a sentence."""
MAX_PREDICATE = 30
"""Characters of a title that ends like a sentence (`パフォーマンスは下限である`)."""
MIN_TEXT = 25
"""Characters of a line that counts as the text below a title."""
MAX_LATIN_WORDS = 8

_SENTENCE_END = re.compile(r"[。．.、,，:：;；!！…」』→]$")
_INNER_STOP = re.compile(r"。|https?://|[:：] |^[→⇒※＊#>]")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々〆]")
_HIRAGANA_END = re.compile(r"[\u3041-\u3096]$")
_AUTHOR = re.compile(r"[A-Z\u00c0-\u024f][\w.'’\-]*(?: [\w.'’\-]+){0,4}", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Place:
    """A line with what decides about it."""

    line: Line
    following: Line | None
    """The line right below it; None at the end and before a heading or an `@` line."""
    below_guess: bool
    """Whether the line above is itself a guessed title."""


def is_marked(text: str) -> bool:
    """Whether a line is a list item, a table row, a remark, a quote, a fence or an `@` line."""
    patterns = (markers.BULLET, markers.TABLE_ROW, markers.QUOTE, markers.FENCE, markers.MENTION)
    return any(pattern.match(text) for pattern in patterns) or bool(markers.remark(text))


def is_sentence(text: str) -> bool:
    """Whether a line ends like a sentence, or holds the end of one."""
    return "。" in text or bool(_SENTENCE_END.search(text))


def _is_latin(text: str) -> bool:
    """A title in Latin script amid Japanese text: capital first, few words, no comma."""
    return (
        not _JAPANESE.search(text)
        and text[:1].isupper()
        and len(text.split()) <= MAX_LATIN_WORDS
        and "," not in text
    )


def _too_long(place: Place) -> bool:
    return len(place.line.text) > MAX_TITLE


def _ends_like_a_sentence(place: Place) -> bool:
    return bool(_SENTENCE_END.search(place.line.text))


def _holds_a_sentence(place: Place) -> bool:
    text = place.line.text
    return bool(_INNER_STOP.search(text)) and not _is_latin(text)


def _long_predicate(place: Place) -> bool:
    text = place.line.text
    return bool(_HIRAGANA_END.search(text)) and len(text) > MAX_PREDICATE


def _below_a_guessed_title(place: Place) -> bool:
    return place.below_guess


_refusals: tuple[Callable[[Place], bool], ...] = (
    _too_long,
    _ends_like_a_sentence,
    _holds_a_sentence,
    _long_predicate,
    _below_a_guessed_title,
)


def _list_follows(place: Place) -> bool:
    return place.following is not None and bool(markers.BULLET.match(place.following.text))


def _table_follows(place: Place) -> bool:
    return place.following is not None and bool(markers.TABLE_ROW.match(place.following.text))


def _text_follows(place: Place) -> bool:
    following = place.following
    return (
        following is not None
        and len(following.text) >= MIN_TEXT
        and not _is_latin(following.text)  # that is a title of its own
    )


def _latin_above_japanese(place: Place) -> bool:
    following = place.following
    return following is not None and _is_latin(place.line.text) and bool(_JAPANESE.search(following.text))


_supports: tuple[tuple[Callable[[Place], bool], str], ...] = (
    (_list_follows, "短い行のすぐ下に箇条書きが続く"),
    (_table_follows, "短い行のすぐ下に表が続く"),
    (_text_follows, "短い行のすぐ下に本文が続く"),
    (_latin_above_japanese, "英語の短い行のすぐ下に日本語が続く"),
)


def title_reason(place: Place) -> str:
    """Why the line is a title, in Japanese; empty where it is none."""
    text = place.line.text
    if not text or is_marked(text) or any(refuses(place) for refuses in _refusals):
        return ""
    return next((reason for supports, reason in _supports if supports(place)), "")


def is_author_line(text: str) -> bool:
    """`Ada Lovelace, Alan Turing, …`: two or more names in Latin script, parted by commas."""
    names = [name.strip() for name in re.split(r",| and ", text) if name.strip()]
    return (
        len(names) >= 2
        and not _JAPANESE.search(text)
        and all(_AUTHOR.fullmatch(name) and " " in name for name in names)
    )
