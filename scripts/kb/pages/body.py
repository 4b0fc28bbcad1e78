"""An entry's blocks, linked, as the Markdown of its topic's page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import assert_never

from kb.link.nodes import EntryNode
from kb.model.blocks import (
    Block,
    Blocks,
    BulletList,
    Callout,
    CodeBlock,
    Comment,
    Divider,
    Heading,
    ListItem,
    Math,
    OrderedList,
    Paragraph,
    Quote,
    Remark,
    Table,
    Toggle,
    rebuilt,
    walk,
)
from kb.model.inline import Break, Inline, RichText, Text, plain
from kb.model.registry import HIDDEN
from kb.pages.markdown import (
    attribute,
    escape,
    guard,
    guard_title,
    page_link,
    without_controls,
    write_inline,
)
from kb.pages.shown import Resolve
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


@dataclass(frozen=True, slots=True)
class Speakers:
    """How the handles of remarks are shown: id of the page and name, by handle."""

    by_handle: dict[str, tuple[str, str]]

    def shown(self, handle: str) -> str:
        """The word by which a remark's speaker is told: the handle, unless its owner is hidden."""
        _, name = self.by_handle.get(handle, ("", handle))
        return handle if name else HIDDEN


@dataclass(frozen=True, slots=True)
class Body:
    """Blocks whose headings have their anchors; `suffix` sets these apart on their page."""

    blocks: Blocks
    suffix: str = ""

    @classmethod
    def from_entry(cls, node: EntryNode) -> Body:
        """The text of an entry, mentions put in."""
        return cls(node.blocks, node.suffix)

    @classmethod
    def from_blocks(cls, blocks: Blocks, suffix: str = "") -> Body:
        """Text outside of entries, as it stands."""
        return cls(_numbered(blocks, count(1)), suffix)


def _numbered(blocks: Blocks, numbers: Iterator[int]) -> Blocks:
    """The blocks with an anchor for each heading, the number of which makes it unique."""
    return tuple(
        replace(block, anchor=f"{anchor(block.text.plain)}-{next(numbers)}")
        if isinstance(block, Heading)
        else rebuilt(block, inner=lambda inner: _numbered(inner, numbers))
        for block in blocks
    )


