"""The own words of each page of a built site, and their folding: what a search has to find.

Nothing here is shared with the search itself, so that it can be measured against this.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo cite code del dfn em i img input ins kbd label mark q s samp small span strong sub "
        "sup u var wbr",
    )
)
"""Elements that do not end a block; all others do."""
_SILENT = ("button", "noscript", "script", "style", "svg", "template")
_LEFT_OUT = frozenset(("headerlink", "md-content__button", "kb-trail", "kb-around"))
_LISTS = frozenset(
    f"kb-page--{kind}" for kind in ("home", "sessions", "topics", "papers", "presenters", "tags")
)
"""Pages that list others and say nothing of their own but their title."""
_CONTINUED = re.compile(r"[^/]+/[^/]+/\d+/")
"""Addresses of pages that continue a list of another page."""

_JAPANESE = "\u3001-\u303f\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BLANK_AT_JAPANESE = re.compile(f"(?<=[{_JAPANESE}]) | (?=[{_JAPANESE}])")
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u2500\u2501ー"
_CHARACTERS = str.maketrans(
    {chr(code): chr(code - 0x60) for code in range(0x30A1, 0x30F5)}
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys("・\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
    | dict.fromkeys("\u2018\u2019\u201a\u201b", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f", '"')
    | dict.fromkeys("\u301c\u223c", "~")
    | {"ヵ": "か", "ヶ": "か"}
)
_VU = {"ゔぁ": "ば", "ゔぃ": "び", "ゔぇ": "べ", "ゔぉ": "ぼ", "ゔ": "ぶ"}


def fold(text: str) -> str:
    """Spellings that a reader takes for the same become the same characters."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = _BLANK_AT_JAPANESE.sub("", re.sub(r"\s+", " ", text)).translate(_CHARACTERS)
    for written, meant in _VU.items():
        text = text.replace(written, meant)
    return text.strip()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or cell."""

    text: str
    level: int = 0
    """1 to 6 for a heading."""
    anchor: str = ""


@dataclass(frozen=True)
class Page:
    """A page of the site. Not a slotted class, so that its words are folded once."""

    url: str
    """Below the site's root: `topics/sam3/`."""
    blocks: tuple[Block, ...]

    @cached_property
    def title(self) -> str:
        """Its first heading."""
        return next((block.text for block in self.blocks if block.level), self.url)

    @cached_property
    def text(self) -> str:
        """Its blocks, a line each."""
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def headings(self) -> frozenset[str]:
        """All headings, folded."""
        return frozenset(fold(block.text) for block in self.blocks if block.level)

    @cached_property
    def folded(self) -> str:
        """Its blocks, each folded by itself, a line each: no query has a line end."""
        return "\n".join(fold(block.text) for block in self.blocks)

    @cached_property
    def joined(self) -> str:
        """The same as if no block ended."""
        return fold(self.folded)

    def has(self, words: Iterable[str]) -> bool:
        """Whether all of these folded words stand here, each within a block."""
        return all(word in self.folded for word in words)


def read_site(site: Path) -> list[Page]:
    """The pages that a search covers."""
    pages = []
    for path in sorted(site.rglob("index.html")):
        url = path.relative_to(site).as_posix().removesuffix("index.html")
        tree = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        article = next(iter(tree.iter("article")), None)
        if article is None or tree.xpath("//meta[@name='kb-search']") or _CONTINUED.fullmatch(url):
            continue
        reader = _Reader()
        reader.walk(article)
        blocks = [*reader.blocks(), *_aliases(article)]
        if article.xpath("./div[contains(@class, 'kb-page--')]") and not _LISTS.isdisjoint(_classes(article)):
            blocks = blocks[:1] if blocks and blocks[0].level else []
        pages.append(Page(url, tuple(blocks)))
    return pages


def _aliases(article: HtmlElement) -> list[Block]:
    """What a topic is also called: its own words, though they stand among what is gathered."""
    lines = article.xpath(".//p[@class='kb-missing'][starts-with(., 'このトピックの別名')]")
    return [
        Block(name) for line in lines for name in line.text_content().partition(":")[2].strip().split("、")
    ]


def _classes(article: HtmlElement) -> list[str]:
    return " ".join(article.xpath("./div/@class")).split()


class _Reader:
    """Walks an article and cuts its words into blocks."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._done: list[Block] = []
        self._skip = False
        """Within a section that was gathered from other pages."""

    def walk(self, element: HtmlElement) -> None:
        """Add the words of an element."""
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            return
        if not _LEFT_OUT.isdisjoint((element.get("class") or "").split()):
            return
        if element.tag in _HEADINGS:
            self._skip = (element.get("id") or "").startswith("kb-")
        if element.tag not in _INLINE:
            self._end()
        self._add((element.get("alt") if element.tag == "img" else element.text) or "")
        for child in element:
            self.walk(child)
            self._add(child.tail or "")
        if element.tag in _HEADINGS:
            self._end(int(element.tag[1]), element.get("id") or "")
        elif element.tag not in _INLINE:
            self._end()

    def _add(self, text: str) -> None:
        if not self._skip:
            self._open.append(text)

    def _end(self, level: int = 0, anchor: str = "") -> None:
        text = " ".join("".join(self._open).split())
        self._open.clear()
        if text:
            self._done.append(Block(text, level, anchor))

    def blocks(self) -> list[Block]:
        """The blocks in the page's order, a title before what stands above it."""
        self._end()
        first = next((at for at, block in enumerate(self._done) if block.level == 1), 0)
        return self._done[first : first + 1] + self._done[:first] + self._done[first + 1 :]


def write_plain_pages(pages: Iterable[Page], folder: Path) -> None:
    """The same words as HTML without anything else, for engines that read HTML."""
    for page in pages:
        body = "\n".join(map(_element, page.blocks))
        path = folder / page.url / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        title = f"<title>{escape(page.title)}</title>"
        path.write_text(
            f'<!doctype html><html lang="ja"><head><meta charset="utf-8">{title}</head>'
            f"<body><main data-pagefind-body>\n{body}\n</main></body></html>\n",
            encoding="utf-8",
        )


def _element(block: Block) -> str:
    if not block.level:
        return f"<p>{escape(block.text)}</p>"
    return f'<h{block.level} id="{escape(block.anchor)}">{escape(block.text)}</h{block.level}>'
