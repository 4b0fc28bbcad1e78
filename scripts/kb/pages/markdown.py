"""Inline nodes as Markdown that Python-Markdown reads as what they are, in both engines.

Everything that could be taken for markup is escaped, so the extensions that are switched on in
`mkdocs.yml` cannot change a note's words. `tests/pages/test_markdown.py` holds this for any text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from kb.text.inline import (
    Break,
    CodeSpan,
    Hidden,
    Image,
    Inline,
    Link,
    Marked,
    Mention,
    Text,
    Url,
    plain,
)

Resolve = Callable[[str], str]
"""The address of a link or image of a note as seen from a topic's page; empty where it leads nowhere."""

_ESCAPES = {ord(char): "\\" + char for char in "\\`*_{}[]!"}
_ESCAPES |= {ord("<"): "&lt;", ord(">"): "&gt;", ord("&"): "&amp;", ord("|"): "&#124;"}
_TILDES = re.compile(r"~(?=~)|(?<=~)~")
_NOT_TEXT = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
"""Control characters, which HTML cannot hold; Python-Markdown uses two of them for itself."""
_LINE_START = re.compile(r"(?:#{1,6}|[+\-=:]|\d+(?=[.)])|/{3}|\?{3})")
_URL_SAFE = "/:?#@!$&'+,;=%~-._[]"


def escape(text: str) -> str:
    """Plain text as Markdown source."""
    escaped = text.translate(_NOT_TEXT).translate(_ESCAPES)
    return _TILDES.sub("&#126;", escaped) if "~~" in escaped else escaped


def guard(source: str) -> str:
    """Keep the beginning of a block from being read as a heading, a list, a rule or a fence."""
    source = source.strip()
    found = _LINE_START.match(source)
    if not found:
        return source
    if source[0].isdigit():
        return f"{found[0]}&#{ord(source[found.end()])};{source[found.end() + 1 :]}"
    return f"&#{ord(source[0])};{source[1:]}"


@lru_cache(maxsize=1 << 18)
def page_link(kind: str, page: str, anchor: str = "") -> str:
    """From one generated page to another: both lie one folder below `docs/`."""
    return f"../{kind}s/{quote(page)}.md" + (f"#{anchor}" if anchor else "")


def write_inline(nodes: tuple[Inline, ...], resolve: Resolve) -> str:
    """Inline nodes on one line."""
    return "".join(_node(node, resolve) for node in nodes)


def _node(node: Inline, resolve: Resolve) -> str:
    match node:
        case Text(text):
            return escape(text)
        case CodeSpan(text):
            return _code(text)
        case Mention(text, kind, page):
            return f"[{escape(text)}]({page_link(kind, page)})"
        case Marked(mark, inner):
            return f"<{mark}>{write_inline(inner, resolve)}</{mark}>"
        case Link(label, url, title):
            return _link(write_inline(label, resolve) or escape(url), url, title, resolve)
        case Url(url):
            return f"<{_url(url)}>" if _plain_url(url) else _link(escape(url), url, "", resolve)
        case Image():
            return _image(node, resolve)
        case Break():
            return "<br>"
        case Hidden():
            return ""


def _plain_url(url: str) -> bool:
    return _url(url) == url and "&" not in url


def _code(text: str) -> str:
    """Code as HTML: a span with backticks would end at a pipe in a table."""
    return f"<code>{escape(text)}</code>"


def _url(url: str) -> str:
    return quote(url, safe=_URL_SAFE)


def _link(label: str, url: str, title: str, resolve: Resolve) -> str:
    target = resolve(url)
    if not target:
        shown = escape(url)
        return label if label == shown else f"{label} ({shown})"
    quoted = title.replace("\\", "").replace('"', "”").translate(_NOT_TEXT)
    return f"[{label}]({_url(target)}" + (f' "{quoted}")' if quoted else ")")


def _image(node: Image, resolve: Resolve) -> str:
    """An image beside the note; one on another host is a link, for the site fetches nothing."""
    target = resolve(node.url)
    if target and not re.match(r"[a-z]+:", target):
        return f"![{escape(node.alt)}]({_url(target)})"
    return _link(escape(node.alt) or escape(node.url), node.url, node.title, resolve)


def attribute(text: str) -> str:
    """A value between double quotes in an HTML tag or an attribute list."""
    return html.escape(text.translate(_NOT_TEXT)).replace("{", "&#123;").replace("}", "&#125;")


def is_blank(nodes: tuple[Inline, ...]) -> bool:
    """Whether nothing of it would be seen."""
    return not plain(nodes).strip() and not any(isinstance(node, Image) for node in nodes)
