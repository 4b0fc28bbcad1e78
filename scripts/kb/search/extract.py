"""The own words of each page of a built site, as its reader sees them.

What the site gathered from other pages (lists of entries, backlinks, related topics) is left out:
those words are found where they were written.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import html
from lxml.html import HtmlElement

from kb.search.page import HEADING, META, TEXT, IndexedPage, Section

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li
        ol p pre section summary table td th tr ul""",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SILENT = frozenset(("button", "noscript", "script", "style", "svg", "template"))
_SILENT_CLASSES = frozenset(("headerlink", "md-content__button", "kb-trail", "kb-around"))
_LISTS = frozenset(("home", "sessions", "topics", "papers", "presenters", "tags"))
"""Kinds of pages that say nothing of their own but their title."""
_META = frozenset(("kb-kicker", "kb-tags", "kb-meta"))
_KINDS = {"paper": "文献", "presenter": "発表者", "tag": "タグ", "session": "勉強会"}
_FOLDERS = {"guide": "ガイド"}
_NAMES = frozenset(("英語", "ほかの表記", "ハンドル", "読み", "別名"))
"""Facts of an entity that are names of it."""
_GATHERED = "kb-"
"""How the ids of the sections begin that a template adds."""
FOLDER = "search"
"""Below the site: the search page, and its index beside it."""
_ENTRY = "e-"
"""How the ids of entries begin."""
_TWO_NAMES = re.compile(r"(.+?)\s*[(（](.+)[)）]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT_SEARCHED = "//meta[@http-equiv='refresh'] | //meta[@name='kb-search'][@content='exclude']"
_NUMBER = re.compile(r"\d+")


def site_pages(site: Path) -> Iterator[Path]:
    """The pages that may be searched; those that continue another page's list are not."""
    for path in sorted(site.rglob("index.html")):
        parts = path.relative_to(site).parts[:-1]
        if not (len(parts) > 2 and _NUMBER.fullmatch(parts[-1])):
            yield path


def extract(source: bytes, url: str) -> IndexedPage | None:
    """A page from its HTML; None for a redirect, and for one whose front matter excludes it from search."""
    tree = html.fromstring(source, parser=html.HTMLParser(encoding="utf-8"))
    article = next(iter(tree.iter("article")), None)
    if article is None or tree.xpath(_NOT_SEARCHED):
        return None
    kind = _page_kind(article)
    reader = _Reader()
    reader.walk(article)
    sections = reader.sections()
    title = next((section.heading for section in sections if section.heading), url)
    sections = [
        Section("", "", first.meta, first.text) if first.heading == title else first for first in sections
    ]
    if kind in _LISTS:
        sections = [Section("", "", "", _lines(list(_texts(article, ".//p[@class='kb-lead']"))))]
    return IndexedPage(
        url=url,
        title=title,
        names=_names(article, kind, title),
        kinds=_kinds(article, kind, url),
        date=max(_dates(article, kind, title), default=""),
        presenters=_linked(article, kind, url, "presenter", "./p[@data-label='発表者']"),
        tags=_linked(article, kind, url, "tag", "./p[@class='kb-tags']"),
        sections=tuple(section for section in sections if any((section.heading, section.meta, section.text)))
        or (Section("", "", "", ""),),
    )


def _page_kind(article: HtmlElement) -> str:
    classes = " ".join(article.xpath(".//div[contains(@class, 'kb-page--')][1]/@class")).split()
    return next((name.removeprefix("kb-page--") for name in classes if name.startswith("kb-page--")), "")


def _texts(article: HtmlElement, path: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_line(element.text_content()) for element in article.xpath(path)))


