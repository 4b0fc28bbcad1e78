"""Lines to blocks, as the writers of notes mean them.

Where Markdown's dialects disagree, the reading is the one that keeps what the eye sees: a list may
follow a paragraph without a blank line; nesting is any indentation of two columns or more, in
spaces, tabs or full-width blanks; a table needs no separator line; a fence that is never closed is
text; indentation alone never makes code.
"""

from __future__ import annotations

from collections.abc import Callable

from kb.model.blocks import (
    Block,
    Blocks,
    Callout,
    CodeBlock,
    Comment,
    Divider,
    Heading,
    Math,
    Quote,
    Table,
    Toggle,
)
from kb.read import markers
from kb.read.lines import Line, Lines, span_of
from kb.read.lists import read_list
from kb.read.starts import (
    TAGS,
    Context,
    Found,
    comment_end,
    enclosed,
    fence_end,
    interrupts,
    is_table,
    math_end,
    text_block,
)
from kb.read.tables import table_at
from kb.text.inline import rich_text

MAX_NESTING = 24
"""Containers inside each other; what lies deeper is read as text."""


def read_blocks(lines: list[Line], path: str) -> Blocks:
    """Read all lines of a file. Each character that is not a marker or indentation is in a block."""
    return _inside(lines, Context(path))


def _inside(lines: list[Line], context: Context) -> Blocks:
    blocks: list[Block] = []
    lines = Lines.of(lines)
    index = 0
    while index < len(lines):
        if lines[index].blank or markers.EMPTY_HEADING.match(lines[index].text):
            index += 1
            continue
        block, index = _block(lines, index, context)
        blocks.append(block)
    return tuple(blocks)


def _block(lines: list[Line], index: int, context: Context) -> Found:
    if interrupts(lines, index):
        for rule in RULES:
            if found := rule(lines, index, context):
                return found
    return paragraph(lines, index, context)


def _heading(lines: list[Line], index: int, context: Context) -> Found | None:
    text = lines[index].text
    found = markers.HEADING.match(text) or markers.TIGHT_HEADING.match(text)
    if not found:
        return None
    title, end = found[2].strip(), index + 1
    # A link over two lines: `## [題名` / `](https://…)`.
    if end < len(lines) and lines[end].text.startswith("](") and "[" in title:
        title, end = title + lines[end].text, end + 1
    return _titled(len(found[1]), title, lines[index:end], context), end


def _titled(level: int, title: str, lines: list[Line], context: Context) -> Block:
    span = span_of(context.path, lines)
    while bare := markers.CLOSING_HASHES.search(title):
        title = title[: bare.start()]
    return Heading(level, rich_text(title), span) if title else Divider(span)


def _fence(lines: list[Line], index: int, context: Context) -> Found | None:
    end = fence_end(lines, index)
    if not end:
        return None
    opening = lines[index]
    info = opening.text.lstrip(opening.text[0]).strip()
    text = "\n".join(line.dedent(opening.indent).source for line in lines[index + 1 : end])
    return CodeBlock(info, text, span_of(context.path, lines[index : end + 1])), end + 1


def _math(lines: list[Line], index: int, context: Context) -> Found | None:
    end = math_end(lines, index)
    if not end:
        return None
    text = "\n".join(line.dedent(lines[index].indent).source for line in lines[index + 1 : end])
    return Math(text, span_of(context.path, lines[index : end + 1])), end + 1


def _divider(lines: list[Line], index: int, context: Context) -> Found | None:
    if not markers.DIVIDER.match(lines[index].text):
        return None
    return Divider(span_of(context.path, [lines[index]])), index + 1


def _quote(lines: list[Line], index: int, context: Context) -> Found | None:
    inner, end = [], index
    while end < len(lines) and (found := markers.QUOTE.match(lines[end].text)):
        inner.append(Line.from_source(lines[end].number, found["text"]))
        end += 1
    if not inner or context.depth >= MAX_NESTING:
        return None
    blocks = _inside(inner, context.inside())
    return Quote(blocks, span_of(context.path, lines[index:end])), end


def _comment(lines: list[Line], index: int, context: Context) -> Found | None:
    end = comment_end(lines, index)
    if not end:
        return None
    whole = "\n".join(line.text for line in lines[index:end])
    return Comment(whole[4:-3].strip(), span_of(context.path, lines[index:end])), end


def _callout(lines: list[Line], index: int, context: Context) -> Found | None:
    found = enclosed(lines, index, *TAGS[0])
    if not found or context.depth >= MAX_NESTING:
        return None
    inner, end = found
    blocks = _inside(inner, context.inside())
    return Callout(blocks, span_of(context.path, lines[index:end])), end


def _toggle(lines: list[Line], index: int, context: Context) -> Found | None:
    found = enclosed(lines, index, *TAGS[1])
    if not found or context.depth >= MAX_NESTING:
        return None
    inner, end = found
    while inner and inner[0].blank:
        inner = inner[1:]
    summary = markers.SUMMARY.match(inner[0].text) if inner else None
    if summary:
        inner[0] = Line(inner[0].number, inner[0].indent, summary["text"])
    blocks = _inside(inner, context.inside())
    title = summary["summary"].strip() if summary else ""
    return Toggle(rich_text(title), blocks, span_of(context.path, lines[index:end])), end


def _table(lines: list[Line], index: int, context: Context) -> Found | None:
    found = table_at(lines, index, without_pipes=is_table(lines, index))
    if not found:
        return None
    rows, alignments, end = found
    cells = tuple(tuple(map(rich_text, row)) for row in rows)
    return Table(cells, alignments, span_of(context.path, lines[index:end])), end


def _list(lines: list[Line], index: int, context: Context) -> Found | None:
    return read_list(lines, index, context, _inside) if context.depth < MAX_NESTING else None


RULES: tuple[Callable[[list[Line], int, Context], Found | None], ...] = (
    _comment,
    _fence,
    _math,
    _table,
    _divider,
    _list,
    _heading,
    _quote,
    _callout,
    _toggle,
)
"""Every block but the paragraph, in the order in which they are tried."""


def paragraph(lines: list[Line], index: int, context: Context) -> Found:
    """What a line begins that no rule knows: running text, a remark, or a heading with a line below it."""
    if found := _underlined(lines, index, context):
        return found
    end = index + 1
    while end < len(lines) and not interrupts(lines, end):
        end += 1
    return text_block(lines[index:end], context), end


def _underlined(lines: list[Line], index: int, context: Context) -> Found | None:
    """A setext heading: one line of text over a line of `=` or `-`."""
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    if context.depth or not markers.UNDERLINE.match(below):
        return None
    text = lines[index].text
    if markers.MENTION.match(text) or markers.remark(text) or text[0] in "-*+>`~$|<_\\":
        return None
    level = 1 if below.startswith("=") else 2
    return _titled(level, text, lines[index : index + 2], context), index + 2
