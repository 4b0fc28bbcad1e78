"""Lines to blocks, as the writers of notes mean them.

Where Markdown's dialects disagree, the reading is the one that keeps what the eye sees: a list may
follow a paragraph without a blank line; nesting is any indentation of two columns or more, in
spaces, tabs or full-width blanks; a table needs no separator line; a fence that is never closed is
text; indentation alone never makes code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kb.model.blocks import (
    Block,
    Callout,
    CodeBlock,
    Comment,
    Divider,
    Heading,
    Math,
    Paragraph,
    Quote,
    Remark,
    Table,
    Toggle,
)
from kb.read import markers
from kb.read.lines import Line, Lines, span_of
from kb.read.tables import table_at
from kb.text.inline import rich_text

MAX_NESTING = 24
"""Containers inside each other; what lies deeper is read as text."""

Found = tuple[Block, int]
"""A block and the index of the first line behind it."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where blocks are read: the file, and how deep inside other blocks."""

    path: str
    depth: int = 0

    def inside(self) -> Context:
        """One container deeper."""
        return Context(self.path, self.depth + 1)


def read_blocks(lines: list[Line], context: Context) -> tuple[Block, ...]:
    """Read all lines. Each character that is not a marker or indentation is in a block."""
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


def interrupts(lines: list[Line], index: int) -> bool:
    """Whether the line ends a paragraph above it without a blank line between them."""
    text = lines[index].text
    if not text:
        return True
    begins = _BEGINNINGS.get(text[0])
    return bool(begins and begins(lines, index)) or _is_table(lines, index)


def _matches(*patterns: re.Pattern[str]) -> Callable[[list[Line], int], bool]:
    return lambda lines, index: any(pattern.match(lines[index].text) for pattern in patterns)


def _begins_tag(lines: list[Line], index: int) -> bool:
    tags = (_enclosed(lines, index, *pair) for pair in _TAGS)
    return bool(_comment_end(lines, index)) or any(tags)


_TAGS = (
    (markers.ASIDE_OPEN, markers.ASIDE_CLOSE),
    (markers.DETAILS_OPEN, markers.DETAILS_CLOSE),
)
_dash = _matches(markers.BULLET, markers.DIVIDER)
_digit = _matches(markers.ORDERED)
_BEGINNINGS: dict[str, Callable[[list[Line], int], bool]] = {
    **dict.fromkeys("-*+・•_", _dash),
    **dict.fromkeys("0123456789", _digit),
    "#": _matches(markers.HEADING, markers.TIGHT_HEADING, markers.EMPTY_HEADING),
    ">": _matches(markers.QUOTE),
    "`": lambda lines, index: bool(_fence_end(lines, index)),
    "~": lambda lines, index: bool(_fence_end(lines, index)),
    "$": lambda lines, index: bool(_math_end(lines, index)),
    "|": lambda lines, index: table_at(lines, index, without_pipes=False) is not None,
    "<": _begins_tag,
    **dict.fromkeys("[［", lambda lines, index: markers.remark(lines[index].text) is not None),
}
"""By the first character of a line, whether a block begins there that is no paragraph."""


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


def _fence_end(lines: list[Line], index: int) -> int:
    """The index of the closing fence, or 0 where no fence opens or it is never closed."""
    found = markers.FENCE.match(lines[index].text)
    if not found:
        return 0
    mark, least = found["fence"][0], len(found["fence"])

    def closes(text: str) -> bool:
        return text.startswith(mark * least) and not text.strip(mark)

    return max(0, Lines.of(lines).next(("fence", mark, least), closes, index + 1))


def _fence(lines: list[Line], index: int, context: Context) -> Found | None:
    end = _fence_end(lines, index)
    if not end:
        return None
    opening = lines[index]
    info = opening.text.lstrip(opening.text[0]).strip()
    text = "\n".join(line.dedent(opening.indent).source for line in lines[index + 1 : end])
    return CodeBlock(info, text, span_of(context.path, lines[index : end + 1])), end + 1


def _math_end(lines: list[Line], index: int) -> int:
    if not markers.MATH.match(lines[index].text):
        return 0
    return max(0, Lines.of(lines).next("math", markers.MATH.match, index + 1))


def _math(lines: list[Line], index: int, context: Context) -> Found | None:
    end = _math_end(lines, index)
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
    blocks = read_blocks(inner, context.inside())
    return Quote(blocks, span_of(context.path, lines[index:end])), end


def _comment_end(lines: list[Line], index: int) -> int:
    """The index behind a comment that fills its lines, or 0."""
    if not lines[index].text.startswith("<!--"):
        return 0
    end = Lines.of(lines).next("comment", lambda text: "-->" in text, index)
    if end < 0 or lines[end].text.find("-->") != len(lines[end].text) - 3:
        return 0
    return end + 1


def _comment(lines: list[Line], index: int, context: Context) -> Found | None:
    end = _comment_end(lines, index)
    if not end:
        return None
    whole = "\n".join(line.text for line in lines[index:end])
    return Comment(whole[4:-3].strip(), span_of(context.path, lines[index:end])), end


