"""Where papers appeared: which conference or journal a record means, however it spells it.

Records write `ICLR 2025`, or `The Thirteenth International Conference on Learning Representations
(ICLR)`. What changes from year to year is left out, then the registry is asked for the name that is
left and for an acronym in parentheses. A name that it does not know makes a venue of its own, whose
address depends on nothing but that name: two spellings stay two venues until the registry says that
they are one.
"""

from __future__ import annotations

import re
import unicodedata

from kb.model.registry import Paper, Venue
from kb.text.fold import name_key
from kb.text.slug import page_id

# Servers for what has not appeared yet: arXiv, bioRxiv, medRxiv … No venue.
_PREPRINTS = re.compile(r"(?:\w*rxiv|corr|ssrn|preprints?)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?")
_EDITION = re.compile(rf"{_YEAR.pattern}|(?<=\w)['’]\d\d\b|第\s*\d+\s*回")
_VOLUME = re.compile(r",?\s+(?:vol(?:ume|\.)?\s*)?\d{1,3}$", re.IGNORECASE)
_TENS = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
_ONES = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TEENS = "tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth"
_NUMBER = rf"\d+(?:st|nd|rd|th)|(?:(?:{_TENS})y[- ]?)?(?:{_ONES})|{_TEENS}|(?:{_TENS})ieth"
_LEADING = re.compile(rf"^(?:(?:proceedings of|in|the|{_NUMBER})\s+)+", re.IGNORECASE)
_ACRONYM = re.compile(r"\s*[(（]\s*([A-Za-z][\w&/+-]*)[^()（）]*[)）]\s*$")


class Venues:
    """Venues by all their names; those that only papers name join as they come."""

    def __init__(self, registered: tuple[Venue, ...]) -> None:
        self.by_id = {one.id: one for one in registered}
        self._by_name = {
            name_key(name): one.id for one in registered for name in (one.id, *one.names, *one.former)
        }

    def of(self, container: str) -> str:
        """The id of the venue that a record names so; empty for none and for a preprint."""
        name, acronym = _parted(container)
        if not (name or acronym) or _PREPRINTS.match(name):
            return ""
        for called in (name, acronym):  # the name first: an acronym may be that of two conferences
            if known := self._by_name.get(name_key(called)):
                return known
        venue = Venue(page_id(acronym or name), acronym or name, registered=False)
        return self.by_id.setdefault(venue.id, venue).id


def year_of(paper: Paper) -> str:
    """The year in which a paper appeared: `ICLR 2026` may have been on arXiv since 2025."""
    found = _YEAR.search(unicodedata.normalize("NFKC", paper.container_title))
    return found[1] if found else paper.year


def _parted(container: str) -> tuple[str, str]:
    """A name without what changes with the year, and the acronym at its end, if there is one."""
    text = _EDITION.sub(" ", unicodedata.normalize("NFKC", container))
    found = _ACRONYM.search(text)
    # `(ICLR)` is an acronym, `Nature (London)` has none.
    acronym = found[1] if found and sum(map(str.isupper, found[1])) > 1 else ""
    name = " ".join((text[: found.start()] if found and acronym else text).split()).strip(" ,:;-")
    return _VOLUME.sub("", _LEADING.sub("", name)), acronym
