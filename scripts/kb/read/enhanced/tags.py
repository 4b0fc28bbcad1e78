"""The tags and attribute lists of the dialect, and how it is recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.read.lines import Line, Lines, lines_of
from kb.read.starts import fence_end
from kb.text import pieces

MENTIONS = ("user", "agent", "page", "database", "data-source", "date")
MEDIA = ("image", "audio", "video", "file", "pdf", "embed", "bookmark", "link_preview")
LEAVES = (
    *(f"mention-{name}" for name in MENTIONS),
    *("page", "database", "unknown", "equation", "custom-emoji"),
    *MEDIA,
)
"""Elements that hold words at the most."""
CONTAINERS = (
    *("callout", "columns", "column", "tabs", "tab", "details"),
    *("synced_block", "synced_block_reference", "meeting-notes", "summary", "notes", "transcript"),
)
"""Elements that hold blocks."""
SILENT = ("empty-block", "table_of_contents", "breadcrumb")
"""Elements of which no word is on the page."""

_ATTRIBUTE = r"""\s+[\w-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))?"""
_ATTRIBUTES = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def pattern_of(*names: str, closes: str = "") -> str:
    """A tag with one of these names, as a pattern; an escaped one is text."""
    listed = "|".join(sorted(names, key=len, reverse=True))
    return rf"<{closes}(?P<name>{listed})(?P<attributes>(?:{_ATTRIBUTE})*)\s*(?P<alone>/?)>"


TAG = re.compile(pattern_of(*LEAVES, *CONTAINERS, *SILENT, "span", "u", closes="/?"))
"""Any tag of the dialect but for those of a table."""
LIST = re.compile(r"""(?<=\S)\s+\{\s*(?:(?:color|toggle)="[^"]*"\s*)+\}$""")
"""The attributes behind the first line of a block."""

_SIGNS = re.compile(
    r"<(?:mention-(?:user|agent|page|database|data-source|date)|synced_block|synced_block_reference"
    r"|meeting-notes|empty-block|table_of_contents)(?:\s[^<>]*)?/?>"
    r"|^[ \t]*<(?:callout|columns)(?:\s[^<>]*)?>"
    r"|^[ \t]*<(?:page|database|unknown)\s[^<>]*?(?:url|data-source-url)=\""
    r"|^[ \t]*<(?:file|pdf|embed|bookmark)\s[^<>]*?(?:src|url)=\""
    r"|<table\s[^<>]*?(?:header-row|header-column|fit-page-width)=\""
    r"|<span\s+(?:color|underline)=\"|^[ \t]*<details\s+color=\""
    r"|\S[ \t]+\{[ \t]*(?:color|toggle)=\"[^\"{}]*\"[^{}]*\}[ \t]*$"
    r"|^[ \t]*:{3,}\s*callout\s*\{",
    re.MULTILINE,
)
"""What nothing but this dialect holds."""


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of a tag by their names; an address may stand between braces."""
    found = {name: pieces.decoded(one or two) for name, one, two in _ATTRIBUTES.findall(text)}
    return {name: value.removeprefix("{{").removesuffix("}}").strip() for name, value in found.items()}


def looks_enhanced(text: str) -> bool:
    """Whether a text holds a sign of the dialect outside of code; front matter is that of a note."""
    if not _SIGNS.search(text) or text.lstrip("\ufeff \n\r\t").startswith("---"):
        return False
    lines = lines_of(text)
    return any(
        _SIGNS.search(without_code(group.lines[0].text)) for group in groups(lines) if not group.verbatim
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are one block whatever they hold, or one line."""

    lines: list[Line] = field(default_factory=list)
    verbatim: bool = False
    """Whether nothing in them is markup: code."""


def groups(lines: Lines) -> Iterator[Group]:
    """The lines of a text, those of code together."""
    index = 0
    while index < len(lines):
        end = fence_end(lines, index)
        if end:
            yield Group(lines[index : end + 1], verbatim=True)
        else:
            yield Group([lines[index]])
        index = max(index, end) + 1


def without_code(text: str) -> str:
    """A line without its code and what is escaped in it."""
    return "".join(piece for piece, is_code in parted(text) if not is_code and piece[:1] != "\\")


_OPAQUE = re.compile(r"\\.|`+")


def parted(text: str) -> Iterator[tuple[str, bool]]:
    """A line in pieces, each with whether it is code; escaped characters are pieces of their own."""
    position = 0
    closed: dict[int, bool] = {}
    while found := _OPAQUE.search(text, position):
        start, end = found.span()
        if text[start] == "`":
            close = pieces.closing_ticks(text, end, end - start) if closed.get(end - start, True) else -1
            closed[end - start] = close >= 0
            if close < 0:
                yield text[position:end], False
                position = end
                continue
            end = close + (end - start)
        if start > position:
            yield text[position:start], False
        yield text[start:end], text[start] == "`"
        position = end
    yield text[position:], False
