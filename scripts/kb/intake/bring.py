"""From what a member has to a note: any dialect, any packing.

tree of files -> the session's page -> sub-pages in their places -> session -> addresses -> account
"""

from __future__ import annotations

import datetime as dt
import posixpath
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kb.intake.account import account_of, unaccounted
from kb.intake.addresses import Addresses, Shelf
from kb.intake.archive import Progress, open_tree
from kb.intake.choice import TEXTS, session_page
from kb.intake.data import with_sources
from kb.intake.export import Export
from kb.intake.given import Fetch, Given, RefusedError
from kb.intake.headed import with_headed_presenters
from kb.intake.names import shown, suffix
from kb.intake.pull import Pulled, other_pages, pull
from kb.intake.report import Brought, in_order
from kb.intake.reports import session_of_reports
from kb.intake.respelled import (
    front_matter,
    head_kept,
    respelled,
    texts_of_blocks,
    texts_of_lines,
    title_heading,
    with_excerpts,
)
from kb.intake.shape import Reports, Way, no_common_date, reports_in, unsure
from kb.model.blocks import Blocks, Heading
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.session import Session
from kb.read import Reading, read_text
from kb.read.blocks import read_blocks
from kb.read.front_matter import read_front_matter
from kb.read.lines import lines_of
from kb.read.note import disagreement
from kb.read.notion.session import levelled, session_from
from kb.text.inline import rich_text
from kb.write import write

_EVERY = 0.2
"""Seconds between two messages on progress."""
_DATE_HINT = "`--date 2025-11-25` を付けるか、1行目を「2025-11-25 機械学習勉強会」の形にしてください"
_HEAD = 20
"""Lines in which a note's title stands."""


def _calm(progress: Progress) -> Progress:
    """Passes a message on where the last one is long enough ago."""
    last = time.monotonic()

    def tick(message: str) -> None:
        nonlocal last
        if (now := time.monotonic()) - last >= _EVERY:
            last = now
            progress(message)

    return tick


def bring(
    given: Sequence[Given],
    date: dt.date | None = None,
    progress: Progress = lambda _: None,
    *,
    way: Way = "",
    fetch: Fetch | None = None,
) -> Brought:
    """Bring what was given into the note format. Nothing is written.

    A date that is given wins over the one in the pages, and chooses among several sessions. `way` says
    whether each file is a report or one is a session, where they do not look so. Where there is an error
    among the findings, nothing of the result is to be kept. Images on other hosts come beside the note
    where there is something to `fetch` them with.

    Raises:
        RefusedError: What was given is broken, dangerous, too large, or holds several sessions.
    """
    tick = _calm(progress)
    export = Export.of(open_tree(given, tick))
    export.fetch = fetch
    brought = _brought(export, [one.name for one in given], date, way, tick)
    return replace(brought, findings=tuple(_as_typed(one, export.tree.typed) for one in brought.findings))


def _as_typed(finding: Finding, typed: Mapping[str, str]) -> Finding:
    """A finding whose file is called as the member who gave its folder would type it."""
    path = typed.get(finding.span.path)
    return replace(finding, span=replace(finding.span, path=path)) if path else finding


def _brought(export: Export, names: Sequence[str], date: dt.date | None, way: Way, tick: Progress) -> Brought:
    """What comes of the pages, in the way that was asked for or that they look."""
    # Text that was copied from a page; beside pages a `.txt` is an attachment.
    export.paths = export.paths or tuple(path for path in export.tree.files if suffix(path) == ".txt")
    if not export.paths:
        raise RefusedError(
            "読めるページがありません。Notion の書き出し(zip)か、.md、.html、.txt を渡してください"
        )
    if reports := reports_in(export, way, date, names):
        return _from_reports(export, reports, date, tick)
    path = session_page(export, date, tick)
    if export.dialect(path) in TEXTS:
        return _from_text(export, path, date, tick)
    return _from_page(export, path, date, tick, unsure(export, path, way))


def _from_page(
    export: Export, path: str, date: dt.date | None, tick: Progress, guessed: Iterable[Finding]
) -> Brought:
    """From a page of an export, or of a person's Markdown, with the pages that belong to it."""
    page = levelled(export.page(path))
    pulled = Pulled(export, tick, {path: page.words})
    page = replace(page, blocks=(*pull(page.blocks, pulled), *other_pages(path, pulled)))
    result = session_from(page, date)
    findings = [*guessed, *export.tree.findings, *_unread(export, pulled, path)]
    findings += [*result.findings, *pulled.findings]
    if result.session is None or not page.words:
        return Brought(export.dialect(path), findings=in_order(findings))
    texts = texts_of_blocks(page.blocks)
    told = [
        *with_excerpts(findings, texts),
        *respelled(result.session, texts),
        *title_heading(result.session, page.blocks, told=True),
    ]
    addresses = Addresses(export, pulled, Shelf(result.session.date))
    head = head_kept(page.title.plain, result.session)
    return _settled(export.dialect(path), result.session, told, addresses, head)


