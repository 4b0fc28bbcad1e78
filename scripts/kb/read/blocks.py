"""Lines to blocks, as the writers of notes mean them.

Where Markdown's dialects disagree, the reading is the one that keeps what the eye sees: a list may
follow a paragraph without a blank line; nesting is any indentation of two columns or more, in
spaces, tabs or full-width blanks; a table needs no separator line; a fence that is never closed is
text; indentation alone never makes code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from kb.model import blocks as b
from kb.read import markers, starts
from kb.read.lines import Line, Lines, span_of
from kb.read.lists import Inside, read_list
from kb.read.starts import Found
from kb.read.tables import table_at
from kb.text.inline import rich_text

MAX_NESTING = 24
"""Containers inside each other; what lies deeper is read as text."""


def read_blocks(lines: list[Line], path: str, depth: int = 0) -> b.Blocks:
    """Read all lines of a file. Each character that is not a marker or indentation is in a block."""
    blocks: list[b.Block] = []
    lines = Lines.of(lines)
    index = 0
    while index < len(lines):
        if lines[index].blank or markers.EMPTY_HEADING.match(lines[index].text):
            index += 1
            continue
        block, end = _block(lines, index, path, depth)
        blocks.append(replace(block, span=span_of(path, lines[index:end])))
        index = end
    return tuple(blocks)


def _block(lines: list[Line], index: int, path: str, depth: int) -> Found:
    found = None
    if starts.interrupts(lines, index):
        found = next(filter(None, (rule(lines, index) for rule in _LEAVES)), None)
        if not found and depth < MAX_NESTING:
            found = _container(lines, index, path, partial(read_blocks, path=path, depth=depth + 1))
    return found or (None if depth else _underlined(lines, index)) or _paragraph(lines, index, path)


def _heading(lines: list[Line], index: int) -> Found | None:
    text = lines[index].text
    found = markers.HEADING.match(text) or markers.TIGHT_HEADING.match(text)
    if not found:
        return None
    title, end = found[2].strip(), index + 1
    # A link over two lines: `## [題名` / `](https://…)`.
    if end < len(lines) and lines[end].text.startswith("](") and "[" in title:
        title, end = title + lines[end].text, end + 1
    return _titled(len(found[1]), title), end


def _titled(level: int, title: str) -> b.Block:
    while bare := markers.CLOSING_HASHES.search(title):
        title = title[: bare.start()]
    return b.Heading(level, rich_text(starts.closing_nothing(title))) if title else b.Divider()


def _fence(lines: list[Line], index: int) -> Found | None:
    end = starts.fence_end(lines, index)
    opening = lines[index].text
    info = opening.lstrip(opening[0]).strip()
    return (b.CodeBlock(info, _between(lines, index, end)), end + 1) if end else None


def _math(lines: list[Line], index: int) -> Found | None:
    found = starts.display(lines, index)
    return (b.Math(found[0]), found[1]) if found else None


def _between(lines: list[Line], opening: int, closing: int) -> str:
    """What stands between two lines, indented against the first of them."""
    columns = lines[opening].indent
    return "\n".join(line.dedent(columns).source for line in lines[opening + 1 : closing])


def _divider(lines: list[Line], index: int) -> Found | None:
    return (b.Divider(), index + 1) if markers.DIVIDER.match(lines[index].text) else None


def _comment(lines: list[Line], index: int) -> Found | None:
    end = starts.comment_end(lines, index)
    whole = "\n".join(line.text for line in lines[index:end])
    return (b.Comment(whole[4:-3].strip()), end) if end else None


def _table(lines: list[Line], index: int) -> Found | None:
    found = table_at(lines, index, without_pipes=starts.is_table(lines, index))
    if not found:
        return None
    rows, alignments, end = found
    return b.Table(tuple(tuple(map(rich_text, row)) for row in rows), alignments), end


# A table comes before dividers and lists: its first row may begin with a dash.
_LEAVES: tuple[Callable[[list[Line], int], Found | None], ...] = (
    *(_comment, _fence, _math, _table, _divider, _heading),
)
"""The blocks that hold no others, but for the paragraph, in the order in which they are tried."""


def _container(lines: list[Line], index: int, path: str, inside: Inside) -> Found | None:
    return (
        read_list(lines, index, path, inside)
        or _quote(lines, index, inside)
        or _callout(lines, index, inside)
        or _toggle(lines, index, inside)
        or _aligned(lines, index, inside)
    )


def _quote(lines: list[Line], index: int, inside: Inside) -> Found | None:
    inner, end = [], index
    while end < len(lines) and (found := markers.QUOTE.match(lines[end].text)):
        inner.append(Line.from_source(lines[end].number, found["text"]))
        end += 1
    return (b.Quote(inside(inner)), end) if inner else None


def _callout(lines: list[Line], index: int, inside: Inside) -> Found | None:
    found = starts.enclosed(lines, index, markers.BOXES["aside"])
    return (b.Callout(inside(found[0])), found[1]) if found else None


def _toggle(lines: list[Line], index: int, inside: Inside) -> Found | None:
    found = starts.enclosed(lines, index, markers.BOXES["details"])
    if not found:
        return None
    inner, end = found
    while inner and inner[0].blank:
        inner = inner[1:]
    summary = markers.SUMMARY.match(inner[0].text) if inner else None
    if summary:
        inner[0] = Line(inner[0].number, inner[0].indent, summary["text"])
    title = summary["summary"].strip() if summary else ""
    return b.Toggle(rich_text(title), inside(inner)), end


def _aligned(lines: list[Line], index: int, inside: Inside) -> Found | None:
    for name in ("div", "center", "p"):
        opening = markers.BOXES[name].opening.match(lines[index].text)
        found = starts.enclosed(lines, index, markers.BOXES[name])
        if opening and found:
            side = markers.SIDES[opening.groupdict().get("side", "center").lower()]
            return b.Aligned(side, inside(found[0])), found[1]
    return None


def _paragraph(lines: list[Line], index: int, path: str) -> Found:
    """Running text, or a remark."""
    end = index + 1
    while end < len(lines) and not starts.interrupts(lines, end):
        end += 1
    return starts.text_block(lines[index:end], path), end


def _underlined(lines: list[Line], index: int) -> Found | None:
    """A setext heading: one line of text over a line of `=` or `-`."""
    text, below = lines[index].text, lines[index + 1].text if index + 1 < len(lines) else ""
    if not markers.UNDERLINE.match(below):
        return None
    if markers.MENTION.match(text) or markers.remark(text) or text[0] in "-*+>`~$|<_\\":
        return None
    if below.startswith("-") and _parts_sections(lines, index):
        return None
    return _titled(1 if below.startswith("=") else 2, text), index + 2


def _parts_sections(lines: list[Line], index: int) -> bool:
    """Whether a line of `-` right below text is a divider: a section above it ends, another begins.

    As a heading the text would have nothing below it. The first line of all is a title.
    """
    if not any(lines[at].text for at in range(index)):
        return False
    after = next((lines[at].text for at in range(index + 2, len(lines)) if lines[at].text), "")
    found = markers.HEADING.match(after) or markers.TIGHT_HEADING.match(after)
    return not after or bool(found and not after.startswith("###"))
