"""A checkout of a few files, and what one rule says of a note in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kb.check.base import Base
from kb.check.catalogue import RULES
from kb.check.examples import STOCK
from kb.check.note import Note
from kb.model.finding import Finding

HERE = "docs/notes/2025-12-02.md"


def checkout(root: Path, files: Mapping[str, str]) -> Base:
    """A root with the examples' registry and further files."""
    for path, text in {**STOCK, **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Base(root)


def note_of(body: str, path: str = HERE) -> Note:
    """A note of a date; its first line is line 4."""
    date = path.rpartition("/")[2].removesuffix(".md")
    return Note.from_bytes(path, f"---\ndate: {date}\n---\n{body}".encode())


def week(date: str, body: str) -> dict[str, str]:
    """An earlier note as a file."""
    return {f"docs/notes/{date}.md": f"---\ndate: {date}\n---\n{body}"}


def says(base: Base, code: str) -> Callable[[str], list[Finding]]:
    """What a rule says of the text of a note."""
    return lambda body: list(RULES[code].find(note_of(body), base))
