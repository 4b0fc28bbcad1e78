"""The files of the index: small compressed pieces, and the root that names them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kb.model.document import Document
from kb.model.kinds import KINDS
from kb.search.encode import document, fingerprint, number, packed, string
from kb.search.folding import TABLE
from kb.search.grams import DEPTH, FEW

VERSION = 2
ROOT = "index.bin"
# Bytes of entries in a piece, before compression: 4 to 6 kB are fetched for one.
_ENTRIES = 12_000
_TEXT = 14_000
"""Bytes of pages in a piece, before compression."""
_WORDS = 9_000
# One in so many places is fit for a cut. Cuts follow the content, so that an insertion moves few of them.
_SPLIT = 16


@dataclass(frozen=True, slots=True)
class Facet:
    """What a search can be narrowed by. The index carries it to the browser, which knows no facet itself."""

    name: str
    """Also typed before a value: `tag:retrieval`."""
    label: str
    """Shown, and typed likewise: `タグ:検索`."""


OF_THINGS = tuple(kind for kind in KINDS if kind.facet)
"""Kinds of which a page belongs to some: an indexed page has their addresses under the kind's folder."""
FACETS = (
    Facet("kind", "種類"),
    *(Facet(kind.id, kind.name) for kind in OF_THINGS),
    Facet("year", "年"),
)
"""In the order in which they are offered. The year is told by the date."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the index."""

    data: bytes
    """Compressed."""
    first: str = ""
    """The text at which it begins, of entries and words."""
    count: int = 0
    """So many pages are in it, of texts."""


@dataclass(frozen=True, slots=True)
class Family:
    """The pieces of one kind, in order."""

    letter: str
    """g entries, t texts, m all pages in short, f words, r words read backwards."""
    pieces: Sequence[Piece]

    @property
    def marks(self) -> Sequence[str]:
        """What changes in the names of pieces with their content.

        Texts keep theirs as long as their pages stay as they are. In the other families nearly every
        piece changes with every week, so one mark for all is as good, and the root is smaller.
        """
        marks = [fingerprint(piece.data) for piece in self.pieces]
        return marks if self.letter == "t" else [fingerprint("".join(marks).encode())] * len(marks)

    @property
    def files(self) -> dict[str, bytes]:
        """The pieces by the names of their files."""
        named = enumerate(zip(self.marks, self.pieces, strict=True))
        return {f"{self.letter}{at}-{mark}.bin": piece.data for at, (mark, piece) in named}

    @property
    def row(self) -> dict[str, Any]:
        """What the root says of it."""
        if self.letter == "t":
            return {"counts": [piece.count for piece in self.pieces], "marks": "".join(self.marks)}
        return {"first": [piece.first for piece in self.pieces], "marks": "".join(self.marks[:1])}


def _cut(items: Iterable[tuple[str, bytes]], limit: int) -> Iterator[list[tuple[str, bytes]]]:
    run: list[tuple[str, bytes]] = []
    size = 0
    for key, data in items:
        # Not `hash`, which Python salts anew in each run.
        fit = size > limit // 2 and zlib.crc32(key.encode("utf-8", "surrogatepass")) % _SPLIT == 0
        if run and (fit or size + len(data) > limit):
            yield run
            run, size = [], 0
        run.append((key, data))
        size += len(data)
    if run:
        yield run


def entry_pieces(entries: Iterable[tuple[str, bytes]]) -> Family:
    """Pieces of entries: for each, what its text shares with the one before, the rest, its bytes."""
    pieces, last = [], ""
    for run in _cut(entries, _ENTRIES):
        out, before = bytearray(), ""
        for text, data in run:
            shared = _shared(text, before)
            out += number(shared) + string(text[shared:]) + number(len(data)) + data
            before = text
        # The shortest text that parts this piece from the one before: the root names them all.
        first = run[0][0][: _shared(run[0][0], last) + 1]
        pieces.append(Piece(packed(bytes(out)), first=first))
        last = before
    return Family("g", pieces)


def _shared(text: str, before: str) -> int:
    most = min(len(text), len(before))
    return next((at for at in range(most) if text[at] != before[at]), most)


def text_pieces(pages: Sequence[Document]) -> Family:
    """Pieces of pages with their texts, and with all that a hit shows."""
    titles = titles_of(pages)
    runs = _cut(((page.url, document(_page(page, titles))) for page in pages), _TEXT)
    return Family("t", [Piece(packed(_array(run)), count=len(run)) for run in runs])


def _array(run: Sequence[tuple[str, bytes]]) -> bytes:
    return b"[" + b",".join(data for _, data in run) + b"]"


def titles_of(pages: Sequence[Document]) -> dict[str, str]:
    """What pages are called by others, by their addresses."""
    return {page.url: page.label or page.title for page in pages}


def _page(page: Document, titles: dict[str, str]) -> dict[str, Any]:
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


def summary_piece(pages: Sequence[Document], aliases: Mapping[str, Sequence[str]]) -> Family:
    """Date, kind and the values of the other facets of all pages: what facets and sorting by date need.

    `aliases` are the other names of things, by the address of their pages.
    """
    titles = titles_of(pages)
    given = {"kind": [page.kinds for page in pages]}
    for kind in OF_THINGS:
        urls = (getattr(page, kind.folder) for page in pages)
        given[kind.id] = [tuple(url for url in some if url in titles) for some in urls]
    values = {name: sorted({one for some in rows for one in some}) for name, rows in given.items()}
    columns = [[page.date.replace("-", "") for page in pages]]
    for name, rows in given.items():
        numbers = {value: at for at, value in enumerate(values[name])}
        columns.append([" ".join(str(numbers[one]) for one in some) for some in rows])
    named = {
        name: [[titles.get(one, one), *aliases.get(one, ())] for one in some] for name, some in values.items()
    }
    told = {"values": named, "columns": ["\n".join(column) for column in columns]}
    return Family("m", [Piece(packed(document(told)), count=len(pages))])


def word_pieces(surfaces: dict[str, tuple[str, ...]], family: str) -> Family:
    """Pieces of words by their skeletons (`f`), or by their skeletons read backwards (`r`)."""
    keyed = {(key[::-1] if family == "r" else key): words for key, words in surfaces.items()}
    items = ((key, document([key, *keyed[key]])) for key in sorted(keyed))
    return Family(family, [Piece(packed(_array(run)), first=run[0][0]) for run in _cut(items, _WORDS)])


def root_piece(pages: Sequence[Document], families: Sequence[Family], common: str) -> bytes:
    """What the browser reads first: the folding, and where every piece begins and what it is called."""
    return packed(
        document(
            {
                "version": VERSION,
                "pages": len(pages),
                "few": FEW,
                "depth": DEPTH,
                "common": common,
                "facets": [asdict(facet) for facet in FACETS],
                "folding": {key: value for key, value in TABLE.items() if key != "about"},
                "pieces": {family.letter: family.row for family in families},
            }
        )
    )
