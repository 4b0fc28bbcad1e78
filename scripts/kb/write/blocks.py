"""Blocks as lines of a note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from kb.model import blocks as b
from kb.model.inline import RichText
from kb.read import markers
from kb.text.escape import fence_for

INDENT = "    "
"""Four columns: what Python-Markdown, GitHub and Notion all read as nesting."""


def write_blocks(blocks: Sequence[b.Block]) -> list[str]:
    """The lines of blocks, a blank line between each two."""
    lines: list[str] = []
    for index, bullet in enumerate(_bullets(blocks)):
        written = write_block(blocks[index], bullet)
        lines += ["", *written] if index else written
    return lines


def _bullets(blocks: Sequence[b.Block]) -> Iterator[str]:
    """A dash for each block, or a star for a list right below one with dashes, which it would join."""
    bullet, above = "-", None
    for block in blocks:
        both = isinstance(above, b.BulletList) and isinstance(block, b.BulletList)
        bullet = "*" if both and bullet == "-" else "-"
        above = block
        yield bullet


def write_block(block: b.Block, bullet: str = "-") -> list[str]:
    """The lines of one block, without blank lines around it."""
    match block:
        case b.Paragraph(text):
            return text.source.split("\n")
        case b.Remark(handle, text):
            return f"[{handle}] {text.source}".split("\n")
        case b.Heading(level, text):
            return [f"{'#' * level} {text.source}"]
        case b.BulletList(items):
            return [line for item in items for line in _item(bullet, item)]
        case b.OrderedList(start, items):
            return [line for number, item in enumerate(items, start) for line in _item(f"{number}.", item)]
        case b.CodeBlock(info, code):
            fence = fence_for(code)
            return [fence + info, *(code.split("\n") if code else []), fence]
        case b.Math(tex):
            return ["$$", *(tex.split("\n") if tex else []), "$$"]
        case b.Table():
            return _table(block)
        case b.Quote(blocks):
            return [f"> {line}".rstrip() for line in write_blocks(blocks) or [""]]
        case b.Callout(blocks):
            return ["<aside>", "", *write_blocks(blocks), "", "</aside>"]
        case b.Toggle(summary, blocks):
            head = [f"<summary>{summary.source}</summary>"] if summary else []
            return ["<details>", *head, "", *write_blocks(blocks), "", "</details>"]
        case b.Aligned(side, blocks):
            return [f'<div align="{side}">', "", *write_blocks(blocks), "", "</div>"]
        case b.Divider():
            return ["---"]
        case b.Comment(words):
            return f"<!-- {words} -->".split("\n")
        case _:
            assert_never(block)


def _item(marker: str, item: b.ListItem) -> list[str]:
    if item.done is not None:
        marker += " [x]" if item.done else " [ ]"
    first, rest = _head(item)
    lines = [f"{marker} {first[0]}" if first else marker, *_indented(first[1:])]
    for index, (block, bullet) in enumerate(zip(rest, _bullets(rest), strict=True)):
        tight = isinstance(block, b.BulletList | b.OrderedList) and index == 0
        lines += [] if tight or (not first and index == 0) else [""]
        lines += _indented(write_block(block, bullet))
    return lines


def _head(item: b.ListItem) -> tuple[list[str], Sequence[b.Block]]:
    """The lines that stand behind the marker, and the blocks below them."""
    head = item.blocks[0] if item.blocks else None
    if not isinstance(head, b.Paragraph | b.Remark):
        return [], item.blocks
    lines = write_block(head)
    # Behind the marker, text such as `[x] …` would be read as the box of a task.
    if item.done is None and markers.TASK.match(lines[0]):
        return [], item.blocks
    return lines, item.blocks[1:]


def _indented(lines: Sequence[str]) -> list[str]:
    return [INDENT + line if line else "" for line in lines]


_RULES: dict[b.Alignment, str] = {"": "---", "left": ":--", "right": "--:", "center": ":-:"}


def _table(table: b.Table) -> list[str]:
    columns: tuple[b.Alignment, ...] = table.alignments or tuple("" for _ in table.rows[0])
    rule = "|" + "|".join(_RULES[column] for column in columns) + "|"
    header, *rows = map(_row, table.rows)
    return [header, rule, *rows]


def _row(cells: Sequence[RichText]) -> str:
    # Also in code: https://github.github.com/gfm/#tables-extension-
    escaped = (cell.source.replace("|", "\\|") for cell in cells)
    return "| " + " | ".join(escaped) + " |"
