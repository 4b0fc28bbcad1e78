"""Which page of an export is the session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from kb.intake.export import Export
from kb.intake.inline import sole_link
from kb.intake.names import shown
from kb.intake.refused import RefusedError
from kb.model.blocks import Heading, Paragraph, walk
from kb.read.notion.session import page_dates

_LISTED = 6


def session_page(export: Export, date: dt.date | None, tick: Callable[[str], None]) -> str:
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


def _dated(export: Export, tick: Callable[[str], None]) -> dict[str, dt.date]:
    dates: dict[str, dt.date] = {}
    for number, path in enumerate(export.paths, 1):
        tick(f"ページの題を読んでいます({number:,} / {len(export.paths):,})")
        if day := next(iter(page_dates(export.head(path)).values()), None):
            dates[path] = day
    return {path: day for path, day in dates.items() if not any(one in dates for one in export.above(path))}


def several(days: list[dt.date]) -> str:
    """What to say where there are sessions of several dates, and how to choose one."""
    listed = "、".join(map(str, days[:_LISTED])) + (" など" if len(days) > _LISTED else "")
    return f"{len(days)} 回分のページ({listed})があります。`--date {days[-1]}` のように1回を選んでください"


def _top(export: Export) -> str:
    """The page above all others, where no page has a date."""
    pages = set(export.paths)
    tops = [path for path in export.paths if not any(one in pages for one in export.above(path))]
    if len(tops) > 1:
        tops = [path for path in tops if _entries(export, path)] or tops
    if len(tops) == 1:
        return tops[0]
    listed = "、".join(f"「{shown(export.head(path).title.source or path)}」" for path in tops[:_LISTED])
    hint = "会のページの題に日付を入れるか、そのページだけを書き出してください"
    raise RefusedError(f"どれが会のページかわかりません({listed})。{hint}")


def _entries(export: Export, path: str) -> int:
    """How many things on a page could be entries: headings, and links to sub-pages."""
    found = 0
    for block in walk(export.page(path).blocks):
        link = sole_link(block.text.source) if isinstance(block, Paragraph) else None
        found += isinstance(block, Heading)
        found += bool(link and export.resolve(link.url, path) in export.tree.files)
    return found
