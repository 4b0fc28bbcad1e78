"""Tables of a page, simple ones and views of a database."""

from __future__ import annotations

from lxml.html import HtmlElement

from kb.model.blocks import Block, Table
from kb.model.codes import Code
from kb.model.inline import Break, Text
from kb.read import markers
from kb.read.html.inline import Nodes, inside, nodes_of, text_nodes
from kb.read.html.texts import cell, one_line, texts
from kb.read.html.told import Told
from kb.read.html.tree import SILENT, classes, name_of, pieces
from kb.text.inline import rich_text


def table(element: HtmlElement, told: Told) -> list[Block]:
    """The rows of a table, the first of them its header; what stands beside the rows, before it."""
    rows, beside = _rows(element, told)
    blocks = texts(beside, element, told)
    if not rows:
        return blocks
    if not element.xpath(".//th"):
        told.say(Code.HTML_TABLE_HEADER, "guess", element, "見出し行のない表です。1行目を見出しにしました")
    # A header of dashes would be read as the line that stands below a header.
    if markers.TABLE_RULE.match(f"| {' | '.join(rows[0])} |"):
        rows[0][0] = rows[0][0].replace("-", "\\-", 1)
    cells = tuple(tuple(map(rich_text, row)) for row in rows)
    return [*blocks, Table(cells, span=told.span(element))]


def _rows(element: HtmlElement, told: Told) -> tuple[list[list[str]], Nodes]:
    rows: list[list[str]] = []
    beside: Nodes = []
    for piece in pieces(element):
        if isinstance(piece, str):
            beside += text_nodes(piece)
        elif name_of(piece) == "tr":
            cells = [cell(_cell(found, told)) for found in piece if name_of(found) not in SILENT]
            rows += [cells] if cells else []
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
    nodes = [
        node for value in values for node in (Text(", "), *inside(value, told), *text_nodes(value.tail or ""))
    ]
    return [*text_nodes(element.text or ""), *nodes[1:]]


def values_of(piece: HtmlElement | str, told: Told) -> str:
    """The name or the value of a property on one line."""
    return one_line(text_nodes(piece) if isinstance(piece, str) else _cell(piece, told))
