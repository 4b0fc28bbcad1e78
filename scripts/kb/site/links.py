"""Every link and every anchor of a built site, followed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

_OUTSIDE = re.compile(r"[a-z][a-z0-9+.\-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link that leads nowhere."""

    page: str
    """The page's path below the site."""
    target: str
    reason: str

    def __str__(self) -> str:
        return f"{self.page}: {self.target} ({self.reason})"


def _read(path: Path) -> tuple[frozenset[str], list[str]]:
    """The anchors that a page offers, and what it asks for."""
    # Told: until it meets the `<meta>`, libxml2 takes a page for Latin-1.
    tree = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    asked = ("//a/@href", "//img/@src", "//link/@href", "//script/@src")
    return frozenset(tree.xpath("//@id | //a/@name")), [one for path in asked for one in tree.xpath(path)]


def broken_links(site: Path) -> Iterator[BrokenLink]:
    """Links inside the site to pages, files or anchors that are not there."""
    read = cache(_read)
    exists = cache(os.path.exists)
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site).as_posix()
        if page == "404.html":  # its links start at the root of the site's address, wherever that is
            continue
        for target in dict.fromkeys(read(path)[1]):
            if _OUTSIDE.match(target):
                continue
            aim, anchor = _aim(path, target)
            if not aim.is_relative_to(site) or not exists(aim):
                yield BrokenLink(page, target, "ページがありません")
            elif anchor and aim.suffix == ".html" and anchor not in read(aim)[0]:
                yield BrokenLink(page, target, "見出し(アンカー)がありません")


def _aim(page: Path, target: str) -> tuple[Path, str]:
    """The file to which a link of a page leads, and the anchor there."""
    parts = urlsplit(target)
    path = Path(os.path.normpath(page.parent / unquote(parts.path))) if parts.path else page
    if parts.path.endswith("/") or parts.path in (".", "..") or path.is_dir():
        path = path / "index.html"
    return path, unquote(parts.fragment)
