"""What the copy had already lost before anybody read it: reported, never repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.read.lines import Line

_HOLES = (
    (re.compile(r"[がはを]、?(?:である|です|でした)"), "助詞のあとの語(インラインコードなど)"),
    (re.compile(r"「」|『』|\(\)|（）"), "かっこの中"),
    (re.compile(r"、、"), "読点のあいだの語"),
)
_CUT_CELL = re.compile(r"[ァ-ヶー]ッ$|[（(「]$")


def _finding(path: str, lines: tuple[int, int], message: str, hint: str) -> Finding:
    return Finding(Code.COPY_LOST, "loss", Span(path, *lines), message, hint)


def blank_runs(lines: list[Line], path: str) -> Iterator[Finding]:
    """Each run of blank lines: an image, an equation or an embed left nothing else."""
    start = None
    for line in lines:
        if line.blank:
            start = line.number if start is None else start
        elif start is not None:
            message = "空行です。コピーで画像・数式・埋め込みが失われた可能性があります"
            yield _finding(path, (start, line.number - 1), message, "元のページで確かめてください")
            start = None


def holes(line: Line, path: str) -> Iterator[Finding]:
    """Places in a line where words seem to be missing."""
    for pattern, what in _HOLES:
        if found := pattern.search(line.text):
            message = f"「{_around(line.text, found)}」: {what}が失われたようです"
            yield _finding(path, (line.number, line.number), message, "元のページで確かめてください")


def cut_cells(line: Line, path: str) -> Iterator[Finding]:
    """Cells of a table that end in the middle of a word."""
    for cell in line.text.strip("|").split("|"):
        if _CUT_CELL.search(cell.strip()):
            message = f"表のセル「{cell.strip()}」が途中で切れているようです"
            yield _finding(path, (line.number, line.number), message, "元のページで確かめてください")


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 8) : found.end() + 4]
