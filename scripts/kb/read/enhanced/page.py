"""A page in Notion's enhanced Markdown."""

from __future__ import annotations

from kb.model.finding import Span
from kb.read.blocks import read_blocks
from kb.read.copied.reader import is_part
from kb.read.enhanced.inline import Inline
from kb.read.enhanced.outline import Outline
from kb.read.enhanced.rows import rows_of, words_of
from kb.read.enhanced.tags import looks_enhanced
from kb.read.enhanced.told import Told
from kb.read.enhanced.wrapper import unwrapped
from kb.read.lines import Line, Lines, lines_of
from kb.read.note import is_labelled
from kb.read.notion.page import damage, head_of, read_notion_page
from kb.read.page import Page
from kb.text.inline import rich_text


def read_enhanced_page(text: str, path: str) -> Page:
    """Read a page. No exception for any text; every character is in the page's words."""
    text = text.removeprefix("\ufeff")
    lines = lines_of(text)
    told = Told(path)
    title, properties, rest, above = _head(lines, told)
    inline = Inline(told)
    inline.learn(text)
    rows = rows_of(Lines(rest))
    blocks = read_blocks(Outline(inline, told).write(rows), path)
    findings = sorted((*told.findings, *damage(blocks)), key=lambda finding: finding.span.first)
    said = words_of([*rows_of(Lines(above)), *rows])
    return Page(
        rich_text(inline.title(title, 1)),
        tuple((key, inline.text(value, 1)) for key, value in properties),
        blocks,
        tuple(findings),
        said,
        Span(path, 1, max(len(lines), 1)),
    )


def read_markdown_page(text: str, path: str) -> Page:
    """Read a page of an export in the Markdown that it shows."""
    return read_enhanced_page(text, path) if looks_enhanced(text) else read_notion_page(text, path)


_Head = tuple[str, tuple[tuple[str, str], ...], list[Line], list[Line]]
"""Title, properties, the lines of the page, and the lines that say the first two."""


def _head(lines: list[Line], told: Told) -> _Head:
    if page := unwrapped(lines):
        told.layout(page.first, "ページの外側のしるし(親のページやアイコン)を除きました")
        said = "\n".join((page.title, *(f"{key}: {value}" for key, value in page.properties)))
        return page.title, page.properties, page.lines, lines_of(said)
    title, properties, rest = head_of(lines)
    # What the interface for programs gives has no title.
    if is_part(title.strip()) or is_labelled(title):
        return "", (), lines, []
    return title, properties, rest, lines[: len(lines) - len(rest)]
