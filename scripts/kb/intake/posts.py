"""A file that is one report: its page, and the front matter that Jekyll, Hugo or Obsidian put above it."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from kb.intake.export import Export, read_markdown
from kb.read.dates import date_in
from kb.read.page import Page
from kb.text.bounds import unbounded

_TOML = re.compile(r"\ufeff?\s*\+\+\+[ \t]*\n(?P<rows>.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_YAML = re.compile(r"\ufeff?\s*---[ \t]*\n(?P<rows>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_ROW = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_LINE_ENDS = re.compile(r"\r\n|\r")


@dataclass(frozen=True, slots=True)
class Post:
    """One file, taken apart."""

    page: Page
    """What stands below the front matter, at its lines of the file; its words are those of the whole."""
    front: Mapping[str, str] = field(default_factory=dict)
    """The front matter, each value on one line, but for title and date."""
    title: str = ""
    date: dt.date | None = None
    head: str = ""
    """The front matter as it is typed."""


def post_of(export: Export, path: str) -> Post:
    """Read a page as a report. No exception for any text."""
    if export.dialect(path) == "html":
        return Post(export.page(path))
    text = _LINE_ENDS.sub("\n", export.text(path))
    front, head = _front(text)
    page = read_markdown(text, path, head)
    title = front.pop("title", "")
    day = date_in(front.get("date", ""))
    return Post(page, front, title, day, head)


def _front(text: str) -> tuple[dict[str, str], str]:
    """The values of a front matter, each on one line, and its own text."""
    if found := _TOML.match(text):
        try:
            return _lines(tomllib.loads(found["rows"])), found[0]
        except (tomllib.TOMLDecodeError, RecursionError):
            return {}, ""
    found = _YAML.match(text)
    # Without a key `---` is a divider.
    if not found or not _ROW.match(found["rows"].split("\n", 1)[0]):
        return {}, ""
    try:
        # The base loader leaves values as they are typed: a date stays a date of this spelling.
        loaded = None if unbounded(found["rows"]) else yaml.load(found["rows"], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError):
        loaded = None
    # `title: Foo: bar` is no YAML, and is what people write.
    return _lines(loaded if isinstance(loaded, dict) else _rows(found["rows"])), found[0]


def _rows(text: str) -> dict[str, str]:
    """Each key with what stands behind it and in the lines below it."""
    rows: dict[str, str] = {}
    key = ""
    for line in text.split("\n"):
        if row := _ROW.match(line):
            key = row["key"]
            rows[key] = (row["value"] or "").strip("\"' ")
        elif line.lstrip().startswith("- "):
            rows[key] += f"{', ' if rows[key] else ''}{line.strip()[2:]}"
        else:
            rows[key] += f" {line}"
    return rows


def _lines(values: Mapping[str, object]) -> dict[str, str]:
    return {str(key).strip(): " ".join(_said(value).split()) for key, value in values.items()}


def _said(value: object) -> str:
    """A value as a reader would say it: the items of a list behind commas."""
    match value:
        case None:
            return ""
        case list():
            return ", ".join(map(_said, value))
        case dict():
            return ", ".join(f"{key}: {_said(inner)}" for key, inner in value.items())
        case _:
            return str(value)
