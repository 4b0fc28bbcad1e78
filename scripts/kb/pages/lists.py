"""Lists that outgrow a page: the newest on the page itself, older ones on pages of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Generic, TypeVar

from kb.model.document import Document
from kb.model.kinds import Kind
from kb.pages.cards import Link
from kb.pages.context import Page, Plan, address, head_of_list, heading, page
from kb.pages.documents import title_document

Item = TypeVar("Item")

MAX_ROWS = 150
"""Rows of a list on one page: with its markup about 60 kB of HTML."""


def by_year(items: Iterable[Item], date: Callable[[Item], str]) -> list[tuple[str, list[Item]]]:
    """Items in their order, cut where the year changes."""
    return [(year, list(group)) for year, group in groupby(items, lambda item: date(item)[:4] or "年不明")]


def chunks(items: Sequence[Item], size: int = MAX_ROWS) -> list[Sequence[Item]]:
    """Pieces of at most `size` items."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def list_page(kind: Kind, front: Mapping[str, object]) -> Page:
    """The one page that lists everything of a kind."""
    document = title_document(f"{kind.folder}/", kind.name)
    return page(f"{kind.path('index')}.md", {**head_of_list(kind), **front}, [heading(kind.name)], document)


def place_of(kind: Kind) -> tuple[dict[str, object], str, str]:
    """Front matter, first page and folder of the list of everything of a kind."""
    return head_of_list(kind), kind.path("index"), kind.folder


@dataclass(frozen=True, slots=True)
class Index(Generic[Item]):
    """A list by years: its first page, and pages for what does not fit on it."""

    front: Mapping[str, object]
    """Of the first page, with its title."""
    first: str
    """The place of the first page below `docs/`, without its suffix."""
    rest: str
    """The folder of the other pages."""
    row: Callable[[Sequence[Item]], Mapping[str, object]]
    """What the front matter of a year says of its items."""
    item_key: Callable[[Item], object]
    """What the row of an item is made from."""
    key: str = "years"
    """The front matter's key for the rows."""
    above: Link | None = None
    """Where the other pages lead back to."""
    document: Document | None = None
    """What the search knows of the first page, in which the others are found; else each has its title."""

    def plans(self, years: Iterable[tuple[str, Sequence[Item]]]) -> Iterator[Plan]:
        """The index page with the newest years, and one page for each year (or piece of it) left."""
        pieces = [
            _Piece(year, number, piece)
            for year, items in years
            for number, piece in enumerate(chunks(items), 1)
        ]
        shown = _fitting([len(piece.items) for piece in pieces])
        older = pieces[shown:]
        yield self._plan(self.first, pieces[:shown], older, sum(len(piece.items) for piece in pieces))
        for piece in older:
            yield self._plan(f"{self.rest}/{piece.name}", [piece], [], len(piece.items))

    def _plan(
        self, path: str, shown: Sequence[_Piece[Item]], older: Sequence[_Piece[Item]], count: int
    ) -> Plan:
        links = [
            {"text": one.label, "url": f"{self.rest}/{one.name}/", "count": len(one.items)} for one in older
        ]
        keys = tuple(self.item_key(item) for piece in shown for item in piece.items)
        told = tuple((one.name, len(one.items)) for one in older)
        return Plan(path, (keys, told, count), partial(self._make, path, shown, links, count))

    def _make(
        self, path: str, shown: Sequence[_Piece[Item]], links: Sequence[object], count: int
    ) -> Iterator[Page]:
        first = path == self.first
        title = f"{self.front['title']}" if first else f"{self.front['title']} {shown[0].label}"
        rows = [{"year": one.year, "name": one.year_name, **self.row(one.items)} for one in shown]
        keys = {**self.front, "title": title, "count": count, self.key: rows, "archive": links}
        keys |= {"broader": self.above} if self.above and not first else {}
        yield page(f"{path}.md", keys, [heading(title)], self._document(path, title))

    def _document(self, path: str, title: str) -> Document | None:
        if self.document is None:
            return title_document(address(f"{path}.md"), title)
        return self.document if path == self.first else None


@dataclass(frozen=True, slots=True)
class _Piece(Generic[Item]):
    """The items of a year, or a part of them."""

    year: str
    number: int
    items: Sequence[Item]

    @property
    def year_name(self) -> str:
        return f"{self.year}年" if self.year.isdigit() else self.year

    @property
    def label(self) -> str:
        return f"{self.year_name} ({self.number})" if self.number > 1 else self.year_name

    @property
    def name(self) -> str:
        stem = self.year if self.year.isdigit() else "0000"
        return f"{stem}-{self.number}" if self.number > 1 else stem


def _fitting(sizes: Sequence[int]) -> int:
    """How many pieces fit on the first page; at least one, if there is any."""
    total = 0
    for index, size in enumerate(sizes):
        total += size
        if total > MAX_ROWS and index:
            return index
    return len(sizes)
