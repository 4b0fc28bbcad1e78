"""Pages as the engine renders them, and the words that a reader finds in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import markdown
from lxml import html
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

from tests.support.said import squeezed

HOME = Path(__file__).resolve().parents[2]


@cache
def _engine() -> markdown.Markdown:
    config = load_config(str(HOME / "mkdocs.yml"))
    return markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def render(page: str) -> html.HtmlElement:
    """The body of a generated page as HTML, with exactly the extensions of `mkdocs.yml`."""
    body, _ = get_data(page)
    source = _engine().reset().convert(body)
    return html.fromstring(f"<!doctype html><html><body><article>{source}</article></body></html>")


def notes_in(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """The elements that hold what a note said, in order."""
    return list(tree.xpath("//*[@data-note]"))


def words_of(element: html.HtmlElement) -> str:
    """What is read in an element, without blanks: text, and the alternative text of images."""
    return squeezed("".join(_texts(element)))


def _texts(element: html.HtmlElement) -> Iterator[str]:
    if not isinstance(element.tag, str) or "headerlink" in element.get("class", ""):
        return  # a comment, or the engine's own link
    if element.get("class", "").startswith("kb-math"):
        (tex,) = element.iter("annotation")  # a formula is told three times: as it looks, and twice as TeX
        yield tex.text or ""
        return
    yield element.get("alt", "") if element.tag == "img" else element.text or ""
    for inner in element:
        yield from _texts(inner)
        yield inner.tail or ""
