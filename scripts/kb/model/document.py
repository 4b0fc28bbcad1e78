"""What a page says in its own words: the value from which the search is made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """The text from one heading to the next."""

    anchor: str
    """Empty for what stands before the first heading that has an address."""
    heading: str
    """Empty for the part below the page's title."""
    meta: str
    """Presenters, tags, date, kind, sources and further data, as the page shows them: not its text."""
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A page of the site without what it gathers from others. Lines are parted by line feeds."""

    url: str
    """Below the site's root, not quoted: `topics/sam3/`."""
    title: str
    label: str = ""
    """How other pages call it where that is not its title: a tag without its sign."""
    names: tuple[str, ...] = ()
    """What else it is called: handles, readings, aliases, the English term."""
    kinds: tuple[str, ...] = ()
    date: str = ""
    """Of its newest entry, `2025-11-25`; empty for a page without one."""
    presenters: tuple[str, ...] = ()
    """The addresses of their pages, below the site's root."""
    tags: tuple[str, ...] = ()
    """Likewise; of tags that a presenter gave, not of proposed ones."""
    venues: tuple[str, ...] = ()
    """Likewise; where the papers appeared that it is about."""
    sections: tuple[Section, ...] = ()
