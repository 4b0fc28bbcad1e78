"""Which of the pages that were given is the session's."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Sequence

from kb.intake.archive import Progress
from kb.intake.export import Export
from kb.intake.given import RefusedError
from kb.intake.inline import sole_link
from kb.intake.names import shown
from kb.model.blocks import Heading, Paragraph, walk
from kb.read.notion.session import page_dates

TEXTS = ("note", "copied")
"""Dialects in which a file is a session of its own, not a page that others may belong to."""
LISTED = 6
_LIST_OF_PAGES = "index.html"


def session_page(export: Export, date: dt.date | None, tick: Progress) -> str:
    """The path of the session's page: one with a date that lies in no other page with a date.

    Of several with one date, the one with most entries. Where no page tells a date, the page that all
    others lie in.

    Raises:
        RefusedError: There are sessions of several dates and none was chosen, or no page stands out.
    """
    dated = _dated(export, tick)
    if date and date in dated.values():
        dated = {path: day for path, day in dated.items() if day == date}
    if len(set(dated.values())) > 1:
        dated = {path: day for path, day in dated.items() if _entries(export, path)} or dated
    if len(set(dated.values())) > 1:
        raise RefusedError(several(sorted(set(dated.values()))))
    if dated:
        return max(dated, key=lambda path: _entries(export, path))
    return _top(export)


def _dated(export: Export, tick: Progress) -> dict[str, dt.date]:
    dates: dict[str, dt.date] = {}
    for number, path in enumerate(export.paths, 1):
        tick(f"ページの題を読んでいます({number:,} / {len(export.paths):,})")
        if day := day_of(export, path):
            dates[path] = day
    return {path: day for path, day in dates.items() if not any(one in dates for one in export.above(path))}


def day_of(export: Export, path: str) -> dt.date | None:
    """The date that a page tells of itself."""
    if export.dialect(path) in TEXTS:
        session = export.reading(path).session
        return session.date if session else None
    return next(iter(page_dates(export.head(path)).values()), None)


def several(days: Sequence[dt.date]) -> str:
    """What to say where there are sessions of several dates, and how to choose one."""
    listed = "、".join(map(str, days[:LISTED])) + (" など" if len(days) > LISTED else "")
    return f"{len(days)} 回分のページ({listed})があります。`--date {days[-1]}` のように1回を選んでください"


def tops(export: Export) -> list[str]:
    """The pages that lie in no other page, without a list of them that an export has beside them."""
    pages = set(export.paths)
    found = [path for path in export.paths if not any(one in pages for one in export.above(path))]
    if len(found) > 1:  # it lies in no folder of theirs
        found = [path for path in found if posixpath.basename(path) != _LIST_OF_PAGES] or found
    return found


def _top(export: Export) -> str:
    """The page above all others, where no page has a date."""
    found = tops(export)
    found = [path for path in found if export.dialect(path)] or found[:1]  # what cannot be read is told
    if len(found) > 1:
        found = [path for path in found if _entries(export, path)] or found
    if len(found) == 1:
        return found[0]
    listed = "、".join(f"「{shown(export.head(path).title.plain or path)}」" for path in found[:LISTED])
    hint = (
        "会のページの題に日付を入れるか、そのページだけを渡してください"
        "(1つのファイルが1つの発表なら、`--as reports --date 2025-11-25` のように付けます)"
    )
    raise RefusedError(f"どれが会のページかわかりません({listed})。{hint}")


def _entries(export: Export, path: str) -> int:
    """How many things on a page could be entries: headings, and links to sub-pages."""
    if export.dialect(path) in TEXTS:
        session = export.reading(path).session
        return len(session.entries) if session else 0
    found = 0
    for block in walk(export.page(path).blocks):
        link = sole_link(block.text.source) if isinstance(block, Paragraph) else None
        found += isinstance(block, Heading)
        found += bool(link and export.resolve(link.url, path) in export.tree.files)
    return found
