"""The source of an entry: in Notion it stands as a link alone on its line, right below the heading."""

from __future__ import annotations

from dataclasses import replace

from kb.model.blocks import Block, Paragraph
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.model.inline import Link, Text, Url, plain
from kb.model.session import CODE, SOURCES, DataItem, Entry, Session
from kb.text.inline import rich_text


def with_sources(session: Session) -> tuple[Session, tuple[Finding, ...]]:
    """Make such links the entries' 出典, where none is named, and say so for each."""
    findings: list[Finding] = []
    parts = tuple(
        replace(part, entries=tuple(_entry(entry, findings) for entry in part.entries))
        for part in session.parts
    )
    return replace(session, parts=parts), tuple(findings)


def _entry(entry: Entry, findings: list[Finding]) -> Entry:
    if entry.values(SOURCES) or any(isinstance(node, Link | Url) for node in entry.title.nodes):
        return entry
    data, blocks = list(entry.data), entry.blocks
    while blocks and (value := _alone(blocks[0])):
        key = CODE if _is_code(value) and len(data) > len(entry.data) else SOURCES
        data.append(DataItem(key, rich_text(value), blocks[0].span))
        findings.append(_guess(blocks[0], value))
        blocks = blocks[1:]
    return replace(entry, data=tuple(data), blocks=blocks)


def _alone(block: Block) -> str:
    """The link that is all that a paragraph holds, as the value of a source; empty for anything else."""
    if not isinstance(block, Paragraph) or "\n" in block.text.source:
        return ""
    nodes = [node for node in block.text.nodes if not (isinstance(node, Text) and not node.text.strip())]
    match nodes:
        case [Url(url)]:
            return url
        case [Link(label, url, "")] if url.startswith(("http://", "https://")):
            return url if plain(label) == url else block.text.source.strip()
        case _:
            return ""


def _is_code(value: str) -> bool:
    """Whether a link leads to a repository; below a paper it is the paper's code."""
    return "://github.com/" in value or "://gitlab.com/" in value


def _guess(block: Block, value: str) -> Finding:
    text = block.text.source if isinstance(block, Paragraph) else ""
    message = "見出しのすぐ下の、リンクだけの行を出典と推測しました"
    doubled = value if value != text.strip() else ""  # `[address](address)` has become the address
    return Finding(
        Code.IMPORT_SOURCE, "guess", block.span, message, "ちがうときは、本文に戻してください", doubled
    )
