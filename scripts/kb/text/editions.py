"""The names of conferences and journals without what changes from year to year."""

from __future__ import annotations

import re
import unicodedata

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?")
_EDITION = re.compile(rf"{YEAR.pattern}|(?<=\w)['’]\d\d\b|第\s*\d+\s*回")
_VOLUME = re.compile(r",?\s+(?:vol(?:ume|\.)?\s*)?\d{1,3}$", re.IGNORECASE)
_TENS = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
_ONES = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TEENS = "tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth"
_NUMBER = rf"\d+(?:st|nd|rd|th)|(?:(?:{_TENS})y[- ]?)?(?:{_ONES})|{_TEENS}|(?:{_TENS})ieth"
_LEADING = re.compile(rf"^(?:(?:proceedings of|in|the|{_NUMBER})\s+)+", re.IGNORECASE)
_ACRONYM = re.compile(r"\s*[(（]\s*([A-Za-z][\w&/+-]*)[^()（）]*[)）]\s*$")


def parted(container: str) -> tuple[str, str]:
    """A name without what changes with the year, and the acronym at its end, if there is one."""
    text = _EDITION.sub(" ", unicodedata.normalize("NFKC", container))
    found = _ACRONYM.search(text)
    # `(ICLR)` is an acronym, `Nature (London)` has none.
    acronym = found[1] if found and sum(map(str.isupper, found[1])) > 1 else ""
    name = " ".join((text[: found.start()] if found and acronym else text).split()).strip(" ,:;-")
    return _VOLUME.sub("", _LEADING.sub("", name)), acronym
