"""What Notion's tools put around a page when they are asked for it: its title and properties as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from kb.read.lines import Line

_PAGE = re.compile(r"<page(?:\s[^<>]*)?>$")
_TITLES = ("title", "name", "タイトル", "名前", "題")
_START = re.compile(r"date:(?P<name>.+):start$")
_UNSAID = re.compile(r"date:.+|url$|userDefined:URL$")


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A page without what stands around it."""

    title: str
    properties: tuple[tuple[str, str], ...]
    lines: list[Line]
    first: int
    """The line that opens the page."""


def unwrapped(lines: list[Line]) -> Wrapped | None:
    """The page in a tool's answer, or None where a text is no such answer."""
    texts = [line.text for line in lines]
    if not {"<content>", "</content>", "<properties>", "</properties>"} <= set(texts):
        return None
    top = next((at for at, text in enumerate(texts) if _PAGE.match(text)), -1)
    begin, end = texts.index("<content>"), len(texts) - 1 - texts[::-1].index("</content>")
    told = _told("\n".join(texts[texts.index("<properties>") + 1 : texts.index("</properties>")]))
    if told is None or not 0 <= top < begin < end:
        return None
    title = next((key for key in told if key.lower() in _TITLES), "")
    rest = tuple((key, value) for key, value in told.items() if key != title)
    return Wrapped(told.get(title, ""), rest, lines[begin + 1 : end], lines[top].number)


def _told(text: str) -> dict[str, str] | None:
    """Properties by name, each on one line."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    told: dict[str, str] = {}
    for name, value in found.items():
        date = _START.match(name)
        if date or not _UNSAID.match(name):
            values = value if isinstance(value, list) else [value]
            told[date["name"] if date else name] = " ".join(", ".join(map(str, values)).split())
    return told
