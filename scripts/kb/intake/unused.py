"""What of an export is not in the note: told file by file where there are few."""

from __future__ import annotations

from collections.abc import Iterator

from kb.intake.databases import all_columns
from kb.intake.export import Export
from kb.intake.pull import Pulled
from kb.model.codes import Code
from kb.model.finding import Finding, Span

_LISTED = 20
"""Files that are told one by one; of more, only their number."""


def unused(export: Export, pulled: Pulled, used: set[str]) -> Iterator[Finding]:
    """Files and pages that the session does not refer to."""
    taken = {*pulled.words, *pulled.empty, *used}
    rest = [path for path in export.tree.files if path not in taken]
    for path in rest[:_LISTED]:
        yield Finding(Code.EXPORT_UNUSED, "left-out", Span(path, 0, 0), _why(path, export, taken))
    if len(rest) > _LISTED:
        path, count = rest[_LISTED], len(rest) - _LISTED
        message = f"この回が使わないページとファイルを、ほかに {count:,} 個除きました"
        yield Finding(Code.EXPORT_UNUSED, "left-out", Span(path, 0, 0), message)


def _why(path: str, export: Export, taken: set[str]) -> str:
    if all_columns(export, path) in taken:
        return "すべての列がある `_all.csv` のほうを表にしたので除きました"
    what = "ページ" if path in export.paths else "ファイル"
    return f"この回から使われていない{what}なので除きました"
