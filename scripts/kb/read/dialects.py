"""Which dialect a file is written in. A new dialect is one more row of `DIALECTS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kb.model.blocks import Block
from kb.model.finding import Finding
from kb.model.session import Session
from kb.read.copied import looks_copied, read_copied
from kb.read.html import is_html, read_html_page
from kb.read.note import NoteResult, read_note
from kb.read.notion import looks_notion, read_notion, session_of_page
from kb.read.source import decode


@dataclass(frozen=True, slots=True)
class Dialect:
    """A shape in which notes come."""

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[str, str], NoteResult]


def _is_html(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("<") and is_html(text)


def _read_html(text: str, path: str) -> NoteResult:
    return session_of_page(read_html_page(text, path))


def _is_note(text: str) -> bool:
    return text.lstrip().startswith("---") or not looks_copied(text)


DIALECTS: tuple[Dialect, ...] = (
    Dialect("html", _is_html, _read_html),
    Dialect("notion", looks_notion, read_notion),
    Dialect("note", _is_note, read_note),
    Dialect("copied", lambda _: True, read_copied),
)
"""In the order in which they are asked; the last one takes everything."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file."""

    path: str
    dialect: str
    session: Session | None
    findings: tuple[Finding, ...]
    blocks: tuple[Block, ...] = ()
    """What `NoteResult` has of them."""


def dialect_of(text: str) -> str:
    """The name of the dialect that a text shows."""
    return next(one.name for one in DIALECTS if one.recognises(text))


def read_text(text: str, path: str, dialect: str = "") -> Reading:
    """Read a text in the dialect that is named, or in the one that it shows."""
    name = dialect or dialect_of(text)
    chosen = next(one for one in DIALECTS if one.name == name)
    result = chosen.read(text, path)
    return Reading(path, chosen.name, result.session, result.findings, result.blocks)


def read(data: bytes, path: str, dialect: str = "") -> Reading:
    """Read the bytes of a file; `path` is its name in messages."""
    text, finding = decode(data, path)
    if finding:
        return Reading(path, "", None, (finding,))
    return read_text(text, path, dialect)
