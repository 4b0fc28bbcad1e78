"""Pieces of inline Markdown: addresses and what may become a link, runs, brackets, entities."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.entities import html5

# ASCII only: `https://a.bを読む` is an address and words behind it.
BARE_URL = re.compile(r"https?://[!#-;=?-Z_a-z~%\[\]]+")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SCHEME = re.compile(r"[\s\x00-\x1f]*([A-Za-z][A-Za-z0-9+.\-]*):")
_SAFE_SCHEMES = frozenset(("http", "https", "mailto"))
_TITLE = re.compile(r"""\s+(?:"([^"]*)"|'([^']*)')\s*""")
# Paths of images have blanks: `![](images/図 1.png)`.
_IMAGE_FILE = re.compile(r"[^()\n<>]*\.(?:png|jpe?g|gif|svg|webp|avif)", re.IGNORECASE)


def is_safe_url(url: str) -> bool:
    """Whether an address may become a link: http, https, mailto, or no scheme at all."""
    # `java&#115;cript:` is decoded by browsers, so it is decoded here.
    scheme = _SCHEME.match(html.unescape(url))
    return not scheme or scheme[1].lower() in _SAFE_SCHEMES


def trim_url(url: str) -> str:
    """Leave closing punctuation to the sentence, but keep brackets that the address opened."""
    while url and (
        url[-1] in ".,:;!?'*~\"_"
        or (url[-1] == ")" and url.count(")") > url.count("("))
        or (url[-1] == "]" and url.count("]") > url.count("["))
    ):
        url = url[:-1]
    return url


def run_length(source: str, at: int) -> int:
    """How often the character at `at` stands there in a row."""
    end = at
    while source[end : end + 1] == source[at]:
        end += 1
    return end - at


def closing_ticks(source: str, at: int, count: int) -> int:
    """Where the next run of exactly `count` backticks begins, or -1."""
    while (at := source.find("`", at)) >= 0:
        length = run_length(source, at)
        if length == count:
            return at
        at += length
    return -1


@lru_cache(maxsize=16)
def _brackets(source: str, opening: str, closing: str) -> dict[int, int]:
    """Where each bracket of a source closes; escapes and code spans are passed over."""
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    index, size = 0, len(source)
    while index < size:
        char = source[index]
        if char == "\\":
            index += 1
        elif char == "`":
            length = run_length(source, index)
            close = closing_ticks(source, index + length, length)
            index = close + length - 1 if close >= 0 else index + length - 1
        elif char == opening:
            open_at.append(index)
        elif char == closing and open_at:
            pairs[open_at.pop()] = index
        index += 1
    return pairs


def target_at(source: str, at: int) -> tuple[str, str, str, int] | None:
    """Label, address, title and end of `[label](address "title")` at `at`."""
    if source.find("](", at) < 0:
        return None
    close = _brackets(source, "[", "]").get(at, -1)
    if close < 0 or source[close + 1 : close + 2] != "(" or source.find(")", close) < 0:
        return None
    end = _brackets(source, "(", ")").get(close + 1, -1)
    if end < 0:
        return None
    address = _address(source[close + 2 : end].strip())
    return (source[at + 1 : close], *address, end + 1) if address else None


def _address(inside: str) -> tuple[str, str] | None:
    """Address and title from what stands between the round brackets."""
    if inside.startswith("<") and ">" in inside:
        url, _, rest = inside[1:].partition(">")
    elif _IMAGE_FILE.fullmatch(inside):
        return inside, ""
    else:
        url, rest = inside, ""
        if found := re.search(r"\s", inside):
            url, rest = inside[: found.start()], inside[found.start() :]
    if not rest.strip():
        return _unescape(url), ""
    title = _TITLE.fullmatch(rest)
    return (_unescape(url), title[1] or title[2] or "") if title else None


def _unescape(url: str) -> str:
    return decoded(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", url))


def decoded(text: str) -> str:
    """A text with its entities decoded, only those with a semicolon: `&section=2` is a query."""
    return ENTITY.sub(character, text)


def character(entity: re.Match[str]) -> str:
    """What an entity stands for; one that HTML does not know stands for itself."""
    name = entity[0][1:]
    return html.unescape(entity[0]) if name.startswith("#") else html5.get(name, entity[0])
