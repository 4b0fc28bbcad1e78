"""Every link and every anchor of a built site, followed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
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


@dataclass(frozen=True, slots=True)
class _PageLinks:
    """What one page offers and asks for."""

    anchors: frozenset[str]
    targets: tuple[str, ...]


def _read(path: Path) -> _PageLinks:
    tree = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    anchors = frozenset(tree.xpath("//@id")) | frozenset(tree.xpath("//a/@name"))
    targets = (*tree.xpath("//a/@href"), *tree.xpath("//img/@src"), *tree.xpath("//link/@href"))
    return _PageLinks(anchors, (*targets, *tree.xpath("//script/@src")))


def broken_links(site: Path) -> Iterator[BrokenLink]:
    """Links inside the site to pages, files or anchors that are not there."""
    read = cache(_read)
    exists = cache(os.path.exists)
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site).as_posix()
        for target in dict.fromkeys(read(path).targets):
            if page == "404.html" or _OUTSIDE.match(target):
                continue
            if reason := _broken(site, path, target, read, exists):
                yield BrokenLink(page, target, reason)


def _broken(
    site: Path,
    page: Path,
    target: str,
    read: Callable[[Path], _PageLinks],
    exists: Callable[[Path], bool],
) -> str:
    parts = urlsplit(target)
    path = Path(os.path.normpath(page.parent / unquote(parts.path))) if parts.path else page
    if parts.path.endswith("/") or parts.path in (".", "..") or path.is_dir():
        path = path / "index.html"
    if not path.is_relative_to(site) or not exists(path):
        return "ページがありません"
    anchor = unquote(parts.fragment)
    if anchor and path.suffix == ".html" and anchor not in read(path).anchors:
        return "見出し(アンカー)がありません"
    return ""
