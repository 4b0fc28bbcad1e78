"""The texts of a note as inline Markdown, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.model.blocks import Blocks, Table, texts, walk
from kb.model.finding import Span
from kb.model.inline import Image, Link, RichText, Text, Url, flat
from kb.model.session import Session


@dataclass(frozen=True, slots=True)
class Placed:
    """One text: where it stands and what it consists of."""

    span: Span
    text: RichText

    def words(self) -> Iterator[str]:
        """Each run of plain words, at any depth."""
        return (node.text for node in flat(self.text.nodes) if isinstance(node, Text))

    def targets(self) -> Iterator[Link | Url | Image]:
        """Each link, address and image, at any depth."""
        return (node for node in flat(self.text.nodes) if isinstance(node, Link | Url | Image))


def placed(session: Session) -> Iterator[Placed]:
    """Every text of a session, in the order of the note."""
    yield from _texts(session.blocks)
    for part in session.parts:
        if part.name:
            yield Placed(part.span, part.name)
        yield from _texts(part.blocks)
        for entry in part.entries:
            title = Span(entry.span.path, entry.span.first, entry.span.first)
            yield Placed(title, entry.title)
            for item in entry.data:
                yield Placed(item.span, item.value)
            yield from _texts(entry.blocks)


def _texts(blocks: Blocks) -> Iterator[Placed]:
    for block in walk(blocks):
        if isinstance(block, Table):
            yield from _cells(block)
        else:
            yield from (Placed(block.span, text) for text in texts(block))


def _cells(table: Table) -> Iterator[Placed]:
    for number, row in zip(row_lines(table), table.rows, strict=True):
        span = Span(table.span.path, number, number)
        yield from (Placed(span, cell) for cell in row)


def row_lines(table: Table) -> tuple[int, ...]:
    """The number of each row's line: a line of dashes below the header, if any, is no row."""
    ruled = table.span.last - table.span.first + 1 > len(table.rows)
    first = table.span.first
    return tuple(first + index + (ruled and index > 0) for index in range(len(table.rows)))
