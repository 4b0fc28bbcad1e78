"""Lists that Markdown reads otherwise than they look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Rule
from kb.model.blocks import Block, BulletList, ListItem, OrderedList, Paragraph, Quote, children
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.read.lines import Line
from kb.read.lists import NEST

_TIGHT_DASH = re.compile(r"\s*-(?=[^\W\d_]|[\[「『（(\ufffc])")
_TIGHT_NUMBER = re.compile(r"\s*(\d{1,2})[.)](?=[^\W\d_]|[\[「『\ufffc])")
_WIDE_DASH = re.compile(r"\s*([－ー−‐])(?![－ー−‐\d０-９])\s*(?=\S)|\s*([–—])\s+(?=\S)")


class ListAmbiguous(Rule):
    """A list, or what looks like one, that becomes something else."""

    code = Code.LIST_AMBIGUOUS

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """First the lines that are no items, then the lists."""
        found = [*self._lines(note)] if note.session else []
        for blocks in note.bodies:
            found += self._blocks(note, blocks)
        yield from sorted(found, key=lambda one: (one.span.first, one.span.column))

    def _lines(self, note: Note) -> Iterator[Finding]:
        counted = 0
        for number, line in enumerate(note.prose, 1):
            if found := _TIGHT_DASH.match(line):
                hint = "`- 項目` のように、`-` の後ろに空白を入れてください"
                yield self._mark(
                    note, number, found, "`-` の後ろに空白がないので、箇条書きになりません", hint
                )
            elif found := _WIDE_DASH.match(line):
                mark = found[1] or found[2]
                hint = "行の始めを、半角の `- ` にしてください"
                yield self._mark(
                    note, number, found, f"「{mark}」で始まる行は、箇条書きにならず文章になります", hint
                )
            elif (found := _TIGHT_NUMBER.match(line)) and int(found[1]) in (1, counted + 1):
                counted = int(found[1])
                hint = f"`{found[0].strip()} 項目` のように、空白を入れてください"
                message = f"`{found[0].strip()}` の後ろに空白がないので、番号付きの箇条書きになりません"
                yield self._mark(note, number, found, message, hint)

    def _mark(self, note: Note, number: int, found: re.Match[str], message: str, hint: str) -> Finding:
        start = found.end() - len(found[0].lstrip())
        return self.finding(note.at(number, start, found.end()), message, hint)

    def _blocks(self, note: Note, blocks: Sequence[Block]) -> Iterator[Finding]:
        above: Block | None = None
        for block in blocks:
            if isinstance(block, BulletList | OrderedList):
                yield from self._list(note, block)
            if isinstance(above, OrderedList) and isinstance(block, OrderedList):
                yield from self._jump(note, above, block)
            if not isinstance(block, Quote):  # the columns of quoted lines are not the file's
                yield from self._blocks(note, children(block))
            above = block

    def _list(self, note: Note, block: BulletList | OrderedList) -> Iterator[Finding]:
        first = _line(note, block.items[0].span.first).indent
        for item in block.items:
            indent = _line(note, item.span.first).indent
            if indent != first:
                message = f"字下げが{indent}文字で、同じ段の項目({first}文字)とそろっていません"
                hint = f"同じ段なら{first}文字、1つ中なら{first + 4}文字の字下げにしてください"
                yield self.finding(note.at(item.span.first), message, hint)
            yield from self._lazy(note, item, indent)

    def _lazy(self, note: Note, item: ListItem, indent: int) -> Iterator[Finding]:
        head = item.blocks[0] if item.blocks else None
        if not isinstance(head, Paragraph):
            return
        for number in head.span.lines[1:]:
            if _line(note, number).indent < indent + NEST:
                message = "字下げのないこの行は、上の箇条書きの項目の続きとして出ます"
                hint = f"続きなら{indent + 4}文字の字下げを、別の段落なら前に空行を入れてください"
                yield self.finding(note.at(number), message, hint)
                return

    def _jump(self, note: Note, above: OrderedList, below: OrderedList) -> Iterator[Finding]:
        expected = above.start + len(above.items)
        if below.start not in (1, expected):
            message = (
                f"番号が {expected - 1} の次に {below.start} になっています。GitHubでは {expected} と出ます"
            )
            span = note.at(below.items[0].span.first)
            yield self.finding(span, message, "番号を続けるか、間に文章を書いて別の箇条書きにしてください")


def _line(note: Note, number: int) -> Line:
    return Line.from_source(number, note.line(number))
