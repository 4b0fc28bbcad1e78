"""Where a page has its entries at another level than a note: brought to `##`, and told as a guess.

A note has its parts at level 1 and its entries at level 2. Notion has three levels of headings, and
groups begin wherever they like.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kb.model.blocks import Block, Heading
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.read.copied.reader import is_part
from kb.read.note import heads_people, is_labelled, mentions

# Deeper ones are no headings in Markdown.
_MAX_LEVEL = 6


def note_levels(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """The blocks of a session's page with its parts at level 1 and its entries at level 2."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    level = _entry_level(blocks, headings)
    if not level:
        return blocks, ()
    shifted = tuple(_shifted(block, level) if isinstance(block, Heading) else block for block in blocks)
    changed = [old for old, new in zip(blocks, shifted, strict=True) if old != new]
    return shifted, tuple(_told(changed[0], level) for _ in changed[:1])


def _told(first: Block, level: int) -> Finding:
    if level == 2:
        message = "部の見出し(今週のTOPIC など)を `#` にそろえました"
    else:
        message = f"発表の見出しが `{'#' * level}` だったので、`##` にそろえました"
    return Finding(Code.NOTION_LEVELS, "guess", first.span, message, "見出しの段を確かめてください")


def _shifted(heading: Heading, level: int) -> Heading:
    if is_part(heading.text.plain.strip()):
        return replace(heading, level=1)
    new = heading.level - level + 2 if heading.level >= level else 1
    return replace(heading, level=min(new, _MAX_LEVEL))


def _entry_level(blocks: tuple[Block, ...], headings: list[Heading]) -> int:
    """The level at which entries stand, or 0 where nothing tells it."""
    seen = Counter(block.level for block in _entries(blocks))
    if seen:
        return max(seen, key=lambda level: (seen[level], -level))
    parts = [heading for heading in headings if is_part(heading.text.plain.strip())]
    if not parts:
        return 0
    top = min(part.level for part in parts)
    below = [one.level for one in headings if one.level > top]
    return min(below, default=top + 1)


def _entries(blocks: tuple[Block, ...]) -> list[Heading]:
    """Headings that only entries have: with a kind, or right below an `@Name` line."""
    found = []
    for index, block in enumerate(blocks):
        if not isinstance(block, Heading) or is_part(block.text.plain.strip()):
            continue
        below_name = index > 0 and bool(mentions(blocks[index - 1])) and not heads_people(blocks[index - 2])
        if is_labelled(block.text.source) or below_name:
            found.append(block)
    return found
