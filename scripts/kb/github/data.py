"""The one file that the check of a pull request hands to the comment, which trusts no byte of it."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kb.github.change import LIST_LIMIT, Change, Some, change_of, clip, some, trimmed
from kb.github.event import SHA, Proposal
from kb.github.shape import RefusedError, Shape
from kb.model.finding import Severity, Span
from kb.text.escape import is_path

ARTIFACT = "study-notes-check"
FILE = "report.json"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)
"""What reading an archive raises that somebody has made by hand."""
ARCHIVE_LIMIT = 1_000_000
FILE_LIMIT = 4_000_000
VERSION = 1
KEYS = ("version", "number", "head", "check", "diff")
SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning"}
"""What asks for something. The rest, such as a boilerplate that was left out, is no matter for a comment."""


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as a change's own check tells it: nothing of it is trusted, not even that its name is one."""

    code: str
    severity: Severity
    span: Span
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Told:
    """What `week.py check` found, errors first."""

    findings: Some[Row]
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a pull request found out."""

    proposal: Proposal
    check: Told | None
    """None where the command could not answer."""
    change: Change | None


def report_json(proposal: Proposal, check: bytes | None, diff: bytes | None) -> bytes:
    """The file's contents, from what the two commands printed; None where one of them failed."""
    value = {
        "version": VERSION,
        "number": proposal.number,
        "head": proposal.head,
        "check": None if check is None else _told(Shape.parse(check, "check")),
        "diff": None if diff is None else clip(Shape.parse(diff, "diff")),
    }
    return json.dumps(value, ensure_ascii=False).encode()


def write_report(folder: Path, data: bytes) -> Path:
    """Put the file alone into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / FILE
    target.write_bytes(data)
    return target


def unpacked(archive: bytes) -> bytes:
    """The file inside an artifact. It is read in memory: nothing of an archive is ever written."""
    if len(archive) > ARCHIVE_LIMIT:
        raise RefusedError("artifact", "too large")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            return _only_file(files)
    except _BROKEN:
        raise RefusedError("artifact", "not a readable archive") from None


def report_of(data: bytes) -> Report:
    """What the file says, refused as a whole if any value is off."""
    if len(data) > FILE_LIMIT:
        raise RefusedError(FILE, "too large")
    value = Shape.parse(data, FILE).only(KEYS)
    if value["version"].number() != VERSION:
        raise RefusedError(FILE, "another version")
    proposal = Proposal(value["number"].number(), value["head"].matching(SHA))
    check, diff = value["check"], value["diff"]
    return Report(
        proposal,
        None if check.missing else _told_of(check),
        None if diff.missing else change_of(diff),
    )


def _only_file(files: zipfile.ZipFile) -> bytes:
    entries = files.infolist()
    if [entry.filename for entry in entries] != [FILE]:
        raise RefusedError("artifact", f"holds other files than {FILE}")
    if entries[0].compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise RefusedError("artifact", "packed in an unusual way")
    with files.open(entries[0]) as file:
        data = file.read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        raise RefusedError("artifact", "too large when unpacked")
    return data


def _told(check: Shape) -> object:
    rows = [row for row in check.items(10**6) if row["severity"].text() in SEVERITIES]
    counts = Counter(row["severity"].text() for row in rows)
    first = sorted(rows, key=lambda row: row["severity"].text() != "error")[:LIST_LIMIT]
    return {
        "errors": counts["error"],
        "warnings": counts["warning"],
        "findings": {"total": len(rows), "items": [trimmed(row.value) for row in first]},
    }


def _told_of(value: Shape) -> Told:
    value.only(("errors", "warnings", "findings"))
    told = Told(some(value["findings"], _finding), value["errors"].number(), value["warnings"].number())
    if told.errors + told.warnings < len(told.findings.items):
        raise RefusedError(value.place, "fewer than its findings")
    return told


def _finding(value: Shape) -> Row:
    severity = SEVERITIES.get(value["severity"].text())
    path = value["path"].text()
    if severity is None or not is_path(path):
        raise RefusedError(value.place, "no finding of a file")
    line = value["line"].number()
    span = Span(path, line, line, value["column"].number())
    return Row(value["code"].text(), severity, span, value["message"].text(), value["hint"].text())
