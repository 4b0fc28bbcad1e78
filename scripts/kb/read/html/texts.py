"""Runs of text as blocks, and as what stands on one line: titles and cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from lxml.html import HtmlElement

from kb.model.blocks import Block
from kb.model.codes import Code
from kb.model.inline import Break, Inline, Marked, Text
from kb.read import markers
from kb.read.blocks import read_blocks
from kb.read.html.inline import Nodes
from kb.read.html.told import Told
from kb.read.lines import Line, lines_of
from kb.read.lists import first_paragraph
from kb.read.starts import literal_start
from kb.text.spell import source_of, stripped

Row = tuple[Inline, ...]
"""What stands on one line, without blanks at its ends."""


def texts(run: Nodes, element: HtmlElement, told: Told, *, head: bool = False) -> list[Block]:
    """The blocks of a run of text: paragraphs, remarks, and lists whose bullets are dots.

    `head` says that it stands behind the marker of a list, where its first line is text, however it begins.
    """
    blocks: list[Block] = []
    for rows in (list(group) for filled, group in groupby(_rows(run), bool) if filled):
        is_head = head and not blocks
        lines = [Line(told.span(element).first, 0, source) for source in _sources(rows, head=is_head)]
        _tell_bullets(lines[is_head:], element, told)
        # Whether a line is a remark or an item is told where notes are read, for all dialects alike.
        first, rest = first_paragraph(lines, told.path) if is_head and lines else ((), lines)
        blocks += (*first, *read_blocks(rest, told.path))
    return blocks


def _tell_bullets(lines: Iterable[Line], element: HtmlElement, told: Told) -> None:
    """A dot at the beginning of a line is the bullet of a list, as in notes: it becomes a dash."""
    for line in lines:
        if line.text[0] in markers.DOTS:
            message = "行頭の中黒を箇条書きの印と読みました"
            told.leave_out(Code.HTML_BULLET, element, message, line.text[0])


def _rows(nodes: Iterable[Inline]) -> list[Row]:
    """Nodes cut at all line breaks, emphasis on both sides of them."""
    return [stripped(row)[1] for row in _cut(nodes)]


def _cut(nodes: Iterable[Inline]) -> list[list[Inline]]:
    # A line may become a remark or an item of its own, so no emphasis may go on over its end.
    rows: list[list[Inline]] = [[]]
    for node in nodes:
        match node:
            case Break():
                rows.append([])
            case Marked(mark, inner):
                first, *others = _cut(inner)
                rows[-1].append(Marked(mark, tuple(first)))
                rows += [[Marked(mark, tuple(row))] for row in others]
            case _:
                rows[-1].append(node)
    return rows


def _sources(rows: list[Row], *, head: bool) -> Iterator[str]:
    """The source of each line of one paragraph: none begins a block, but a remark or an item of its own."""
    handles = [_handle(row) for row in rows]
    nodes = [node for row, handle in zip(rows, handles, strict=True) for node in _said(row, handle)]
    sources = source_of(nodes[1:]).split("\n")
    for at, (handle, source) in enumerate(zip(handles, map(str.strip, sources), strict=True)):
        if handle:
            yield f"[{handle}] {source}"
        elif source:
            yield source if (head and at == 0) or source[0] in markers.DOTS else literal_start(source)


def _handle(row: Row) -> str:
    """The handle of the speaker where a line is a remark."""
    if not isinstance(first := row[0], Text):
        return ""
    # A handle needs words behind it to be one; they may begin with a link or with emphasis.
    spoken = markers.remark(first.text + ("x" if row[1:] and not isinstance(row[1], Text) else ""))
    return spoken[0] if spoken else ""


def _said(row: Row, handle: str) -> Row:
    """A line behind a break, without the handle of its speaker."""
    if handle and isinstance(first := row[0], Text):
        row = (Text(first.text[len(handle) + 2 :].lstrip()), *row[1:])
    return (Break(), *row)


def one_line(nodes: Iterable[Inline]) -> str:
    """The source of a title or a summary: line breaks are blanks."""
    rows = _rows(nodes)
    broken = (node for at, row in enumerate(rows) for node in ((Text(" "), *row) if at and row else row))
    return source_of(stripped(broken)[1]).strip()


def cell(nodes: Iterable[Inline]) -> str:
    """The source of a table's cell: `<br>` for a line break."""
    return "<br>".join(source_of(row).strip() for row in _rows(nodes) if row)


def verbatim(text: str) -> str:
    """Lines of code or TeX with their indentation in spaces, as a note keeps them."""
    return "\n".join(line.source for line in lines_of(text))
