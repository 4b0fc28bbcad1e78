"""What a page says, told from its tree alone: an import accounts for each of these characters."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement

from kb.read.html.tree import SILENT, address, classes, name_of, pieces

MEDIA = ("img", "iframe", "video", "audio", "source", "embed")


def words_of(element: HtmlElement) -> str:
    """All words and addresses inside of an element, in order; what the markup says twice counts once."""
    return "".join(_words(element, addresses=True))


def spoken(element: HtmlElement) -> str:
    """The words inside of an element without the addresses."""
    return "".join(_words(element, addresses=False))


def _words(root: HtmlElement, *, addresses: bool) -> Iterator[str]:
    """Not a recursion: a page may be as deep as it likes."""
    stack: list[HtmlElement | str] = [root]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            yield top
            continue
        if name_of(top) in SILENT or not name_of(top):
            continue
        tex = tex_of(top)
        if tex is not None:
            yield tex
            continue
        yield "\n" if name_of(top) == "br" else _address_words(top) if addresses else ""
        for child in reversed(top):
            stack += [child.tail or "", child]
        stack.append(top.text or "")


def _address_words(element: HtmlElement) -> str:
    if name_of(element) in MEDIA:
        return f" {address(element, 'src')} "
    url = address(element, "href") if name_of(element) == "a" else ""
    if not url or says_itself(element, url) or url in shown_in(element):
        return ""
    return f" {url} "


def addresses_in(element: HtmlElement) -> list[str]:
    """The addresses inside of an element that its words do not say."""
    found = (_address_words(inner).strip() for inner in element.iterdescendants() if name_of(inner))
    return [url for url in found if url]


def says_itself(link: HtmlElement, url: str) -> bool:
    """Whether the text of a link is nothing but its address."""
    text = ""
    for piece in _words(link, addresses=False):
        text = (text + piece).lstrip()
        if len(text.rstrip()) > len(url):  # links may lie inside of links: no more is read than needed
            return False
    return text.rstrip() == url


def shown_in(link: HtmlElement) -> list[str]:
    """The addresses of the images directly inside of a link."""
    return [address(child, "src") for child in link if name_of(child) == "img"]


# An equation is said three times: as MathML, as TeX, and as it looks.
_EQUATIONS = frozenset(("katex", "katex-display", "notion-text-equation-token", "equation"))
_SOURCE = ".//annotation[@encoding='application/x-tex']"


def tex_of(element: HtmlElement) -> str | None:
    """The TeX source of an equation, or None for anything else."""
    if not classes(element) & _EQUATIONS:
        return None
    found = element.xpath(_SOURCE)
    if len(found) != 1 or element.xpath(".//img"):
        return None
    tex = "".join(found[0].itertext()).strip()
    # A damaged page may have words inside of an equation that it does not say: then it is read as text.
    return None if _holds_more(element, tex) else tex


def _holds_more(element: HtmlElement, tex: str) -> bool:
    """Whether there are words beside the equation, or letters in one of its pictures alone."""
    said = {"": "", "math": "", "katex-html": ""}
    for where, text in _texts(element):
        said[where] += text
    if any(char.isprintable() and not char.isspace() for char in said[""]):
        return True
    math, shown, source = map(_letters, (said["math"], said["katex-html"], tex))
    return bool(math and shown) and bool((math - shown - source) + (shown - math - source))


def _texts(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """The texts of an equation but for its TeX, each with the picture that it belongs to."""
    stack: list[tuple[str, HtmlElement | str]] = [("", root)]
    while stack:
        where, top = stack.pop()
        if isinstance(top, str):
            yield where, top
        elif name_of(top) not in ("annotation", ""):
            if name_of(top) == "math":
                where = "math"
            elif "katex-html" in classes(top):
                where = "katex-html"
            stack += ((where, piece) for piece in reversed([*pieces(top)]))


def _letters(text: str) -> Counter[str]:
    """Letters and digits, of whatever typeface."""
    return Counter(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())
