"""What the copy had already lost before anybody read it: reported, never repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.read.lines import Line

# Seen in the group's page: `使用したモデルIDは、Veo 3が、Veo 2がである。`.
_HOLES = (
    (re.compile(r"[がはを]、?(?:である|です|でした)"), "助詞のあとの語(インラインコードなど)"),
    (re.compile(r"「」|『』|\(\)|（）"), "かっこの中"),
    (re.compile(r"、、"), "読点のあいだの語"),
)
_CUT_CELL = re.compile(r"[ァ-ヶー]ッ$|[（(「]$")


def _finding(path: str, lines: tuple[int, int], message: str) -> Finding:
    hint = "元のページで確かめてください"
    return Finding(Code.COPY_LOST, "loss", Span(path, *lines), message, hint)


def blank_runs(lines: list[Line], path: str) -> Iterator[Finding]:
    """Each run of blank lines: an image, an equation or an embed left nothing else."""
    message = "空行です。コピーで画像・数式・埋め込みが失われた可能性があります"
    runs = [(blank, list(run)) for blank, run in groupby(lines, key=lambda line: line.blank)]
    for blank, run in runs[:-1]:  # nothing is lost at the end of a page
        if blank:
            yield _finding(path, (run[0].number, run[-1].number), message)


def holes(line: Line, path: str) -> Iterator[Finding]:
    """Places in a line where words seem to be missing."""
    for pattern, what in _HOLES:
        if found := pattern.search(line.text):
            message = f"「{_around(line.text, found)}」: {what}が失われたようです"
            yield _finding(path, (line.number, line.number), message)


def cut_cells(line: Line, path: str) -> Iterator[Finding]:
    """Cells of a table that end in the middle of a word."""
    for cell in line.text.strip("|").split("|"):
        if _CUT_CELL.search(cell.strip()):
            message = f"表のセル「{cell.strip()}」が途中で切れているようです"
            yield _finding(path, (line.number, line.number), message)


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 8) : found.end() + 4]
