"""Inline nodes as Markdown that Python-Markdown reads as what they are, in both engines.

Everything that could be taken for markup is escaped, so the extensions that are switched on in
`mkdocs.yml` cannot change a note's words. `tests/pages/test_markdown.py` holds this for any text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import quote

from kb.model.inline import (
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
_ESCAPES |= {ord("\n"): " ", ord("\r"): " "}  # from `&#10;`; a line break is a node of its own
_TILDES = re.compile(r"~(?=~)|(?<=~)~")
_NOT_TEXT = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
"""Control characters, which HTML cannot hold; Python-Markdown uses two of them for itself."""
_SPECIAL = re.compile(r"[\\`*_{}\[\]!<>&|~\x00-\x1f\x7f]")
"""Whatever `escape` changes, in one pass."""
_LINE_START = re.compile(r"(?:#{1,6}|[+\-=:]|\d+(?=[.)])|/{3}|\?{3})")
_URL_SAFE = "/:?#@!$&'+,;=%~-._"


def without_controls(text: str) -> str:
    """Text without the characters that no page can show."""
    return text.translate(_NOT_TEXT)


def escape(text: str) -> str:
    """Plain text as Markdown source."""
    if not _SPECIAL.search(text):
        return text
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


def guard_title(source: str) -> str:
    """`guard` for a heading: hashes at its end would be taken off (`C#`), and a blank one be none."""
    guarded = guard(source) or "&nbsp;"
    return f"{guarded[:-1]}&#35;" if guarded.endswith("#") else guarded


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
            return _link(label, url, title, resolve)
        case Url(url):
            return f"<{_url(url)}>" if _plain_url(url) else _link((), url, "", resolve)
        case Image():
            return _image(node, resolve)
        case Break():
            return "<br>"
        case Hidden():
            return ""


def _plain_url(url: str) -> bool:
    return _url(url) == url


def _code(text: str) -> str:
    """Code as HTML: a span with backticks would end at a pipe in a table."""
    return f"<code>{escape(text)}</code>"


def _url(url: str) -> str:
    """An address between round brackets; its `&` is not to be taken for an entity (`&copy=1`)."""
    return quote(url, safe=_URL_SAFE).replace("&", "&amp;")


def _link(label: tuple[Inline, ...], url: str, title: str, resolve: Resolve) -> str:
    target, words = resolve(url), (Text(url),) if is_blank(label) else label
    if not target:
        return write_inline(words, resolve) + ("" if plain(words) == url else f" ({escape(url)})")
    source = write_inline(tuple(_unlinked(words, resolve)), resolve)
    quoted = title.replace("\\", "").replace('"', "”").translate(_NOT_TEXT)
    return f"[{source}]({_url(target)}" + (f' "{quoted}")' if quoted else ")")


def _unlinked(nodes: tuple[Inline, ...], resolve: Resolve) -> Iterator[Inline]:
    """What may stand inside a link, which cannot hold another: words, marks, images of the site."""
    for node in nodes:
        match node:
            case Link(label, url):
                inner = (Text(url),) if is_blank(label) else (*label, Text(f" ({url})"))
                yield from _unlinked(inner, resolve)
            case Url(url):
                yield Text(url)
            case Mention(text):
                yield Text(text)
            case Image(alt, url) if not _is_local(resolve(url)):
                yield Text(alt or url)
            case Marked(mark, inner):
                yield Marked(mark, tuple(_unlinked(inner, resolve)))
            case _:
                yield node


def _is_local(target: str) -> bool:
    """Whether a target is a file beside the notes, rather than a page or another site."""
    return target.startswith("../notes/")


def _image(node: Image, resolve: Resolve) -> str:
    """An image beside the note; one on another host is a link, for the site fetches nothing."""
    target = resolve(node.url)
    if _is_local(target):
        return f"![{escape(node.alt)}]({_url(target)})"
    return _link((Text(node.alt),) if node.alt else (), node.url, node.title, resolve)


def attribute(text: str) -> str:
    """A value between double quotes in an HTML tag or an attribute list."""
    return html.escape(text.translate(_NOT_TEXT)).replace("{", "&#123;").replace("}", "&#125;")


def is_blank(nodes: tuple[Inline, ...]) -> bool:
    """Whether nothing of it would be seen."""
    return not plain(nodes).strip() and not any(isinstance(node, Image) for node in nodes)
