"""The words of a page that people wrote, from its HTML; generated pages hand their documents over."""

from __future__ import annotations

import re

from lxml import html
from lxml.html import HtmlElement

from kb.model.document import Document, Section

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li
        ol p pre section summary table td th tr ul""",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SILENT = frozenset(("button", "noscript", "script", "style", "svg", "template"))
_SILENT_CLASSES = frozenset(("headerlink", "md-content__button"))
"""What the theme adds to an article."""
_KINDS = {"guide": ("ガイド",)}
"""The value of the facet 種類 by folder."""
_NOT_SEARCHED = "//meta[@name='kb-search'][@content='exclude']"


def extract(source: bytes, url: str) -> Document | None:
    """A page from its HTML; None for one whose front matter excludes it from the search."""
    # Told: until it meets the `<meta>`, libxml2 takes a page for Latin-1.
    tree = html.fromstring(source, parser=html.HTMLParser(encoding="utf-8"))
    article = next(iter(tree.iter("article")), None)
    if article is None or tree.xpath(_NOT_SEARCHED):
        return None
    reader = _Reader()
    reader.walk(article)
    sections = reader.sections()
    title = next((one.heading for one in sections if one.heading), url)
    # What follows the title has no heading of its own: a hit there leads to the top of the page.
    sections = [Section("", "", "", one.text) if one.heading == title else one for one in sections]
    kept = tuple(one for one in sections if one.heading or one.text)
    return Document(url, title, kinds=_KINDS.get(url.partition("/")[0], ()), sections=kept)


class _Reader:
    def __init__(self) -> None:
        self._parts: list[tuple[str, list[str], list[str]]] = [("", [], [])]

    def walk(self, element: HtmlElement, *, heading: bool = False) -> None:
        """Add an element's text; inside of a heading it is the section's."""
        # The tag of a comment is no string but the function that makes comments.
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            return
        if not _SILENT_CLASSES.isdisjoint((element.get("class") or "").split()):
            return
        if element.tag in _HEADINGS:
            self._parts.append((element.get("id") or "", [], []))
            heading = True
        end = "\n" if element.tag in _BLOCKS else ""
        self._add(end, element.get("alt") if element.tag == "img" else element.text, heading=heading)
        for child in element:
            self.walk(child, heading=heading)
            self._add(child.tail, heading=heading)
        self._add(end, heading=heading)

    def _add(self, *texts: str | None, heading: bool) -> None:
        _, headings, below = self._parts[-1]
        (headings if heading else below).extend(filter(None, texts))

    def sections(self) -> list[Section]:
        """The sections in the page's order, the one before the first heading first."""
        return [Section(anchor, _lines(heading), "", _lines(text)) for anchor, heading, text in self._parts]


def _lines(parts: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
