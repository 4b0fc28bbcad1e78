"""Lists that outgrow a page: the newest on the page itself, older ones on pages of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from kb.pages.context import Page, heading, page

Item = TypeVar("Item")

MAX_ROWS = 150
"""Rows of a list on one page: with its markup about 60 kB of HTML."""


def by_year(items: Iterable[Item], date: Callable[[Item], str]) -> list[tuple[str, list[Item]]]:
    """Items in their order, cut where the year changes."""
    return [(year, list(group)) for year, group in groupby(items, lambda item: date(item)[:4] or "年不明")]


def chunks(items: Sequence[Item], size: int = MAX_ROWS) -> list[Sequence[Item]]:
    """Pieces of at most `size` items."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def archive_of(  # noqa: PLR0913  an index is all of these
    folder: str,
    front: Mapping[str, object],
    title: str,
    years: Sequence[tuple[str, list[Item]]],
    row: Callable[[str, Sequence[Item]], object],
    *,
    key: str = "years",
) -> Iterator[Page]:
    """An index page with its newest years, and one page for each year (or piece of it) that is left."""
    count = sum(len(items) for _, items in years)
    pieces = [(year, number, piece) for year, items in years for number, piece in enumerate(chunks(items), 1)]
    shown = _fitting([len(piece) for _, _, piece in pieces])
    older = [
        {"text": _label(year, number), "url": f"{folder}/{_name(year, number)}/", "count": len(piece)}
        for year, number, piece in pieces[shown:]
    ]
    keys = {**front, "count": count, key: [row(year, piece) for year, _, piece in pieces[:shown]]}
    yield page(f"{folder}/index.md", {**keys, "archive": older}, [heading(title)])
    for year, number, piece in pieces[shown:]:
        name = f"{title} {_label(year, number)}"
        keys = {**front, "title": name, "count": len(piece), key: [row(year, piece)], "archive": []}
        yield page(f"{folder}/{_name(year, number)}.md", keys, [heading(name)])


def _fitting(sizes: Sequence[int]) -> int:
    """How many pieces fit on the first page; at least one, if there is any."""
    total = 0
    for index, size in enumerate(sizes):
        total += size
        if total > MAX_ROWS and index:
            return index
    return len(sizes)


def _label(year: str, number: int) -> str:
    named = f"{year}年" if year.isdigit() else year
    return f"{named} ({number})" if number > 1 else named


def _name(year: str, number: int) -> str:
    stem = year if year.isdigit() else "0000"
    return f"{stem}-{number}" if number > 1 else stem
