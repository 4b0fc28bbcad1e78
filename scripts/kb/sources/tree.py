"""What no note says of itself: two notes of one date, files that somebody may take for notes."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.session import Session
from kb.read.dates import date_in
from kb.read.front_matter import read_front_matter

NOTES = "docs/notes"
REGISTRY = "docs/data"
HEAD = 4_096
"""Bytes at the beginning of a note in which its date is looked for."""

_DATE_LINE = re.compile(r"---\r?\ndate: (\d{4}-\d\d-\d\d)\r?\n")
_IMPORT = "`python scripts/week.py import {path}` でノートにできます"
_EXPORT = "Notion から「Markdown と CSV」で書き出した zip なら、week.py import で読めます"
_OTHER_SHAPES = {
    **dict.fromkeys((".txt", ".markdown", ".html", ".htm", ".zip"), _IMPORT),
    **dict.fromkeys((".docx",), _EXPORT),
}


def is_note(path: str) -> bool:
    """Whether a path below a root is a note's: right in the folder, for deeper ones are not read."""
    return path.startswith(f"{NOTES}/") and path.endswith(".md") and path.count("/") == NOTES.count("/") + 1


def is_registry(path: str) -> bool:
    """Whether a path below a root is that of a file of the registry."""
    return path.startswith(f"{REGISTRY}/") and path.endswith(".yml")


def note_files(root: Path) -> list[Path]:
    """The notes below a root, in the order of their names."""
    return sorted(path for path in (root / NOTES).glob("*.md") if path.is_file())


def files_beside(root: Path) -> frozenset[str]:
    """What lies beside the notes, as paths below `docs/notes/`: images above all."""
    folder = root / NOTES
    paths = (path for path in folder.rglob("*") if path.suffix != ".md" and path.is_file())
    return frozenset(path.relative_to(folder).as_posix() for path in paths)


def overlooked(root: Path) -> Iterator[Finding]:
    """Files that somebody may take for notes: they are not read, and that has to be said."""
    folder = root / NOTES
    for path in sorted(folder.rglob("*")):
        span = Span(path.relative_to(root).as_posix(), 0, 0)
        if path.suffix == ".md" and path.parent != folder and path.is_file():
            hint = "docs/notes/ の直下に `2025-11-25.md` の形の名前で置いてください"
            yield Finding(
                Code.NOTE_FOLDER, "warning", span, "フォルダの中にあるのでノートとして読みません", hint
            )
        elif path.suffix.lower() in _OTHER_SHAPES:
            hint = _OTHER_SHAPES[path.suffix.lower()].format(path=span.path)
            yield Finding(
                Code.NOTE_SUFFIX, "warning", span, f"{path.suffix} のファイルはノートとして読みません", hint
            )


def same_date(dates: Iterable[tuple[str, dt.date]]) -> Iterator[Finding]:
    """An error for each path whose date an earlier one of these has already."""
    first: dict[dt.date, str] = {}
    for path, date in dates:
        if date in first:
            yield _twice(path, date, first[date])
        first.setdefault(date, path)


def _twice(path: str, date: dt.date, other: str) -> Finding:
    message = f"{date} のノートがもう1つあります({other})"
    hint = "片方の date を直すか、1つのノートにまとめてください"
    return Finding(Code.NOTE_DATE_TWICE, "error", Span(path, 1, 1), message, hint)


def session_dates(sessions: Iterable[Session]) -> Iterator[tuple[str, dt.date]]:
    """Each session's file and date."""
    return ((session.span.path, session.date) for session in sessions)


def tree_findings(root: Path, paths: Iterable[str]) -> tuple[Finding, ...]:
    """What the checkout says of these notes, without reading more than the first lines of any other."""
    wanted = frozenset(paths)
    places: defaultdict[dt.date, list[str]] = defaultdict(list)
    for path, date in note_dates(root).items():
        places[date].append(path)
    found = [
        _twice(path, date, next(other for other in there if other != path))
        for date, there in places.items()
        for path in there
        if path in wanted and len(there) > 1
    ]
    return (*found, *overlooked(root))


def note_dates(root: Path) -> dict[str, dt.date]:
    """The date of each note by its path, as its first lines or its name tell it."""
    dates = ((file.relative_to(root).as_posix(), _date(file)) for file in note_files(root))
    return {path: date for path, date in dates if date}


def _date(file: Path) -> dt.date | None:
    """YAML is asked only where a line `date: …` does not tell all: it takes most of the time."""
    with file.open("rb") as stream:
        head = stream.read(HEAD).decode("utf-8-sig", "replace")
    if told := _DATE_LINE.match(head):
        return date_in(told[1])
    front, _, _ = read_front_matter(head, file.name)
    return (front.date if front else None) or date_in(file.name)
