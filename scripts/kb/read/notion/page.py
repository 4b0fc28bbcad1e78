"""One Markdown page of an export as a `Page`.

The block reader reads most of it as it reads notes. Here is what only an export has: the title and the
properties above the text, callouts with an icon of Notion's, and what the export has damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.model.blocks import Block, Blocks, Callout, Heading, Paragraph, rebuilt, texts, walk
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import Inline, Link, Marked, RichText, Text, flat, plain
from kb.read import markers
from kb.read.blocks import read_blocks
from kb.read.lines import Line, Lines, lines_of
from kb.read.notion.properties import properties_at
from kb.read.page import Page
from kb.read.starts import fence_end
from kb.text.inline import rich_text

_TITLE = re.compile(r"#(?:\s+(?P<title>\S.*))?$")
_ICON = re.compile(
    r"""<img\s[^<>]*src=["']https://(?:www\.)?notion\.so/icons/[^"'<>]*["'][^<>]*>\s*""", re.IGNORECASE
)
# What only an export of Notion holds: names with an id, Notion's icons, blank lines of four spaces.
_SIGNS = re.compile(
    r"\]\([^()\s]*(?:%20|-)[0-9a-f]{32}(?:_all)?(?:\.md|\.csv|/)"
    r"|notion\.so/icons/|https://(?:www\.)?notion\.so(?:undefined|/[\w%-]{0,200}[0-9a-f]{32})"
    r"|^    $",
    re.MULTILINE,
)
_UNDERLINE = re.compile(r"=+$")
_LEVELS = 6
_HEAD = 20
"""Lines in which title and properties stand."""


def looks_notion(text: str) -> bool:
    """Whether a text is a Markdown page as Notion exports it: a title first, and a sign of Notion."""
    text = text.removeprefix("\ufeff")
    head = lines_of(text.lstrip()[:4000])[:_HEAD]
    if not head or not _TITLE.match(head[0].text):
        return False
    return bool(properties_at(head, 1)[0]) or bool(_SIGNS.search(text))


def has_underlined_title(text: str) -> bool:
    """Whether a text begins with a line and a line of `===` below it, as only a person writes it."""
    head = lines_of(text.removeprefix("\ufeff").lstrip()[:4000])
    return bool(head) and _is_underlined(head, 0)


def read_notion_page(text: str, path: str) -> Page:
    """Read a page. No exception for any text; every character is in the page's words."""
    text = text.removeprefix("\ufeff")
    lines = lines_of(text)
    title, properties, rest = head_of(lines)
    code = _in_code(Lines(rest))
    findings = list(_empty_headings(rest, code, path))
    tagged = _tag_levels(text, lines)
    lined = [line if inside else _literal_hash(line, tagged) for line, inside in zip(rest, code, strict=True)]
    blocks = _mended(read_blocks(lined, path), findings)
    findings += damage(blocks)
    findings.sort(key=lambda finding: finding.span.first)
    span = Span(path, 1, max(len(lines), 1))
    return Page(rich_text(title), properties, blocks, tuple(findings), text, span)


