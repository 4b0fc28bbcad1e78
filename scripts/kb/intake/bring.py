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
from kb.intake.data import with_sources
from kb.intake.export import Export, session_page, several
from kb.intake.given import Fetch, Given, RefusedError
from kb.intake.names import page_id, shown, suffix
from kb.intake.pull import Pulled, pull
from kb.intake.report import Brought, in_order
from kb.intake.respelled import (
    front_matter,
    respelled,
    texts_of_blocks,
    texts_of_lines,
    title_heading,
    with_excerpts,
)
from kb.model.blocks import Blocks, Heading
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.session import Session
from kb.read import Reading, read_text
from kb.read.blocks import read_blocks
from kb.read.dialects import dialect_of
from kb.read.front_matter import read_front_matter
from kb.read.lines import lines_of
from kb.read.note import disagreement
from kb.read.notion.levels import note_levels
from kb.read.notion.session import session_from
from kb.text.inline import rich_text
from kb.write import write

_EVERY = 0.2
"""Seconds between two messages on progress."""
_EXPORTED = ("enhanced", "notion", "html")
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
    fetch: Fetch | None = None,
) -> Brought:
    """Bring what was given into the note format. Nothing is written.

    A date that is given wins over the one in the pages, and chooses among several sessions. Where there
    is an error among the findings, nothing of the result is to be kept. Images on other hosts come beside
    the note where there is something to `fetch` them with.

    Raises:
        RefusedError: What was given is broken, dangerous, too large, or holds several sessions.
    """
    tick = _calm(progress)
    export = Export.of(open_tree(given, tick))
    export.fetch = fetch
    # Text that was copied from a page; beside pages a `.txt` is an attachment.
    export.paths = export.paths or tuple(path for path in export.tree.files if suffix(path) == ".txt")
    exported = _exported_pages(export, tick)
    if not exported:
        return _from_texts(export, date, tick)
    export.paths = exported
    return _from_export(export, date, tick)


def _exported_pages(export: Export, tick: Progress) -> tuple[str, ...]:
    """The pages of an export. One that shows its origin vouches for those beside it."""
    dialects: dict[str, str] = {}
    for number, path in enumerate(export.paths, 1):
        tick(f"ページを読んでいます({number:,} / {len(export.paths):,})")
        text = export.text(path)
        if not text.lstrip().startswith("---\n"):  # front matter, which Notion never writes
            dialects[path] = dialect_of(text) if text else ""
    # A short sub-page looks like any Markdown: alone it would not be known for Notion's.
    if any(page_id(path) or dialect in _EXPORTED for path, dialect in dialects.items()):
        return tuple(dialects)
    return ()


def _from_export(export: Export, date: dt.date | None, tick: Progress) -> Brought:
    path = session_page(export, date, tick)
    page = export.page(path)
    shown = dialect_of(export.text(path))
    dialect = shown if shown in _EXPORTED else "notion"
    pulled = Pulled(export, tick, {path: page.words})
    levelled, guessed = note_levels(page.blocks)
    page = replace(page, blocks=pull(levelled, pulled), findings=(*page.findings, *guessed))
    result = session_from(page, date)
    findings = [*export.tree.findings, *_unread(export, pulled, path), *result.findings, *pulled.findings]
    if result.session is None:
        return Brought(dialect, findings=in_order(findings))
    texts = texts_of_blocks(page.blocks)
    told = [
        *with_excerpts(findings, texts),
        *respelled(result.session, texts),
        *title_heading(result.session, page.blocks, told=True),
    ]
    return _settled(dialect, result.session, told, Addresses(export, pulled, Shelf(result.session.date)))


def _unread(export: Export, pulled: Pulled, session: str) -> Iterator[Finding]:
    """Files that cannot be read: no error where the session needs nothing of them."""
    for finding in export.findings:
        path = finding.span.path
        needed = path == session or (path in pulled.words and finding.code != Code.NOTE_EMPTY)
        yield finding if needed or finding.severity != "error" else replace(finding, severity="loss")


