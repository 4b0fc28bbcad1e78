"""The text of a page to a tree that is safe to walk."""

from __future__ import annotations

import re

from lxml import etree, html
from lxml.html import HtmlElement
from lxml.html.defs import empty_tags

from kb.read.html.tree import SILENT, name_of
from kb.read.html.words import words_of

MAX_LEVELS = 64
"""Elements inside each other; what lies deeper is read as text."""
# The parser itself gives up at 256.
_PARSED_LEVELS = 200

_CONTROL = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)(?:\s[^<>]*)?>")


def parse(text: str) -> tuple[HtmlElement | None, bool]:
    """The tree of a page, None where there is nothing in it, and whether it lay too deep to be kept."""
    tree, deep = _parsed(text)
    if deep:
        tree, still = _parsed(_TAG.sub("", text) if _parsed(_shallow(text))[1] else _shallow(text))
        deep = deep or still
    if tree is None:
        return None, deep
    _empty_head(tree)
    return tree, _bound(tree) or deep


def _empty_head(tree: HtmlElement) -> None:
    """Bring what does not belong into the head of a page, and would not be seen there, into its body."""
    body = tree.find("body")
    for element in reversed(tree.xpath("/html/head/*")):
        if body is not None and name_of(element) not in (*SILENT, "base", ""):
            body.insert(0, element)


def _parsed(text: str) -> tuple[HtmlElement | None, bool]:
    # A page is foreign: the parser mends what is broken and fetches nothing.
    parser = html.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, False
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return tree, any(error.type == limit for error in parser.error_log)


def _shallow(text: str) -> str:
    """The page without the tags that lie too deep; those that name an address stay."""
    level = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal level
        name = tag["name"].lower()
        if name in empty_tags or name in SILENT:
            return tag[0]
        level = max(0, level + (-1 if tag["end"] else 1))
        return tag[0] if level + bool(tag["end"]) <= _PARSED_LEVELS or name == "a" else ""

    return _TAG.sub(keep, text)


def _bound(tree: HtmlElement) -> bool:
    """Replace what lies too deep by its words; answer whether anything did."""
    level, deep = 0, []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        level += 1 if event == "start" else -1
        if event == "start" and level == MAX_LEVELS and len(element):
            deep.append(element)
    for element in deep:
        told = _CONTROL.sub("\ufffd", words_of(element))
        for child in list(element):
            element.remove(child)
        element.text = told
    return bool(deep)
