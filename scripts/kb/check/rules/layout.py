"""Where blocks stand: how far they are indented, and what lies between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from kb.check.rule import Example
from kb.check.rules.mending import Draft, Edit, LineRule, outer
from kb.model.blocks import (
    Block,
    BulletList,
    Callout,
    CodeBlock,
    Comment,
    Heading,
    ListItem,
    Math,
    OrderedList,
    Quote,
    Table,
    Toggle,
    children,
)
from kb.model.codes import Code
from kb.read.lines import Line
from kb.read.lists import NEST

STEP = 4
"""Columns for each level: Python-Markdown, GitHub and Notion agree on it, for numbers too."""


class NestingByTwo(LineRule):
    """Lists that are nested by another width than four blanks."""

    code = Code.NESTING_BY_TWO
    title = "箇条書きの入れ子の字下げが4文字ではありません"
    why = (
        "入れ子の字下げが2文字やタブだと、道具によって入れ子になったりならなかったりします"
        "(番号付きの箇条書きは、GitHubでは2文字では入れ子になりません)。1段ごとに半角空白4つにします。"
        "どの項目がどの項目の中にあるかは変わりません。"
        "同じ段の項目の字下げが1文字だけずれているときは、どちらの意味かわからないので、直さずに残します。"
    )
    message = "箇条書きの入れ子の字下げが、半角空白4つになっていません"
    hint = "1段ごとに半角空白4つで字下げしてください"
    example: ClassVar[Example] = Example(
        bad="## [論文] GAM\n\n- 手法\n  - 要約\n    - 検索\n",
        good="## [論文] GAM\n\n- 手法\n    - 要約\n        - 検索\n",
    )

    def edits(self, draft: Draft) -> Iterator[Edit]:
        """One edit for each list that lies in no other."""
        for block in _outermost(draft.blocks):
            if not _is_even(draft, block):
                continue
            rows = _Rows(draft)
            rows.list(block, 0)
            first, last = block.span.first - 1, block.span.last
            new = tuple(rows.moved.get(at, draft.lines[at]) for at in range(first, last))
            if new != draft.lines[first:last]:
                yield Edit(first, last, new)


def _outermost(blocks: tuple[Block, ...]) -> Iterator[BulletList | OrderedList]:
    for block in blocks:
        if isinstance(block, BulletList | OrderedList):
            yield block
        elif isinstance(block, Callout | Toggle):
            yield from _outermost(children(block))


def _is_even(draft: Draft, block: Block) -> bool:
    """Whether the items of each list inside stand below each other."""
    for inner in outer((block,)):
        items = inner.items if isinstance(inner, BulletList | OrderedList) else ()
        if len({_indent(draft, item.span.first - 1) for item in items}) > 1:
            return False
    return True


def _indent(draft: Draft, at: int) -> int:
    return Line.from_source(1, draft.lines[at]).indent


class _Rows:
    """The lines of a list while they are moved to where they belong."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.moved: dict[int, str] = {}

    def list(self, block: BulletList | OrderedList, column: int) -> None:
        """Put the items of a list at a column, and what is in them one step further."""
        for item in block.items:
            at = item.span.first - 1
            self._put(at, column)
            least = _indent(self.draft, at) + NEST
            for inner in item.blocks:
                self._inside(item, inner, column + STEP, least)

    def _inside(self, item: ListItem, block: Block, column: int, least: int) -> None:
        first, last = block.span.first - 1, block.span.last
        match block:
            case BulletList() | OrderedList():
                self.list(block, column)
            case CodeBlock() | Math() | Comment() | Callout() | Toggle():
                by = column - _indent(self.draft, first)
                for at in range(first, last):
                    self._shift(at, by)
                for inner in _outermost(children(block)):
                    self.list(inner, column)
            case _:
                for at in range(first + (first == item.span.first - 1), last):
                    # A line at the margin belongs to the item, too, but may have been meant otherwise.
                    if _indent(self.draft, at) >= least or isinstance(block, Quote | Table | Heading):
                        self._put(at, column)

    def _put(self, at: int, column: int) -> None:
        text = self.draft.lines[at].lstrip()
        if text:
            self.moved[at] = " " * column + text

    def _shift(self, at: int, by: int) -> None:
        line = self.draft.lines[at]
        text = line.lstrip()
        if text and by:
            self.moved[at] = " " * max(0, _indent(self.draft, at) + by) + text


_APART = (Heading, BulletList, OrderedList, Table, CodeBlock, Math, Quote, Callout, Toggle)
"""Blocks that some Markdown joins to the text above or below them."""


class BlockTouching(LineRule):
    """A block without a blank line between it and its neighbour."""

    code = Code.BLOCK_TOUCHING
    title = "見出しや箇条書き、表などの前後に空行がありません"
    why = (
        "サイトではそのままでも読めますが、道具によって見え方が変わります。"
        "GitHubでは、表や引用のすぐ下の文章がその中に入り、`2.` から始まる箇条書きは上の段落につながります。"
        "見出し、箇条書き、表、コード、引用、コールアウト、トグルの前後に、空行を1つ入れます。"
    )
    message = "前の行との間に空行がありません"
    hint = "この行の前に空行を1つ入れてください"
    example: ClassVar[Example] = Example(
        bad="## [論文] GAM\n解決策:\n- 要約する\n- 検索する\n",
        good="## [論文] GAM\n\n解決策:\n\n- 要約する\n- 検索する\n",
    )

    def edits(self, draft: Draft) -> Iterator[Edit]:
        """A blank line between neighbours of which one is such a block."""
        yield from _gaps(draft.blocks)


def _gaps(blocks: tuple[Block, ...]) -> Iterator[Edit]:
    above: Block | None = None
    for block in blocks:
        if above is not None and above.span.last + 1 == block.span.first and _need_gap(above, block):
            at = block.span.first - 1
            yield Edit(at, at, ("",))
        if isinstance(block, Callout | Toggle):
            yield from _gaps(children(block))
        above = block


def _need_gap(above: Block, below: Block) -> bool:
    lists = (BulletList, OrderedList)
    if isinstance(above, Comment) or isinstance(below, Comment):
        return False
    if isinstance(above, lists) and isinstance(below, lists):
        return False
    return isinstance(above, _APART) or isinstance(below, _APART)
