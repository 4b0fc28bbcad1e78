"""An index read as docs/dev/search.md says, which knows of it what that page tells and no more.

So its bytes are held too. The browser's reader is held to the same by `test_engine.py`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kb.model.document import Document, Section
from kb.search.index import index_files
from kb.search.page import IndexedPage

FEW, DEPTH = 10, 8
"""So many pages are read rather than told apart; so long are the texts that are corrected."""
LONGEST = 24
"""Characters of a word."""
ENTRIES, TEXTS, WORDS = 12_000, 14_000, 9_000
"""Bytes of a piece before compression."""


@dataclass
class Bytes:
    """Bytes read one after the other."""

    data: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        self.at += count
        assert self.at <= len(self.data)
        return self.data[self.at - count : self.at]

    def number(self) -> int:
        value = shift = 0
        while True:
            (byte,) = self.take(1)
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def gaps(self, count: int) -> list[int]:
        values, last = [], -1
        for _ in range(count):
            last += self.number() + 1
            values.append(last)
        return values

    def numbers(self) -> list[int]:
        return self.gaps(self.number())

    def string(self) -> str:
        return self.take(2 * self.number()).decode("utf-16-le", "surrogatepass")


@dataclass
class Told:
    """What an entry says."""

    pages: list[int] | None = None
    tiers: Mapping[int, int] | None = None
    words: list[int] | None = None
    correction: tuple[bool, list[int]] | None = None
    named: Mapping[int, int] | None = None
    synonyms: tuple[str, ...] = ()


def entry_of(data: bytes) -> Told:
    """An entry from its bytes: a byte of flags, then what it announces, in order."""
    left, told = Bytes(data), Told()
    (flags,) = left.take(1)
    if flags & 1:
        told.pages = left.numbers()
    if flags & 2:
        places = left.numbers()
        told.tiers = dict(zip(places, left.take(len(places)), strict=True))
    if flags & 4:
        told.words = left.numbers()
    if flags & 8:
        count = left.number()
        told.correction = (bool(count & 1), left.gaps(count >> 1))
    if flags & 16:
        places = left.numbers()
        told.named = dict(zip(places, left.take(len(places)), strict=True))
    if flags & 32:
        told.synonyms = tuple(left.string() for _ in range(left.number()))
    assert left.at == len(data)
    return told


class Reader:
    """An index, read as its documentation says."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.root = json.loads(zlib.decompress(files["index.bin"]))
        self.few, self.depth = self.root["few"], self.root["depth"]
        self.files = files
        self.entries: dict[str, Told] = {}
        self.sizes: list[list[tuple[str, int]]] = []
        """Texts and bytes of the entries of each piece."""
        self.firsts: list[str] = []
        """The first text of each piece of entries."""
        for piece in self.pieces("g"):
            self._read(Bytes(piece))

    def _read(self, left: Bytes) -> None:
        text = ""
        sizes: list[tuple[str, int]] = []
        while left.at < len(left.data):
            shared = left.number()
            text = text[:shared] + left.string()
            assert text not in self.entries
            data = left.take(left.number())
            self.entries[text] = entry_of(data)
            sizes.append((text, len(data)))
        self.firsts.append(sizes[0][0])
        self.sizes.append(sizes)

    def names(self, family: str) -> list[str]:
        row = self.root["pieces"][family]
        count = len(row["counts"] if family == "t" else row["first"])
        marks = [row["marks"][at : at + 6] for at in range(0, len(row["marks"]), 6)]
        marks = marks if family == "t" else marks * count
        return [f"{family}{at}-{mark}.bin" for at, mark in zip(range(count), marks, strict=True)]

    def pieces(self, family: str) -> list[bytes]:
        return [zlib.decompress(self.files[name]) for name in self.names(family)]

    def documents(self, family: str) -> list[Any]:
        return [json.loads(piece) for piece in self.pieces(family)]

    def candidates(self, text: str) -> tuple[set[int], bool]:
        """Pages on which a text may stand, and whether all of them are known to have it."""
        told = self.entries.get(text)
        if told and told.pages is not None:
            return set(told.pages), True
        if len(text) <= 2:
            return set(), True
        if len(text) > self.depth:
            whole = [
                self.candidates(text[at : at + self.depth])[0] for at in range(len(text) - self.depth + 1)
            ]
            return set.intersection(*whole), False
        (some, first), (others, second) = self.candidates(text[:-1]), self.candidates(text[1:])
        both = sorted(some & others)
        if len(both) <= self.few:
            return set(both), False
        assert first, "what is frequent is known exactly"
        assert second
        if told and told.correction:
            inverse, places = told.correction
            meant = {both[at] for at in places}
            return (set(both) - meant if inverse else meant), True
        return (set() if len(text) == 3 else set(both)), True


def page_of(text: str = "", title: str = "-", *, url: str = "", **more: Any) -> Document:
    return Document(url, title, **({"sections": (Section("", "", "", text),)} | more))


def index_of(pages: Sequence[Document], *more: Mapping[str, Any]) -> Reader:
    return Reader(index_files(pages, *more))


@cache
def fields_of(page: Document) -> tuple[tuple[int, str], ...]:
    """Each piece of text in which a match has to lie as a whole, with its tier."""
    return IndexedPage.from_document(page).fields


def scan(pages: Sequence[Document], text: str) -> set[int]:
    return {at for at, page in enumerate(pages) if any(text in field for _, field in fields_of(page))}


def assert_found(reader: Reader, pages: Sequence[Document], text: str) -> None:
    """Nothing is missing; where the lists say that they know, nothing is too much; else few are left."""
    wanted, (found, exact) = scan(pages, text), reader.candidates(text)
    assert wanted <= found, text
    if exact:
        assert found == wanted, text
    elif len(text) <= DEPTH:
        assert len(found) <= FEW, text
