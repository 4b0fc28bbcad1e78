"""What a page says, told from its tree alone: an import accounts for each of these characters."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from kb.read.html.tex import tex_of
from kb.read.html.tree import SILENT, address, name_of

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