def _opaque_end(lines: list[Line], index: int) -> int:
    """The last line of code, mathematics or a comment that begins here, or 0; tags in it are none."""
    return _fence_end(lines, index) or _math_end(lines, index) or max(0, _comment_end(lines, index) - 1)


def _enclosed(
    lines: list[Line], index: int, opening: re.Pattern[str], closing: re.Pattern[str]
) -> tuple[list[Line], int] | None:
    """The lines between an opening and its closing tag, and the index behind it."""
    first = opening.match(lines[index].text)
    end = _closing_line(Lines.of(lines), index, opening, closing) if first else -1
    if not first or end < 0:
        return None
    inner = lines[index : end + 1]
    inner[0] = Line(inner[0].number, inner[0].indent, first["text"])
    last = closing.match(inner[-1].text)
    assert last
    inner[-1] = Line(inner[-1].number, inner[-1].indent, last["text"])
    return inner, end + 1


def _closing_line(lines: Lines, index: int, opening: re.Pattern[str], closing: re.Pattern[str]) -> int:
    """The line that closes what opens at a line, or -1.

    Every opening that is passed on the way is answered for, too, so that a thousand openings without
    an end are looked through once and not a thousand times.
    """
    known = lines.closings.setdefault(opening, {})
    if index in known:
        return known[index]
    open_at: list[int] = []
    end = index
    while end < len(lines):
        if end > index and (last_line := _opaque_end(lines, end)):
            end = last_line + 1
            continue
        text = lines[end].text
        if opening.match(text):
            open_at.append(end)
        # A quoted closing tag closes what is quoted.
        if closing.match(text) and not markers.QUOTE.match(text):
            known[open_at.pop()] = end
            if not open_at:
                return end
        end += 1
    known.update(dict.fromkeys(open_at, -1))
    return known[index]


def _callout(lines: list[Line], index: int, context: Context) -> Found | None:
    found = _enclosed(lines, index, *_TAGS[0])
    if not found or context.depth >= MAX_NESTING:
        return None
    inner, end = found
    blocks = read_blocks(inner, context.inside())
    return Callout(blocks, span_of(context.path, lines[index:end])), end


def _toggle(lines: list[Line], index: int, context: Context) -> Found | None:
    found = _enclosed(lines, index, *_TAGS[1])
    if not found or context.depth >= MAX_NESTING:
        return None
    inner, end = found
    while inner and inner[0].blank:
        inner = inner[1:]
    summary = markers.SUMMARY.match(inner[0].text) if inner else None
    if summary:
        inner[0] = Line(inner[0].number, inner[0].indent, summary["text"])
    blocks = read_blocks(inner, context.inside())
    title = summary["summary"].strip() if summary else ""
    return Toggle(rich_text(title), blocks, span_of(context.path, lines[index:end])), end


def _is_table(lines: list[Line], index: int) -> bool:
    """Whether a table's line of dashes stands below the line."""
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    return "|" in following and "|" in lines[index].text and bool(markers.TABLE_RULE.match(following))


def _table(lines: list[Line], index: int, context: Context) -> Found | None:
    found = table_at(lines, index, without_pipes=_is_table(lines, index))
    if not found:
        return None
    rows, alignments, end = found
    cells = tuple(tuple(map(rich_text, row)) for row in rows)
    return Table(cells, alignments, span_of(context.path, lines[index:end])), end


def _list(lines: list[Line], index: int, context: Context) -> Found | None:
    from kb.read.lists import read_list  # noqa: PLC0415  lists hold blocks, blocks hold lists

    return read_list(lines, index, context) if context.depth < MAX_NESTING else None


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


def text_block(lines: list[Line], context: Context) -> Paragraph | Remark:
    """Running text, or a remark where it begins with a handle in brackets."""
    span = span_of(context.path, lines)
    text = "\n".join(_plain_line(line.text) for line in lines)
    if spoken := markers.remark(text):
        handle, said = spoken
        return Remark(handle, rich_text(said), span)
    return Paragraph(rich_text(text), span)


_OPENINGS = (markers.ASIDE_OPEN, markers.DETAILS_OPEN, markers.COMMENT_OPEN, markers.MATH)


def _plain_line(text: str) -> str:
    """A line that looks like the opening of a block without an end, or like an end: escaped for good.

    Whether an end follows depends on all that comes after; text must not depend on that.
    """
    if text.endswith(">") and any(closing.match(text) for _, closing in _TAGS):
        at = text.rindex("<")
        text = f"{text[:at]}\\{text[at:]}"
    if text[:1] not in "`~<$":
        return text
    if found := markers.FENCE.match(text):
        fence = found["fence"]
        return "".join("\\" + char for char in fence) + text[len(fence) :]
    return "\\" + text if any(pattern.match(text) for pattern in _OPENINGS) else text


def escape_start(text: str) -> str:
    """Put a backslash before what would begin another block, so that a line reads back as text."""
    line = Line.from_source(1, text)
    if not interrupts([line], 0) and not markers.remark(text):
        return text
    number = re.match(r"\d{1,9}(?=[.)])", text)
    return f"{number[0]}\\{text[number.end() :]}" if number else "\\" + text
