"""An entry's blocks, linked: as the Markdown of its topic's page, and as the words that readers see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import assert_never

from kb.model import blocks as b
from kb.model.inline import Break, Inline, RichText, Text, plain
from kb.model.registry import HIDDEN
from kb.pages.markdown import (
    attribute,
    escape,
    formula,
    guard,
    page_link,
    title_line,
    without_controls,
    write_shown,
)
from kb.pages.shown import Resolve, as_shown
from kb.text.escape import fence_for
from kb.text.slug import anchor

INDENT = "    "
UNNAMED_TOGGLE = "くわしく"
"""The summary of a toggle that has none; without it there would be nothing to click."""
ITEM_LABEL = re.compile(r"(?P<label>[A-Z]{1,3}\d{1,3})\s*[:：]")
"""An item with an address of its own, `G7: …`."""
INNER_LABEL = re.compile(r"(?:(?<=\s)|^)(?P<label>説明|例|理由|補足|備考)(?P<colon>\s*[:：])")
"""A label inside a labelled item: what follows it stands on a line of its own."""
_INFO = re.compile(r"(?P<language>[A-Za-z][A-Za-z0-9+#_-]*)(?=[\s:]|$)[\s:]*(?P<title>.*)", re.DOTALL)
"""What stands behind a fence: ```` ```python:main.py ````, ```` ```python title ````."""
_RULES = {"": "---", "left": ":--", "right": "--:", "center": ":-:"}

Speakers = Mapping[str, tuple[str, str]]
"""Id of the page and name of each speaker by handle; without a page, and a hidden one without a name."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said from one heading to the next; inside of lists and quotes a heading is text."""

    anchor: str = ""
    heading: str = ""
    texts: list[str] = field(default_factory=list)


def numbered(blocks: b.Blocks, numbers: Iterator[int] | None = None) -> b.Blocks:
    """Blocks outside of entries with an anchor for each heading, the number of which makes it unique."""
    numbers = numbers or count(1)
    return tuple(
        replace(block, anchor=f"{anchor(block.text.plain)}-{next(numbers)}")
        if isinstance(block, b.Heading)
        else b.rebuilt(block, inner=lambda inner: numbered(inner, numbers))
        for block in blocks
    )


