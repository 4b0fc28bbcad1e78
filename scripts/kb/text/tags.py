"""Tags of HTML that only format, paired up to what they mean: `H<sub>2</sub>O`, `<b>…</b>`, `<font>…</font>`.

Nothing that a tag says beside its name is kept. A tag without a partner is text, and so are two pairs
that cross, and a tag that would do something (`onclick`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeGuard

from kb.model.inline import CodeSpan, Inline, Mark, Marked, Text, plain
from kb.text.emphasis import Run, pair

MARKS: dict[str, Mark] = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "var"), "em"),
    **dict.fromkeys(("s", "strike", "del"), "del"),
    **dict.fromkeys(("u", "ins"), "u"),
    **dict.fromkeys(("code", "tt", "samp"), "code"),
    "mark": "mark",
    "small": "small",
    "sub": "sub",
    "sup": "sup",
    "kbd": "kbd",
}
"""The names of elements by what their words look like."""
_WHOLE = frozenset(("center", "div", "p"))
"""Elements that stand on lines of their own: around the whole of a text, or they are text."""
# Colours and sizes of letters mean nothing on a page.
NAMES = frozenset((*MARKS, "span", "font", *_WHOLE))
"""The elements that only format."""

SIGNS: dict[Mark, str] = {"strong": "**", "em": "*", "del": "~~"}
"""What Markdown writes instead."""

# Attributes as in CommonMark, without angle brackets: https://spec.commonmark.org/0.31.2/#attribute
_VALUE = r"""(?:"[^"<>]*"|'[^'<>]*'|[^\s"'=<>`]+)"""
TAG = re.compile(
    rf"<(?P<closes>/?)(?P<name>{'|'.join(sorted(NAMES, key=len, reverse=True))})"
    rf"(?:\s+(?!on)[A-Za-z_:][\w:.-]*(?:\s*=\s*{_VALUE})?)*\s*>",
    re.IGNORECASE | re.ASCII,
)
"""One such tag, its closing one too."""
# `<s>` and `</s>` are tokens of language models, too: 文頭に<s>、文末に</s>.
_TOKENS = re.compile(r"\s|[、。,.・…]|.*(?:\s|[、。,.・…])$|[ぁ-ん]{0,4}$", re.DOTALL)
_MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that has not found its partner yet."""

    name: str
    closes: bool
    source: str


def tag_at(source: str, at: int) -> Tag | None:
    """The tag that only formats at a place of a source."""
    found = TAG.match(source, at)
    return Tag(found["name"].lower(), bool(found["closes"]), found[0]) if found else None


def formatted(nodes: list[Inline | Run | Tag]) -> tuple[Inline, ...]:
    """Nodes with tags and emphasis paired up; emphasis lies inside or outside of an element."""
    return pair(nodes) if _without_tags(nodes) else _built(nodes)


def _without_tags(nodes: list[Inline | Run | Tag]) -> TypeGuard[list[Inline | Run]]:
    return not any(isinstance(node, Tag) for node in nodes)


def _built(nodes: list[Inline | Run | Tag]) -> tuple[Inline, ...]:
    partners = _partners(nodes)
    paired = {*partners, *partners.values()}
    open_tags: list[Tag] = []
    levels: list[list[Inline | Run]] = [[]]
    for at, node in enumerate(nodes):
        if not isinstance(node, Tag):
            levels[-1].append(node)
        elif at not in paired:
            levels[-1].append(Text(node.source))
        elif not node.closes:
            open_tags.append(node)
            levels.append([])
        else:
            inner = pair(levels.pop())
            levels[-1] += _element(open_tags.pop(), node, inner)
    return pair(levels[0])


def _partners(nodes: list[Inline | Run | Tag]) -> dict[int, int]:
    """The places of the opening and the closing tag of each element."""
    waiting: dict[str, list[int]] = {name: [] for name in NAMES}
    found: dict[int, int] = {}
    for at, node in enumerate(nodes):
        if isinstance(node, Tag) and not node.closes:
            waiting[node.name].append(at)
        elif isinstance(node, Tag) and waiting[node.name]:
            start = waiting[node.name].pop()
            if node.name not in _WHOLE or _is_around(nodes, start, at):
                found[start] = at
    crossed = set(_crossed(found))
    return {start: end for start, end in found.items() if start not in crossed}


def _is_around(nodes: list[Inline | Run | Tag], start: int, end: int) -> bool:
    if max(start, len(nodes) - 1 - end) >= _MAX_DEPTH:
        return False
    beside = (*nodes[:start], *nodes[end + 1 :])
    return all(isinstance(node, Tag) and node.name in _WHOLE for node in beside)


def _crossed(pairs: dict[int, int]) -> Iterator[int]:
    """Where the pairs open that cross each other, or lie too deep."""
    starts = {end: start for start, end in pairs.items()}
    inside: list[int] = []
    for at in sorted((*pairs, *starts)):
        if at in pairs and len(inside) < _MAX_DEPTH:
            inside.append(at)
        elif at in pairs:
            yield at
        elif (start := starts[at]) in inside:
            above = inside[inside.index(start) :]
            del inside[-len(above) :]
            if len(above) > 1:
                yield from above


def _element(opening: Tag, closing: Tag, inner: tuple[Inline, ...]) -> Iterable[Inline]:
    """What an element means."""
    name = opening.name
    if name == "s" and _TOKENS.match(plain(inner)):
        return (Text(opening.source), *inner, Text(closing.source))
    if name not in MARKS:
        return inner
    mark = MARKS[name]
    if mark == "code" and len(inner) == 1 and isinstance(words := inner[0], Text):
        return (CodeSpan(words.text),)
    return (Marked(mark, inner),)
