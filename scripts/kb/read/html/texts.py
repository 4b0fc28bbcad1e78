"""Runs of text as paragraphs."""

from __future__ import annotations

from lxml.html import HtmlElement

from kb.model.codes import Code
from kb.read.html.inline import Nodes
from kb.read.html.lines import Chunk, paragraphs, text_lines
from kb.read.html.told import Told, line_of
from kb.read.lines import Line


def texts(run: Nodes, element: HtmlElement, told: Told, *, head: bool = False) -> list[Chunk]:
    """The paragraphs of a run of text; `head` says that it stands behind the marker of a list."""
    chunks: list[Chunk] = []
    for index, nodes in enumerate(paragraphs(run)):
        marked = head and index == 0
        lines = tuple(text_lines(line_of(element), nodes, head=marked))
        _tell_bullets(lines[1:] if marked else lines, element, told)
        chunks += [Chunk("text", lines)] if lines else []
    return chunks


def _tell_bullets(lines: tuple[Line, ...], element: HtmlElement, told: Told) -> None:
    """A dot at the beginning of a line is the bullet of a list, as in notes: it becomes a dash."""
    for line in lines:
        if line.text[0] in "・•":
            message = "行頭の中黒を箇条書きの印と読みました"
            told.leave_out(Code.HTML_BULLET, element, message, line.text[0])
