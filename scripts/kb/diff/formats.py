"""What a change does to the site, for a terminal, for programs and for a comment."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from kb.diff.model import Difference, EntryRef, NewLink, NewThing
from kb.text.escape import plain

MAX_PAGES = 20
"""Pages of one kind that are listed before the rest is counted."""


def text(difference: Difference) -> str:
    """Sections for a terminal; a section with nothing in it is left out."""
    rows = {
        **_said(difference),
        **{
            title: [f"{' → '.join(urls)}  {name}" for name, *urls in pages]
            for title, pages in _pages(difference).items()
        },
    }
    lines = [difference.summary]
    for title, told in rows.items():
        lines += ["", f"{title} ({len(told)})", *_first(told, "  ")] if told else []
    return "\n".join(lines) + "\n"


def markdown(difference: Difference) -> str:
    """For a comment or a job's summary: nothing of a note becomes markup."""
    lines = [f"**{plain(difference.summary)}**"]
    for title, told in _said(difference).items():
        lines += ["", f"#### {title}", "", *_first(list(map(plain, told)), "- ")] if told else []
    for title, pages in _pages(difference).items():
        # Opened by hand: these lists are long and seldom read.
        rows = [f"{plain(name)} {' → '.join(f'`{url}`' for url in urls)}" for name, *urls in pages]
        summary = f"<details><summary>{title} ({len(rows)})</summary>"
        lines += ["", summary, "", *_first(rows, "- "), "", "</details>"] if rows else []
    return "\n".join(lines) + "\n"


def _said(difference: Difference) -> dict[str, list[str]]:
    """What is told in words, by the title of its section."""
    return {
        "新しいつながり": [link.sentence for link in difference.links],
        "新しい発表者": list(map(_noted, difference.presenters)),
        "新しい論文": list(map(_noted, difference.papers)),
        "新しいトピック": list(map(_thing, difference.topics)),
        "新しいタグ": list(map(_noted, difference.tags)),
    }


def _thing(thing: NewThing) -> str:
    return f"{thing.name} ({thing.id})"


def _noted(thing: NewThing) -> str:
    """With a word where a registry would tell more of it. A topic needs none: its talks tell all of it."""
    return _thing(thing) + ("" if thing.registered else " ※台帳にありません")


def _pages(difference: Difference) -> dict[str, list[tuple[str, ...]]]:
    """Title and address of pages, by the title of their section; of one that has moved both addresses."""
    return {
        "増えるページ": [(page.title, page.url) for page in difference.added],
        "変わるページ": [(page.title, page.url) for page in difference.changed],
        "なくなるページ": [(page.title, page.url) for page in difference.removed],
        "移ったページ": [(one.title, one.before, one.after) for one in difference.moved],
    }


def _first(rows: Sequence[str], mark: str) -> list[str]:
    """The first of some rows, and how many more there are."""
    rest = [f"ほか {len(rows) - MAX_PAGES} 件"] if len(rows) > MAX_PAGES else []
    return [f"{mark}{row}" for row in (*rows[:MAX_PAGES], *rest)]


def as_json(difference: Difference) -> str:
    """The whole difference as an object.

    `pages` has `added`, `changed` and `removed` (lists of `url`, `title`) and `moved` (`from`, `to`,
    `title`); `links` are objects of `from` and `to` (`title`, `url`, `date`), `reason` (`topic`,
    `paper`, `source`, `mention`), `about` and `sentence`; `presenters`, `papers`, `tags` and `topics`
    are lists of `id`, `name` or `title`, `url`, and, but for topics, which need no registry, `registered`.
    """
    told = {
        "base": difference.base,
        "summary": difference.summary,
        "pages": {
            "added": [asdict(page) for page in difference.added],
            "changed": [asdict(page) for page in difference.changed],
            "removed": [asdict(page) for page in difference.removed],
            "moved": [{"from": one.before, "to": one.after, "title": one.title} for one in difference.moved],
        },
        "links": list(map(_link, difference.links)),
        "presenters": [asdict(one) for one in difference.presenters],
        "papers": list(map(_paper, difference.papers)),
        "tags": [asdict(one) for one in difference.tags],
        "topics": [{"id": one.id, "name": one.name, "url": one.url} for one in difference.topics],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _paper(thing: NewThing) -> dict[str, object]:
    return {"id": thing.id, "title": thing.name, "url": thing.url, "registered": thing.registered}


def _entry(entry: EntryRef) -> dict[str, str]:
    return {"title": entry.title, "url": entry.url, "date": entry.date}


def _link(link: NewLink) -> dict[str, object]:
    ends = {"from": _entry(link.source), "to": _entry(link.target)}
    return {**ends, "reason": link.reason, "about": link.about, "sentence": link.sentence}


FORMATS: Mapping[str, Callable[[Difference], str]] = {"text": text, "json": as_json, "markdown": markdown}
"""The names that `--format` takes."""
