"""A note as the rules look at it: as it was typed, and as it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kb.check.prose import prose_lines
from kb.link.facts import Facts, facts_of
from kb.model import blocks as b
from kb.model.finding import Span
from kb.model.inline import Image, Link, RichText, Url, flat
from kb.model.session import Session
from kb.read import Reading, read
from kb.read.front_matter import read_front_matter

# `splitlines` parts lines at form feeds and U+2028, too, where no editor and no reader does.
_LINE_END = re.compile(r"\r\n|\r|\n")


class Inline(NamedTuple):
    """One text: where it stands and what it consists of."""

    span: Span
    text: RichText


@dataclass(frozen=True, eq=False)
class Note:
    """One file, read once for all rules. A note equals only itself, so that rules can remember it."""

    path: str
    """As messages name it, relative to the root."""
    data: bytes
    reading: Reading

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> Note:
        """Read a file in the note format."""
        return cls(path, data, read(data, path, "note"))

    @property
    def session(self) -> Session | None:
        """What the note says; None where it could not be read."""
        return self.reading.session

    @property
    def sound(self) -> bool:
        """Whether it was read without an error."""
        return bool(self.session) and all(one.severity != "error" for one in self.reading.findings)

    @cached_property
    def text(self) -> str:
        """The file as it was typed: a byte order mark and line ends are kept, other bytes replaced."""
        return _text(self.data)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends; line 1 is the first."""
        return lines_of(self.data)

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """What the data of each entry tells: sources, people, tags, topic, handles of remarks."""
        return facts_of(self.session) if self.session else ()

    @cached_property
    def blocks(self) -> b.Blocks:
        """Every block at any depth, in order; headings of parts and entries are none."""
        return tuple(block for blocks in self.bodies for block in b.walk(blocks))

    @cached_property
    def bodies(self) -> tuple[b.Blocks, ...]:
        """What stands before the first part, in each part, and in each of its entries below the data."""
        parts = self.session.parts if self.session else ()
        inside = (body for part in parts for body in (part.blocks, *(one.blocks for one in part.entries)))
        return (self.session.blocks, *inside) if self.session else ()

    @property
    def outline(self) -> b.Blocks:
        """The blocks as they follow each other, with headings of parts and entries and lists of data."""
        return self.reading.blocks

    @cached_property
    def first_line(self) -> int:
        """Number of the line behind the front matter."""
        # The reader drops one byte order mark; a second one hides the front matter from both.
        front, _, _ = read_front_matter(self.text.removeprefix("\ufeff"), self.path)
        return front.lines + 1 if front else 1

    @cached_property
    def verbatim(self) -> frozenset[int]:
        """Numbers of the lines inside code, mathematics and comments, where nothing is markup."""
        inside = (
            block.span
            for block in b.walk(self.outline)
            if isinstance(block, b.CodeBlock | b.Math | b.Comment)
        )
        return frozenset(line for span in inside for line in span.lines)

    @cached_property
    def prose(self) -> tuple[str, ...]:
        """The lines with front matter, code, mathematics and comments blotted out; columns stay."""
        return prose_lines(self.lines, self.first_line, b.walk(self.outline))

    @cached_property
    def inlines(self) -> tuple[Inline, ...]:
        """Every text of the note, read as inline Markdown, in order: titles, data, paragraphs, cells."""
        return tuple(_inlines(self.session)) if self.session else ()

    @cached_property
    def targets(self) -> tuple[tuple[Link | Url | Image, Span], ...]:
        """Each link, address and image with its place."""
        nodes = ((node, one.span) for one in self.inlines for node in flat(one.text.nodes))
        found = ((node, span) for node, span in nodes if isinstance(node, Link | Url | Image))
        return tuple((node, self.find(span, node.url)) for node, span in found)

    def line(self, number: int) -> str:
        """A line by its number; empty where there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def at(self, number: int, start: int = -1, end: int = -1) -> Span:
        """A line, or the characters `start` up to `end` in it, counted from 0."""
        if start < 0:
            return Span(self.path, number, number)
        return Span(self.path, number, number, start + 1, (end if end >= 0 else len(self.line(number))) + 1)

    def find(self, span: Span, text: str) -> Span:
        """Where a text stands within the lines of a span; the span itself where it does not."""
        # `llm` is not meant in `llm-agents, llm`, unless it stands nowhere else.
        found = ((*one, number) for number in span.lines for one in _places(self.line(number), text))
        first = min(found, default=None, key=lambda one: one[0])
        return self.at(first[2], first[1], first[1] + len(text)) if first else span


def lines_of(data: bytes) -> tuple[str, ...]:
    """The lines of a file without their ends, as rules and messages count them."""
    return tuple(_LINE_END.split(_text(data)))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _places(line: str, text: str) -> Iterator[tuple[bool, int]]:
    """Where a text begins in a line, each with whether it is there a part of a longer word."""
    start = line.find(text) if text else -1
    while start >= 0:
        around = line[max(0, start - 1) : start] + line[start + len(text) : start + len(text) + 1]
        yield any(char.isalnum() or char in "_-" for char in around), start
        start = line.find(text, start + 1)


def _inlines(session: Session) -> Iterator[Inline]:
    """Every text of a session, in the order of the note."""
    yield from _texts(session.blocks)
    for part in session.parts:
        if part.name:
            yield Inline(part.span, part.name)
        yield from _texts(part.blocks)
        for entry in part.entries:
            # The span of an entry goes on to its end, and so may hold the words of its title again.
            title = Span(entry.span.path, entry.span.first, entry.span.first)
            yield Inline(title, entry.title)
            for item in entry.data:
                yield Inline(item.span, item.value)
            yield from _texts(entry.blocks)


def _texts(blocks: b.Blocks) -> Iterator[Inline]:
    for block in b.walk(blocks):
        if isinstance(block, b.Table):
            for number, row in zip(row_lines(block), block.rows, strict=True):
                span = Span(block.span.path, number, number)
                yield from (Inline(span, cell) for cell in row)
        else:
            yield from (Inline(block.span, text) for text in b.texts(block))


def row_lines(table: b.Table) -> tuple[int, ...]:
    """The number of each row's line: a line of dashes below the header, if any, is no row."""
    ruled = len(table.span.lines) > len(table.rows)
    first = table.span.first
    return tuple(first + index + (ruled and index > 0) for index in range(len(table.rows)))
