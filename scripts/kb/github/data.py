"""The one file that the check of a pull request hands to the comment, which trusts no byte of it."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kb.github.event import SHA, Proposal
from kb.github.shape import TEXT_LIMIT, RefusedError, Shape
from kb.model.finding import LINES_TOLD, Severity, Span
from kb.text.escape import is_path

T = TypeVar("T")
ARTIFACT = "study-notes-check"
FILE = "report.json"
# What reading an archive raises that somebody has made by hand.
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, ValueError)
ARCHIVE_LIMIT = 1_000_000
FILE_LIMIT = 4_000_000
LIST_LIMIT = 300
"""How many values of a list go into the file."""
_EVERYTHING = 10**6  # the commands are our own: of what they print, only the first values are cut off
VERSION = 2  # comment.yml runs the code of today, perhaps on the file of a check that began before it
KEYS = ("version", "number", "head", "check", "diff")
_ROW = ("code", "severity", "path", "line", "column", "message", "hint")
PAGES = ("added", "changed", "removed", "moved")
NAMES = ("presenters", "papers", "tags", "topics")
# What asks for something. The rest, such as a boilerplate that was left out, is no matter for a comment.
SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning"}


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """The first values of a list that may be longer."""

    items: tuple[T, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as a change's own check tells it: nothing of it is trusted, not even that its name is one."""

    code: str
    severity: Severity
    span: Span
    message: str
    hint: str
    others: Some[int]
    """The lines of the other places in which the same is the case."""


@dataclass(frozen=True, slots=True)
class Minor:
    """How much of what is minor in a file `week.py fix` mends, and how much is left to a person."""

    path: str
    mended: int
    by_hand: int


@dataclass(frozen=True, slots=True)
class Told:
    """What `week.py check` found, errors first."""

    findings: Some[Row]
    errors: int
    warnings: int
    minor: Some[Minor]
    """For each file in which there is something."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: its path there, and what it is about."""

    url: str
    title: str
    registered: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A new link between two entries."""

    target: Page
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """What `week.py diff` says that a change does to the site."""

    summary: str
    links: Some[Link]
    pages: Mapping[str, Some[Page]]
    """Those of `PAGES`; moved ones by their new address."""
    names: Mapping[str, Some[Page]]
    """Those of `NAMES` that the site did not know before."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a pull request found out; None where a command could not answer."""

    proposal: Proposal
    check: Told | None
    change: Change | None


def report_json(proposal: Proposal, check: bytes | None, diff: bytes | None) -> bytes:
    """The file's contents, from what the two commands printed; None where one of them failed."""
    value = {
        "version": VERSION,
        "number": proposal.number,
        "head": proposal.head,
        "check": None if check is None else _clipped_check(Shape.parse(check, "check")),
        "diff": None if diff is None else _clipped_diff(Shape.parse(diff, "diff")),
    }
    return json.dumps(value, ensure_ascii=False).encode()


def _clipped_check(check: Shape) -> object:
    rows = [row for row in check.items(_EVERYTHING) if row["severity"].text() in SEVERITIES]
    counts = Counter(row["severity"].text() for row in rows)
    rows.sort(key=lambda row: row["severity"].text() != "error")
    told = [{**{key: row[key].value for key in _ROW}, "others": _others(row)} for row in rows]
    numbers = {"errors": counts["error"], "warnings": counts["warning"]}
    return {**numbers, "findings": _first(told), "minor": _first(_clipped_minor(check))}


def _others(row: Shape) -> object:
    """The lines of all places but the first, which the row tells itself."""
    lines = [place["line"].number() for place in row["places"].items(_EVERYTHING)[1:]]
    return {"total": len(lines), "items": lines[:LINES_TOLD]}


def _clipped_minor(check: Shape) -> Sequence[object]:
    """What is minor in each file as two numbers."""
    counts: dict[str, Counter[str]] = {}
    for row in check.items(_EVERYTHING):
        if row["severity"].text() == "minor":
            kind = "mended" if row["mended"].flag() else "by_hand"
            counts.setdefault(row["path"].text(), Counter())[kind] += len(row["places"].items(_EVERYTHING))
    return [
        {"path": path, "mended": one["mended"], "by_hand": one["by_hand"]} for path, one in counts.items()
    ]


def _clipped_diff(diff: Shape) -> object:
    pages = {name: _first(_values(diff["pages"][name])) for name in PAGES}
    lists = {name: _first(_values(diff[name])) for name in ("links", *NAMES)}
    return {"summary": diff["summary"].text(100_000)[:1_000], "pages": pages, **lists}


