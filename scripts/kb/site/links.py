"""Every link and every anchor of a built site, followed."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

_OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.\-]*:|//)", re.IGNORECASE)


def _found(path: str) -> etree.XPath:
    # Plain strings: those that lxml gives otherwise hold the page's whole tree for as long as they live.
    return etree.XPath(path, smart_strings=False)


_ANCHORS = _found("//@id | //a/@name")
_ASKED = tuple(map(_found, ("//a/@href", "//img/@src", "//link/@href", "//script/@src")))


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link that leads nowhere."""

    page: str
    """The page's path below the site."""
    target: str
    reason: str

    def __str__(self) -> str:
        return f"{self.page}: {self.target} ({self.reason})"


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What following links needs to know of a page, and nothing else of it."""

    anchors: frozenset[str]
    """What the page offers."""
    asked: tuple[str, ...]
    """What it asks for inside the site, each target once and as it is written."""


def page_links(content: bytes) -> PageLinks:
    """The links of a page; they depend on its content alone."""
    try:
        # Told: until it meets the `<meta>`, libxml2 takes a page for Latin-1.
        tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # an empty file is a page, too
        return PageLinks(frozenset(), ())
    asked = dict.fromkeys(one for kind in _ASKED for one in kind(tree))
    inside = (sys.intern(one) for one in asked if not _OUTSIDE.match(one))
    # Interned: most of what a page names is named by many.
    return PageLinks(frozenset(map(sys.intern, _ANCHORS(tree))), tuple(inside))


def broken_links(site: Path) -> Iterator[BrokenLink]:
    """Links inside the site to pages, files or anchors that are not there.

    Each page is read once, and what is kept of it is small: memory is that of the largest page.
    """
    files = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()]
    there = frozenset(files)
    read = cache(lambda page: page_links((site / page).read_bytes()))
    for page in files:
        # The links of 404.html start at the root of the site's address, wherever that is.
        if not page.endswith(".html") or page == "404.html":
            continue
        for target in read(page).asked:
            aims, anchor = _aims(page, target)
            aim = next((one for one in aims if one in there), "")
            if not aim:
                yield BrokenLink(page, target, "ページがありません")
            elif anchor and aim.endswith(".html") and anchor not in read(aim).anchors:
                yield BrokenLink(page, target, "見出し(アンカー)がありません")


def _aims(page: str, target: str) -> tuple[tuple[str, ...], str]:
    """The files to one of which a link of a page leads, below the site, and the anchor there."""
    parts = urlsplit(target)
    if not parts.path:
        return (page,), unquote(parts.fragment)
    path = posixpath.join(posixpath.dirname(page), unquote(parts.path))
    index = posixpath.normpath(f"{path}/index.html")
    aims = (index,) if parts.path.endswith("/") else (posixpath.normpath(path), index)
    return aims, unquote(parts.fragment)
