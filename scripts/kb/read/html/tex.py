"""Equations of a page, which their markup says three times: as MathML, as TeX, and as it looks."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement

from kb.read.html.tree import classes, name_of, pieces

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
