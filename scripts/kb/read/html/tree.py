"""What the elements of a page are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _names(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html iframe legend li main menu nav ol p pre "
    "section summary table tbody td tfoot th thead tr ul audio embed object video"
)
INLINE = _names(
    "a abbr acronym annotation b bdi bdo big br button caption cite code data del dfn em font i "
    "img input ins kbd label mark math q rp rt ruby s samp small source span strike strong sub "
    "sup time tt u var wbr"
)
SILENT = _names("head link meta noembed noframes script style svg template title")
"""Elements of which a reader of the page sees nothing."""


def name_of(element: HtmlElement) -> str:
    """The name of an element, in lower case; empty for what is none."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def classes(element: HtmlElement) -> frozenset[str]:
    """The classes of an element."""
    return frozenset(element.get("class", "").split())


def address(element: HtmlElement, attribute: str) -> str:
    """The address in an attribute as it stands there, on one line and without angle brackets."""
    # Browsers drop line ends in addresses; `<` and `>` would end them in a note.
    found = re.sub(r"[\t\r\n]", "", element.get(attribute, "")).strip()
    return found.replace("<", "%3C").replace(">", "%3E")


def pieces(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """The texts and the elements inside of an element, in order."""
    yield element.text or ""
    for child in element:
        if name_of(child) not in SILENT:
            yield child
        yield child.tail or ""


def silence(element: HtmlElement) -> None:
    """Take an element out of what is still to be read: it was."""
    # Removing it would take its tail, which is the text behind it.
    element.tag = "template"


def is_block(element: HtmlElement) -> bool:
    """Whether an element stands on lines of its own."""
    return name_of(element) in BLOCKS or is_bookmark(element)


def is_bookmark(element: HtmlElement) -> bool:
    """Whether an element is the card of a bookmark; a damaged one may hold the rest of the page."""
    if name_of(element) not in ("a", "figure", "div") or "bookmark" not in classes(element):
        return False
    inner = [child for child in element.iterdescendants() if is_block(child) or name_of(child) == "a"]
    return all(
        "bookmark-" in child.get("class", "") or (name_of(child) == "a" and name_of(element) != "a")
        for child in inner
    )


def is_icon(element: HtmlElement) -> bool:
    """Whether an element is decoration: the icon of a page, a property or a callout."""
    return "icon" in classes(element) and name_of(element) in ("img", "span", "div")
