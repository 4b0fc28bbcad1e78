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
from kb.text.editions import YEAR, parted
from kb.text.fold import name_key
from kb.text.slug import page_id

# Servers for what has not appeared yet: arXiv, bioRxiv, medRxiv … No venue.
_PREPRINTS = re.compile(r"(?:\w*rxiv|corr|ssrn|preprints?)\b", re.IGNORECASE)


class Venues:
    """Venues by all their names; those that only papers name join as they come."""

    def __init__(self, registered: tuple[Venue, ...]) -> None:
        self.by_id = {one.id: one for one in registered}
        self._by_name = {
            name_key(name): one.id for one in registered for name in (one.id, *one.names, *one.former)
        }

    def of(self, container: str) -> str:
        """The id of the venue that a record names so; empty for none and for a preprint."""
        name, acronym = parted(container)
        if not (name or acronym) or _PREPRINTS.match(name):
            return ""
        for called in (name, acronym):  # the name first: an acronym may be that of two conferences
            if known := self._by_name.get(name_key(called)):
                return known
        venue = Venue(page_id(acronym or name), acronym or name, registered=False)
        return self.by_id.setdefault(venue.id, venue).id


def year_of(paper: Paper) -> str:
    """The year in which a paper appeared: `ICLR 2026` may have been on arXiv since 2025."""
    found = YEAR.search(unicodedata.normalize("NFKC", paper.container_title))
    return found[1] if found else paper.year