@dataclass(slots=True)
class BodyWriter:
    """Writes blocks whose headings have their anchors, and notes what they say, both in one walk."""

    suffix: str
    """Sets the anchors apart on their page."""
    level: int
    """The level of the heading above; sections lie below it."""
    speakers: Speakers
    resolve: Resolve
    former: tuple[str, ...] = ()
    """Suffixes that the anchors of its sections had before."""
    said: list[Said] = field(default_factory=lambda: [Said()])
    """By section, the part before the first heading first."""
    taken: set[str] = field(default_factory=set)

    def write(self, blocks: b.Blocks) -> list[str]:
        """The lines of all blocks."""
        # Headings keep their anchors: labels of items have to do with what is left.
        self.taken |= {block.anchor for block in b.walk(blocks) if isinstance(block, b.Heading)}
        return self._blocks(blocks, nested=False)

    def _blocks(self, blocks: Sequence[b.Block], *, nested: bool) -> list[str]:
        lines: list[str] = []
        above: b.Block | None = None
        for block in _beside(blocks) if nested else blocks:
            written = self._block(block, nested=nested)
            if not written:
                continue
            if above and _joins(above, block, nested=nested):
                lines += ["", "<!-- -->"]  # or the two would become one
            lines += ["", *written] if lines else written
            above = block
        return lines

    def _block(self, block: b.Block, *, nested: bool) -> list[str]:
        match block:
            case b.Paragraph(text):
                source = guard(self._text(text))
                return [source] if source else []
            case b.Remark():
                return self._remark(block, nested=nested)
            case b.Heading():
                return self._heading(block, nested=nested)
            case b.BulletList(items):
                return self._list(items, ["-"] * len(items))
            case b.OrderedList(start, items):
                return self._list(items, [f"{number}." for number in range(start, start + len(items))])
            case b.Math(tex) | b.CodeBlock("math", tex):
                return self._math(tex)
            case b.CodeBlock(info, code):
                return self._code(*_info_parts(info), code)
            case b.Table():
                return self._table(block)
            case b.Quote(blocks):
                return self._quote(blocks)
            case b.Callout(blocks):
                opening = ['<div class="kb-callout" markdown="1">']
                return self._framed(opening, blocks, "</div>", nested=nested)
            case b.Toggle():
                return self._toggle(block, nested=nested)
            case b.Aligned(side, blocks):
                return self._framed(
                    [f'<div class="kb-{side}" markdown="1">'], blocks, "</div>", nested=nested
                )
            case b.Divider():
                return ["---"]
            case b.Comment():
                return []
            case _:
                assert_never(block)

    def _say(self, *texts: str) -> None:
        self.said[-1].texts.extend(texts)

    def _both(self, nodes: tuple[Inline, ...]) -> tuple[str, str]:
        shown = as_shown(nodes, self.resolve)
        return write_shown(shown), plain(shown)

    def _text(self, text: RichText) -> str:
        source, words = self._both(text.nodes)
        self._say(words)
        return source

    def _heading(self, block: b.Heading, *, nested: bool) -> list[str]:
        place = block.anchor + self.suffix
        if nested:
            return [f'<strong id="{attribute(place)}">{self._text(block.text)}</strong>']
        shown = as_shown(block.text.nodes, self.resolve)
        self.said.append(Said(place, plain(shown)))
        # HTML has six levels.
        former = [f'<div id="{attribute(block.anchor + one)}"></div>' for one in self.former]
        line = title_line(min(6, self.level + max(1, block.level - 2)), shown, place)
        return [*former, *([""] if former else []), line]

    def _remark(self, block: b.Remark, *, nested: bool) -> list[str]:
        page, name = self.speakers.get(block.handle, ("", block.handle))
        handle = block.handle if name else HIDDEN
        source, words = self._both(block.text.nodes)
        self._say(f"{handle} {words}")
        shown = escape(handle)
        who = f"[{shown}]({page_link('presenter', page)})" if page else f"<b>{shown}</b>"
        opening = f'<aside class="kb-remark" data-speaker="{attribute(name or HIDDEN)}"'
        if nested:
            return [f"{opening}>{who} {source}</aside>"]
        return [f'{opening} markdown="1">', "", f"{who} {source}", "", "</aside>"]

    def _list(self, items: Sequence[b.ListItem], markers: Sequence[str]) -> list[str]:
        lines: list[str] = []
        written: list[str] = []
        for marker, item in zip(markers, items, strict=True):
            if "" in written:  # below a further block of an item, the next marker would be its text
                lines.append("")
            written = self._item(marker, item)
            lines += written
        return lines

    def _item(self, marker: str, item: b.ListItem) -> list[str]:
        if item.done is not None:
            marker += " [x]" if item.done else " [ ]"
        # A marker alone is no item for Python-Markdown.
        if not item.blocks:
            return [f"{marker} <br>"]
        head, *rest = item.blocks
        if isinstance(head, b.Paragraph):
            lines = self._labelled(marker, head.text)
        elif isinstance(head, b.Remark):
            lines = [f"{marker} {self._remark(head, nested=True)[0]}"]
        else:
            lines, rest = [f"{marker} <span></span>"], list(item.blocks)
        tight = len(rest) == 1 and isinstance(rest[0], b.BulletList | b.OrderedList)
        below = self._blocks(rest, nested=True)
        gap = [""] if below and not tight else []
        return [*lines, *gap, *(INDENT + line if line else "" for line in below)]

    def _labelled(self, marker: str, text: RichText) -> list[str]:
        """The text of an item; `G7: …` gets an address, and its labels stand apart."""
        found = ITEM_LABEL.match(text.plain)
        if not found:
            return [f"{marker} {guard(self._text(text)) or '<br>'}"]
        both = [
            _parted(node.text) if isinstance(node, Text) else self._both((node,))
            for node in _without_breaks(text.nodes)
        ]
        self._say("".join(words for _, words in both))
        lines = [f"{marker} {guard(''.join(source for source, _ in both))}"]
        place = found["label"].lower()
        if place not in self.taken:
            self.taken.add(place)
            lines.append(f"{{: #{place}{self.suffix} }}")
        return lines

    def _table(self, block: b.Table) -> list[str]:
        rows = [[self._text(cell) for cell in row] for row in block.rows]
        width = max(map(len, rows))
        marks = [_RULES[one] for one in (*block.alignments, *[""] * width)[:width]]
        lines = ["| " + " | ".join([*row, *[" "] * (width - len(row))]) + " |" for row in rows]
        return [lines[0], "|" + "|".join(marks) + "|", *lines[1:]]

    def _quote(self, blocks: Sequence[b.Block]) -> list[str]:
        return [f"> {line}".rstrip() for line in self._blocks(blocks, nested=True) or [""]]

    def _framed(
        self, opening: list[str], blocks: Sequence[b.Block], closing: str, *, nested: bool
    ) -> list[str]:
        # Blocks in an element; inside a list, where Markdown cannot hold one, in a quote.
        if nested:
            return self._quote(blocks)
        return [*opening, "", *self._blocks(blocks, nested=False), "", closing]

    def _toggle(self, block: b.Toggle, *, nested: bool) -> list[str]:
        source, words = self._both(block.summary.nodes)
        summary = source.strip()
        # A summary may have words that nobody sees, a comment, or be seen without words, an image.
        self._say(words if nested or summary else UNNAMED_TOGGLE)
        if nested:
            head = [f"> <strong>{summary}</strong>", ">"] if summary else []
            return [*head, *self._quote(block.blocks)]
        shown = f'<summary markdown="span">{summary or UNNAMED_TOGGLE}</summary>'
        opening = ['<details class="kb-toggle" markdown="1">', shown]
        return self._framed(opening, block.blocks, "</details>", nested=False)

    def _math(self, tex: str) -> list[str]:
        shown = formula(tex, display=True)
        if not shown:
            return self._code("latex", "", tex)
        self._say(tex)
        return [shown]

    def _code(self, language: str, title: str, text: str) -> list[str]:
        """A fenced block; what the fence says beyond its language becomes a title."""
        self._say(title, text)
        fence = fence_for(text)
        named = f' title="{attribute(title)}"' if title else ""
        if title != attribute(title):
            named += ' title_mode="html"'
        return [f"{fence}{language or 'text'}{named}", *without_controls(text).split("\n"), fence]


