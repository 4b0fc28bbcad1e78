"""What the first lines of a report tell of it: who presented, what it is about, as groups write it there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from unicodedata import normalize

from kb.intake.data import is_code, sole_address
from kb.intake.template import is_question
from kb.model.blocks import Block, Blocks, BulletList, Heading, ListItem, Paragraph
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import Link, Url, flat
from kb.model.session import AUTHORS, CODE, DATA_KEYS, MATERIAL, PRESENTERS, SOURCES, TAGS, DataItem
from kb.read.note import person_line
from kb.text.inline import rich_text

_BLOCKS = 12
"""Blocks at the top of a report in which its data stand."""
_HEADINGS = 3
"""Headings, a subtitle or 文献情報, of which the last may be the first question."""
_CALLED = ("まとめ", "発表", "紹介", "報告", "記入", "presented by", "summarized by", "written by", "by")
"""What stands before a presenter's `@name`; before anything else it is a word: `発表: ICCV 2019`."""
_WHO = frozenset(("まとめ", "紹介", "報告", "記入"))
"""Those of them that stand before nothing but a presenter where both are all that a bracket holds."""
KEYS: dict[str, str] = {
    **DATA_KEYS,
    **dict.fromkeys(_CALLED, PRESENTERS),
    **dict.fromkeys(
        ("まとめた人", "まとめ人", "担当", "担当者", "紹介者", "報告者", "読んだ人", "書いた人"), PRESENTERS
    ),
    **dict.fromkeys(
        ("勉強会発表者", "発表担当", "発表担当者", "担当発表者", "紹介担当", "論文紹介者"), PRESENTERS
    ),
    **dict.fromkeys(("reporter", "reviewer", "presented_by", "summarized_by", "reader"), PRESENTERS),
    **dict.fromkeys(("論文", "論文リンク", "論文url", "元論文", "元の論文", "リンク", "原論文"), SOURCES),
    **dict.fromkeys(("link", "links", "paper", "paper link", "arxiv", "pdf", "doi", "reference"), SOURCES),
    **dict.fromkeys(
        ("paper_url", "paper_link", "arxiv_url", "pdf_url", "paperurl", "external_link"), SOURCES
    ),
    **dict.fromkeys(("実装", "公式実装", "github", "repository", "code_url", "implementation"), CODE),
    **dict.fromkeys(("論文ページ", "論文の公開ページ", "元の論文の公開ページ", "論文のurl"), SOURCES),
    **dict.fromkeys(("提案モデルの実装", "実装コード", "公式コード", "ソースコード"), CODE),
    "スライド": MATERIAL,
    **dict.fromkeys(("キーワード", "keyword", "keywords", "key-words"), TAGS),
    **dict.fromkeys(("category", "categories", "カテゴリ", "カテゴリー"), TAGS),
    "著者名": AUTHORS,
}
"""How groups call what a note has data for, folded."""
ADDRESSES = frozenset((SOURCES, CODE, MATERIAL))
"""Data that is an address; without one the line is text."""

