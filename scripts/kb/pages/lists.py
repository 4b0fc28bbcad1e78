"""Lists that outgrow a page: the newest on the page itself, older ones on pages of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from kb.model.document import Document
from kb.model.kinds import Kind
from kb.pages.cards import Row
from kb.pages.context import Context, Page, Plan, address, head, heading, page
from kb.pages.documents import title_document

Item = TypeVar("Item")

MAX_ROWS = 150
"""Rows of a list on one page: with its markup about 60 kB of HTML."""
PAGED_ROWS = 60
"""Rows of each list on a page with several, and on each of its further pages."""


def by_year(items: Iterable[Item], date: Callable[[Item], str]) -> list[tuple[str, list[Item]]]:
    """Items in their order, cut where the year changes."""
    return [(year, list(group)) for year, group in groupby(items, lambda item: date(item)[:4] or "年不明")]


def chunks(items: Sequence[Item], size: int = MAX_ROWS) -> list[Sequence[Item]]:
    """Pieces of at most `size` items."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def head_of_list(kind: Kind) -> Row:
    """The keys of a page that lists everything of a kind."""
    return head(kind.folder, kind.name, kind.about)


def whole_list(kind: Kind, front: Callable[[Context], Row], context: Context) -> Iterator[Plan]:
    """Everything of a kind on one page, which any change may reach: it is made each time."""

    def make() -> Iterator[Page]:
        document = title_document(f"{kind.folder}/", kind.name)
        keys = {**head_of_list(kind), **front(context)}
        yield page(f"{kind.path('index')}.md", keys, [heading(kind.name)], document)

    yield Plan(kind.path("index"), None, make)


class _Piece(NamedTuple, Generic[Item]):
    """The items of a year, or a part of them."""

    year: str
    year_name: str
    label: str
    name: str
    items: Sequence[Item]


def _pieces(years: Iterable[tuple[str, Sequence[Item]]]) -> Iterator[_Piece[Item]]:
    for year, items in years:
        # Addresses stay ASCII: 年不明 is called as no year is.
        stem, name = (year, f"{year}年") if year.isdigit() else ("0000", year)
        for number, piece in enumerate(chunks(items), 1):
            more = number > 1
            label = f"{name} ({number})" if more else name
            yield _Piece(year, name, label, f"{stem}-{number}" if more else stem, piece)


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
    above: Row | None = None
    """Where the other pages lead back to."""
    document: Document | None = None
    """What the search knows of the first page, in which the others are found; else each has its title."""

    def plans(self, years: Iterable[tuple[str, Sequence[Item]]]) -> Iterator[Plan]:
        """The index page with the newest years, and one page for each year (or piece of it) left."""
        pieces = list(_pieces(years))
        fit = _fitting([len(piece.items) for piece in pieces])
        older = pieces[fit:]
        yield self._plan(self.first, pieces[:fit], older, sum(len(piece.items) for piece in pieces))
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
        document = self.document if first else None
        if self.document is None:
            document = title_document(address(f"{path}.md"), title)
        yield page(f"{path}.md", keys, [heading(title)], document)


def index_of(
    kind: Kind,
    years: Iterable[tuple[str, Sequence[Item]]],
    row: Callable[[Sequence[Item]], Mapping[str, object]],
    item_key: Callable[[Item], object],
    key: str = "years",
) -> Iterator[Plan]:
    """The list of everything of a kind by years."""
    return Index(head_of_list(kind), kind.path("index"), kind.folder, row, item_key, key).plans(years)


def _fitting(sizes: Sequence[int]) -> int:
    """How many pieces fit on the first page; at least one, if there is any."""
    # A year is not torn apart for the sake of a full page.
    total = 0
    for index, size in enumerate(sizes):
        total += size
        if total > MAX_ROWS and index:
            return index
    return len(sizes)


def paged(
    stem: str,
    front: Mapping[str, object],
    lists: Mapping[str, Sequence[object]],
    title: str,
    document: Document,
) -> Iterator[Page]:
    """A page with the first rows of several lists, and pages `stem/2`, `stem/3` … for the rest of any.

    The first alone is searched: the others say nothing of their own.
    """
    pieces = {name: chunks(rows, PAGED_ROWS) for name, rows in lists.items()}
    stems = [stem, *(f"{stem}/{number}" for number in range(2, max(map(len, pieces.values())) + 1))]
    links = [{"text": str(number), "url": f"{one}/"} for number, one in enumerate(stems, 1)]
    totals = {name: len(every) for name, every in lists.items()}
    for number, one in enumerate(stems, 1):
        rows = {
            name: [row for part in parts[number - 1 : number] for row in part]
            for name, parts in pieces.items()
        }
        named = f"{title} ({number})" if number > 1 else title
        keys = {**front, "title": named, **rows, "totals": totals}
        keys |= {"page_number": number, "pages": links if len(links) > 1 else []}
        yield page(f"{one}.md", keys, [heading(named)], None if number > 1 else document)
