"""The bytes of the index: numbers, texts and lists, as docs/dev/search.md describes them."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any


def number(value: int) -> bytes:
    """An unsigned integer in LEB128: seven bits a byte, the lowest first."""
    if value < 0x80:
        return bytes((value,))
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def gaps(ascending: Iterable[int]) -> bytes:
    """Ascending numbers as differences, each less one, for none stands twice."""
    out = bytearray()
    last = -1
    for value in ascending:
        gap = value - last - 1
        last = value
        if gap < 0x80:
            out.append(gap)
        else:
            out += number(gap)
    return bytes(out)


def numbers(ascending: Sequence[int]) -> bytes:
    """How many, then their gaps."""
    return number(len(ascending)) + gaps(ascending)


def string(units: str) -> bytes:
    """How many UTF-16 code units, then the units, two bytes each."""
    # A text may begin in the middle of a pair of surrogates.
    return number(len(units)) + units.encode("utf-16-le", "surrogatepass")


def document(value: Any) -> bytes:
    """A value as JSON, the same bytes for the same value."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:  # half of a pair of surrogates, where a piece begins inside one
        return json.dumps(value, separators=(",", ":")).encode()


def packed(data: bytes) -> bytes:
    """Compressed as a zlib stream, whose checksum tells a damaged piece."""
    return zlib.compress(data, 9)


def fingerprint(data: bytes) -> str:
    """The six hexadecimal digits in the name of a piece that change with its content."""
    return hashlib.sha256(data).hexdigest()[:6]
