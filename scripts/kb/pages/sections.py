"""Blocks as the sections of a page's document: the words of `body.py`'s Markdown, as readers see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import assert_never

from kb.model.blocks import (
    Block,
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
)
from kb.model.document import Section
from kb.model.inline import Inline, RichText, Text
from kb.pages.body import INNER_LABEL, ITEM_LABEL, UNNAMED_TOGGLE, Body, Speakers, info_parts
from kb.pages.markdown import without_controls, write_inline
from kb.pages.shown import Resolve, shown_text


def section(anchor: str, heading: str, meta: Iterable[str] = (), text: Iterable[str] = ()) -> Section:
    """A section from its lines: blanks are single, as a browser shows them, and no line is empty."""
    return Section(anchor, " ".join(words(heading).split()), words(*meta), words(*text))


def words(*texts: str) -> str:
    """Texts below each other."""
    rows = (" ".join(row.split()) for text in texts for row in without_controls(text).split("\n"))
    return "\n".join(filter(None, rows))


@dataclass(slots=True)
class SectionWriter:
    """Cuts blocks at the headings that have an address; those inside of lists and quotes are text."""

    body: Body
    speakers: Speakers
    resolve: Resolve
    heads: list[tuple[str, str]] = field(default_factory=lambda: [("", "")])
    texts: list[list[str]] = field(default_factory=lambda: [[]])

    def write(self) -> tuple[list[str], list[Section]]:
        """The lines before the first heading, and the sections."""
        self._blocks(self.body.blocks, nested=False)
        rest = zip(self.heads[1:], self.texts[1:], strict=True)
        return self.texts[0], [section(*head, text=text) for head, text in rest]

    def _say(self, *texts: str) -> None:
        self.texts[-1] += texts

    def _blocks(self, blocks: Iterable[Block], *, nested: bool) -> None:
        for block in blocks:
            self._block(block, nested=nested)

    def _block(self, block: Block, *, nested: bool) -> None:
        match block:
            case Paragraph(text):
                self._say(self._shown(text))
            case Remark(handle, text):
                self._say(f"{self.speakers.shown(handle)} {self._shown(text)}")
            case Heading():
                self._heading(block, nested=nested)
            case BulletList(items) | OrderedList(_, items):
                for item in items:
                    self._item(item)
            case CodeBlock(info, text):
                self._say(info_parts(info)[1], text)
            case Math(text):
                self._say(text)
            case Table(rows):
                self._say(*(self._shown(cell) for row in rows for cell in row))
            case Quote(blocks):
                self._blocks(blocks, nested=True)
            case Callout(blocks):
                self._blocks(blocks, nested=nested)
            case Toggle():
                self._toggle(block, nested=nested)
            case Divider() | Comment():
                pass
            case _:
                assert_never(block)

    def _shown(self, text: RichText) -> str:
        return shown_text(text.nodes, self.resolve)

    def _heading(self, block: Heading, *, nested: bool) -> None:
        if nested:
            self._say(self._shown(block.text))
        else:
            self.heads.append((block.anchor + self.body.suffix, self._shown(block.text)))
            self.texts.append([])

    def _item(self, item: ListItem) -> None:
        head, rest = item.blocks[:1], item.blocks[1:]
        if head and isinstance(head[0], Paragraph):
            self._say(self._labelled(head[0].text))
        else:
            self._blocks(head, nested=True)
        self._blocks(rest, nested=True)

    def _labelled(self, text: RichText) -> str:
        """The text of an item; inside `G7: …` labels stand on lines of their own."""
        if not ITEM_LABEL.match(text.plain):
            return self._shown(text)
        return "".join(map(self._parted, text.nodes))

    def _parted(self, node: Inline) -> str:
        shown = shown_text((node,), self.resolve)
        return INNER_LABEL.sub(r"\n\g<0>", shown) if isinstance(node, Text) else shown

    def _toggle(self, block: Toggle, *, nested: bool) -> None:
        # A summary may have words that nobody sees, a comment, or be seen without words, an image.
        named = nested or write_inline(block.summary.nodes, self.resolve).strip()
        self._say(self._shown(block.summary) if named else UNNAMED_TOGGLE)
        self._blocks(block.blocks, nested=nested)
