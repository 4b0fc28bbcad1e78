"""Blocks of a page as lines of a note, which are then read like any other note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kb.model.inline import Break, Inline, Marked, Text, merge
from kb.read import markers
from kb.read.html.source import settled, source_of, split
from kb.read.lines import Line
from kb.read.starts import escape_start

INDENT = 4
Kind = Literal["text", "bullet", "task", "number", "other"]
_BULLETS = ("bullet", "task")


@dataclass(frozen=True, slots=True)
class Chunk:
    """The lines of one block, or of one item of a list."""

    kind: Kind
    lines: tuple[Line, ...]
    number: int = 0
    """The number of an ordered item."""


def stacked(chunks: Iterable[Chunk]) -> tuple[Line, ...]:
    """Chunks below each other: items of one list right below each other, others after a blank line."""
    lines: list[Line] = []
    above, star = None, False
    for chunk in chunks:
        if above and not _joins(above, chunk):
            lines.append(Line(chunk.lines[0].number, 0, ""))
        star = _has_star(above, chunk, star)
        lines += (_with_star(chunk.lines[0]), *chunk.lines[1:]) if star else chunk.lines
        above = chunk
    return tuple(lines)


def _has_star(above: Chunk | None, chunk: Chunk, star: bool) -> bool:
    """Whether an item has the other bullet, without which it would join the list right above it."""
    if above is None or above.kind not in _BULLETS or chunk.kind not in _BULLETS:
        return False
    return star if above.kind == chunk.kind else not star


def _joins(above: Chunk, chunk: Chunk) -> bool:
    if chunk.kind == "number":
        return above.kind == "number" and chunk.number == above.number + 1
    return chunk.kind in _BULLETS and above.kind == chunk.kind


def _with_star(line: Line) -> Line:
    return replace(line, text="*" + line.text.removeprefix("-"))


def indented(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines inside of an item."""
    return tuple(replace(line, indent=line.indent + INDENT) if line.text else line for line in lines)


def quoted(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines inside of a quote."""
    return tuple(Line(line.number, 0, f"> {line.source}".rstrip()) for line in lines)


def raw(number: int, text: str, *, counted: bool = False) -> tuple[Line, ...]:
    """The lines of code or TeX; their numbers go up where each is a line of the source."""
    rows = text.split("\n") if text else []
    return tuple(Line.from_source(number + (at if counted else 0), row) for at, row in enumerate(rows))


def paragraphs(nodes: Iterable[Inline]) -> list[tuple[Inline, ...]]:
    """Text cut at its empty lines, each without blanks at the ends of its lines."""
    groups: list[list[tuple[Inline, ...]]] = [[]]
    for line in _lines(nodes):
        if trimmed := _trimmed(line):
            groups[-1].append(trimmed)
        elif groups[-1]:
            groups.append([])
    return [_with_breaks(group) for group in groups if group]


def _with_breaks(lines: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    return tuple(node for line in lines for node in (Break(), *line))[1:]


def _lines(nodes: Iterable[Inline]) -> list[list[Inline]]:
    """Nodes cut at the line breaks, emphasis on both sides of them."""
    lines: list[list[Inline]] = [[]]
    for node in nodes:
        match node:
            case Break():
                lines.append([])
            case Marked(mark, inner):
                first, *others = _lines(inner)
                lines[-1].append(Marked(mark, tuple(first)))
                lines += [[Marked(mark, tuple(line))] for line in others]
            case _:
                lines[-1].append(node)
    return lines


def _trimmed(line: Iterable[Inline]) -> tuple[Inline, ...]:
    nodes = list(settled(line))
    while nodes and isinstance(first := nodes[0], Text) and not first.text.strip():
        nodes.pop(0)
    while nodes and isinstance(last := nodes[-1], Text) and not last.text.strip():
        nodes.pop()
    if nodes and isinstance(first := nodes[0], Text):
        nodes[0] = Text(first.text.lstrip())
    if nodes and isinstance(last := nodes[-1], Text):
        nodes[-1] = Text(last.text.rstrip())
    return tuple(nodes)


def text_lines(number: int, nodes: tuple[Inline, ...], *, head: bool = False) -> Iterator[Line]:
    """The lines of one paragraph: none begins another block, but a remark and a bullet of its own."""
    handles = [_handle(line) for line in split(nodes)]
    source = source_of(_without_handles(nodes, handles)).split("\n")
    for at, (handle, text) in enumerate(zip(handles, source, strict=True)):
        if handle:
            yield Line(number, 0, f"[{handle}] {text.strip()}")
        elif text.strip():
            yield Line(number, 0, text.strip() if head and at == 0 else line_start(text.strip()))


def _handle(line: list[Inline]) -> str:
    """The handle of the speaker where a line is a remark."""
    first, rest = (line[0], line[1:]) if line else (Text(""), [])
    if not isinstance(first, Text):
        return ""
    spoken = markers.remark(first.text + ("x" if rest and not isinstance(rest[0], Text) else ""))
    return spoken[0] if spoken else ""


def _without_handles(nodes: tuple[Inline, ...], handles: list[str]) -> tuple[Inline, ...]:
    lines = []
    for line, handle in zip(split(nodes), handles, strict=True):
        if handle and isinstance(first := line[0], Text):
            line[0] = Text(first.text[len(handle) + 2 :].lstrip())
        lines.append(tuple(line))
    return _with_breaks(lines) if lines else ()


def line_start(text: str) -> str:
    """A line of text that begins no block, whatever stands around it."""
    if text[0] in "・•":
        return text
    if found := markers.FENCE.match(text):
        fence = found["fence"]
        return "".join("\\" + char for char in fence) + text[len(fence) :]
    ruled = markers.TABLE_RULE.match(text) or markers.UNDERLINE.match(text) or markers.MATH.match(text)
    return "\\" + text if ruled or text[0] == "|" else escape_start(text)


def one_line(nodes: Iterable[Inline]) -> str:
    """The source of a title or a summary: line breaks are blanks."""
    flat = (Text(" ") if isinstance(node, Break) else node for line in _broken(nodes) for node in line)
    return source_of(_trimmed(merge(flat))).strip()


def _broken(nodes: Iterable[Inline]) -> Iterator[tuple[Inline, ...]]:
    for at, line in enumerate(map(_trimmed, _lines(nodes))):
        yield (Text(" "), *line) if at and line else line


def cell(nodes: Iterable[Inline]) -> str:
    """The source of a table's cell: `<br>` for a line break."""
    lines = [trimmed for line in _lines(nodes) if (trimmed := _trimmed(line))]
    return "<br>".join(source_of(line).strip() for line in lines)