def _names(article: HtmlElement, kind: str, title: str) -> tuple[str, ...]:
    if kind == "topic":
        lines = _texts(article, ".//p[@class='kb-missing'][starts-with(., 'このトピックの別名')]")
        aliases = (name for line in lines for name in line.partition(":")[2].strip().split("、"))
        return tuple(dict.fromkeys((*aliases, *_both_names(title))))
    if kind == "session":
        return tuple(_DATE.findall(title)[:1])
    facts = article.xpath(".//dl[@class='kb-facts']/dt")
    return tuple(
        name
        for label in facts
        if label.text_content() in _NAMES
        for name in _line(label.getnext().text_content()).split("、")
    )


def _both_names(title: str) -> tuple[str, ...]:
    """`GAM (General Agentic Memory)` is called by either name."""
    match = _TWO_NAMES.fullmatch(title)
    return match.groups() if match else ()


def _kinds(article: HtmlElement, kind: str, url: str) -> tuple[str, ...]:
    if kind == "topic":
        return _texts(article, ".//p[@class='kb-kicker']/span[@class='kb-kind']")
    label = _KINDS.get(kind) or _FOLDERS.get(url.partition("/")[0], "")
    return (label,) if label else ()


def _dates(article: HtmlElement, kind: str, title: str) -> list[str]:
    if kind == "session":
        return _DATE.findall(title)[:1]
    return [date for text in _texts(article, ".//p[@class='kb-kicker']/a") for date in _DATE.findall(text)]


def _linked(article: HtmlElement, kind: str, url: str, what: str, paragraphs: str) -> tuple[str, ...]:
    """The pages of the presenters or tags that a page belongs to, below the site's root."""
    if kind == what:
        return (url,)
    if kind != "topic":
        return ()
    found = article.xpath(f".//div[{paragraphs}]/{paragraphs}//a/@href")
    pages = (posixpath.normpath(posixpath.join(url, unquote(href))) + "/" for href in found)
    return tuple(dict.fromkeys(page for page in pages if page.startswith(f"{what}s/")))


def _line(text: str) -> str:
    return " ".join(text.split())


class _Reader:
    """Walks an article and sorts its text into sections, heading, meta and text apart."""

    def __init__(self) -> None:
        self._anchors = [""]
        self._fields: list[dict[int, list[str]]] = [{META: [], HEADING: [], TEXT: []}]
        self._entry = 0
        """The section with which the entry began that is being read; its tags come at its end."""
        self._skip = False
        """Within a section that was gathered from other pages."""

    def walk(self, element: HtmlElement, field: int = TEXT) -> None:
        """Add an element's text; `field` is where it goes."""
        classes = (element.get("class") or "").split()
        if (
            not isinstance(element.tag, str)
            or element.tag in _SILENT
            or not _SILENT_CLASSES.isdisjoint(classes)
        ):
            return
        if element.tag in _HEADINGS:
            anchor = element.get("id") or ""
            self._skip = anchor.startswith(_GATHERED)
            if not self._skip:
                self._anchors.append(anchor)
                self._fields.append({META: [], HEADING: [], TEXT: []})
                self._entry = len(self._anchors) - 1 if anchor.startswith(_ENTRY) else self._entry
            field = HEADING
        elif not _META.isdisjoint(classes) or element.get("data-label") == "発表者":
            field = META
        block = element.tag in _BLOCKS
        self._add("\n" if block else "", field)
        self._add(element.get("alt") or "" if element.tag == "img" else element.text or "", field)
        for child in element:
            self.walk(child, field)
            self._add(child.tail or "", field)
        self._add("\n" if block else "", field)

    def _add(self, text: str, field: int) -> None:
        if text and not self._skip:
            self._fields[self._entry if field == META else -1][field].append(text)

    def sections(self) -> list[Section]:
        """The sections in the page's order, the one before the first heading first."""
        made = [
            Section(anchor, _lines(fields[HEADING]), _lines(fields[META]), _lines(fields[TEXT]))
            for anchor, fields in zip(self._anchors, self._fields, strict=True)
        ]
        return [section for section in made if section.heading or section.meta or section.text]


def _lines(parts: list[str]) -> str:
    lines = (_line(line) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
