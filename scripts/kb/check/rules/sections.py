"""Headings: their levels, and what stands below them."""

from __future__ import annotations

from collections.abc import Iterator

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Rule
from kb.model.blocks import Block, Comment, Heading
from kb.model.codes import Code
from kb.model.finding import Finding, Span


class HeadingJump(Rule):
    """A heading that lies more than one level below the one above it."""

    code = Code.HEADING_JUMP

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Compare each heading with the one before; a note may begin with an entry."""
        above = 1
        headings = [block for block in note.outline if isinstance(block, Heading)]
        for block in headings if note.session else ():
            if block.level > above + 1:
                message = f"見出しが `{'#' * above}` の次に `{'#' * block.level}` へ飛んでいます"
                yield self.finding(block.span, message, f"`{'#' * (above + 1)}` で書いてください")
            above = block.level


class SectionEmpty(Rule):
    """A heading with nothing below it."""

    code = Code.SECTION_EMPTY

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look below parts, entries and their sections."""
        session = note.session
        if session is None:
            return
        yield from self._sections(session.blocks)
        for part in session.parts:
            if part.name and not part.entries and _bare(part.blocks):
                yield self._empty(part.span, part.name.source)
            yield from self._sections(part.blocks)
            for entry in part.entries:
                if not entry.data and _bare(entry.blocks):
                    span = Span(note.path, entry.span.first, entry.span.first)
                    yield self._empty(span, entry.title.source)
                yield from self._sections(entry.blocks)

    def _sections(self, blocks: tuple[Block, ...]) -> Iterator[Finding]:
        told = tuple(block for block in blocks if not isinstance(block, Comment))
        for index, block in enumerate(told):
            if not isinstance(block, Heading):
                continue
            below = told[index + 1] if index + 1 < len(told) else None
            if below is None or (isinstance(below, Heading) and below.level <= block.level):
                yield self._empty(block.span, block.text.source)

    def _empty(self, span: Span, title: str) -> Finding:
        shown = title if len(title) <= 30 else title[:30] + "…"
        return self.finding(
            span, f"見出し「{shown}」の下に何もありません", "中身を書くか、見出しを消してください"
        )


def _bare(blocks: tuple[Block, ...]) -> bool:
    return all(isinstance(block, Comment) for block in blocks)
