"""Pages with several lists, any of which may outgrow the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.model.document import Document
from kb.pages.context import Page, heading, page
from kb.pages.lists import chunks

ROWS = 60
"""Rows of each list on the page itself and on each of its further pages."""


def paged(
    stem: str,
    front: Mapping[str, object],
    lists: Mapping[str, Sequence[object]],
    title: str,
    document: Document,
) -> Iterator[Page]:
    """The page with the first rows of each list, and further pages `stem/2`, `stem/3` … for the rest.

    The first alone is searched: the others say nothing of their own.
    """
    pieces = {name: chunks(rows, ROWS) for name, rows in lists.items()}
    last = max([1, *(len(one) for one in pieces.values())])
    more = [{"text": str(number), "url": _url(stem, number)} for number in range(1, last + 1)]
    for number in range(1, last + 1):
        rows = {name: list(one[number - 1]) if number <= len(one) else [] for name, one in pieces.items()}
        totals = {name: len(every) for name, every in lists.items()}
        named = title if number == 1 else f"{title} ({number})"
        keys = {**front, "title": named, **rows, "totals": totals}
        keys |= {"page_number": number, "pages": more if last > 1 else []}
        path = f"{stem}.md" if number == 1 else f"{stem}/{number}.md"
        yield page(path, keys, [heading(named)], document if number == 1 else None)


def _url(stem: str, number: int) -> str:
    return f"{stem}/" if number == 1 else f"{stem}/{number}/"
