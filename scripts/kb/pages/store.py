"""Generated pages on disk: what changed is written, what is stale is removed."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from kb.model.kinds import FOLDERS
from kb.pages.context import Page

GENERATED = (*FOLDERS, "guide/rules")
"""The folders of `docs/` that hold nothing but generated pages."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the pages: paths below `docs/`."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    total: int


def store_pages(pages: Iterable[Page], docs: Path, unchanged: Collection[str] = ()) -> Written:
    """Make the generated files under `docs` equal to the pages; files of `unchanged` stay as they are."""
    wanted: dict[str, bytes] = {page.path: page.text.encode() for page in pages}
    there = existing(docs)
    removed = tuple(sorted(there - wanted.keys() - set(unchanged)))
    for path in removed:
        (docs / path).unlink()
    changed = tuple(path for path, data in wanted.items() if _write(docs / path, data, path in there))
    if removed:
        _drop_empty_folders(docs)
    return Written(changed, removed, len(wanted) + len(unchanged))


def existing(docs: Path) -> set[str]:
    """The generated files that are there now."""
    # The only generated page outside of the folders.
    found = {"index.md"} if (docs / "index.md").is_file() else set()
    for name in GENERATED:
        for folder, _, files in os.walk(docs / name):
            inside = Path(folder).relative_to(docs).as_posix()
            found |= {f"{inside}/{file}" for file in files if file.endswith(".md")}
    return found


def _write(path: Path, data: bytes, there: bool) -> bool:
    # Write a file unless it says the same already, so that a watching server sees only changes.
    if there and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not `….md`: an engine that watches would take it for a page.
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_bytes(data)
    os.replace(temporary, path)  # noqa: PTH105  a reader sees the old page or the new one
    return True


def _drop_empty_folders(docs: Path) -> None:
    for name in GENERATED:
        # Backwards, so that inner folders are gone before the outer ones are looked at.
        for folder in sorted((docs / name).rglob("*"), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
