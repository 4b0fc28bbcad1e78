"""Where in its record a value stands of which a finding speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kb.model.finding import Finding, Span

_LINE_END = re.compile(r"\r\n|\r|\n")


def placed(findings: Iterable[Finding], files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Findings of a registry's records, each at the line and the columns of its value."""
    lines: dict[str, list[str]] = {}

    def place(finding: Finding) -> Span:
        path = finding.span.path
        if not finding.value or path not in files:
            return finding.span
        if path not in lines:
            lines[path] = _LINE_END.split(files[path].decode("utf-8-sig", "replace"))
        return _place(lines[path], finding.span, finding.value)

    return tuple(replace(finding, span=place(finding)) for finding in findings)


def _place(lines: list[str], span: Span, value: str) -> Span:
    """The last place of a value in the record that begins at a line: what is told first names the record."""
    if span.column or not 0 < span.first <= len(lines):
        return span
    dash = re.match(r"\s*-", lines[span.first - 1])
    whole = re.compile(rf"(?<![\w-]){re.escape(value)}(?![\w-])")
    place = span
    for number in range(span.first, len(lines) + 1):
        line = lines[number - 1]
        if number > span.first and dash and line.startswith(dash[0]):
            break
        for found in whole.finditer(line):
            place = Span(span.path, number, number, found.start() + 1, found.end() + 1)
    return place