def _beside(blocks: Iterable[b.Block]) -> Iterator[b.Block]:
    """Blocks where Markdown cannot align them: they stand as all others."""
    for block in blocks:
        if isinstance(block, b.Aligned):
            yield from _beside(block.blocks)
        else:
            yield block


def _joins(above: b.Block, block: b.Block, *, nested: bool) -> bool:
    """Whether Markdown would read two blocks as one, whatever stands between them."""
    quotes = b.Quote | b.Box if nested else b.Quote
    kinds = (b.BulletList, b.OrderedList, quotes)
    return any(isinstance(above, one) and isinstance(block, one) for one in kinds)


def _parted(text: str) -> tuple[str, str]:
    """A text whose labels begin lines, as Markdown and as words."""
    pieces, position = [], 0
    for found in INNER_LABEL.finditer(text):
        pieces.append(escape(text[position : found.start()].rstrip()))
        pieces.append(f'<br><span class="kb-label">{escape(found[0])}</span>')
        position = found.end()
    return "".join(pieces) + escape(text[position:]), INNER_LABEL.sub(r"\n\g<0>", text)


def _without_breaks(nodes: tuple[Inline, ...]) -> Iterator[Inline]:
    # Nodes without the line breaks before labels, which stand on lines of their own anyway.
    for node, following in zip(nodes, (*nodes[1:], None), strict=True):
        labelled = isinstance(following, Text) and INNER_LABEL.match(following.text)
        if not (isinstance(node, Break) and labelled):
            yield node


def _info_parts(info: str) -> tuple[str, str]:
    found = _INFO.match(info)
    return (found["language"], found["title"]) if found else ("", info)
