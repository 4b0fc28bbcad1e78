"""What an import makes, and the report of it, for a person and for a program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kb.intake.account import Account
from kb.model.finding import SEVERITY_LABELS, Finding, errors
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
    """Each finding in a line (its hint and what it leaves out below), the counts, the account."""
    lines = [line for finding in brought.findings for line in _lines(finding)]
    counts = zip(SEVERITY_LABELS.values(), _counts(brought).values(), strict=True)
    lines.append("、".join(f"{label} {count} 件" for label, count in counts))
    if brought.account:
        lines += filter(None, [brought.account.things])
        lines.append(f"{brought.account}(空白は数えない)")
    return "\n".join(lines) + "\n"


def _lines(finding: Finding) -> list[str]:
    """A finding as it prints; characters that its message does not name are written below it."""
    excerpt = " ".join(finding.excerpt.split())
    named = not excerpt or excerpt in finding.message
    told = _printed(finding)
    return [told] if named else [told, f"    除いた文字: {excerpt}"]


def _printed(finding: Finding) -> str:
    """A finding with its hint, without what would break its line."""
    span = replace(finding.span, path=_OBEYED.sub("?", finding.span.path))
    return str(replace(finding, span=span, message=_OBEYED.sub("?", finding.message)))


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
