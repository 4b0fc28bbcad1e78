"""A page alone as a session, whichever of Notion's exports it comes from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from kb.model.blocks import Heading
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import NO_TEXT
from kb.read.copied.reader import is_part
from kb.read.front_matter import FrontMatter, yaml_line
from kb.read.note import Reading, disagreement, no_date, session_of, without_date
from kb.read.notion.levels import note_levels
from kb.read.notion.properties import is_clock, notion_date, property_date
from kb.read.page import Page

# Exported files carry the id of their page: `Title 0123…ef.md`.
_ID = re.compile(r"[ _-]?[0-9a-f]{32}(?=\.\w+$|$)")


def session_of_page(page: Page, date: dt.date | None = None) -> Reading:
    """A session from one page. `date` wins over what the page tells.

    The date comes from the title, a property such as `日付`, or the file's name, in this order.
    """
    return session_from(levelled(page), date)


def levelled(page: Page) -> Page:
    """A session's page with its headings at the levels of a note; a part's name is not its title."""
    blocks = page.blocks
    if is_part(page.title.plain.strip()):
        line = Span(page.span.path, 1, 1)
        page, blocks = replace(page, title=NO_TEXT), (Heading(1, page.title, line), *blocks)
    blocks, guessed = note_levels(blocks)
    return replace(page, blocks=blocks, findings=(*page.findings, *guessed))


def session_from(page: Page, date: dt.date | None = None) -> Reading:
    """As `session_of_page`, for a page whose headings have the levels of a note."""
    dates = page_dates(page)
    used = date or next(iter(dates.values()), None)
    if used is None:
        hint = "ページの題を「2025-11-25 機械学習勉強会」の形にするか、--date 2025-11-25 を付けてください"
        return Reading(None, (*page.findings, no_date(page.span.path, hint)))
    title = without_date(page.title.plain)
    extra = tuple((key, yaml_line(value)) for key, value, why in _judged(page) if not why)
    front = FrontMatter(used, title, extra)
    result = session_of(front, page.blocks, Span("", 1, page.span.last), page.findings)
    told = (*result.findings, *_dropped(page, title, used), *disagreement(dates, used, page.span.path))
    session = replace(result.session, span=page.span) if result.session else None
    return Reading(session, told)


def page_dates(page: Page) -> dict[str, dt.date]:
    """What tells the session's date, by its name in messages; the first is believed."""
    key, day = property_date(page.properties)
    name = _ID.sub("", page.span.path.rsplit("/", 1)[-1])
    dates = {
        "題": notion_date(page.title.source),
        f"プロパティ「{key}」": day,
        "ファイル名": notion_date(name),
    }
    return {where: date for where, date in dates.items() if date}


def _judged(page: Page) -> Iterator[tuple[str, str, str]]:
    """The properties, each with the reason why it is not in the front matter; empty where it is."""
    seen = {"date", "title"}
    for key, value in page.properties:
        yield key, value, _why_not(key, value, seen)
        seen.add(key.lower())


def _why_not(key: str, value: str, seen: set[str]) -> str:
    if is_clock(key):
        return "本文ではないので除きました"
    if property_date([(key, value)])[1] is not None:
        return "日付として読みました"
    if key.lower() in seen:
        return "同じ名前のものがあるので除きました"
    return "" if f"{key}{value}".isprintable() else "front matter に書けない文字があるので除きました"


def _dropped(page: Page, title: str, used: dt.date) -> Iterator[Finding]:
    """What of title and properties is not in the note, and why."""
    span = Span(page.span.path, 1, 1)
    rest = left_of(page.title.plain, title)
    if rest and rest != used.isoformat():
        message = f"題の「{rest}」は、ノートの date: {used} にしました"
        yield Finding(Code.NOTION_TITLE_DATE, "left-out", span, message, excerpt=rest)
    marks = left_of(page.title.source, page.title.plain)
    if marks:
        message = f"題の書式 `{marks}` を除きました"
        yield Finding(Code.NOTION_TITLE_MARKS, "left-out", span, message, excerpt=marks)
    for key, value, why in _judged(page):
        if why:
            message = f"プロパティ `{key}: {value}` は、{why}"
            yield Finding(Code.NOTION_PROPERTY, "left-out", span, message, excerpt=f"{key}: {value}")


def left_of(text: str, kept: str) -> str:
    """The characters of a text that are not in the part of it that was kept, in order."""
    left, at = [], 0
    for char in text:
        if char.isspace():
            left.append(char)
        elif at < len(kept) and char == kept[at]:
            at += 1
            while at < len(kept) and kept[at].isspace():
                at += 1
        else:
            left.append(char)
    return " ".join("".join(left).split())
