"""Inline nodes as a page can show them: what leads nowhere is words, and no link stands in a link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never

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


def shown_text(nodes: tuple[Inline, ...], resolve: Resolve) -> str:
    """The words that a reader sees, a line feed for a break."""
    return plain(as_shown(nodes, resolve))


def as_shown(nodes: tuple[Inline, ...], resolve: Resolve) -> tuple[Inline, ...]:
    """The same words with the addresses that the site gives them. Afterwards nothing is to be resolved."""
    if len(nodes) == 1 and isinstance(nodes[0], Text):
        return nodes
    return tuple(one for node in nodes for one in _shown(node, resolve))


def _shown(node: Inline, resolve: Resolve) -> Iterator[Inline]:
    match node:
        case Marked(mark, inner):
            yield Marked(mark, as_shown(inner, resolve))
        case Link(label, url, title):
            yield from _link(label, url, title, resolve)
        case Image():
            yield from _image(node, resolve)
        case Url(url):
            yield node if resolve(url) else Text(url)
        case Text() | CodeSpan() | Break() | Hidden() | Mention():
            yield node
        case _:
            assert_never(node)


def _link(label: tuple[Inline, ...], url: str, title: str, resolve: Resolve) -> Iterator[Inline]:
    target, words = resolve(url), label if _is_seen(label) else (Text(url),)
    if target:
        yield Link(tuple(_unlinked(words, resolve)), target, title)
        return
    yield from as_shown(words, resolve)
    if plain(words) != url:
        yield Text(f" ({url})")


def _unlinked(nodes: tuple[Inline, ...], resolve: Resolve) -> Iterator[Inline]:
    """What may stand inside a link, which cannot hold another: words, marks, images of the site."""
    for node in nodes:
        match node:
            case Link(label, url):
                inner = (*label, Text(f" ({url})")) if _is_seen(label) else (Text(url),)
                yield from _unlinked(inner, resolve)
            case Url(text) | Mention(text):
                yield Text(text)
            case Image(alt, url):
                target = resolve(url)
                yield Image(alt, target) if _is_local(target) else Text(alt or url)
            case Marked(mark, inner):
                yield Marked(mark, tuple(_unlinked(inner, resolve)))
            case Text() | CodeSpan() | Break() | Hidden():
                yield node
            case _:
                assert_never(node)


def _is_seen(nodes: tuple[Inline, ...]) -> bool:
    """Whether anything of it would be seen."""
    return bool(plain(nodes).strip()) or any(isinstance(node, Image) for node in nodes)


def _image(node: Image, resolve: Resolve) -> Iterator[Inline]:
    """An image beside the note; one on another host is a link, for the site fetches nothing."""
    target = resolve(node.url)
    if _is_local(target):
        yield Image(node.alt, target)
    else:
        yield from _link((Text(node.alt),) if node.alt else (), node.url, node.title, resolve)


def _is_local(target: str) -> bool:
    """Whether a target is a file beside the notes, rather than a page or another site."""
    return target.startswith("../notes/")