_WRAPPED = re.compile(r"[(（](?P<inside>[^()（）]+(?:[(（][^()（）]*[)）][^()（）]*)*)[)）]$")
_KEYED = re.compile(r"\*{0,2}(?P<key>[^:：@＠\[\]`*]{1,20}?)\*{0,2}\s*[:：]\*{0,2}\s*(?P<value>\S.*)$")
_NAMED = re.compile(rf"(?P<key>{'|'.join(_CALLED)})\s*(?P<value>\[?[@＠]\S.*)$", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?:(?:論文)?(?:まとめ|紹介|報告|発表)\s*)?by\s+(?:https?://)?github\.com/(?P<name>[\w-]{1,39})/?$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?!.*(?<!\w)\d+(?!\w))[^\W\d_][\w .　・()（）-]{0,24}")
_LINK = re.compile(r"\[(?P<label>[^\[\]]*)\]\([^()]*\)")
_NAMES = re.compile(r"\s*[,、，]\s*|\s+(?=[@＠])")
_LONGEST = 40
"""Characters of a presenter's name with its handle."""


@dataclass(slots=True)
class Lead:
    """What was found in the first lines, and what is left of them."""

    data: list[DataItem] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def take(self, line: str, span: Span) -> bool:
        """Take a line that is data; answers whether it was."""
        found = data_of(line)
        for key, value in found:
            self.data.append(DataItem(key, rich_text(value), replace(span, last=span.first)))
        if found and "、".join(f"{key}: {value}" for key, value in found) != line:
            said = "、".join(f"`{key}: {value}`" for key, value in found)
            message = f"先頭の行 `{line}` を、{said} と書きました"
            place = replace(span, last=span.first)
            self.findings.append(Finding(Code.IMPORT_REPORT_LINE, "guess", place, message, excerpt=line))
        return bool(found)


def lead_of(blocks: Blocks) -> tuple[Lead, Blocks]:
    """The data in a report's first lines, and the sections below them."""
    lead, end = Lead(), _end(blocks)
    for at, block in enumerate(blocks[:end]):
        match block:
            case Paragraph() if not (at and heads_people(blocks[at - 1])):
                _lines(block, lead)
            case Heading() if _is_address(block):  # `## https://…` right below the title is no section
                _lines(block, lead)
            case BulletList():
                _items(block, lead)
            case _:
                lead.blocks.append(block)
    return lead, blocks[end:]


def _end(blocks: Blocks) -> int:
    """Where the first lines end: at the first question, or else at the first heading, or at a sentence."""
    headings = [
        (at, is_question(block.text.plain))
        for at, block in enumerate(blocks)
        if isinstance(block, Heading) and not _is_address(block)
    ]
    # In running text a link may head what stands below it.
    said = (at for at, one in enumerate(blocks) if isinstance(one, Paragraph) and "。" in one.text.source)
    first = headings[0][0] if headings else next(said, len(blocks))
    return min(next((at for at, asks in headings[:_HEADINGS] if asks), first), _BLOCKS)


def heads_people(block: Block) -> bool:
    """Whether a block is the heading of such a section."""
    if not isinstance(block, Heading):
        return False
    words = re.sub(r"[\s:：]+$", "", normalize("NFKC", block.text.plain)).strip().lower()
    return KEYS.get(words) == PRESENTERS


def _is_address(block: Block) -> bool:
    return isinstance(block, Heading) and bool(sole_address(block.text))


def _lines(block: Paragraph | Heading, lead: Lead) -> None:
    kept: list[str] = []
    for at, line in enumerate(block.text.source.split("\n")):
        number = block.span.first + at
        if not lead.take(line, Span(block.span.path, number, number)):
            kept.append(line)
    if kept and len(kept) == block.text.source.count("\n") + 1:
        lead.blocks.append(block)
    elif kept:
        lead.blocks.append(Paragraph(rich_text("\n".join(kept)), block.span))


def _items(block: BulletList, lead: Lead) -> None:
    kept: list[ListItem] = []
    for item in block.items:
        match item.blocks:
            case (Paragraph() as head,) if item.done is None and "\n" not in head.text.source:
                if not lead.take(head.text.source, head.span):
                    kept.append(item)
            case _:
                kept.append(item)
    if kept:
        lead.blocks.append(replace(block, items=tuple(kept)))


def data_of(line: str) -> list[tuple[str, str]]:
    """The data that a line of text is, with the keys of a note; empty for a line that is text."""
    line = line.strip()
    wrapped = _WRAPPED.match(line)
    if wrapped:
        line = wrapped["inside"].strip()
    if person_line(line):
        return [(PRESENTERS, name) for name in _names(line)]
    if account := _ACCOUNT.match(line):
        return [(PRESENTERS, f"@{account['name']}")]
    if address := sole_address(rich_text(line)):
        return [(CODE if is_code(address) else SOURCES, address)]
    found = _NAMED.match(line) or _KEYED.match(line)
    if not found:
        return []
    name, value = normalize("NFKC", found["key"]).strip().lower(), found["value"].strip()
    # In brackets the line says nothing else: `（まとめ：山田　太郎）`.
    alone = wrapped and name in _WHO and _NAME.fullmatch(value)
    if name in _CALLED and not (alone or "@" in value or "＠" in value or _LINK.fullmatch(value)):
        return []
    return list(known_data(KEYS.get(name, ""), value))


def known_data(key: str, value: str) -> Iterator[tuple[str, str]]:
    """The data of a key of a note; nothing where the value is not of its kind, or there is no key."""
    if not key or not value:
        return
    if key == PRESENTERS:
        yield from ((PRESENTERS, name) for name in _names(value))
    elif key not in ADDRESSES or _has_address(value):
        address = sole_address(rich_text(value))
        yield key, address or value


def _has_address(value: str) -> bool:
    nodes = flat(rich_text(value).nodes)
    return any(isinstance(node, Link | Url) and node.url.startswith("http") for node in nodes)


def _names(value: str) -> list[str]:
    """The names of presenters, each with its `@`; empty where one is none."""
    names = [name.strip() for name in _NAMES.split(_LINK.sub(r"\g<label>", value)) if name.strip()]
    if not all(len(name) <= _LONGEST and not re.search(r"[。:：!?！？`*]", name) for name in names):
        return []
    return ["@" + name.lstrip("@＠").strip() for name in names]
