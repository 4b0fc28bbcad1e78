"""Presenters that stand below a heading of their own, `### 発表者`, as minutes and templates have it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kb.intake.lead import heads_people, known_data
from kb.model.blocks import Block, Blocks, Heading, Paragraph
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.model.session import PRESENTERS, DataItem, Entry, Session
from kb.text.inline import rich_text


def with_headed_presenters(session: Session) -> tuple[Session, tuple[Finding, ...]]:
    """Make such a name the entry's 発表者, where none is named, and say so for each."""
    findings: list[Finding] = []
    parts = tuple(
        replace(part, entries=tuple(_entry(entry, findings) for entry in part.entries))
        for part in session.parts
    )
    return replace(session, parts=parts), tuple(findings)


def _entry(entry: Entry, findings: list[Finding]) -> Entry:
    if entry.presenters:
        return entry
    for at, block in enumerate(entry.blocks):
        names = list(_names(entry.blocks[at : at + 3]))
        if names and isinstance(block, Heading):
            people = "、".join(f"`{name}`" for name in names)
            message = f"見出し「{block.text.plain}」の下の {people} を発表者にしました"
            excerpt = f"{block.text.source} {_besides(names, entry.blocks[at + 1])}"
            findings.append(Finding(Code.IMPORT_REPORT_LINE, "guess", block.span, message, excerpt=excerpt))
            data = (DataItem(PRESENTERS, rich_text(name), block.span) for name in names)
            rest = (*entry.blocks[:at], *entry.blocks[at + 2 :])
            return replace(entry, data=(*entry.data, *data), blocks=rest)
    return entry


def _besides(names: list[str], block: Block) -> str:
    """What stands beside the names: the addresses of links."""
    said = block.text.source if isinstance(block, Paragraph) else ""
    for name in names:
        said = said.replace(name.lstrip("@"), "", 1)
    return said


def _names(blocks: Blocks) -> Iterator[str]:
    """The presenters in a heading for them, the lines below it, and what ends that section."""
    match blocks:
        case (Heading() as heading, Paragraph(text)) | (Heading() as heading, Paragraph(text), Heading()):
            if heads_people(heading):
                found = [list(known_data(PRESENTERS, line)) for line in text.source.split("\n")]
                yield from (name for line in found for _, name in line) if all(found) else ()
        case _:
            return
