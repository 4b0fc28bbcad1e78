"""What a search must find, worked out the slow way: every page is read, folded and looked through.

Nothing here is shared with the search engine, so that a mistake in one of them is a difference
between them. Facets and synonyms are not known here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html

LISTS = ("sessions", "topics", "papers", "presenters", "tags", "venues")
"""Folders whose own page, and whose pages named after a year, list other pages."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NAVIGATION = "nav kb-trail kb-jump headerlink md-content__button md-clipboard kb-around kb-missing dt"
"""Element names and classes that are no words of the page, but the site's: its ways, labels and hints."""
OF_OTHERS = "ul ol dl table kb-chips kb-columns"
"""What lists other pages on the home page and on the list pages."""
SILENT = ("script", "style", "svg", "template", "noscript")
INLINE = (
    "a abbr b bdi bdo cite code del dfn em i ins kbd label mark q s samp small span strong sub sup u var wbr"
)
"""Elements that do not end a word; all others do."""

# ---- folding

_VU = {"ゔぁ": "ば", "ゔぃ": "び", "ゔぇ": "べ", "ゔぉ": "ぼ", "ゔ": "ぶ"}
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u2501\u2e3a\u2e3b\u30fc"
_DROPPED = "・\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SINGLE = "\u2018\u2019\u201a\u201b"
_DOUBLE = "\u201c\u201d\u201e\u201f"
_WAVES = "\u301c\u223c\u223e\uff5e"
_ONE_BY_ONE = str.maketrans(
    dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_DROPPED, "")
    | dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_DOUBLE, '"')
    | dict.fromkeys(_WAVES, "~")
    | {"ゕ": "か", "ゖ": "か"}
)
_JAPANESE = r"[\u3001-\u303f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_NEEDLESS = re.compile(rf"(?<={_JAPANESE}) | (?={_JAPANESE})")


def fold(text: str) -> str:
    """A text as it is compared: width, case, script of kana and kind of dash make no difference."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = "".join(_to_hiragana(char) for char in text)
    for written, meant in _VU.items():
        text = text.replace(written, meant)
    text = text.translate(_ONE_BY_ONE)
    text = re.sub(r"\s+", " ", text)
    return _NEEDLESS.sub("", text).strip()


def _to_hiragana(char: str) -> str:
    return chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char


# ---- queries

_WORD = re.compile(
    r'(?P<minus>-)?(?:(?P<facet>発表者|タグ|掲載先|種類|年|presenter|tag|venue|kind|year)[:：])?(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))'
)


@dataclass(slots=True)
class Query:
    """What was typed, taken apart and folded. Words and phrases are looked for in the same way."""

    wanted: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    facets: list[tuple[str, str]] = field(default_factory=list)


def parse(text: str) -> Query:
    query = Query()
    for found in _WORD.finditer(text):
        value = found["phrase"] if found["phrase"] is not None else found["word"]
        if found["facet"]:
            query.facets.append((found["facet"], value))
        elif folded := fold(value):
            (query.unwanted if found["minus"] else query.wanted).append(folded)
    return query


# ---- pages


def read_pages(site: Path) -> dict[str, list[str]]:
    """The folded blocks of every page that can be found, by address (`topics/sam3/`)."""
    pages = {}
    for path in sorted(site.rglob("index.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        tree = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        articles = tree.xpath("//article")
        if articles and not tree.xpath("//meta[@name='kb-search'][@content='exclude']"):
            pages[address] = own_blocks(articles[0], lists=_is_list(address))
    return pages


def _is_list(address: str) -> bool:
    folder, _, rest = address.partition("/")
    return address == "" or (folder in LISTS and re.fullmatch(r"(\d{4}/)?", rest) is not None)


def own_blocks(article: html.HtmlElement, *, lists: bool) -> list[str]:
    """The words that stand on this page and come from no other, each block folded by itself."""
    reader = _Reader(set((NAVIGATION + " " + OF_OTHERS if lists else NAVIGATION).split()))
    reader.read(article)
    return [block for block in map(fold, "".join(reader.parts).split("\x00")) if block]


@dataclass(slots=True)
class _Reader:
    skipped: set[str]
    parts: list[str] = field(default_factory=list)
    hidden_below: int = 0
    """The level of the generated section that is being passed over, or 0."""

    def read(self, element: html.HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in SILENT:
            return
        if self.skipped & {element.tag, *element.get("class", "").split()}:
            return
        if element.tag in HEADINGS:
            self._heading(element)
        inline = element.tag in INLINE.split()
        if not inline:
            self.parts.append("\n" if element.tag == "br" else "\x00")
        self._say(element.text)
        for child in element:
            self.read(child)
            self._say(child.tail)
        if not inline and element.tag != "br":
            self.parts.append("\x00")

    def _heading(self, element: html.HtmlElement) -> None:
        level = HEADINGS.index(element.tag) + 1
        if element.get("id", "").startswith("kb-"):
            self.hidden_below = self.hidden_below or level
        elif level <= self.hidden_below:
            self.hidden_below = 0

    def _say(self, text: str | None) -> None:
        if text and not self.hidden_below:
            self.parts.append(text)


class Oracle:
    """Answers which pages of a built site hold what was typed."""

    def __init__(self, site: Path) -> None:
        self.pages = read_pages(site)

    def answer(self, text: str) -> set[str]:
        """The pages with all words and phrases and nothing that was to be left out; facets are ignored."""
        query = parse(text)
        if not query.wanted:
            return set()
        return {address for address, blocks in self.pages.items() if _matches(blocks, query)}


def _matches(blocks: list[str], query: Query) -> bool:
    def stands(word: str) -> bool:
        return any(word in block for block in blocks)

    return all(map(stands, query.wanted)) and not any(map(stands, query.unwanted))
