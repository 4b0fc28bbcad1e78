"""Headings, lists, tables, fences and emphasis that become something else than they look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from itertools import pairwise

from kb.check.base import Base
from kb.check.note import Inline, Note, row_lines
from kb.check.rule import Said, rule
from kb.model import blocks as b
from kb.model.codes import Code
from kb.model.finding import Span
from kb.model.inline import RichText, Text, flat
from kb.read import markers
from kb.read.lines import Line
from kb.read.lists import NEST
from kb.read.note import is_labelled
from kb.read.tables import split_cells
from kb.text.fold import name_key

_QUOTED = " \t\u3000>"
"""What may stand before the mark of a block: indentation, in quotes too."""
# `-5度` is a number and `->矢印` an arrow; a letter or a bracket behind the dash was meant as an item.
_TIGHT_DASH = re.compile(r"\s*-(?=[^\W\d_]|[\[「『（(\ufffc])")
_TIGHT_NUMBER = re.compile(r"\s*(\d{1,2})[.)](?=[^\W\d_]|[\[「『\ufffc])")
# What a Japanese keyboard gives for a dash; `−5度` is a number and `ーーー` a line.
_WIDE_DASH = re.compile(r"\s*([－ー−‐])(?![－ー−‐\d０-９])\s*(?=\S)|\s*([–—])\s+(?=\S)")
_STARS = re.compile(r"\*+")
_AROUND = 12
"""Characters behind the stars by which their place in the line is found."""


@rule(Code.HEADING_JUMP)
def heading_jump(note: Note, _: Base) -> Iterator[Said]:
    """A heading that lies more than one level below the one above it."""
    above = 1  # a note may begin with an entry
    headings = [block for block in note.outline if isinstance(block, b.Heading)]
    for block in headings if note.session else ():
        if block.level > above + 1:
            message = f"見出しが `{'#' * above}` の次に `{'#' * block.level}` へ飛んでいます"
            yield block.span, message, f"`{'#' * (above + 1)}` で書いてください"
        above = block.level


@rule(Code.HEADING_INSIDE)
def heading_inside(note: Note, _: Base) -> Iterator[Said]:
    """A heading of a part or an entry that lies in a list, where it begins neither."""
    lists = (block for block in note.blocks if isinstance(block, b.BulletList | b.OrderedList))
    for block in (block for one in lists for block in b.children(one)):
        if _begins_entry(block):
            hint = "発表や部の見出しなら、前に空行を入れて、`#` を行の始めに書いてください"
            yield block.span, "見出しが箇条書きの中にあるので、発表や部になりません", hint


def _begins_entry(block: b.Block) -> bool:
    """Whether it would be the heading of a part or an entry, if it stood at the margin."""
    if isinstance(block, b.Paragraph):  # behind a bullet hashes are text
        found = markers.HEADING.match(block.text.source)
        return bool(found and len(found[1]) <= 2 and is_labelled(found[2]))
    return isinstance(block, b.Heading) and block.level <= 2


@rule(Code.SECTION_EMPTY)
def section_empty(note: Note, _: Base) -> Iterator[Said]:
    """A part, an entry or a section with nothing below its heading, but for questions of a template."""
    titles = Counter(title for blocks in note.bodies for title in set(map(_title, blocks)))
    for blocks in note.bodies:
        # What several talks ask in the same words is a template: a question that stays open is no slip.
        yield from _empty_sections(blocks, {title for title in titles if titles[title] > 1})
    for part in note.session.parts if note.session else ():
        if part.name and not part.entries and not _told(part.blocks):
            yield _empty(part.span, part.name.source)
        for entry in part.entries:
            if not entry.data and not _told(entry.blocks):
                yield _empty(note.at(entry.span.first), entry.title.source)


def _told(blocks: b.Blocks) -> b.Blocks:
    return tuple(block for block in blocks if not isinstance(block, b.Comment))


def _title(block: b.Block) -> str:
    """What a heading says, as it is compared; empty for other blocks."""
    return name_key(block.text.plain) if isinstance(block, b.Heading) else ""


def _empty_sections(blocks: b.Blocks, template: Container[str]) -> Iterator[Said]:
    for block, below in pairwise((*_told(blocks), None)):
        if not isinstance(block, b.Heading) or _title(block) in template:
            continue
        if below is None or (isinstance(below, b.Heading) and below.level <= block.level):
            yield _empty(block.span, block.text.source)


def _empty(span: Span, title: str) -> Said:
    shown = title if len(title) <= 30 else title[:30] + "…"
    return span, f"見出し「{shown}」の下に何もありません", "中身を書くか、見出しを消してください"


@rule(Code.LIST_AMBIGUOUS)
def list_ambiguous(note: Note, _: Base) -> Iterator[Said]:
    """An item that stands neither on the level of the others nor within one of them."""
    for _above, block in _lists(note.bodies):
        first = _indent(note, block.items[0].span.first)
        for item in block.items:
            indent = _indent(note, item.span.first)
            if indent != first:
                message = f"字下げが{indent}文字で、同じ段の項目({first}文字)とそろっていません"
                hint = f"同じ段なら{first}文字、1つ中なら{first + 4}文字の字下げにしてください"
                yield note.at(item.span.first), message, hint


@rule(Code.LIST_CONTINUED)
def list_continued(note: Note, _: Base) -> Iterator[Said]:
    """A line at the margin right below an item, which Markdown puts into the item."""
    for _above, block in _lists(note.bodies):
        for item in block.items:
            indent = _indent(note, item.span.first)
            head = item.blocks[0] if item.blocks else None
            # Markdown lets an item go on at the margin, and Notion exports such lines; the first one is told.
            lazy = head.span.lines[1:] if isinstance(head, b.Paragraph) else ()
            for number in [number for number in lazy if _indent(note, number) < indent + NEST][:1]:
                message = "字下げのないこの行は、上の箇条書きの項目の続きとして出ます"
                hint = f"続きなら{indent + 4}文字の字下げを、別の段落なら前に空行を入れてください"
                yield note.at(number), message, hint


@rule(Code.LIST_UNTIDY)
def list_untidy(note: Note, _: Base) -> Iterator[Said]:
    """Lines that look like items and are none, and numbers that do not follow each other."""
    if note.session:
        yield from _no_items(note)
    for above, block in _lists(note.bodies):
        if isinstance(above, b.OrderedList) and isinstance(block, b.OrderedList):
            yield from _number(note, above, block)


def _no_items(note: Note) -> Iterator[Said]:
    counted = 0
    for number, line in enumerate(note.prose, 1):
        if found := _TIGHT_DASH.match(line):
            message = "`-` の後ろに空白がないので、箇条書きになりません"
            hint = "`- 項目` のように、`-` の後ろに空白を入れてください"
        elif found := _WIDE_DASH.match(line):
            message = f"「{found[1] or found[2]}」で始まる行は、箇条書きにならず文章になります"
            hint = "行の始めを、半角の `- ` にしてください"
        # A line such as `2.5倍` or `3.章` is an item only where the count says so.
        elif (found := _TIGHT_NUMBER.match(line)) and int(found[1]) in (1, counted + 1):
            counted, mark = int(found[1]), found[0].strip()
            message = f"`{mark}` の後ろに空白がないので、番号付きの箇条書きになりません"
            hint = f"`{mark} 項目` のように、空白を入れてください"
        else:
            continue
        yield note.at(number, found.end() - len(found[0].lstrip()), found.end()), message, hint


def _lists(bodies: Iterable[b.Blocks]) -> Iterator[tuple[b.Block | None, b.BulletList | b.OrderedList]]:
    """Each list, with the block above it."""
    for blocks in bodies:
        for above, block in pairwise((None, *blocks)):
            if isinstance(block, b.BulletList | b.OrderedList):
                yield above, block
            if block and not isinstance(block, b.Quote):  # the columns of quoted lines are not the file's
                yield from _lists((b.children(block),))


def _indent(note: Note, number: int) -> int:
    return Line.from_source(number, note.line(number)).indent


def _number(note: Note, above: b.OrderedList, below: b.OrderedList) -> Iterator[Said]:
    expected = above.start + len(above.items)
    if below.start not in (1, expected):
        message = f"番号が {expected - 1} の次に {below.start} になっています。GitHubでは {expected} と出ます"
        hint = "番号を続けるか、間に文章を書いて別の箇条書きにしてください"
        yield note.at(below.items[0].span.first), message, hint


@rule(Code.TABLE_RAGGED)
def table_ragged(note: Note, _: Base) -> Iterator[Said]:
    """A row with another number of cells than the header."""
    for block in note.blocks:
        if isinstance(block, b.Table):
            yield from _ragged(note, block)


def _ragged(note: Note, table: b.Table) -> Iterator[Said]:
    width = len(table.rows[0])
    # A table that was copied from Notion has no line of dashes.
    if len(table.span.lines) > len(table.rows):
        below = table.span.first + 1
        dashes = len(split_cells(note.line(below).lstrip(_QUOTED)))
        if dashes != width:
            message = f"表の区切りの行が{dashes}列で、見出しの行は{width}列です"
            yield note.at(below), message, f"`|{'---|' * min(width, 8)}` のように{width}列にしてください"
    for number, row in zip(row_lines(table), table.rows, strict=True):
        if len(row) != width:
            message = f"表のこの行はセルが{len(row)}個で、見出しの行は{width}個です"
            hint = f"セルを{width}個にそろえてください(セルの中の `|` は `\\|` と書きます)"
            yield note.at(number), message, hint


@rule(Code.FENCE_UNCLOSED)
def fence_unclosed(note: Note, _: Base) -> Iterator[Said]:
    """A fence of code or mathematics without its end: the reader has taken it for text."""
    for number in range(note.first_line, len(note.lines) + 1):
        line = note.line(number)
        text = line.lstrip(_QUOTED)
        fence = markers.FENCE.match(text)
        if number not in note.verbatim and (fence or markers.MATH.match(text.rstrip())):
            mark = fence["fence"] if fence else "$$"
            start, shown = line.index(mark), _shown(mark)
            # What begins in a quote ends in it.
            quoted = line[:start] if ">" in line[:start] else ""
            hint = f"終わりに {_shown(quoted + mark)} だけの行を書いてください"
            yield note.at(number, start, start + len(mark)), f"{shown} が閉じていません", hint


def _shown(fence: str) -> str:
    return f"`` {fence} ``" if "`" in fence else f"`{fence}`"


@rule(Code.EMPHASIS_UNCLOSED)
def emphasis_unclosed(note: Note, _: Base) -> Iterator[Said]:
    """`**` that makes nothing bold: stars that are left over when emphasis has been paired up."""
    for inline in note.inlines:
        if "**" in inline.text.source:
            spans = (_place(note, inline, snippet) for snippet in _left_over(inline.text))
            for span in dict.fromkeys(span for span in spans if span):
                message = "`**` の片方がないので、太字にならず記号のまま出ます"
                yield span, message, "太字にする言葉を `**` ではさむか、`**` を消してください"


def _left_over(source: RichText) -> Iterator[str]:
    """The stars that are text, each with what follows it; not a power (`2**3`), nor a star between blanks."""
    for text in (node.text for node in flat(source.nodes) if isinstance(node, Text)):
        for found in _STARS.finditer(text) if "**" in text else ():
            before, after = text[: found.start()][-1:], text[found.end() :][:1]
            power = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
            apart = not before.strip() and not after.strip() and (before or after)
            if len(found[0]) in (2, 4) and not power and not apart:
                yield text[found.start() : found.end() + _AROUND].split("\n")[0]


def _place(note: Note, inline: Inline, snippet: str) -> Span | None:
    """Where the stars stand; None where they are escaped, and meant as stars."""
    if snippet not in inline.text.source:
        return None
    stars = _STARS.match(snippet)
    span = note.find(inline.span, snippet)
    if not stars or not span.column:
        return span
    return Span(span.path, span.first, span.last, span.column, span.column + stars.end())
