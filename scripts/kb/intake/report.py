"""The report of an import, for a person and for a program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace

from kb.intake.brought import Brought
from kb.model.finding import SEVERITY_LABELS, Finding

_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What would begin a line of its own in the report, or turn its letters round: names may hold it."""


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file and line; of one line, in the order in which they were found."""
    files: dict[str, int] = {}
    found = list(findings)
    for finding in found:
        files.setdefault(finding.span.path, len(files))
    return tuple(sorted(found, key=lambda finding: (files[finding.span.path], finding.span.first)))


def report_text(brought: Brought) -> str:
    """Each finding in a line (its hint and what it leaves out below), the counts, the account."""
    lines = [line for finding in brought.findings for line in _lines(finding)]
    lines.append(_counts(brought.findings))
    if brought.account:
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


def _counts(findings: Iterable[Finding]) -> str:
    severities = [finding.severity for finding in findings]
    return "、".join(f"{label} {severities.count(one)} 件" for one, label in SEVERITY_LABELS.items())


def report_json(brought: Brought) -> str:
    """`as_data` as JSON."""
    return json.dumps(as_data(brought), ensure_ascii=False, indent=2) + "\n"


def as_data(brought: Brought) -> dict[str, object]:
    """The report as values that JSON knows.

    `dialect` (`notion`, `html`, `note`, `copied`, or empty), `date` (ISO, or null where no note came out),
    `files` (addresses of the images, relative to the folder of notes), `findings` (each with `code`,
    `severity`, `path`, `line`, `last`, `column`, `message`, `hint`, `excerpt`, and `printed`, how the text
    report tells it), `counts` (findings by severity), and `account` (null, or the numbers `source`, `note`,
    `report`, `marks`, `unaccounted`, of which the first is the sum of the others).
    """
    findings = brought.findings
    severities = [finding.severity for finding in findings]
    return {
        "dialect": brought.dialect,
        "date": brought.session.date.isoformat() if brought.session else None,
        "files": sorted(brought.files),
        "findings": [_data(finding) for finding in findings],
        "counts": {severity: severities.count(severity) for severity in SEVERITY_LABELS},
        "account": _account(brought),
    }


def _account(brought: Brought) -> dict[str, int] | None:
    if not (account := brought.account):
        return None
    return {
        "source": account.source,
        "note": account.note,
        "report": account.report,
        "marks": account.marks,
        "unaccounted": len(account.missing),
    }


def _data(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.span.path,
        "line": finding.span.first,
        "last": finding.span.last,
        "column": finding.span.column,
        "message": finding.message,
        "hint": finding.hint,
        "excerpt": finding.excerpt,
        "printed": _printed(finding),
    }
