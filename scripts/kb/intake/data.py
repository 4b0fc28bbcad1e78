"""An entry's data, where Notion has none: properties of its page, a link right below its heading."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.model.blocks import Block, BulletList, Heading, ListItem, Paragraph
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import Link, RichText, Text, Url, plain
from kb.model.session import CODE, DATA_KEYS, PRESENTERS, SOURCES, DataItem, Entry, Session
from kb.read.markers import KIND_SPELLINGS
from kb.read.note import mentions, split_kind
from kb.read.notion.properties import is_clock
from kb.read.page import Page
from kb.read.starts import literal_start
from kb.text.inline import rich_text

ENTRY = 2
"""The level of an entry's heading."""
_KIND_KEYS = ("種類", "種別", "type", "kind", "カテゴリ", "category")


def title_with_kind(heading: Heading, page: Page) -> Heading:
    """An entry's heading with the kind that a property of its page tells."""
    kind = next((value for key, value in page.properties if _is_kind(key, value)), "")
    if heading.level != ENTRY or not kind or split_kind(heading.text.source)[0]:
        return heading
    return replace(heading, text=rich_text(f"[{kind}] {heading.text.source}"))


def _is_kind(key: str, value: str) -> bool:
    return key.lower() in _KIND_KEYS and value.strip().lower() in KIND_SPELLINGS


def lead_blocks(page: Page, heading: Heading, *, in_table: bool) -> tuple[list[Block], list[Finding]]:
    """What of a page's properties stands below its heading, and what was left out."""
    span = Span(page.span.path, 1, 1)
    data, texts, told = [], [], []

    def leave_out(text: str, why: str) -> None:
        message = f"プロパティ `{text}` は、{why}"
        told.append(Finding(Code.NOTION_PROPERTY, "left-out", span, message, excerpt=text))

    for key, value in page.properties:
        if _is_kind(key, value):
            leave_out(f"{key}: {value}", "見出しの種類にしました")
        elif not value or is_clock(key):
            leave_out(f"{key}: {value}", "本文ではないので除きました")
        elif key.lower() in DATA_KEYS and heading.level == ENTRY:
            known = DATA_KEYS[key.lower()]
            if known != key:
                message = f"プロパティ `{key}` を `{known}` と書きました"
                told.append(Finding(Code.NOTE_RESPELLED, "left-out", span, message, excerpt=key))
            item = Paragraph(rich_text(literal_start(f"{known}: {value}")), span)
            data.append(ListItem((item,), span=span))
        elif in_table:
            leave_out(f"{key}: {value}", "上の表にあるので除きました")
        else:
            texts.append(literal_start(f"{key}: {value}"))
    blocks: list[Block] = [BulletList(tuple(data), span)] if data else []
    if texts:
        blocks.append(Paragraph(rich_text("\n".join(texts)), span))
    return blocks, told


def with_sources(session: Session) -> tuple[Session, tuple[Finding, ...]]:
    """Make such links the entries' 出典, where none is named, and say so for each."""
    findings: list[Finding] = []
    parts = tuple(
        replace(part, entries=tuple(_entry(entry, findings) for entry in part.entries))
        for part in session.parts
    )
    return replace(session, parts=parts), tuple(findings)


def _entry(entry: Entry, findings: list[Finding]) -> Entry:
    # A title that is a link has its source there.
    if entry.values(SOURCES) or any(isinstance(node, Link | Url) for node in entry.title.nodes):
        return entry
    data, blocks = list(entry.data), entry.blocks
    # Several lines: the paper, then its repository.
    while blocks:
        # Without the link between them, `@Name` stands below the heading.
        if people := mentions(blocks[0]):
            data += [DataItem(PRESENTERS, rich_text(name), blocks[0].span) for name in people]
            blocks = blocks[1:]
            continue
        if not (value := _alone(blocks[0])):
            break
        key = CODE if is_code(value) and any(item.key == SOURCES for item in data) else SOURCES
        data.append(DataItem(key, rich_text(value), blocks[0].span))
        findings.append(_guess(blocks[0], value))
        blocks = blocks[1:]
    return replace(entry, data=tuple(data), blocks=blocks)


def _alone(block: Block) -> str:
    """The link that is all that a paragraph holds, as the value of a source; empty for anything else."""
    return sole_address(block.text) if isinstance(block, Paragraph) else ""


def sole_address(text: RichText) -> str:
    """The link that is all of a line, as the value of a source; empty for anything else."""
    if "\n" in text.source:
        return ""
    nodes = [node for node in text.nodes if not (isinstance(node, Text) and not node.text.strip())]
    match nodes:
        case [Url(url)]:
            return url
        case [Link(label, url, "")] if url.startswith(("http://", "https://")):
            return url if plain(label) == url else text.source.strip()
        case _:
            return ""


_PDF = re.compile(r"\.pdf(?:[)?#]|$)", re.IGNORECASE)


def is_code(value: str) -> bool:
    """Whether a link leads to a repository, and not to a paper that lies in one."""
    return ("://github.com/" in value or "://gitlab.com/" in value) and not _PDF.search(value)


def _guess(block: Block, value: str) -> Finding:
    text = block.text.source if isinstance(block, Paragraph) else ""
    message = "見出しのすぐ下の、リンクだけの行を出典と推測しました"
    doubled = value if value != text.strip() else ""  # `[address](address)` has become the address
    return Finding(
        Code.IMPORT_SOURCE, "guess", block.span, message, "ちがうときは、本文に戻してください", doubled
    )
