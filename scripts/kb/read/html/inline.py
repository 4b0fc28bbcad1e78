"""Inline elements to the nodes that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from kb.model import inline as i
from kb.model.codes import Code
from kb.read.html import tree
from kb.read.html.told import Told
from kb.read.html.tree import classes, name_of
from kb.read.html.words import MEDIA, addresses_in, says_itself, shown_in, spoken, tex_of, words_of
from kb.text.pieces import is_safe_url
from kb.text.tags import MARKS

Nodes = list[i.Inline]

BOXES = (i.Text("☐"), i.Text("☑"))
"""A checkbox without and with its tick, where no list says it."""
# A line end that somebody's formatter made, with the indentation of the next line behind it.
_SOURCE_BREAK = re.compile(r"[ \t]*\n[ \t]+|[ \t]*\n\s*\n\s*")


def text_nodes(text: str) -> Nodes:
    """Words; a line feed is a line break, as Notion's style sheet shows it."""
    return _rows(_SOURCE_BREAK.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")), i.Text)


def _rows(text: str, kind: type[i.Text | i.CodeSpan]) -> Nodes:
    nodes: Nodes = []
    for row in text.split("\n"):
        nodes += [i.Break(), kind(row)] if row else [i.Break()]
    return nodes[1:]


def inside(element: HtmlElement, told: Told) -> Nodes:
    """Everything inside of an element on one run of text; blocks begin new lines."""
    nodes: Nodes = []
    for piece in tree.pieces(element):
        if isinstance(piece, str):
            nodes += text_nodes(piece)
        elif tree.is_block(piece):
            nodes += [i.Break(), *nodes_of(piece, told), i.Break()]
        else:
            nodes += nodes_of(piece, told)
    return nodes


def nodes_of(element: HtmlElement, told: Told) -> Nodes:
    """What an inline element means; nothing inside of it is dropped without a word."""
    name, tex = name_of(element), tex_of(element)
    if tex is not None:
        return [i.Math(" ".join(tex.split()))] if tex else []
    if tree.is_icon(element):
        told.leave_out(Code.HTML_ICON, element, "アイコンを省きました", words_of(element))
        return []
    match name:
        case "br":
            return [i.Break()]
        case "code" | "samp" | "tt" if not addresses_in(element) and not any(
            map(_mark, element.iterdescendants())
        ):
            return _rows(spoken(element).replace("\r", ""), i.CodeSpan)
        case "a":
            return _link(element, told)
        case _ if name in MEDIA:
            return _media(element, told)
        case _ if "checkbox" in classes(element):
            return [BOXES[is_checked(element)], *inside(element, told)]
        case _ if mark := _mark(element):
            return [i.Marked(mark, tuple(inside(element, told)))]
    if name not in tree.INLINE and name not in tree.BLOCKS:
        message = f"知らない要素 `<{name[:30]}>` です。中の文字だけを残しました"
        told.say_once(name, Code.HTML_UNKNOWN, element, message, "元のページと見比べてください")
    return inside(element, told)


def _mark(element: HtmlElement) -> i.Mark | None:
    """How the words of an element look; colours mean nothing."""
    name = name_of(element)
    if name == "mark" and any(one.startswith("highlight") for one in classes(element)):
        return None
    # Notion's own export has no element for what is underlined.
    return "u" if "border-bottom:" in element.get("style", "") and name == "span" else MARKS.get(name)


def is_checked(element: HtmlElement) -> bool:
    """Whether a checkbox has its tick."""
    return "checkbox-on" in classes(element) or element.get("checked") is not None


def _link(element: HtmlElement, told: Told) -> Nodes:
    url, label = tree.address(element, "href"), inside(element, told)
    if not url or url in shown_in(element):
        return label
    return linked(label, url) if not says_itself(element, url) else [*linked([i.Text(url)], url)]


def linked(label: Nodes, url: str) -> Nodes:
    """A link; where the address may not become one, it stands behind the words."""
    flat = tuple(_flat(label))
    if not is_safe_url(url):
        return [*flat, i.Text(f" ({url})")]
    if not flat:
        flat = (i.Text(url),)
    if flat == (i.Text(url),) and url.startswith(("http://", "https://")):
        return [i.Url(url)]
    return [i.Link(flat, url)]


def _flat(nodes: Iterable[i.Inline]) -> Nodes:
    """A label on one line, without links of its own."""
    flat: Nodes = []
    for node in nodes:
        match node:
            case i.Break():
                flat.append(i.Text(" "))
            # No link holds another: https://spec.commonmark.org/0.31.2/#links
            case i.Link(label, url):
                flat += [*_flat(label), i.Text(f" ({url})")]
            case i.Url(url):
                flat.append(i.Text(url))
            case i.Marked(mark, inner):
                flat.append(i.Marked(mark, tuple(_flat(inner))))
            case _:
                flat.append(node)
    while flat and isinstance(flat[0], i.Text) and not flat[0].text.strip():
        flat.pop(0)
    while flat and isinstance(flat[-1], i.Text) and not flat[-1].text.strip():
        flat.pop()
    return flat


def _media(element: HtmlElement, told: Told) -> Nodes:
    url, rest = tree.address(element, "src"), inside(element, told)
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
        return [i.Text(alt)] if alt else []
    return [i.Image(alt, url)] if is_safe_url(url) else [i.Text(f"{alt} ({url})")]
