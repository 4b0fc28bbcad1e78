"""Images, equations and bookmarks of a page."""

from __future__ import annotations

from lxml.html import HtmlElement

from kb.model.blocks import Block, CodeBlock, Math
from kb.model.codes import Code
from kb.model.inline import Break, plain
from kb.read.html.inline import image, inside, linked, nodes_of
from kb.read.html.texts import texts, verbatim
from kb.read.html.told import Told
from kb.read.html.tree import address, is_icon, name_of, silence
from kb.read.html.words import addresses_in, shown_in, spoken, tex_of, words_of


def equation(element: HtmlElement, told: Told) -> list[Block]:
    """A displayed equation; nothing where the element is none."""
    tex = verbatim(tex_of(element) or "")
    # They would end the equation; TeX has no way to escape them.
    if "$$" in tex:
        return [CodeBlock("tex", tex, told.span(element))]
    return [Math(tex, told.span(element))] if tex else []


def image_figure(element: HtmlElement, told: Told) -> list[Block]:
    """An image with its caption below, which is its alternative text, too; nothing for other figures."""
    images = element.xpath(".//img")
    caption = next((child for child in element if name_of(child) == "figcaption"), None)
    others = [child for child in element if child is not caption]
    shown = images[0] if len(images) == 1 else None
    if shown is None or is_icon(shown) or len(others) != 1 or not address(shown, "src"):
        return []
    if _says_more(element, caption, shown):
        return []
    below = inside(caption, told) if caption is not None else []
    alt = " ".join(plain(tuple(below)).split()) or " ".join(shown.get("alt", "").split())
    nodes = image(address(shown, "src"), alt, shown, told)
    url = address(others[0], "href") if name_of(others[0]) == "a" else ""
    if url and url not in shown_in(others[0]):
        nodes = linked(nodes, url)
    return [*texts(nodes, element, told), *(texts(below, caption, told) if caption is not None else [])]


def _says_more(element: HtmlElement, caption: HtmlElement | None, shown: HtmlElement) -> bool:
    """Whether a figure has words beside its caption, or addresses beside those of its image and its link."""
    loose = [element.text, *(child.tail for child in element)]
    loose += [spoken(child) for child in element if child is not caption]
    beside = [url for child in element if child is not caption for url in addresses_in(child)]
    return bool("".join(filter(None, loose)).strip()) or beside not in ([], [address(shown, "src")])


def bookmark(element: HtmlElement, told: Told) -> list[Block]:
    """A bookmark: its title as a link, its description in the line below."""
    found = (element.xpath(f".//*[@class='bookmark-{part}']") for part in ("title", "description"))
    parts = [next(iter(one), None) for one in found]
    url = address(element, "href") or address(next(iter(element.xpath(".//a[@href]")), element), "href")
    kept = [found for found in parts if found is not None]
    title, description = (nodes_of(part, told) if part is not None else [] for part in parts)
    if not kept and not element.xpath(".//*[contains(@class, 'bookmark-href')]"):
        title = inside(element, told)
    else:
        _leave_out_rest(element, kept, told)
    nodes = linked(title, url) if url else title
    return texts([*nodes, Break(), *description], element, told)


def _leave_out_rest(element: HtmlElement, kept: list[HtmlElement], told: Told) -> None:
    """Name what a bookmark shows beside its words: its address again, an icon, a picture."""
    for part in kept:
        silence(part)
    # The address of the card is in the note, as that of its title.
    element.attrib.pop("href", None)
    message = "ブックマークのアイコン・画像・表示用の URL を省きました"
    told.leave_out(Code.HTML_BOOKMARK, element, message, words_of(element))
