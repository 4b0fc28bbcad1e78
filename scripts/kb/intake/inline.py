"""Addresses in inline Markdown: found where the inline reader finds them, and changed in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from kb.model.inline import Link, Marked, Text
from kb.read.markers import KIND_LABEL
from kb.read.starts import literal_start
from kb.text.inline import parse_inline, places
from kb.text.pieces import decoded, target_at

_SOURCE = re.compile(r"""\bsrc\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)')""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a link or an image of a text leads."""

    label: str
    """Inline source of a link's words, the alternative text of an image."""
    url: str
    is_image: bool
    raw: str
    """The address with its title as it stands in the source."""
    kind: str = ""
    """Of a line that is nothing but a link: the kind that stands before it, `[論文]`."""


Change = Callable[[Address], str | None]
"""The new address, an empty text to keep only the label, or None to leave all as it is."""


def line_starts(text: str, before: str = "") -> str:
    """A text of which no line begins a block: what was the label of a link may look like one.

    Lines that begin as they did `before` stay as they are; no line ends in the blanks of a label.
    """
    pairs = zip_longest(text.split("\n"), before.split("\n"), fillvalue="")
    return "\n".join(new.rstrip() if new[:2] == old[:2] else literal_start(new.strip()) for new, old in pairs)


def readdressed(text: str, change: Change, depth: int = 0) -> str:
    """The text with its addresses changed; all else, code and escapes too, stays as it was written."""
    if "](" not in text and "<" not in text:
        return text
    pieces: list[str] = []
    done = 0
    for start, end, _ in places(text, depth):
        pieces += [text[done:start], _changed(text[start:end], change, depth)]
        done = end
    return "".join(pieces) + text[done:]


def _changed(source: str, change: Change, depth: int) -> str:
    """What the source of one link or image becomes."""
    is_image = source[0] == "!"
    target = target_at(source, int(is_image))
    if not target:
        return _tag(source, change)
    label, url, title, _ = target
    raw = source[is_image + len(label) + 3 : -1]
    inner = label if is_image else readdressed(label, change, depth + 1)
    new = change(Address(label, url, is_image, raw))
    if new == "" and inner.strip():
        return inner
    mark = "!" if is_image else ""
    if not new:  # a link without words stays, or nothing would say that it was there
        return f"{mark}[{inner}]({raw})"
    quoted = f' "{title}"' if title else ""
    return f"{mark}[{inner}]({new}{quoted})"


def _tag(tag: str, change: Change) -> str:
    found = _SOURCE.search(tag)
    if not found:
        return tag
    raw = found["a"] if found["a"] is not None else found["b"]
    # Only the address changes: `![](…)` has no place for the size that a tag may tell.
    new = change(Address("", decoded(raw), True, raw))
    if not new:
        return tag
    start, end = found.span("a" if found["a"] is not None else "b")
    return f"{tag[:start]}{new}{tag[end:]}"


def sole_link(text: str) -> Address | None:
    """The one link that a line consists of, behind its kind, or None."""
    if "](" not in text or "\n" in text or not text.startswith(("[", "*", "_", "［", "【")):
        return None
    nodes = list(parse_inline(text))
    nodes = list(nodes[0].inner) if len(nodes) == 1 and isinstance(nodes[0], Marked) else nodes
    kind = ""
    if len(nodes) == 2 and isinstance(nodes[0], Text) and KIND_LABEL.match(nodes[0].text.strip() + "x"):
        kind = nodes[0].text.strip()
        nodes = nodes[1:]
    if len(nodes) != 1 or not isinstance(nodes[0], Link):
        return None
    text = text[text.find("[", text.find(kind) + len(kind)) :]
    target = target_at(text, 0)
    if not target:
        return Address("", nodes[0].url, False, nodes[0].url, kind)
    label, _, _, length = target
    return Address(label, nodes[0].url, False, text[len(label) + 3 : length - 1], kind)
