"""Inline elements to the nodes that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from kb.model.codes import Code
from kb.model.inline import Break, CodeSpan, Image, Inline, Link, Mark, Marked, Text, Url
from kb.read.html.tex import tex_of
from kb.read.html.told import Told
from kb.read.html.tree import (
    BLOCKS,
    INLINE,
    address,
    classes,
    is_block,
    is_icon,
    name_of,
    pieces,
)
from kb.read.html.words import MEDIA, addresses_in, says_itself, shown_in, spoken, words_of
from kb.text.pieces import is_safe_url

Nodes = list[Inline]

_MARKS: dict[str, Mark] = {
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("em", "i"), "em"),
    **dict.fromkeys(("del", "s", "strike"), "del"),
}
BOXES = (Text("☐"), Text("☑"))
"""A checkbox without and with its tick, where no list says it."""
_SOURCE_BREAK = re.compile(r"[ \t]*\n[ \t]+|[ \t]*\n\s*\n\s*")
"""A line end that somebody's formatter made, with the indentation of the next line behind it."""


def text_nodes(text: str) -> Nodes:
    """Words; a line feed is a line break, as Notion's style sheet shows it."""
    return _rows(_SOURCE_BREAK.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")), Text)


def _rows(text: str, kind: type[Text | CodeSpan]) -> Nodes:
    nodes: Nodes = []
    for row in text.split("\n"):
        nodes += [Break(), kind(row)] if row else [Break()]
    return nodes[1:]


def inside(element: HtmlElement, told: Told) -> Nodes:
    """Everything inside of an element on one run of text; blocks begin new lines."""
    nodes: Nodes = []
    for piece in pieces(element):
        if isinstance(piece, str):
            nodes += text_nodes(piece)
        elif is_block(piece):
            nodes += [Break(), *nodes_of(piece, told), Break()]
        else:
            nodes += nodes_of(piece, told)
    return nodes


def nodes_of(element: HtmlElement, told: Told) -> Nodes:
    """What an inline element means; nothing inside of it is dropped without a word."""
    name, tex = name_of(element), tex_of(element)
    if tex is not None:
        return [Text(f"${' '.join(tex.split())}$")] if tex else []
    if is_icon(element):
        told.leave_out(Code.HTML_ICON, element, "アイコンを省きました", words_of(element))
        return []
    if name in _MARKS:
        return [Marked(_MARKS[name], tuple(inside(element, told)))]
    match name:
        case "br":
            return [Break()]
        case "code" | "kbd" | "samp" | "tt" if not addresses_in(element):
            return _rows(spoken(element).replace("\r", ""), CodeSpan)
        case "a":
            return _link(element, told)
        case _ if name in MEDIA:
            return _media(element, told)
        case _ if "checkbox" in classes(element):
            return [BOXES[is_checked(element)], *inside(element, told)]
    if name not in INLINE and name not in BLOCKS:
        message = f"知らない要素 `<{name[:30]}>` です。中の文字だけを残しました"
        told.say_once(name, Code.HTML_UNKNOWN, element, message, "元のページと見比べてください")
    return inside(element, told)


def is_checked(element: HtmlElement) -> bool:
    """Whether a checkbox has its tick."""
    return "checkbox-on" in classes(element) or element.get("checked") is not None


def _link(element: HtmlElement, told: Told) -> Nodes:
    url, label = address(element, "href"), inside(element, told)
    if not url or url in shown_in(element):
        return label
    return linked(label, url) if not says_itself(element, url) else [*linked([Text(url)], url)]


def linked(label: Nodes, url: str) -> Nodes:
    """A link; where the address may not become one, it stands behind the words."""
    flat = tuple(_flat(label))
    if not is_safe_url(url):
        return [*flat, Text(f" ({url})")]
    if not flat:
        flat = (Text(url),)
    if flat == (Text(url),) and url.startswith(("http://", "https://")):
        return [Url(url)]
    return [Link(flat, url)]


def _flat(nodes: Iterable[Inline]) -> Nodes:
    """A label on one line, without links of its own."""
    flat: Nodes = []
    for node in nodes:
        match node:
            case Break():
                flat.append(Text(" "))
            # No link holds another: https://spec.commonmark.org/0.31.2/#links
            case Link(label, url):
                flat += [*_flat(label), Text(f" ({url})")]
            case Url(url):
                flat.append(Text(url))
            case Marked(mark, inner):
                flat.append(Marked(mark, tuple(_flat(inner))))
            case _:
                flat.append(node)
    while flat and isinstance(flat[0], Text) and not flat[0].text.strip():
        flat.pop(0)
    while flat and isinstance(flat[-1], Text) and not flat[-1].text.strip():
        flat.pop()
    return flat


def _media(element: HtmlElement, told: Told) -> Nodes:
    url, rest = address(element, "src"), inside(element, told)
    if not url:
        return rest
    if name_of(element) != "img":
        return [*linked([], url), *rest]
    return image(url, " ".join(element.get("alt", "").split()), element, told)


def image(url: str, alt: str, element: HtmlElement, told: Told) -> Nodes:
    """An image; one whose bytes stand in the page itself is left out."""
    # Megabytes of letters on a line of the note would help nobody.
    if url.lower().startswith("data:"):
        message = "ページに埋め込まれた画像を省きました"
        told.leave_out(Code.HTML_DATA_IMAGE, element, message, url)
        return [Text(alt)] if alt else []
    return [Image(alt, url)] if is_safe_url(url) else [Text(f"{alt} ({url})")]
