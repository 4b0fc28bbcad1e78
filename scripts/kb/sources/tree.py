"""What no note says of itself: two notes of one date, files that somebody may take for notes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.session import Session

NOTES = "docs/notes"
REGISTRY = "docs/data"

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


def registry_files(root: Path) -> list[Path]:
    """The files of the registry below a root, in the order of their names."""
    return sorted(path for path in (root / REGISTRY).glob("*.yml") if path.is_file())


def source_files(root: Path) -> dict[str, bytes]:
    """All that is read below a root, by its path there."""
    files = (*note_files(root), *registry_files(root))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


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


def tree_findings(root: Path, sessions: Iterable[Session], paths: Iterable[str]) -> tuple[Finding, ...]:
    """What the checkout with these sessions says of these notes, and of files that are none."""
    wanted = frozenset(paths)
    places: defaultdict[dt.date, list[str]] = defaultdict(list)
    for path, date in session_dates(sessions):
        places[date].append(path)
    found = [
        _twice(path, date, next(other for other in there if other != path))
        for date, there in places.items()
        for path in there
        if path in wanted and len(there) > 1
    ]
    return (*found, *overlooked(root))
