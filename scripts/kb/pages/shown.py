"""Inline nodes as a page can show them: what leads nowhere is words, and no link stands in a link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never
from urllib.parse import urlsplit

from kb.model import inline as i
from kb.model.inline import Inline, plain

UNNAMED_IMAGE = "図"
"""What an image on another host is called that has no words; its address would tell a reader nothing."""
Resolve = Callable[[str], str]
"""The address of a link or image of a note as seen from a topic's page; empty where it leads nowhere."""


def shown_text(nodes: tuple[Inline, ...], resolve: Resolve) -> str:
    """The words that a reader sees, a line feed for a break."""
    return plain(as_shown(nodes, resolve))


def as_shown(nodes: tuple[Inline, ...], resolve: Resolve) -> tuple[Inline, ...]:
    """The same words with the addresses that the site gives them. Afterwards nothing is to be resolved."""
    if len(nodes) == 1 and isinstance(nodes[0], i.Text):
        return nodes
    return tuple(one for node in nodes for one in _shown(node, resolve))


def _shown(node: Inline, resolve: Resolve) -> Iterator[Inline]:
    match node:
        case i.Marked(mark, inner):
            yield i.Marked(mark, as_shown(inner, resolve))
        case i.Link(label, url, title):
            yield from _link(label, url, title, resolve)
        case i.Image():
            yield from _image(node, resolve)
        case i.Url(url):
            yield node if resolve(url) else i.Text(url)
        case i.Text() | i.CodeSpan() | i.Math() | i.Break() | i.Hidden() | i.Mention():
            yield node
        case _:
            assert_never(node)


def _link(label: tuple[Inline, ...], url: str, title: str, resolve: Resolve) -> Iterator[Inline]:
    target, words = resolve(url), label if _is_seen(label) else (i.Text(url),)
    if target:
        yield i.Link(tuple(_unlinked(words, resolve)), target, title)
        return
    yield from as_shown(words, resolve)
    if plain(words) != url:
        yield i.Text(f" ({url})")


def _unlinked(nodes: tuple[Inline, ...], resolve: Resolve) -> Iterator[Inline]:
    """What may stand inside a link, which cannot hold another: words, marks, images of the site."""
    for node in nodes:
        match node:
            case i.Link(label, url):
                inner = (*label, i.Text(f" ({url})")) if _is_seen(label) else (i.Text(url),)
                yield from _unlinked(inner, resolve)
            case i.Url(text) | i.Mention(text):
                yield i.Text(text)
            case i.Image(alt, url):
                target = resolve(url)
                yield i.Image(alt, target) if _is_local(target) else i.Text(alt or url)
            case i.Marked(mark, inner):
                yield i.Marked(mark, tuple(_unlinked(inner, resolve)))
            case i.Text() | i.CodeSpan() | i.Math() | i.Break() | i.Hidden():
                yield node
            case _:
                assert_never(node)


def _is_seen(nodes: tuple[Inline, ...]) -> bool:
    return bool(plain(nodes).strip()) or any(isinstance(node, i.Image) for node in nodes)


def _image(node: i.Image, resolve: Resolve) -> Iterator[Inline]:
    target = resolve(node.url)
    if _is_local(target):
        yield i.Image(node.alt, target)
    elif host_of(target):
        yield i.Image(node.alt if node.alt.strip() else UNNAMED_IMAGE, target)
    else:
        yield from _link((i.Text(node.alt),) if node.alt else (), node.url, node.title, resolve)


def host_of(target: str) -> str:
    """Where an image lies that the site may not fetch; empty for one of its own, or for no image."""
    try:
        return (urlsplit(target).hostname or "") if target.startswith(("http://", "https://")) else ""
    except ValueError:  # `http://[`
        return ""


def _is_local(target: str) -> bool:
    """Whether a target is a file beside the notes, rather than a page or another site."""
    return target.startswith("../notes/")