def _from_reports(export: Export, reports: Reports, date: dt.date | None, tick: Progress) -> Brought:
    """From files that are one report each."""
    day = date or next(iter(reports.dates.values()), None)
    if day is None:
        told = [reports.finding, *export.tree.findings, *export.findings, no_common_date(reports)]
        return Brought("reports", findings=in_order(told))
    pulled = Pulled(export, tick)
    session = session_of_reports(reports.posts, day, pulled)
    told = [reports.finding, *export.tree.findings, *_unread(export, pulled, ""), *pulled.findings]
    told += disagreement(reports.dates, day, reports.finding.span.path)
    return _settled("reports", session, told, Addresses(export, pulled, Shelf(day)), "")


def _unread(export: Export, pulled: Pulled, session: str) -> Iterator[Finding]:
    """Files that cannot be read: no error where the session needs nothing of them."""
    for finding in export.findings:
        path = finding.span.path
        needed = path == session or (path in pulled.words and finding.code != Code.NOTE_EMPTY)
        yield finding if needed or finding.severity != "error" else replace(finding, severity="loss")


def _from_text(export: Export, path: str, date: dt.date | None, tick: Progress) -> Brought:
    """From a note of ours or from copied text."""
    tick(f"ノートを読んでいます({shown(path)})")
    text, reading = export.text(path), _reading(export, path, date)
    findings = [*export.tree.findings, *_unread(export, Pulled(export, tick), path), *reading.findings]
    if reading.session is None:
        missing = Code.NOTE_DATE_MISSING
        findings = [replace(one, hint=_DATE_HINT) if one.code == missing else one for one in findings]
        return Brought(reading.dialect, findings=in_order(findings))
    session = replace(reading.session, date=date) if date else reading.session
    if session.date != reading.session.date:
        # Which of its own dates the text would go by is no matter any more.
        findings = [one for one in findings if one.code != Code.NOTE_DATE_DIFFERS]
        findings += disagreement({"ページ": reading.session.date}, session.date, path)
    told = [*with_excerpts(findings, texts_of_lines(text)), *_respelled(text, path, reading.dialect, session)]
    addresses = Addresses(export, Pulled(export, tick, {path: text}), Shelf(session.date), is_note=True)
    head = _head(text, path, reading.dialect, session)
    brought = _settled(reading.dialect, session, told, addresses, head)
    named = {_dated_name(path, date): path} if date else {}
    return replace(brought, findings=in_order(_as_typed(one, named) for one in brought.findings))


def _head(text: str, path: str, dialect: str, session: Session) -> str:
    """What the note's date and title took over from a text."""
    if dialect == "copied":
        return head_kept(next(line.text for line in lines_of(text) if not line.blank), session)
    front, _, _ = read_front_matter(text, path)
    date = session.date.isoformat() if front and front.date else ""
    return f"{date} {session.title if front and front.title else ''}"


def _respelled(text: str, path: str, dialect: str, session: Session) -> Iterator[Finding]:
    """What a note says in other words than the text that was read."""
    lines = 0
    head: Blocks = ()
    if dialect == "note":
        front, rest, _ = read_front_matter(text, path)
        lines = front.lines if front else 0
        source = "\n".join(line.source for line in lines_of(text)[:lines])
        yield from front_matter(source, _head(text, path, dialect, session), session, path)
        head = read_blocks(lines_of(rest, lines + 1)[:_HEAD], path)
    elif dialect == "copied":
        first = next(line for line in lines_of(text) if not line.blank)
        head = (Heading(1, rich_text(first.text), Span(path, first.number, first.number)),)
    yield from respelled(session, texts_of_lines(text))
    yield from title_heading(session, head, told=lines > 0)


def _dated_name(path: str, date: dt.date) -> str:
    """A name that tells the date of a text which does not."""
    return posixpath.join(posixpath.dirname(path), f"{date.isoformat()}.md")


def _reading(export: Export, path: str, date: dt.date | None) -> Reading:
    """Read a text; a date that is given helps where it has none."""
    reading = export.reading(path)
    if reading.session or not date:
        return reading
    if not any(finding.code == Code.NOTE_DATE_MISSING for finding in reading.findings):
        return reading
    dated = read_text(export.text(path), _dated_name(path, date), reading.dialect)
    told = (replace(one, span=replace(one.span, path=path)) for one in dated.findings)
    return replace(dated, path=path, findings=tuple(told))


def _settled(
    dialect: str, session: Session, findings: Iterable[Finding], addresses: Addresses, head: str
) -> Brought:
    """Write the note and settle its account; `head` is what its date and title took from the sources."""
    session = addresses.settle(session)
    session, headed = with_headed_presenters(session)
    guessed: tuple[Finding, ...] = ()
    if dialect != "note":
        session, guessed = with_sources(session)
    note = write(session)
    told = [*findings, *addresses.findings, *headed, *guessed, *addresses.unused()]
    sources, shelf = addresses.pulled.words, addresses.shelf
    account = account_of(sources, session, told, shelf.made, head)
    told += unaccounted(account, sources, note)
    return Brought(dialect, session, note, dict(shelf.files), in_order(told), addresses.account(account))
