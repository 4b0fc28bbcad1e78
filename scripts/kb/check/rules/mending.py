"""How the form of a note is mended: line by line as `write` has it, where the note still says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import ClassVar, NamedTuple

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import FormRule
from kb.model.blocks import Block, Blocks, BulletList, Heading, OrderedList, Quote, children
from kb.model.finding import Finding
from kb.read.note import split_kind
from kb.write import write
from kb.write.blocks import write_block
from kb.write.note import entry_heading

_PATH = "2000-01-01.md"
"""A note that tells no date has this one, and so the same before and after."""
_READINGS = 32
"""How often one pass may read the note to find out which edits keep its sense."""
_PASSES = 8

DOTS = ("・", "•")
"""What some type for a bullet."""

Edit = Mapping[int, str]
"""What mends one place: a line, or more, for each of some lines by their numbers."""


class Row(NamedTuple):
    """A line as it was typed, and as `write` has it."""

    number: int
    typed: str
    written: str


class LineRule(FormRule):
    """A rule that is mended line by line, and only where what is read stays equal."""

    message: ClassVar[str] = ""
    """What is the case with one place, where the title does not say it as well."""
    hint: str
    together: ClassVar[bool] = False
    """Whether all places of a file are told in one finding."""
    whole: ClassVar[bool] = False
    """Whether the lines of a block are one place: mended one by one they would be read otherwise."""

    def edits(self, note: Note) -> Iterable[Edit]:
        """Every edit that would mend a place; none touches another."""
        for _, rows in beside(note):
            new = {row.number: self.better(row.typed, row.written) for row in rows}
            changed = {number: new[number] for number, typed, _ in rows if new[number] != typed}
            yield from [changed] if self.whole else ({number: line} for number, line in changed.items())

    def better(self, typed: str, written: str) -> str:  # noqa: ARG002
        """A line with what this rule is about as `write` has it, and all else as it was typed."""
        return typed

    def sense(self, note: Note) -> object:
        """What an edit must not change: all that `write` says of the note, but for the width of an `@`."""
        return write(note.session).replace("＠", "@") if note.session else None

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Tell the edits that can be made, each at the first line that it changes."""
        edits = self._kept(note if note.session else _note(note.text, _PATH))
        if self.together and len(edits) > 1:
            message = f"{self.message or self.words.title}({len(edits)}か所)"
            yield self.finding(note.at(min(edits[0])), message, self.hint)
        else:
            yield from (self.told(note, edit) for edit in edits)

    def told(self, note: Note, edit: Edit) -> Finding:
        """The finding for one place."""
        return self.finding(note.at(min(edit)), self.message or self.words.title, self.hint)

    def mend(self, text: str) -> str:
        """Make all edits that keep the sense, until none is left; `LineEnds` has to come first."""
        for _ in range(_PASSES):
            note = _note(text, _PATH)
            edits = self._kept(note) if "\r" not in text else []
            if not edits:
                break
            text = _edited(note, edits)
        return text

    def _kept(self, note: Note) -> list[Edit]:
        """Those edits after which the note says the same."""
        edits = sorted(filter(None, self.edits(note)), key=min) if note.sound else []
        if not edits:
            return []
        kept: list[Edit] = []
        waiting, budget, before = [edits], _READINGS, self.sense(note)
        # One bad edit costs as many readings as its place needs halvings; a page of them stays cheap.
        while waiting and budget:
            some, budget = waiting.pop(), budget - 1
            if self.sense(_note(_edited(note, [*kept, *some]), note.path)) == before:
                kept += some
            elif len(some) > 1:
                waiting += [some[len(some) // 2 :], some[: len(some) // 2]]
        return sorted(kept, key=min)


@lru_cache(maxsize=4)
def _note(text: str, path: str) -> Note:
    """A text as a note, read once for all rules."""
    return Note.from_bytes(path, text.encode("utf-8", "surrogatepass"))


def _edited(note: Note, edits: Iterable[Edit]) -> str:
    """The text after some edits."""
    lines = list(note.lines)
    for edit in edits:
        for number, line in edit.items():
            lines[number - 1] = line
    return "\n".join(lines)


@lru_cache(maxsize=4)
def beside(note: Note) -> tuple[tuple[Block, list[Row]], ...]:
    """Each block that begins at the margin, its lines beside those that `write` makes of it."""
    return tuple(pair for blocks in siblings(note.outline) for pair in _paired(note, blocks))


def _paired(note: Note, blocks: Blocks) -> Iterator[tuple[Block, list[Row]]]:
    above = ""
    for block in blocks:
        # A list right below one with the same bullets would be one list with it.
        bullet = "*" if above == "-" else "-"
        first = note.line(block.span.first).lstrip()[:1] if isinstance(block, BulletList) else ""
        above = bullet if first in DOTS else first
        if not _between_tags(block):
            yield block, _rows(note, block, bullet)


def _rows(note: Note, block: Block, bullet: str) -> list[Row]:
    """No rows where the two do not lie side by side, as with a tag behind a bullet, or for a blank line."""
    numbers, lines = block.span.lines, write_block(block, bullet)
    if isinstance(block, Heading):
        # Below its first line may stand the rest of a link, or the underline of a setext heading.
        numbers = numbers[:1]
        lines = [entry_heading(*split_kind(block.text.source))] if block.level == 2 else lines
    typed = [number for number in numbers if note.line(number).strip(_BLANK)]
    written = [line for line in lines if line.strip(_BLANK)]
    pairs = zip(typed, written, strict=True) if len(typed) == len(written) else ()
    return [Row(number, note.line(number), line) for number, line in pairs]


_BLANK = "> \t\u3000\u00a0"
"""Of these consist lines without text, in quotes too."""


def siblings(blocks: Blocks) -> Iterator[Blocks]:
    """The blocks that follow each other at the margin: of the note, of each callout and of each toggle."""
    yield blocks
    for block in blocks:
        if _between_tags(block):
            yield from siblings(children(block))


def _between_tags(block: Block) -> bool:
    """Whether what is in a block begins at the margin, too, as it does not behind a bullet or a mark."""
    return bool(children(block)) and not isinstance(block, BulletList | OrderedList | Quote)
