"""Lists that outgrow a page: the newest on the page itself, older ones on pages of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Generic, TypeVar

from kb.model.kinds import Kind
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


@dataclass(frozen=True, slots=True)
class Index(Generic[Item]):
    """A list of everything of one kind: an index page, and pages for what does not fit on it."""

    kind: Kind
    row: Callable[[Sequence[Item]], Mapping[str, object]]
    """What the front matter of a year says of its items."""
    item_key: Callable[[Item], object]
    """What the row of an item is made from."""
    key: str = "years"
    """The front matter's key for the rows."""

    def plans(self, years: Iterable[tuple[str, Sequence[Item]]]) -> Iterator[Plan]:
        """The index page with the newest years, and one page for each year (or piece of it) left."""
        pieces = [
            _Piece(year, number, piece)
            for year, items in years
            for number, piece in enumerate(chunks(items), 1)
        ]
        shown = _fitting([len(piece.items) for piece in pieces])
        older = pieces[shown:]
        yield self._plan("index", pieces[:shown], older, sum(len(piece.items) for piece in pieces))
        for piece in older:
            yield self._plan(piece.name, [piece], [], len(piece.items))

    def _plan(
        self, name: str, shown: Sequence[_Piece[Item]], older: Sequence[_Piece[Item]], count: int
    ) -> Plan:
        links = [
            {"text": one.label, "url": f"{self.kind.path(one.name)}/", "count": len(one.items)}
            for one in older
        ]
        keys = tuple(self.item_key(item) for piece in shown for item in piece.items)
        told = tuple((one.name, len(one.items)) for one in older)
        path = self.kind.path(name)
        return Plan(path, (keys, told, count), partial(self._make, path, shown, links, count))

    def _make(
        self, path: str, shown: Sequence[_Piece[Item]], links: Sequence[object], count: int
    ) -> Iterator[Page]:
        index = path.endswith("/index")
        title = self.kind.name if index else f"{self.kind.name} {shown[0].label}"
        rows = [{"year": one.year, "name": one.year_name, **self.row(one.items)} for one in shown]
        keys = {**head_of_list(self.kind), "title": title, "count": count, self.key: rows, "archive": links}
        document = title_document(address(f"{path}.md"), title)
        yield page(f"{path}.md", keys, [heading(title)], document)


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
