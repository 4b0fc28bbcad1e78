"""Dates as people write them in titles and file names."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

# `2025/11/25`, `2025年11月25日`, `2025_11_25`: titles and file names have them all.
_DATE = re.compile(r"(?<!\d)(\d{4})\s*[-/._年]\s*(\d{1,2})\s*[-/._月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")


def date_in(text: str) -> dt.date | None:
    """The first full date in a text: `2025-11-25`, `2025/11/25`, `2025年11月25日`, `20251125`."""
    # A date without a year (`11/25`) is not guessed: an address is for ever.
    folded = unicodedata.normalize("NFKC", text)
    for pattern in (_DATE, _COMPACT):
        for found in pattern.finditer(folded):
            try:
                return dt.date(*map(int, found.groups()))
            except ValueError:
                continue
    return None
