"""What inline Markdown consists of, and how it reads without its markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, assert_never

Mark = Literal["strong", "em", "del", "u", "mark", "small", "sub", "sup", "kbd", "code"]
"""How words look, by the name of the element of HTML that says so."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words."""

    text: str


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """Code inside a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula inside a line, as TeX."""

    tex: str


@dataclass(frozen=True, slots=True)
class Link:
    """`[label](url "title")`."""

    label: tuple[Inline, ...]
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """`![alt](url "title")`, or an `<img>`."""

    alt: str
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Url:
    """An address that stands in the text itself."""

    url: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Other inlines that look one way. Code is one only where it holds more than words."""

    mark: Mark
    inner: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """An HTML comment."""

    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that names something with a page; the linker puts it in, no note holds one."""

    text: str
    kind: str
    id: str


Inline = Text | CodeSpan | Math | Link | Image | Url | Marked | Break | Hidden | Mention


@dataclass(frozen=True, slots=True)
class RichText:
    """Inline Markdown, as it was written and as what it says: `kb.text.inline.rich_text` makes it."""

    source: str
    # Nodes follow from the source, but for the mentions that the linker puts in: these make another value.
    nodes: tuple[Inline, ...] = field(hash=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.source)

    @property
    def plain(self) -> str:
        """What a reader sees."""
        return plain(self.nodes)


NO_TEXT = RichText("", ())


def plain(inlines: tuple[Inline, ...]) -> str:
    """What a reader sees: no markup, a line feed for a break, the alternative text of an image."""
    if len(inlines) == 1 and isinstance(only := inlines[0], Text):
        return only.text
    return "".join(map(_plain, inlines))


def _plain(node: Inline) -> str:
    match node:
        case Text(text) | CodeSpan(text) | Math(text) | Mention(text):
            return text
        case Link(label) | Marked(_, label):
            return plain(label)
        case Image(alt):
            return alt
        case Url(url):
            return url
        case Break():
            return "\n"
        case Hidden():
            return ""


def flat(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """All nodes and what is inside them, in the order in which they are read."""
    for node in nodes:
        yield node
        match node:
            case Link(inner) | Marked(_, inner):
                yield from flat(inner)
            case Text() | CodeSpan() | Math() | Image() | Url() | Break() | Hidden() | Mention():
                pass
            case _:
                assert_never(node)


def merge(nodes: Iterable[Inline]) -> tuple[Inline, ...]:
    """Join neighbouring texts."""
    merged: list[Inline] = []
    for node in nodes:
        if isinstance(node, Text) and merged and isinstance(last := merged[-1], Text):
            merged[-1] = Text(last.text + node.text)
        else:
            merged.append(node)
    return tuple(merged)
