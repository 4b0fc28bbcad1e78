"""What each file said the last time, so that ten years of notes are not read for one week.

JSON and not pickle: what lies in a checkout may have come from anybody, and is data.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, get_args

from kb.model.blocks import Block, ListItem
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import RichText
from kb.model.registry import Author, Moved, Paper, Presenter, Tag, Topic, Venue
from kb.model.session import DataItem, Entry, Part, Session
from kb.read import Reading
from kb.registry import SCHEMAS, Records
from kb.text.inline import rich_text

FOLDER = Path(".cache") / "kb"
"""Below the root; ignored by git, and safe to delete."""

_KB = Path(__file__).resolve().parents[1]
_VALUES = (
    *(Reading, Records, Finding, Session, Part, Entry, DataItem, ListItem, *get_args(Block)),
    *(Presenter, Author, Paper, Tag, Topic, Venue, Moved),
)
"""Every class that a file becomes: a value is the number of its class and then its fields."""
_TUPLE, _SPAN, _TEXT, _DATE, _CODE = range(5)
_NUMBERS = {kind: number for number, kind in enumerate(_VALUES, _CODE + 1)}
_FIELDS = {kind: tuple(one.name for one in fields(kind)) for kind in _VALUES}
_SIZES = tuple(map(len, _FIELDS.values()))


class Cache:
    """One file for each source, written when the source says something else."""

    def __init__(self, root: Path) -> None:
        """Nothing is looked for yet."""
        self._folder = root / FOLDER

    def recall(self, path: str, data: bytes, form: int) -> object:
        """One form of what a file with these bytes says; None where it is not known, or is broken."""
        with suppress(OSError, ValueError, LookupError, TypeError, RecursionError):
            # A form is a line of JSON, so that the long one is not parsed for the short one.
            rows = self._file(path).read_text(encoding="utf-8").split("\n")
            if rows[0] == _digest(path, data):
                return _decoded(json.loads(rows[1 + form]), path)
        return None

    def remember(self, path: str, data: bytes, forms: tuple[object, ...]) -> None:
        """Keep the forms of what a file says, all or nothing; where that cannot be, nothing is lost."""
        with suppress(OSError, ValueError, TypeError):
            told = (json.dumps(_encoded(one, path), ensure_ascii=False) for one in forms)
            text = "\n".join([_digest(path, data), *told])
            file = self._file(path)
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(f".{os.getpid()}.tmp")
            # Renamed when it is whole: a check and a build may run at the same time.
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(file)

    def _file(self, path: str) -> Path:
        return self._folder / f"{path.replace('/', '-')}.json"


def _digest(path: str, data: bytes) -> str:
    return hashlib.sha256(b"\0".join([_version(), path.encode(), data])).hexdigest()


@cache
def _version() -> bytes:
    """Changes with the code and the schemas that tell what a file says."""
    parts = [_KB / name for name in ("model", "text", "read", "registry", "sources")]
    files = [SCHEMAS.glob("*.json"), *(part.rglob("*.py") for part in parts)]
    return b"".join(hashlib.sha256(file.read_bytes()).digest() for part in files for file in sorted(part))


def _encoded(value: object, path: str) -> object:
    """A value as lists of what JSON knows; nodes of a text follow from its source."""
    match value:
        case tuple():
            return [_TUPLE, *[_encoded(one, path) for one in value]]
        case RichText(source):
            return [_TEXT, source]
        case Span():
            place = [value.first, value.last, value.column, value.end]
            return [_SPAN, *place] if value.path == path else [_SPAN, *place, value.path]
        case dt.date():
            return [_DATE, value.isoformat()]
        case Code():
            return [_CODE, value.value]
    kind = type(value)
    if kind in _NUMBERS:
        return [_NUMBERS[kind], *[_encoded(getattr(value, name), path) for name in _FIELDS[kind]]]
    return value


def _decoded(value: list[Any], path: str) -> object:
    def span(first: int, last: int, column: int, end: int, other: str = path) -> Span:
        return Span(other, first, last, column, end)

    def decode(parts: list[Any]) -> object:
        tag, *rest = parts
        # A place, a text, a date, a code: what they consist of is nothing to decode.
        if _TUPLE < tag <= _CODE:
            return makers[tag](*rest)
        # A field that has a default may be missing in a call, but never in what was remembered.
        if tag > _CODE and len(rest) != _SIZES[tag - _CODE - 1]:
            raise ValueError(tag)
        return makers[tag](*[decode(one) if type(one) is list else one for one in rest])

    makers: tuple[Callable[..., object], ...]
    makers = (lambda *parts: parts, span, rich_text, dt.date.fromisoformat, Code, *_VALUES)
    return decode(value)