def page_head(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Title and properties of a page, without reading the rest."""
    title, properties, _ = head_of(lines_of(text.removeprefix("\ufeff")[:8000]))
    return title, properties


def head_of(lines: list[Line]) -> tuple[str, tuple[tuple[str, str], ...], list[Line]]:
    """Title and properties of a page, and the lines below them."""
    first = next((index for index, line in enumerate(lines) if not line.blank), 0)
    title, below = _title_at(lines, first) if lines else ("", 0)
    if not below:
        return "", (), lines
    properties, end = properties_at(lines, below)
    return title, properties, lines[end:]


def _title_at(lines: list[Line], index: int) -> tuple[str, int]:
    """A page's title at a line, and the index of the line below it; 0 where there is none.

    Notion writes `# 題`; people write `#題`, too, or underline it.
    """
    text = lines[index].text
    if found := _TITLE.match(text):
        return (found["title"] or "").strip(), index + 1
    if (found := markers.TIGHT_HEADING.match(text)) and len(found[1]) == 1:
        return found[2].strip(), index + 1
    if _is_underlined(lines, index):
        return text.strip(), index + 2
    return "", 0


def _is_underlined(lines: list[Line], index: int) -> bool:
    """Whether a line of text is a title because of the `===` below it."""
    if index + 1 >= len(lines) or not lines[index].text or not _UNDERLINE.match(lines[index + 1].text):
        return False
    return isinstance(read_blocks(Lines(lines[index : index + 2]), "")[0], Heading)


def _tag_levels(text: str, lines: list[Line]) -> int:
    """The level up to which hashes without a blank behind them are words: `#タグ`.

    Notion always puts a blank behind the hashes of a heading. A person who does not begins so, and seldom
    has tags with two of them.
    """
    if looks_notion(text):
        return _LEVELS
    first = next((line.text for line in lines if not line.blank), "")
    loose = any(markers.HEADING.match(line.text) for line in lines)
    return 1 if loose and not markers.TIGHT_HEADING.match(first) else 0


def _in_code(lines: Lines) -> list[bool]:
    """For each line whether it stands between fences; a fence that is never closed is text."""
    inside = [False] * len(lines)
    index = 0
    while index < len(lines):
        end = fence_end(lines, index)
        inside[index : end or index] = [True] * max(0, end - index)
        index = max(index, end) + 1
    return inside


def _empty_headings(lines: list[Line], code: list[bool], path: str) -> Iterator[Finding]:
    for line, inside in zip(lines, code, strict=True):
        if not inside and line.text.startswith("#") and markers.EMPTY_HEADING.match(line.text):
            message = f"題のない見出し `{line.text}` を除きました"
            yield Finding(Code.NOTION_EMPTY, "left-out", Span(path, line.number, line.number), message)


def _literal_hash(line: Line, tagged: int) -> Line:
    """Hashes without a blank behind them are text up to a level: `#タグ`."""
    found = markers.TIGHT_HEADING.match(line.text) if line.text.startswith("#") else None
    if found and len(found[1]) <= tagged:
        return Line(line.number, line.indent, "\\" + line.text)
    return line


def _mended(blocks: Blocks, findings: list[Finding]) -> Blocks:
    """The blocks with callouts, at any depth, as their writers saw them."""
    return tuple([_mended_block(block, findings) for block in blocks])


def _mended_block(block: Block, findings: list[Finding]) -> Block:
    block = rebuilt(block, inner=lambda inner: _mended(inner, findings))
    return replace(block, blocks=_callout(block.blocks, findings)) if isinstance(block, Callout) else block


def _callout(blocks: Blocks, findings: list[Finding]) -> Blocks:
    """A callout's blocks without Notion's icon; an emoji of its own joins the text below it."""
    head = blocks[0] if blocks else None
    if not isinstance(head, Paragraph):
        return blocks
    # Its address is Notion's own host, from which a page of ours loads nothing.
    if icon := _ICON.match(head.text.source):
        message = "コールアウトのアイコン(Notion の画像)を除きました"
        findings.append(Finding(Code.NOTION_ICON, "left-out", head.span, message, excerpt=icon[0]))
        text = head.text.source[icon.end() :].lstrip()
        return (replace(head, text=rich_text(text)), *blocks[1:]) if text else blocks[1:]
    following = blocks[1] if len(blocks) > 1 else None
    # Some exports have a blank line between emoji and text, others none.
    if _is_emoji(head.text.source) and isinstance(following, Paragraph):
        both = rich_text(f"{head.text.source} {following.text.source}")
        joined = Paragraph(both, replace(head.span, last=following.span.last))
        return (joined, *blocks[2:])
    return blocks


def _is_emoji(text: str) -> bool:
    return len(text) <= 8 and not any(char.isalnum() or char.isspace() or char.isascii() for char in text)


def damage(blocks: Blocks) -> Iterator[Finding]:
    """Each place whose markup does not fit together."""
    for block in walk(blocks):
        for text in texts(block):
            if any(mark in text.source for mark in ("**", "[](", "~~", "__")):
                yield from _broken(text, block.span)


def _broken(text: RichText, span: Span) -> Iterator[Finding]:
    shown = "".join(_words(text.nodes))
    if "**" in shown and "\\*" not in text.source:
        message = f"太字の記号 `**` の組が合っていません(「{_around(shown)}」)。そのまま残しました"
        yield Finding(Code.NOTION_EMPHASIS, "loss", span, message, "元のページで確かめてください")
    if any(isinstance(node, Link) and not plain(node.label).strip() for node in flat(text.nodes)):
        message = "文字のないリンク `[](…)` があります。そのまま残しました"
        yield Finding(Code.NOTION_EMPTY_LINK, "loss", span, message, "元のページで確かめてください")


def _words(nodes: tuple[Inline, ...]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Text(text):
                yield text
            case Link(label) | Marked(_, label):
                yield from _words(label)
            case _:
                yield " "


def _around(text: str) -> str:
    at = text.find("**")
    return " ".join(text[max(0, at - 8) : at + 12].split())