def _values(value: Shape) -> Sequence[object]:
    return [one.value for one in value.items(_EVERYTHING)]


def _first(values: Sequence[object]) -> object:
    return {"total": len(values), "items": [_trimmed(one) for one in values[:LIST_LIMIT]]}


def _trimmed(value: object) -> object:
    """A value whose texts are no longer than its reader takes."""
    if isinstance(value, dict):
        return {key: _trimmed(inner) for key, inner in value.items()}
    return value[:TEXT_LIMIT] if isinstance(value, str) else value


def unpacked(archive: bytes) -> bytes:
    """The file inside an artifact. It is read in memory: nothing of an archive is ever written."""
    if len(archive) > ARCHIVE_LIMIT:
        raise RefusedError("artifact", "too large")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            entries = files.infolist()
            # Two entries of one name are two entries: which of them a reader gets, its maker could choose.
            if [entry.filename for entry in entries] != [FILE]:
                raise RefusedError("artifact", f"holds other files than {FILE}")
            if entries[0].compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise RefusedError("artifact", "packed in an unusual way")
            with files.open(entries[0]) as file:
                data = file.read(FILE_LIMIT + 1)  # the size that the archive tells may be a lie
    except _BROKEN:
        raise RefusedError("artifact", "not a readable archive") from None
    if len(data) > FILE_LIMIT:
        raise RefusedError("artifact", "too large when unpacked")
    return data


def report_of(data: bytes) -> Report:
    """What the file says, refused as a whole if any value is off."""
    if len(data) > FILE_LIMIT:
        raise RefusedError(FILE, "too large")
    value = Shape.parse(data, FILE).only(KEYS)
    if value["version"].number() != VERSION:
        raise RefusedError(FILE, "another version")
    return Report(
        Proposal(value["number"].number(), value["head"].matching(SHA)),
        None if value["check"].missing else _told(value["check"]),
        None if value["diff"].missing else _change(value["diff"]),
    )


def _told(value: Shape) -> Told:
    value.only(("errors", "warnings", "findings", "minor"))
    numbers = value["errors"].number(), value["warnings"].number()
    told = Told(_some(value["findings"], _row), *numbers, _some(value["minor"], _minor))
    if told.errors + told.warnings < len(told.findings.items):
        raise RefusedError(value.place, "fewer than its findings")
    return told


def _row(value: Shape) -> Row:
    severity = SEVERITIES.get(value["severity"].text())
    path = value["path"].text()
    if severity is None or not is_path(path):
        raise RefusedError(value.place, "no finding of a file")
    line = value["line"].number()
    span = Span(path, line, line, value["column"].number())
    words = value["message"].text(), value["hint"].text()
    return Row(value["code"].text(), severity, span, *words, _some(value["others"], Shape.number))


def _minor(value: Shape) -> Minor:
    path = value.only(("path", "mended", "by_hand"))["path"].text()
    if not is_path(path):
        raise RefusedError(value.place, "no file")
    return Minor(path, value["mended"].number(), value["by_hand"].number())


def _change(diff: Shape) -> Change:
    diff.only(("summary", "pages", "links", *NAMES))
    pages = diff["pages"].only(PAGES)
    return Change(
        diff["summary"].text(),
        _some(diff["links"], _link),
        {name: _some(pages[name], _moved if name == "moved" else _page) for name in PAGES},
        {name: _some(diff[name], _named) for name in NAMES},
    )


def _some(value: Shape, read: Callable[[Shape], T]) -> Some[T]:
    value.only(("total", "items"))
    items = tuple(read(one) for one in value["items"].items(LIST_LIMIT))
    total = value["total"].number()
    if total < len(items):
        raise RefusedError(value.place, "shorter than its values")
    return Some(items, total)


def _page(value: Shape, url: str = "url", title: str = "title") -> Page:
    path = value[url].text()
    if not is_path(path):
        raise RefusedError(value[url].place, "not a path on the site")
    return Page(path, value[title].text())


def _moved(value: Shape) -> Page:
    _page(value, "from")  # not shown, but refused like any other
    return _page(value, "to")


def _link(value: Shape) -> Link:
    _page(value["from"])
    return Link(_page(value["to"]), value["sentence"].text())


def _named(value: Shape) -> Page:
    page = _page(value, title="name" if "name" in value else "title")
    # Of a topic nothing is said: it needs no registry.
    return Page(page.url, page.title, "registered" not in value or value["registered"].flag())
