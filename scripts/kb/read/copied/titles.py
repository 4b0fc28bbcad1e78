"""Which short lines of a copied page are titles: what could be one, with something that follows it."""

from __future__ import annotations

import re

from kb.read import markers

MAX_TITLE = 48
"""Characters; a longer line is a sentence."""
MAX_PREDICATE = 30
"""Characters of a title that ends like a sentence (`パフォーマンスは下限である`)."""
MIN_TEXT = 25
"""Characters of a line that counts as the text below a title."""
MAX_LATIN_WORDS = 8

_SENTENCE_END = re.compile(r"[。．.、,，:：;；!！…」』→]$")
_INNER_STOP = re.compile(r"。|https?://|[:：] |^[→⇒※＊#>]")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々〆]")  # kana and kanji
_HIRAGANA_END = re.compile(r"[\u3041-\u3096]$")
_AUTHOR = re.compile(r"[A-Z\u00c0-\u024f][\w.'’\-]*(?: [\w.'’\-]+){0,4}", re.UNICODE)


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


def _refused(text: str) -> bool:
    """Whether a line is too long for a title, or says what only a sentence says."""
    predicate = _HIRAGANA_END.search(text) and len(text) > MAX_PREDICATE
    # `Modeling: intuitive physics` is a title for all its colon.
    stops = _INNER_STOP.search(text) and not _is_latin(text)
    return len(text) > MAX_TITLE or bool(_SENTENCE_END.search(text) or stops or predicate)


def title_reason(text: str, following: str | None) -> str:
    """Why a line is a title, in Japanese; empty where it is none, as before a heading or at the end."""
    if not text or following is None or is_marked(text) or _refused(text):
        return ""
    if markers.BULLET.match(following):
        return "短い行のすぐ下に箇条書きが続く"
    if markers.TABLE_ROW.match(following):
        return "短い行のすぐ下に表が続く"
    # A line in Latin script below is more likely a title of its own than the text.
    if len(following) >= MIN_TEXT and not _is_latin(following):
        return "短い行のすぐ下に本文が続く"
    if _is_latin(text) and _JAPANESE.search(following):
        return "英語の短い行のすぐ下に日本語が続く"
    return ""


def is_author_line(text: str) -> bool:
    """`Ada Lovelace, Alan Turing, …`: two or more names in Latin script, parted by commas."""
    names = [name.strip() for name in re.split(r",| and ", text) if name.strip()]
    return (
        len(names) >= 2
        and not _JAPANESE.search(text)
        and all(_AUTHOR.fullmatch(name) and " " in name for name in names)
    )
