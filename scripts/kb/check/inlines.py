"""The texts of a note as inline Markdown, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.model.blocks import Block, Heading, Paragraph, Remark, Table, Toggle, walk
from kb.model.finding import Span
from kb.model.session import Session
from kb.text.inline import Image, Inline, Link, Marked, Text, Url, parse_inline


@dataclass(frozen=True, slots=True)
class Placed:
    """One text: where it stands and what it consists of."""

    span: Span
    source: str
    nodes: tuple[Inline, ...]

    def words(self) -> Iterator[str]:
        """Each run of plain words, at any depth."""
        return (node.text for node in _flat(self.nodes) if isinstance(node, Text))

    def targets(self) -> Iterator[Link | Url | Image]:
        """Each link, address and image, at any depth."""
        return (node for node in _flat(self.nodes) if isinstance(node, Link | Url | Image))


def _flat(nodes: tuple[Inline, ...]) -> Iterator[Inline]:
    for node in nodes:
        yield node
        if isinstance(node, Link):
            yield from _flat(node.label)
        elif isinstance(node, Marked):
            yield from _flat(node.inner)


def placed(session: Session) -> Iterator[Placed]:
    """Every text of a session, in the order of the note."""
    yield from _texts(session.blocks)
    for part in session.parts:
        if part.name:
            yield _placed(part.name, part.span)
        yield from _texts(part.blocks)
        for entry in part.entries:
            title = Span(entry.span.path, entry.span.first, entry.span.first)
            yield _placed(entry.title, title)
            for item in entry.data:
                yield _placed(item.value, item.span)
            yield from _texts(entry.blocks)


def _placed(source: str, span: Span) -> Placed:
    return Placed(span, source, parse_inline(source))


def _texts(blocks: tuple[Block, ...]) -> Iterator[Placed]:
    for block in walk(blocks):
        match block:
            case Paragraph(text, span) | Remark(_, text, span) | Heading(_, text, span):
                yield _placed(text, span)
            case Toggle(summary, _, span):
                yield _placed(summary, span)
            case Table():
                yield from _cells(block)
            case _:
                pass


def _cells(table: Table) -> Iterator[Placed]:
    for number, row in zip(row_lines(table), table.rows, strict=True):
        span = Span(table.span.path, number, number)
        yield from (_placed(cell, span) for cell in row)


def row_lines(table: Table) -> tuple[int, ...]:
    """The number of each row's line: a line of dashes below the header, if any, is no row."""
    ruled = table.span.last - table.span.first + 1 > len(table.rows)
    first = table.span.first
    return tuple(first + index + (ruled and index > 0) for index in range(len(table.rows)))
