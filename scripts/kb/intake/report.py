"""What an import makes, and the report of it, for a person and for a program."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from kb.intake.account import Account
from kb.model.finding import SEVERITY_LABELS, Finding, Severity, errors
from kb.model.session import Session

# What would begin a line of its own in the report, or turn its letters round: names may hold it.
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Brought:
    """A note with its files, and everything that there is to say about how it came to be."""

    dialect: str
    """`enhanced`, `notion` (Markdown without front matter), `html`, `note`, `copied`, or `reports`; empty
    where nothing could be read."""
    session: Session | None = None
    note: str = ""
    """The text of the note; empty where there is no session."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Images and attachments by their path relative to the folder of notes."""
    findings: tuple[Finding, ...] = ()
    """In the order of files and lines."""
    account: Account | None = None

    @property
    def failed(self) -> bool:
        """Whether nothing of this is to be kept: there is no session, or an error was found."""
        return self.session is None or bool(errors(self.findings))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file and line; of one line, in the order in which they were found."""
    files: dict[str, int] = {}
    found = list(findings)
    for finding in found:
        files.setdefault(finding.span.path, len(files))
    return tuple(sorted(found, key=lambda finding: (files[finding.span.path], finding.span.first)))


def _counts(brought: Brought) -> dict[str, int]:
    severities = [finding.severity for finding in brought.findings]
    return {severity: severities.count(severity) for severity in SEVERITY_LABELS}


def report_text(brought: Brought) -> str:
    """What a member has to do, then the findings by weight and kind, the counts, the account.

    Findings of one kind stand together, equal ones in one line with all their places. Names of pages and
    addresses are shown as they are read; the report for programs has them as they were typed.
    """
    counts = _counts(brought)
    told = _told(brought)
    lines = [*_tasks(counts, told), ""] if brought.findings else []
    folder, findings = _from_folder([one for one in brought.findings if one.severity in told])
    lines += [f"フォルダ: {readable(folder)}", ""] if folder else []
    for severity in told:
        lines += _section([finding for finding in findings if finding.severity == severity])
    lines.append("、".join(f"{SEVERITY_LABELS[one]} {counts[one]} 件" for one in _TASKS if one != "minor"))
    if brought.account:
        lines += filter(None, [brought.account.things])
        lines.append(f"{brought.account}(空白は数えない)")
    return "\n".join(lines) + "\n"


def _from_folder(findings: Sequence[Finding]) -> tuple[str, Sequence[Finding]]:
    """The folder of all files that were named by their whole paths, and the findings named from there."""
    folders = {posixpath.dirname(one.span.path) for one in findings}
    if not folders or not all(posixpath.isabs(folder) for folder in folders):
        return "", findings
    folder = posixpath.commonpath(folders)
    names = (posixpath.relpath(one.span.path, folder) for one in findings)
    return folder, [
        replace(one, span=replace(one.span, path=name)) for one, name in zip(findings, names, strict=True)
    ]


_TASKS: dict[Severity, str] = {
    "error": "ノートはできていません。直して、もう一度取り込んでください",
    "warning": "見て、要るものだけ直してください",
    "loss": "元のページを見て、要るものをノートに書き足してください",
    "guess": "できたノートを見て、ちがうところだけ直してください",
    "minor": "そのままでもかまいません",
    "left-out": "何もしなくてかまいません",
}
"""What is to be done about each weight, the most urgent first."""


def _told(brought: Brought) -> tuple[Severity, ...]:
    """The weights that are told one by one: with no note, what would be looked up in it is not."""
    hindered = brought.failed and not brought.note and errors(brought.findings)
    return ("error",) if hindered else tuple(_TASKS)


def _tasks(counts: Mapping[str, int], told: Sequence[Severity]) -> list[str]:
    tasks = [f"- {SEVERITY_LABELS[one]} {counts[one]} 件: {_TASKS[one]}" for one in told if counts[one]]
    todo = any(counts[one] for one in told if one != "left-out")
    return ["すること:" if todo else "することはありません。", *tasks]


def _section(findings: Sequence[Finding]) -> Iterator[str]:
    """The findings of one weight, those of one kind together."""
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.code, []).append(finding)
    for found in kinds.values():
        if len(found) > 1:
            yield f"{_label(found[0])} {len(found)} 件"
        same: dict[tuple[str, str], list[Finding]] = {}
        for finding in found:
            same.setdefault((finding.message, finding.excerpt), []).append(finding)
        rows = list(same.values())
        for at, row in enumerate(rows):
            # A hint that the next row gives, too, is said once, below the last of them.
            last = at + 1 == len(rows) or rows[at + 1][0].hint != row[0].hint
            yield from _row(row, single=len(found) == 1, hinted=last)
        yield ""


def _row(findings: Sequence[Finding], *, single: bool, hinted: bool) -> Iterator[str]:
    """Findings that say the same: their places, what they say, what is left out, what to do."""
    first = findings[0]
    message, excerpt = readable(first.message), readable(" ".join(first.excerpt.split()))
    yield f"{_places(findings)}: {_label(first) + ' ' if single else ''}{message}"
    if excerpt and excerpt not in " ".join(message.split()):
        yield f"    除いた文字: {excerpt}"
    if first.hint and hinted:
        yield f"    → {readable(first.hint)}"


def _places(findings: Iterable[Finding]) -> str:
    """Each page with its lines, as `ページ.md:3、7`."""
    pages: dict[str, list[int]] = {}
    for finding in findings:
        pages.setdefault(finding.span.path, []).append(finding.span.first)
    shown = (
        (readable(path), "、".join(str(line) for line in lines if line)) for path, lines in pages.items()
    )
    return "、".join(f"{path}:{lines}" if lines else path for path, lines in shown)


def _label(finding: Finding) -> str:
    return f"{SEVERITY_LABELS[finding.severity]}[{finding.code}]"


# Notion puts an id behind each name, and encodes what is not ASCII, at times twice.
_ID = re.compile(r"(?<=[^\s/])(?:[ _-]|%20|%2520)+[0-9a-f]{32}(?![0-9a-f])|[0-9a-f]{32}(?![0-9a-f])")
_ENCODED = re.compile(r"(?:%(?:25)?[0-9A-Fa-f]{2})+")


def readable(text: str) -> str:
    """A name, an address or a message about one as people read it: decoded, without ids, on one line."""
    for _ in range(2):
        text = _ENCODED.sub(_decoded, text)
    text = _ID.sub(lambda found: "" if len(found[0]) > 32 else "…", text)
    return _OBEYED.sub("?", text)


def _decoded(found: re.Match[str]) -> str:
    try:
        return unquote(found[0], errors="strict")
    except UnicodeDecodeError:
        return found[0]  # what is broken is shown as it is


def _printed(finding: Finding) -> str:
    """A finding with its hint, without what would break its line."""
    span = replace(finding.span, path=readable(finding.span.path))
    return str(replace(finding, span=span, message=readable(finding.message)))


def report_json(brought: Brought) -> str:
    """The report as JSON.

    `dialect` (`enhanced`, `notion`, `html`, `note`, `copied`, `reports`, or empty), `date` (ISO, or null
    where no note came out), `files` (addresses of the images, relative to the folder of notes), `findings`
    (each with `code`, `severity`, `path`, `line`, `last`, `column`, `message`, `hint`, `excerpt`, and
    `printed`, how the text report tells it), `counts` (findings by severity), and `account` (null, or the
    numbers `source`, `note`, `report`, `marks`, `left`, `unaccounted`, of which the first is the sum of the
    others; then how many `pages` and `files` there were, and how many are `pages_left` and `files_left`).
    """
    value = {
        "dialect": brought.dialect,
        "date": brought.session.date.isoformat() if brought.session else None,
        "files": sorted(brought.files),
        "findings": [_data(finding) for finding in brought.findings],
        "counts": _counts(brought),
        "account": brought.account and brought.account.numbers,
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _data(finding: Finding) -> dict[str, object]:
    span = finding.span
    place = {"path": span.path, "line": span.first, "last": span.last, "column": span.column}
    said = {"message": finding.message, "hint": finding.hint, "excerpt": finding.excerpt}
    shown = {"printed": _printed(finding)}
    return {"code": finding.code, "severity": finding.severity, **place, **said, **shown}
