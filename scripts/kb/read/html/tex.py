"""Equations of a page, which their markup says three times: as MathML, as TeX, and as it looks."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement

from kb.read.html.tree import classes, name_of

_EQUATIONS = frozenset(("katex", "katex-display", "notion-text-equation-token", "equation"))
_SOURCE = ".//annotation[@encoding='application/x-tex']"
_UNSEEN = ("annotation", "style", "script")


def tex_of(element: HtmlElement) -> str | None:
    """The TeX source of an equation, or None for anything else.

    A damaged page may have words inside of an equation that it does not say: then it is read as text.
    """
    if not classes(element) & _EQUATIONS:
        return None
    found = element.xpath(_SOURCE)
    if len(found) != 1 or element.xpath(".//img"):
        return None
    tex = "".join(found[0].itertext()).strip()
    return None if _holds_more(element, tex) else tex


def _holds_more(element: HtmlElement, tex: str) -> bool:
    """Whether there are words beside the equation, or letters in one of its pictures alone."""
    said: dict[str, list[str]] = {"": [], "math": [], "katex-html": []}
    for where, text in _texts(element):
        said[where].append(text)
    if any(char.isprintable() and not char.isspace() for text in said[""] for char in text):
        return True
    math, shown = (_letters(said[where]) for where in ("math", "katex-html"))
    source = _letters([tex])
    return bool(math and shown) and bool((math - shown - source) + (shown - math - source))


def _texts(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """The texts of an equation but for its TeX, each with the picture that it belongs to."""
    stack: list[tuple[str, HtmlElement | str]] = [("", root)]
    while stack:
        where, top = stack.pop()
        if isinstance(top, str):
            yield where, top
        elif name_of(top) and name_of(top) not in _UNSEEN:
            inner = _picture(top) or where
            stack += ((where_, piece) for where_, piece in reversed(list(_pieces(top, inner))))


def _pieces(element: HtmlElement, where: str) -> Iterator[tuple[str, HtmlElement | str]]:
    yield where, element.text or ""
    for child in element:
        yield where, child
        yield where, child.tail or ""


def _picture(element: HtmlElement) -> str:
    if name_of(element) == "math":
        return "math"
    return "katex-html" if "katex-html" in classes(element) else ""


def _letters(texts: list[str]) -> Counter[str]:
    """Letters and digits, of whatever typeface."""
    return Counter(char for char in unicodedata.normalize("NFKC", "".join(texts)) if char.isalnum())