@dataclass(slots=True)
class BodyWriter:
    """Writes blocks, those of one entry or those around the entries of a session."""

    body: Body
    level: int
    """The level of the heading above; sections lie below it."""
    speakers: Speakers
    resolve: Resolve
    taken: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """Anchors of headings are taken; labels of items have to do with what is left."""
        self.taken = {block.anchor for block in walk(self.body.blocks) if isinstance(block, Heading)}

    def write(self) -> list[str]:
        """The lines of the entry's text."""
        return self._blocks(self.body.blocks, nested=False)

    def _blocks(self, blocks: Sequence[Block], *, nested: bool) -> list[str]:
        lines: list[str] = []
        above: Block | None = None
        for block in blocks:
            written = self._block(block, nested=nested)
            if not written:
                continue
            if above and _joins(above, block, nested=nested):
                lines += ["", "<!-- -->"]  # or the two would become one
            lines += ["", *written] if lines else written
            above = block
        return lines

    def _block(self, block: Block, *, nested: bool) -> list[str]:
        match block:
            case Paragraph(text):
                return self._nonempty(guard(self._inline(text)))
            case Remark():
                return self._remark(block, nested=nested)
            case Heading():
                return self._heading(block, nested=nested)
            case BulletList(items):
                return self._list(items, ["-"] * len(items))
            case OrderedList(start, items):
                return self._list(items, [f"{number}." for number in range(start, start + len(items))])
            case CodeBlock(info, code):
                return _code(info, code)
            case Math(tex):
                return _code("latex", tex)
            case Table():
                return self._table(block)
            case Quote(blocks):
                return self._quote(blocks)
            case Callout(blocks):
                return self._framed(
                    ['<div class="kb-callout" markdown="1">'], blocks, "</div>", nested=nested
                )
            case Toggle():
                return self._toggle(block, nested=nested)
            case Divider():
                return ["---"]
            case Comment():
                return []
            case _:
                assert_never(block)

    def _inline(self, text: RichText) -> str:
        return write_inline(text.nodes, self.resolve)

    @staticmethod
    def _nonempty(source: str) -> list[str]:
        return [source] if source else []

    def _heading(self, block: Heading, *, nested: bool) -> list[str]:
        source, place = self._inline(block.text), block.anchor + self.body.suffix
        if nested:
            return [f'<strong id="{attribute(place)}">{source}</strong>']
        marks = "#" * min(6, self.level + max(1, block.level - 2))
        return [f"{marks} {guard_title(source)} {{: #{place} }}"]

    def _remark(self, block: Remark, *, nested: bool) -> list[str]:
        opening, who = self._opening(block.handle)
        said = self._inline(block.text)
        if nested:
            return [f"{opening}>{who} {said}</aside>"]
        return [f'{opening} markdown="1">', "", f"{who} {said}", "", "</aside>"]

    def _opening(self, handle: str) -> tuple[str, str]:
        """The opening tag of a remark without its end, and who speaks."""
        page, name = self.speakers.by_handle.get(handle, ("", handle))
        shown = escape(self.speakers.shown(handle))
        who = f"[{shown}]({page_link('presenter', page)})" if page else f"<b>{shown}</b>"
        return f'<aside class="kb-remark" data-speaker="{attribute(name or HIDDEN)}"', who

    def _list(self, items: Sequence[ListItem], markers: Sequence[str]) -> list[str]:
        lines: list[str] = []
        written: list[str] = []
        for marker, item in zip(markers, items, strict=True):
            if "" in written:  # below a further block of an item, the next marker would be its text
                lines.append("")
            written = self._item(marker, item)
            lines += written
        return lines

    def _item(self, marker: str, item: ListItem) -> list[str]:
        if item.done is not None:
            marker += " [x]" if item.done else " [ ]"
        if not item.blocks:
            return [f"{marker} <br>"]
        head, *rest = item.blocks
        if isinstance(head, Paragraph):
            lines = self._labelled(marker, head.text.nodes)
        elif isinstance(head, Remark):
            lines = [f"{marker} {self._remark(head, nested=True)[0]}"]
        else:
            lines, rest = [f"{marker} <span></span>"], list(item.blocks)
        tight = len(rest) == 1 and isinstance(rest[0], BulletList | OrderedList)
        below = self._blocks(rest, nested=True)
        gap = [""] if below and not tight else []
        return [*lines, *gap, *(INDENT + line if line else "" for line in below)]

    def _labelled(self, marker: str, nodes: tuple[Inline, ...]) -> list[str]:
        """The text of an item; `G7: …` gets an address, and its labels stand apart."""
        found = ITEM_LABEL.match(plain(nodes))
        if not found:
            return [f"{marker} {guard(write_inline(nodes, self.resolve)) or '<br>'}"]
        place = found["label"].lower()
        source = "".join(map(self._parted, _without_breaks(nodes)))
        if place in self.taken:
            return [f"{marker} {guard(source)}"]
        self.taken.add(place)
        return [f"{marker} {guard(source)}", f"{{: #{place}{self.body.suffix} }}"]

    def _parted(self, node: Inline) -> str:
        if not isinstance(node, Text):
            return write_inline((node,), self.resolve)
        pieces, position = [], 0
        for found in INNER_LABEL.finditer(node.text):
            pieces.append(escape(node.text[position : found.start()].rstrip()))
            pieces.append(f'<br><span class="kb-label">{escape(found[0])}</span>')
            position = found.end()
        return "".join(pieces) + escape(node.text[position:])

    def _table(self, block: Table) -> list[str]:
        rows = [[self._inline(cell) for cell in row] for row in block.rows]
        width = max(map(len, rows))
        rules = {"": "---", "left": ":--", "right": "--:", "center": ":-:"}
        marks = [rules[one] for one in (*block.alignments, *[""] * width)[:width]]
        lines = ["| " + " | ".join([*row, *[" "] * (width - len(row))]) + " |" for row in rows]
        return [lines[0], "|" + "|".join(marks) + "|", *lines[1:]]

    def _quote(self, blocks: Sequence[Block]) -> list[str]:
        return [f"> {line}".rstrip() for line in self._blocks(blocks, nested=True) or [""]]

    def _framed(
        self, opening: list[str], blocks: Sequence[Block], closing: str, *, nested: bool
    ) -> list[str]:
        """Blocks in an element; inside a list, where Markdown cannot hold one, in a quote."""
        if nested:
            return self._quote(blocks)
        return [*opening, "", *self._blocks(blocks, nested=False), "", closing]

    def _toggle(self, block: Toggle, *, nested: bool) -> list[str]:
        summary = self._inline(block.summary).strip()
        if nested:
            head = [f"> <strong>{summary}</strong>", ">"] if summary else []
            return [*head, *self._quote(block.blocks)]
        shown = f'<summary markdown="span">{summary or UNNAMED_TOGGLE}</summary>'
        opening = ['<details class="kb-toggle" markdown="1">', shown]
        return self._framed(opening, block.blocks, "</details>", nested=False)


def _joins(above: Block, block: Block, *, nested: bool) -> bool:
    """Whether Markdown would read two blocks as one, whatever stands between them."""
    quotes = Quote | Callout | Toggle if nested else Quote
    return any(isinstance(above, one) and isinstance(block, one) for one in (BulletList, OrderedList, quotes))


def _without_breaks(nodes: tuple[Inline, ...]) -> Iterator[Inline]:
    """Nodes without the line breaks before labels, which stand on lines of their own anyway."""
    for node, following in zip(nodes, (*nodes[1:], None), strict=True):
        if (
            not isinstance(node, Break)
            or not isinstance(following, Text)
            or not INNER_LABEL.match(following.text)
        ):
            yield node


def _code(info: str, text: str) -> list[str]:
    """A fenced block; what the fence says beyond its language becomes a title."""
    fence = fence_for(text)
    language, title = info_parts(info)
    named = f' title="{attribute(title)}"' if title else ""
    if title != attribute(title):
        named += ' title_mode="html"'
    return [f"{fence}{language or 'text'}{named}", *without_controls(text).split("\n"), fence]


def info_parts(info: str) -> tuple[str, str]:
    """The language of a block of code, and its title."""
    found = _INFO.match(info)
    return (found["language"], found["title"]) if found else ("", info)
