"""What the index knows of a page: its own words, cut into sections."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kb.search.folding import fold_lines, units


@dataclass(frozen=True)
class Section:
    """The text from one heading to the next."""

    anchor: str
    """Empty for what stands before the first heading that has an address."""
    heading: str
    """Empty for the part below the page's title."""
    meta: str
    """Presenters, tags, date and kind, as the page shows them."""
    text: str


@dataclass(frozen=True)
class IndexedPage:
    """A page of the site. Not a slotted class, so that its folded words are worked out once."""

    url: str
    """Below the site's root: `topics/sam3/`."""
    title: str
    names: tuple[str, ...]
    """What else it is called: handles, readings, aliases, the English term."""
    kinds: tuple[str, ...]
    date: str
    """Of its newest entry, `2025-11-25`; empty for a page without one."""
    presenters: tuple[str, ...]
    """The addresses of their pages, below the site's root."""
    tags: tuple[str, ...]
    """Likewise; of tags that a presenter gave, not of proposed ones."""
    sections: tuple[Section, ...]

    @cached_property
    def fields(self) -> tuple[tuple[int, str], ...]:
        """Each piece of text in which a match has to lie as a whole: its tier and its folded UTF-16 units."""
        fields = [(TITLE, name) for name in (self.title, *self.names)]
        for section in self.sections:
            fields += [(HEADING, section.heading), (META, section.meta), (TEXT, section.text)]
        return tuple((tier, units(folded)) for tier, text in fields if (folded := fold_lines(text)))

    def tag_names(self) -> tuple[str, ...]:
        """The title of a tag's page without its sign: what people type."""
        return (self.title[1:],) if self.title.startswith("#") else ()


TEXT, META, HEADING, TITLE = range(4)
"""Where a match stands; what is greater is shown first."""