def _from_texts(export: Export, date: dt.date | None, tick: Progress) -> Brought:
    """From notes of ours or copied text; of several, the one whose date was asked for."""
    paths = export.paths
    if not paths:
        raise RefusedError(
            "読めるページがありません。Notion の書き出し(zip)か、.md、.html、.txt を渡してください"
        )
    readings = {}
    for path in paths:
        tick(f"ノートを読んでいます({shown(path)})")
        if text := export.text(path):
            readings[path] = _reading(text, path, date, alone=len(paths) == 1)
    path = _chosen(readings, date)
    reading = readings.get(path)
    findings = [*export.tree.findings, *export.findings, *(reading.findings if reading else ())]
    if reading is None or reading.session is None:
        return Brought(reading.dialect if reading else "", findings=in_order(findings))
    session = replace(reading.session, date=date) if date else reading.session
    if session.date != reading.session.date:
        # Which of its own dates the text would go by is no matter any more.
        findings = [one for one in findings if one.code != Code.NOTE_DATE_DIFFERS]
        findings += disagreement({"ページ": reading.session.date}, session.date, path)
    text = export.text(path)
    told = [*with_excerpts(findings, texts_of_lines(text)), *_respelled(text, path, reading.dialect, session)]
    addresses = Addresses(export, Pulled(export, tick, {path: text}), Shelf(session.date), is_note=True)
    return _settled(reading.dialect, session, told, addresses)


def _respelled(text: str, path: str, dialect: str, session: Session) -> Iterator[Finding]:
    """What a note says in other words than the text that was read."""
    lines = 0
    head: Blocks = ()
    if dialect == "note":
        front, rest, _ = read_front_matter(text, path)
        lines = front.lines if front else 0
        yield from front_matter("\n".join(line.source for line in lines_of(text)[:lines]), session, path)
        head = read_blocks(lines_of(rest, lines + 1)[:_HEAD], path)
    elif dialect == "copied":
        first = next(line for line in lines_of(text) if not line.blank)
        head = (Heading(1, rich_text(first.text), Span(path, first.number, first.number)),)
    yield from respelled(session, texts_of_lines(text))
    yield from title_heading(session, head, told=lines > 0)


def _reading(text: str, path: str, date: dt.date | None, *, alone: bool) -> Reading:
    """Read a text; a date that is given helps where the only text has none."""
    reading = read_text(text, path)
    if reading.session or not date or not alone:
        return reading
    if not any(finding.code == Code.NOTE_DATE_MISSING for finding in reading.findings):
        return reading
    named = posixpath.join(posixpath.dirname(path), f"{date.isoformat()}.md")
    dated = read_text(text, named, reading.dialect)
    told = (replace(one, span=replace(one.span, path=path)) for one in dated.findings)
    return replace(dated, path=path, findings=tuple(told))


def _chosen(readings: Mapping[str, Reading], date: dt.date | None) -> str:
    """The text with a session; of several, the one with the date, or with most entries."""
    found = {path: one.session for path, one in readings.items() if one.session}
    if date and any(session.date == date for session in found.values()):
        found = {path: session for path, session in found.items() if session.date == date}
    days = sorted({session.date for session in found.values()})
    if len(days) > 1:
        raise RefusedError(several(days))
    return max(found, key=lambda path: len(found[path].entries), default=next(iter(readings), ""))


def _settled(dialect: str, session: Session, findings: Iterable[Finding], addresses: Addresses) -> Brought:
    """Write the note and settle its account."""
    session = addresses.settle(session)
    guessed: tuple[Finding, ...] = ()
    if dialect != "note":
        session, guessed = with_sources(session)
    note = write(session)
    told = [*findings, *addresses.findings, *guessed, *addresses.unused()]
    sources, shelf = addresses.pulled.words, addresses.shelf
    account = account_of(sources, session, told, shelf.made)
    told += unaccounted(account, sources, note)
    return Brought(dialect, session, note, dict(shelf.files), in_order(told), account)
