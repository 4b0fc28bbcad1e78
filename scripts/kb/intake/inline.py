"""Addresses in inline Markdown: found where the inline reader finds them, and changed in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from kb.model.inline import Link, Marked, RichText, Text
from kb.read.markers import KIND_LABEL
from kb.read.starts import literal_start
from kb.text.pieces import closing_ticks, decoded, is_safe_url, run_length, target_at

_STOP = re.compile(r"[\\`\[<]|!\[")
_TAG = re.compile(r"<img\s[^<>]*>", re.IGNORECASE)
_SOURCE = re.compile(r"""\bsrc\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)')""", re.IGNORECASE)
_MAX_DEPTH = 8
_WINDOW = 8300
"""Characters in which a link ends: twice what the inline reader looks for a bracket."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a link or an image of a text leads."""

    label: str
    """Inline source of a link's words, the alternative text of an image."""
    url: str
    is_image: bool
    raw: str
    """The address with its title as it stands in the source."""


Change = Callable[[Address], str | None]
"""The new address, an empty text to keep only the label, or None to leave all as it is."""


def line_starts(text: str, before: str = "") -> str:
    """A text of which no line begins a block: what was the label of a link may look like one.

    Lines that begin as they did `before` stay as they are.
    """
    pairs = zip_longest(text.split("\n"), before.split("\n"), fillvalue="")
    return "\n".join(new if new[:2] == old[:2] else literal_start(new.lstrip()) for new, old in pairs)


def readdressed(text: str, change: Change, depth: int = 0) -> str:
    """The text with its addresses changed; code and escaped characters are passed over."""
    if "](" not in text and "<" not in text:
        return text
    pieces: list[str] = []
    position = done = 0
    while found := _STOP.search(text, position):
        at = found.start()
        piece, position = _piece(text, at, change, depth)
        if piece is not None:
            pieces += [text[done:at], piece]
            done = position
    return "".join(pieces) + text[done:]


def _piece(text: str, at: int, change: Change, depth: int) -> tuple[str | None, int]:
    """What a stop becomes (None for nothing new), and where it ends."""
    char = text[at]
    if char == "\\":
        return None, at + 2
    if char == "`":
        length = run_length(text, at)
        close = closing_ticks(text, at + length, length)
        return None, close + length if close >= 0 else at + length
    if char == "<":
        tag = _TAG.match(text, at)
        return (_tag(tag[0], change), tag.end()) if tag else (None, at + 1)
    return _link(text, at, change, depth)


def _link(text: str, at: int, change: Change, depth: int) -> tuple[str | None, int]:
    is_image = text[at] == "!"
    start = at + is_image
    target = target_at(text[start : start + _WINDOW], 0)
    if not target or depth >= _MAX_DEPTH:
        return None, start + 1
    label, url, title, length = target
    end = start + length
    raw = text[start + len(label) + 3 : end - 1]
    if not is_safe_url(url):
        return None, end
    inner = label if is_image else readdressed(label, change, depth + 1)
    new = change(Address(label, url, is_image, raw))
    if new == "" and inner.strip():
        return inner, end
    if not new:  # a link without words stays, or nothing would say that it was there
        return (None if inner == label else f"[{inner}]({raw})"), end
    quoted = f' "{title}"' if title else ""
    return f"{'!' if is_image else ''}[{inner}]({new}{quoted})", end


def _tag(tag: str, change: Change) -> str | None:
    found = _SOURCE.search(tag)
    if not found:
        return None
    raw = found["a"] if found["a"] is not None else found["b"]
    new = change(Address("", decoded(raw), True, raw))
    return tag[: found.start()] + f'src="{new}"' + tag[found.end() :] if new else None


@dataclass(frozen=True, slots=True)
class SoleLink:
    """A text that is nothing but a link; a kind, `[論文]`, may stand before it."""

    kind: str
    label: str
    url: str
    raw: str
    """The address with its title as it stands in the source."""


def sole_link(line: RichText) -> SoleLink | None:
    """The one link that a line consists of, or None."""
    text, nodes = line.source, list(line.nodes)
    if "](" not in text or "\n" in text or not text.startswith(("[", "*", "_", "［", "【")):
        return None
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
        return SoleLink(kind, "", nodes[0].url, nodes[0].url)
    label, _, _, length = target
    return SoleLink(kind, label, nodes[0].url, text[len(label) + 3 : length - 1])
