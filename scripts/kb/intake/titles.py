"""The title of a report where it does not stand alone in its heading."""

from __future__ import annotations

import re

from kb.intake.data import sole_address
from kb.intake.lead import data_of
from kb.intake.template import folded
from kb.model.blocks import Block, Blocks, Heading, Paragraph
from kb.model.inline import RichText
from kb.read.dates import date_in
from kb.text.inline import places, rich_text

_TEMPLATE = frozenset(
    ("タイトル", "論文タイトル", "論文のタイトル", "論文のタイトルを書く", "タイトルを書く", "論文名", "題名")
) | frozenset(("title", "papertitle", "論文題名", "ここにタイトル", "ここにタイトルを書く"))
"""What a group's empty report has for a title, folded."""
_LABELS = frozenset(
    ("arxiv", "pdf", "paper", "論文", "論文リンク", "元論文", "link", "リンク", "url", "html", "abs", "doi")
) | frozenset(("openreview", "github", "code", "コード", "実装", "project", "projectpage", "blog", "記事"))
"""Words of links that stand beside a title, folded."""
_BARE = re.compile(r"https?://[^\s()（）<>\[\]]+")
_OPENING, _CLOSING = " \t　(（<", " \t　)）>"
_MOST_LINKS = 4
_BLOCKS = 6
"""Blocks below a template's title in which the real one is looked for."""
_SHORTEST, _LONGEST = 4, 250


def is_template(title: RichText) -> bool:
    """Whether a title is what the group's template says, left in."""
    return folded(title.plain) in _TEMPLATE


def title_below(blocks: Blocks) -> tuple[str, Block, Blocks] | None:
    """The line that is the title, its block, and the blocks without it; None where there is none.

    It is the first line that is no date and no data; where that is a sentence, nothing tells the title.
    """
    for at, block in enumerate(blocks[:_BLOCKS]):
        if isinstance(block, Heading):
            break
        if not isinstance(block, Paragraph):
            continue
        lines = block.text.source.split("\n")
        for number, line in enumerate(lines):
            if _is_other(line):
                continue
            if not _is_title(line):
                return None
            rest = "\n".join(lines[:number] + lines[number + 1 :])
            left = (Paragraph(rich_text(rest), block.span),) if rest else ()
            return line, block, (*blocks[:at], *left, *blocks[at + 1 :])
    return None


def _is_other(line: str) -> bool:
    """Whether a line is a date, or data but for the link whose words are the title."""
    plain = rich_text(line).plain.strip()
    if date_in(plain) and len(plain) <= len("Submitted on 2019/12/31"):
        return True
    return bool(data_of(line)) and not (line.startswith("[") and not _is_label(plain))


def _is_title(line: str) -> bool:
    plain = rich_text(line).plain.strip()
    return _SHORTEST <= len(plain) <= _LONGEST and "。" not in plain


def without_links(title: RichText) -> tuple[RichText, list[str]]:
    """A title without the links before and behind it that say `arXiv` or their address, and these links."""
    source = title.source.strip()
    links: list[str] = []
    while len(links) < _MOST_LINKS and (found := _beside(source)):
        start, end = found
        links.append(sole_address(rich_text(source[start:end])))
        before, behind = source[:start].rstrip(_OPENING), source[end:].lstrip(_CLOSING)
        source = before or behind
    return (rich_text(source), links) if links else (title, [])


def _beside(source: str) -> tuple[int, int] | None:
    """Where in a title a link stands before or behind all the rest, in brackets or not."""
    linked = [(start, end) for start, end, _ in places(source)]
    bare = [one.span() for one in _BARE.finditer(source)]
    outside = [one for one in bare if not any(start <= one[0] < end for start, end in linked)]
    for start, end in (*linked, *outside):
        before, behind = source[:start].rstrip(_OPENING), source[end:].lstrip(_CLOSING)
        alone = sole_address(rich_text(source[start:end]))
        if alone and bool(before) != bool(behind) and _is_label(rich_text(source[start:end]).plain):
            return start, end
    return None


def _is_label(words: str) -> bool:
    return folded(words) in _LABELS or words.strip().startswith(("http://", "https://"))
