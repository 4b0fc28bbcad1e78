"""What no note says of itself: two notes of one date, files that somebody may take for notes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.session import Session
from kb.text.program import typed

NOTES = "docs/notes"
IMAGES = "images"
"""Where an import puts what lies beside a note, attachments of any shape too: nobody takes them for notes."""
REGISTRY = "docs/data"

_IMPORT = "`{run} import {path}` でノートにできます"
_EXPORT = "Notion から「Markdown と CSV」で書き出した zip なら、`{run} import` で読めます"
_OTHER_SHAPES = {
    **dict.fromkeys((".txt", ".markdown", ".html", ".htm", ".zip"), _IMPORT),
    ".docx": _EXPORT,
}


def is_note(path: str) -> bool:
    """Whether a path below a root is a note's: right in the folder, for deeper ones are not read."""
    return path.startswith(f"{NOTES}/") and path.endswith(".md") and path.count("/") == NOTES.count("/") + 1


def is_registry(path: str) -> bool:
    """Whether a path below a root is that of a file of the registry."""
    return path.startswith(f"{REGISTRY}/") and path.endswith(".yml")


def is_source(path: str) -> bool:
    """Whether a file is read: a note, or one of the registry."""
    return is_note(path) or is_registry(path)


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
    stored = folder / IMAGES
    for path in sorted(folder.rglob("*")):
        span = Span(path.relative_to(root).as_posix(), 0, 0)
        if path.suffix == ".md" and path.parent != folder and path.is_file():
            message = "フォルダの中にあるのでノートとして読みません"
            hint = "docs/notes/ の直下に `2025-11-25.md` の形の名前で置いてください"
            yield Finding(Code.NOTE_FOLDER, "warning", span, message, hint)
        # What was exported or copied, and then put where notes are.
        elif (shape := _OTHER_SHAPES.get(path.suffix.lower())) and stored not in path.parents:
            message = f"{path.suffix} のファイルはノートとして読みません"
            yield Finding(
                Code.NOTE_SUFFIX, "warning", span, message, shape.format(path=span.path, run=typed("week"))
            )


def same_date(sessions: Iterable[Session]) -> Iterator[Finding]:
    """An error for each session whose date an earlier one of these has already."""
    first: dict[dt.date, Session] = {}
    for session in sessions:
        other = first.setdefault(session.date, session)
        if other is not session:
            yield _twice(session, other)


def _twice(session: Session, other: Session) -> Finding:
    message = f"{session.date} のノートがもう1つあります({other.span.path})"
    hint = "片方の date を直すか、1つのノートにまとめてください"
    return Finding(Code.NOTE_DATE_TWICE, "error", Span(session.span.path, 1, 1), message, hint)


def tree_findings(root: Path, sessions: Iterable[Session], paths: Iterable[str]) -> tuple[Finding, ...]:
    """What the checkout with these sessions says of these notes, and of files that are none."""
    wanted = frozenset(paths)
    dates: defaultdict[dt.date, list[Session]] = defaultdict(list)
    for session in sessions:
        dates[session.date].append(session)
    # Whoever asks about one of two notes has to hear of the other, be it the earlier one or not.
    found = [
        _twice(session, next(other for other in there if other is not session))
        for there in dates.values()
        for session in there
        if session.span.path in wanted and len(there) > 1
    ]
    return (*found, *overlooked(root))
