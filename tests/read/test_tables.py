"""A table and a list that look alike: which of the two it is."""

from __future__ import annotations

import pytest

from kb.model.blocks import Block, BulletList, Table, walk
from kb.read.blocks import read_blocks
from kb.read.lines import lines_of


def kinds(text: str) -> list[type[Block]]:
    """The lists and tables of a text, from the outside to the inside."""
    found = walk(read_blocks(lines_of(text), "a.md"))
    return [type(block) for block in found if isinstance(block, Table | BulletList)]


@pytest.mark.parametrize("mark", ["-", "*", "+"])
@pytest.mark.parametrize("rule", ["|---|", "|---|---|", "--|--", "| - |", "---|"])
@pytest.mark.parametrize("indent", ["", "  ", "    ", "\t"])
def test_items_with_pipes_are_items(mark: str, rule: str, indent: str) -> None:
    text = f"{mark} a|b\n{indent}{mark} {rule}\n"
    assert kinds(text) == [BulletList] * (2 if indent else 1)


@pytest.mark.parametrize("text", ["a|b\n---|---\nc|d\n", "|a|b|\n|-|-|\n|-|1|\n", "- | a\n---|---\n- | b\n"])
def test_a_table_is_one(text: str) -> None:
    assert kinds(text) == [Table]
