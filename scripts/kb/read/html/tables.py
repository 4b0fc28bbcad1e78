"""Tables of a page, simple ones and views of a database."""

from __future__ import annotations

from lxml.html import HtmlElement

from kb.model.codes import Code
from kb.model.inline import Break, Text
from kb.read import markers
from kb.read.html.inline import Nodes, inside, nodes_of, text_nodes
from kb.read.html.lines import Chunk, cell, one_line
from kb.read.html.texts import texts
from kb.read.html.told import Told, line_of
from kb.read.html.tree import SILENT, classes, name_of, pieces
from kb.read.lines import Line


def table(element: HtmlElement, told: Told) -> list[Chunk]:
    """The rows of a table, the first of them its header; what stands beside the rows, before it."""
    rows, beside = _rows(element, told)
    chunks = texts(beside, element, told)
    if not rows:
        return chunks
    if not element.xpath(".//th"):
        told.say(Code.HTML_TABLE_HEADER, "guess", element, "見出し行のない表です。1行目を見出しにしました")
    width = max(len(cells) for _, cells in rows)
    lines = [Line(line, 0, _row(cells, head=at == 0)) for at, (line, cells) in enumerate(rows)]
    lines.insert(1, Line(lines[0].number, 0, "|" + "---|" * width))
    return [*chunks, Chunk("other", tuple(lines))]


def _row(cells: list[str], *, head: bool) -> str:
    row = f"| {' | '.join(text.replace('|', chr(92) + '|') for text in cells)} |"
    if head and markers.TABLE_RULE.match(row):
        return row.replace("-", "\\-", 1)
    return row


def _rows(element: HtmlElement, told: Told) -> tuple[list[tuple[int, list[str]]], Nodes]:
    rows: list[tuple[int, list[str]]] = []
    beside: Nodes = []
    for piece in pieces(element):
        if isinstance(piece, str):
            beside += text_nodes(piece)
        elif name_of(piece) == "tr":
            cells = [cell(_cell(found, told)) for found in piece if name_of(found) not in SILENT]
            rows += [(line_of(piece), cells)] if cells else []
            beside += [node for part in pieces(piece) if isinstance(part, str) for node in text_nodes(part)]
        elif name_of(piece) in ("thead", "tbody", "tfoot"):
            more, between = _rows(piece, told)
            rows += more
            beside += between
        else:
            beside += [Break(), *nodes_of(piece, told)]
    return rows, beside


def _cell(element: HtmlElement, told: Told) -> Nodes:
    """What a cell says; the values of a property stand behind each other with commas."""
    values = [child for child in element if "selected-value" in classes(child)]
    if not values or len(values) < len(element):
        return nodes_of(element, told)
    nodes = [node for value in values for node in (Text(", "), *inside(value, told), *_tail(value))]
    return [*text_nodes(element.text or ""), *nodes[1:]]


def _tail(element: HtmlElement) -> Nodes:
    return text_nodes(element.tail or "")


def values_of(piece: HtmlElement | str, told: Told) -> str:
    """The name or the value of a property on one line."""
    return one_line(text_nodes(piece) if isinstance(piece, str) else _cell(piece, told))
