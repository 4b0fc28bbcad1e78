"""The files of the index: small compressed pieces, and the root that names them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.search.encode import document, fingerprint, number, packed, string
from kb.search.folding import TABLE
from kb.search.grams import DEPTH, FEW
from kb.search.page import IndexedPage

VERSION = 1
ROOT = "index.bin"
_ENTRIES = 9_000
"""Bytes of entries in a piece, before compression: 4 to 6 kB are fetched for one."""
_TEXT = 14_000
"""Bytes of pages in a piece, before compression."""
_WORDS = 9_000
_SPLIT = 16
"""One in so many places is fit for a cut. Cuts follow the content, so that an insertion moves few of them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the index."""

    family: str
    """g entries, t texts, m all pages in short, f words, r words read backwards."""
    first: str | int
    """The first text or page in it."""
    data: bytes
    """Compressed."""

    @property
    def mark(self) -> str:
        """What changes in its name with its content."""
        return fingerprint(self.data)

    def name(self, at: int) -> str:
        """Its file name, as the piece of its family at this place."""
        return f"{self.family}{at}-{self.mark}.bin"


def _cut(items: Iterable[tuple[str, bytes]], limit: int) -> Iterator[list[tuple[str, bytes]]]:
    """Runs of items of about so many bytes."""
    run: list[tuple[str, bytes]] = []
    size = 0
    for key, data in items:
        fit = size > limit // 2 and zlib.crc32(key.encode("utf-8", "surrogatepass")) % _SPLIT == 0
        if run and (fit or size + len(data) > limit):
            yield run
            run, size = [], 0
        run.append((key, data))
        size += len(data)
    if run:
        yield run


def entry_pieces(entries: Iterable[tuple[str, bytes]]) -> list[Piece]:
    """Pieces of entries: for each, what its text shares with the one before, the rest, its bytes."""
    pieces = []
    for run in _cut(entries, _ENTRIES):
        out, before = bytearray(), ""
        for text, data in run:
            shared = _shared(text, before)
            out += number(shared) + string(text[shared:]) + number(len(data)) + data
            before = text
        pieces.append(Piece("g", run[0][0], packed(bytes(out))))
    return pieces


def _shared(text: str, before: str) -> int:
    most = min(len(text), len(before))
    return next((at for at in range(most) if text[at] != before[at]), most)


def text_pieces(pages: Sequence[IndexedPage]) -> list[Piece]:
    """Pieces of pages with their texts, and with all that a hit shows."""
    titles = titles_of(pages)
    pieces, first = [], 0
    for run in _cut(((page.url, document(_page(page, titles))) for page in pages), _TEXT):
        pieces.append(Piece("t", first, packed(_array(run))))
        first += len(run)
    return pieces


def _array(run: Sequence[tuple[str, bytes]]) -> bytes:
    return b"[" + b",".join(data for _, data in run) + b"]"


def titles_of(pages: Sequence[IndexedPage]) -> dict[str, str]:
    """The titles of pages by their addresses, those of tags without their sign."""
    return {page.url: page.title.removeprefix("#") for page in pages}


def _page(page: IndexedPage, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "url": page.url,
        "title": page.title,
        "names": page.names,
        "kinds": page.kinds,
        "date": page.date,
        "presenters": [titles[url] for url in page.presenters if url in titles],
        "tags": [titles[url] for url in page.tags if url in titles],
        "sections": [[part.anchor, part.heading, part.meta, part.text] for part in page.sections],
    }


def summary_piece(pages: Sequence[IndexedPage], aliases: Mapping[str, Sequence[str]]) -> Piece:
    """Kind, date, presenters and tags of all pages: what facets and sorting by date need.

    `aliases` are the other names of presenters and tags, by the address of their pages.
    """
    titles = titles_of(pages)
    kinds = sorted({kind for page in pages for kind in page.kinds})
    presenters = sorted({url for page in pages for url in page.presenters if url in titles})
    tags = sorted({url for page in pages for url in page.tags if url in titles})
    rows = [
        [
            page.date.replace("-", ""),
            *(
                " ".join(str(index[value]) for value in values if value in index)
                for values, index in (
                    (page.kinds, {kind: at for at, kind in enumerate(kinds)}),
                    (page.presenters, {url: at for at, url in enumerate(presenters)}),
                    (page.tags, {url: at for at, url in enumerate(tags)}),
                )
            ),
        ]
        for page in pages
    ]
    columns = ["\n".join(column) for column in zip(*rows, strict=True)] or [""] * 4
    names = {
        "kinds": [[kind] for kind in kinds],
        "presenters": [[titles[url], *aliases.get(url, ())] for url in presenters],
        "tags": [[titles[url], *aliases.get(url, ())] for url in tags],
    }
    return Piece("m", 0, packed(document({**names, "columns": columns})))


def word_pieces(surfaces: dict[str, tuple[str, ...]], family: str) -> list[Piece]:
    """Pieces of words by their skeletons (`f`), or by their skeletons read backwards (`r`)."""
    keyed = {(key[::-1] if family == "r" else key): words for key, words in surfaces.items()}
    items = ((key, document([key, *keyed[key]])) for key in sorted(keyed))
    return [Piece(family, run[0][0], packed(_array(run))) for run in _cut(items, _WORDS)]


def root_piece(pages: Sequence[IndexedPage], families: dict[str, list[Piece]], common: str) -> bytes:
    """What the browser reads first: the folding, and where every piece begins and what it is called."""
    return packed(
        document(
            {
                "version": VERSION,
                "pages": len(pages),
                "few": FEW,
                "depth": DEPTH,
                "common": common,
                "folding": {key: value for key, value in TABLE.items() if key != "about"},
                "pieces": {
                    family: {
                        "first": [piece.first for piece in pieces],
                        "marks": "".join(piece.mark for piece in pieces),
                    }
                    for family, pieces in families.items()
                },
            }
        )
    )
