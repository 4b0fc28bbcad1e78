"""Tables, fences and emphasis that do not close or do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.check.base import Base
from kb.check.inlines import Placed, row_lines
from kb.check.note import Note
from kb.check.rule import Rule
from kb.model.blocks import Table
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.read import markers
from kb.read.tables import split_cells


class TableRagged(Rule):
    """A row with another number of cells than the header."""

    code = Code.TABLE_RAGGED

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Count the cells of each row."""
        for block in note.blocks:
            if isinstance(block, Table):
                yield from self._rows(note, block)

    def _rows(self, note: Note, table: Table) -> Iterator[Finding]:
        width = len(table.rows[0])
        if table.span.last - table.span.first + 1 > len(table.rows):
            rule = table.span.first + 1
            dashes = len(split_cells(note.line(rule).lstrip(" \t\u3000>")))
            if dashes != width:
                message = f"表の区切りの行が{dashes}列で、見出しの行は{width}列です"
                yield self.finding(
                    note.at(rule), message, f"`|{'---|' * min(width, 8)}` のように{width}列にしてください"
                )
        for number, row in zip(row_lines(table), table.rows, strict=True):
            if len(row) != width:
                message = f"表のこの行はセルが{len(row)}個で、見出しの行は{width}個です"
                hint = f"セルを{width}個にそろえてください(セルの中の `|` は `\\|` と書きます)"
                yield self.finding(note.at(number), message, hint)


class FenceUnclosed(Rule):
    """A fence of code or mathematics without its end."""

    code = Code.FENCE_UNCLOSED

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look for fences that the reader took for text."""
        for number, line in _open(note):
            text = line.lstrip(" \t\u3000>")
            fence = markers.FENCE.match(text)
            mark = fence["fence"] if fence else "$$"
            if fence or markers.MATH.match(text.rstrip()):
                start, shown = line.index(mark), f"`` {mark} ``" if "`" in mark else f"`{mark}`"
                span = note.at(number, start, start + len(mark))
                hint = f"終わりに {shown} だけの行を書いてください"
                yield self.finding(span, f"{shown} が閉じていません", hint)


def _open(note: Note) -> Iterator[tuple[int, str]]:
    """Lines outside of code with a mark of a fence in them."""
    for number in range(note.first_line, len(note.lines) + 1):
        line = note.line(number)
        if number not in note.verbatim and ("```" in line or "~~~" in line or "$$" in line):
            yield number, line


_STARS = re.compile(r"\*+")
_AROUND = 12
"""Characters behind the stars by which their place in the line is found."""


class EmphasisUnclosed(Rule):
    """`**` that makes nothing bold."""

    code = Code.EMPHASIS_UNCLOSED

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look for stars that are left over when emphasis has been paired up."""
        for placed in note.inlines:
            if "**" in placed.text.source:
                spans = (_place(note, placed, snippet) for snippet in _left_over(placed))
                for span in dict.fromkeys(span for span in spans if span):
                    message = "`**` の片方がないので、太字にならず記号のまま出ます"
                    yield self.finding(
                        span, message, "太字にする言葉を `**` ではさむか、`**` を消してください"
                    )


def _left_over(placed: Placed) -> Iterator[str]:
    """The stars that are text, each with what follows it; not a power (`2**3`), nor a star between blanks."""
    for text in placed.words():
        for found in _STARS.finditer(text) if "**" in text else ():
            before, after = text[: found.start()][-1:], text[found.end() :][:1]
            power = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
            apart = not before.strip() and not after.strip() and (before or after)
            if len(found[0]) in (2, 4) and not power and not apart:
                yield text[found.start() : found.end() + _AROUND].split("\n")[0]


def _place(note: Note, placed: Placed, snippet: str) -> Span | None:
    """Where the stars stand; None where they are escaped, and meant as stars."""
    if snippet not in placed.text.source:
        return None
    stars = _STARS.match(snippet)
    span = note.find(placed.span, snippet)
    if not stars or not span.column:
        return span
    return Span(span.path, span.first, span.last, span.column, span.column + stars.end())
