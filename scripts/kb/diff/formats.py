"""What a change does to the site, for a terminal, for programs and for a comment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict

from kb.diff.model import Difference, EntryRef, Move, NewLink, NewThing, PageRef
from kb.text.escape import plain

MAX_PAGES = 20
"""Pages of one kind that are listed before the rest is counted."""


def text(difference: Difference) -> str:
    """Sections for a terminal; a section with nothing in it is left out."""
    lines = [difference.summary]
    lines += _section("新しいつながり", (link.sentence for link in difference.links))
    for title, things in _things(difference):
        lines += _section(title, map(_thing, things))
    for title, pages in _pages(difference):
        lines += _section(title, (f"{page.url}  {page.title}" for page in pages))
    lines += _section(
        "移ったページ", (f"{one.before} → {one.after}  {one.title}" for one in difference.moved)
    )
    return "\n".join(lines) + "\n"


def _section(title: str, rows: Iterable[str]) -> list[str]:
    told = list(rows)
    rest = [f"  ほか {len(told) - MAX_PAGES} 件"] if len(told) > MAX_PAGES else []
    return ["", f"{title} ({len(told)})", *(f"  {row}" for row in told[:MAX_PAGES]), *rest] if told else []


def _things(difference: Difference) -> tuple[tuple[str, tuple[NewThing, ...]], ...]:
    return (
        ("新しい発表者", difference.presenters),
        ("新しい論文", difference.papers),
        ("新しいトピック", difference.topics),
        ("新しいタグ", difference.tags),
    )


def _pages(difference: Difference) -> tuple[tuple[str, tuple[PageRef, ...]], ...]:
    return (
        ("増えるページ", difference.added),
        ("変わるページ", difference.changed),
        ("なくなるページ", difference.removed),
    )


def _thing(thing: NewThing) -> str:
    return f"{thing.name} ({thing.id})" + ("" if thing.registered else " ※台帳にありません")


def as_json(difference: Difference) -> str:
    """The whole difference as an object.

    `pages` has `added`, `changed` and `removed` (lists of `url`, `title`) and `moved` (`from`, `to`,
    `title`); `links` are objects of `from` and `to` (`title`, `url`, `date`), `reason` (`topic`,
    `paper`, `source`, `mention`), `about` and `sentence`; `presenters`, `papers`, `tags` and `topics`
    are lists of `id`, `name` or `title`, `url`, `registered`.
    """
    told = {
        "base": difference.base,
        "summary": difference.summary,
        "pages": {
            "added": [asdict(page) for page in difference.added],
            "changed": [asdict(page) for page in difference.changed],
            "removed": [asdict(page) for page in difference.removed],
            "moved": list(map(_move, difference.moved)),
        },
        "links": list(map(_link, difference.links)),
        "presenters": [asdict(one) for one in difference.presenters],
        "papers": list(map(_paper, difference.papers)),
        "tags": [asdict(one) for one in difference.tags],
        "topics": [asdict(one) for one in difference.topics],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _move(move: Move) -> dict[str, str]:
    return {"from": move.before, "to": move.after, "title": move.title}


def _entry(entry: EntryRef) -> dict[str, str]:
    return {"title": entry.title, "url": entry.url, "date": entry.date}


def _link(link: NewLink) -> dict[str, object]:
    ends = {"from": _entry(link.source), "to": _entry(link.target)}
    return {**ends, "reason": link.reason, "about": link.about, "sentence": link.sentence}


def _paper(thing: NewThing) -> dict[str, object]:
    return {"id": thing.id, "title": thing.name, "url": thing.url, "registered": thing.registered}


def markdown(difference: Difference) -> str:
    """For a comment or a job's summary: nothing of a note becomes markup."""
    lines = [f"**{plain(difference.summary)}**"]
    lines += _listed("新しいつながり", (plain(link.sentence) for link in difference.links))
    for title, things in _things(difference):
        lines += _listed(title, (plain(_thing(thing)) for thing in things))
    for title, pages in _pages(difference):
        rows = (f"{plain(page.title)} `{page.url}`" for page in pages)
        lines += _folded(title, rows)
    moves = (f"{plain(one.title)} `{one.before}` → `{one.after}`" for one in difference.moved)
    lines += _folded("移ったページ", moves)
    return "\n".join(lines) + "\n"


def _listed(title: str, rows: Iterable[str]) -> list[str]:
    told = list(rows)
    rest = [f"- ほか {len(told) - MAX_PAGES} 件"] if len(told) > MAX_PAGES else []
    return ["", f"#### {title}", "", *(f"- {row}" for row in told[:MAX_PAGES]), *rest] if told else []


def _folded(title: str, rows: Iterable[str]) -> list[str]:
    """A list that is opened by hand, for it is long and seldom read."""
    told = list(rows)
    if not told:
        return []
    inner = [*(f"- {row}" for row in told[:MAX_PAGES])]
    inner += [f"- ほか {len(told) - MAX_PAGES} 件"] if len(told) > MAX_PAGES else []
    summary = f"<summary>{title} ({len(told)})</summary>"
    return ["", f"<details>{summary}", "", *inner, "", "</details>"]


FORMATS: Mapping[str, Callable[[Difference], str]] = {"text": text, "json": as_json, "markdown": markdown}
"""The names that `--format` takes."""
