"""The properties of a sub-page: an entry's data, its kind, or text."""

from __future__ import annotations

from dataclasses import replace

from kb.model.blocks import Block, BulletList, Heading, ListItem, Paragraph
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.session import DATA_KEYS
from kb.read.markers import KIND_SPELLINGS
from kb.read.note import split_kind
from kb.read.notion.properties import is_clock
from kb.read.page import Page
from kb.text.inline import rich_text

_ENTRY = 2
_KIND_KEYS = ("種類", "種別", "type", "kind", "カテゴリ", "category")


def title_with_kind(heading: Heading, page: Page) -> Heading:
    """An entry's heading with the kind that a property of its page tells."""
    kind = next((value for key, value in page.properties if _is_kind(key, value)), "")
    if heading.level != _ENTRY or not kind or split_kind(heading.text.source)[0]:
        return heading
    return replace(heading, text=rich_text(f"[{kind}] {heading.text.source}"))


def _is_kind(key: str, value: str) -> bool:
    return key.lower() in _KIND_KEYS and value.strip().lower() in KIND_SPELLINGS


def lead_blocks(page: Page, heading: Heading, *, in_table: bool) -> tuple[list[Block], list[Finding]]:
    """What of a page's properties stands below its heading, and what was left out."""
    span = Span(page.span.path, 1, 1)
    data, texts, told = [], [], []
    for key, value in page.properties:
        if not value or is_clock(key) or _is_kind(key, value):
            why = "見出しの種類にしました" if _is_kind(key, value) else "本文ではないので除きました"
            message = f"プロパティ `{key}: {value}` は、{why}"
            told.append(Finding(Code.NOTION_PROPERTY, "left-out", span, message, excerpt=f"{key}: {value}"))
        elif key.lower() in DATA_KEYS and heading.level == _ENTRY:
            known = DATA_KEYS[key.lower()]
            if known != key:
                message = f"プロパティ `{key}` を `{known}` と書きました"
                told.append(Finding(Code.NOTE_RESPELLED, "left-out", span, message, excerpt=key))
            item = Paragraph(rich_text(f"{known}: {value}"), span)
            data.append(ListItem((item,), span=span))
        elif in_table:
            message = f"プロパティ `{key}: {value}` は、上の表にあるので除きました"
            told.append(Finding(Code.NOTION_PROPERTY, "left-out", span, message, excerpt=f"{key}: {value}"))
        else:
            texts.append(f"{key}: {value}")
    blocks: list[Block] = [BulletList(tuple(data), span)] if data else []
    if texts:
        blocks.append(Paragraph(rich_text("\n".join(texts)), span))
    return blocks, told
