"""How the form of a note is mended: line by line as `write` has it, where the note still says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import FormRule, Said
from kb.check.words import WORDS
from kb.model import blocks as b
from kb.model.codes import Code
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


def better(line: Callable[[str, str], str], *, whole: bool = False) -> Callable[[Note], Iterator[Edit]]:
    """Edits by which each line, as typed and as written, becomes better in what a rule is about.

    The lines of a block are one place if `whole`: mended one by one they would be read otherwise.
    """

    def edits(note: Note) -> Iterator[Edit]:
        for _, rows in beside(note):
            new = {row.number: line(row.typed, row.written) for row in rows}
            changed = {number: new[number] for number, typed, _ in rows if new[number] != typed}
            yield from [changed] if whole else ({number: text} for number, text in changed.items())

    return edits


def _sense(note: Note) -> object:
    # The width of an `@` is form, and `write` leaves it as it was typed.
    return write(note.session).replace("＠", "@") if note.session else None


@dataclass(frozen=True)
class LineForm:
    """Form that is mended line by line, and only where what is read stays equal."""

    edits: Callable[[Note], Iterable[Edit]]
    """Every edit that would mend a place; none touches another."""
    hint: str = ""
    message: str = ""
    """What is the case with one place, where the rule's title does not say it as well."""
    sense: Callable[[Note], object] = _sense
    """What an edit must not change: all that `write` says of the note."""
    tell: Callable[[Note, Edit], Said] | None = None
    """What is said of one place, where that depends on the place."""

    def look(self, note: Note, title: str) -> Iterator[Said]:
        """Tell the edits that can be made, each at the first line that it changes."""
        edits = self._kept(note if note.session else _note(note.text, _PATH))
        message = self.message or title
        for edit in edits:
            yield self.tell(note, edit) if self.tell else (note.at(min(edit)), message, self.hint)

    def mend(self, text: str) -> str:
        """Make all edits that keep the sense, until none is left; `line_ends` has to come first."""
        # A line that was mended may let its neighbours be mended, too.
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


def line_rule(code: Code, form: LineForm) -> FormRule:
    """The rule that a note has this form."""

    def look(note: Note, _: Base) -> Iterator[Said]:
        return form.look(note, WORDS[code].title)

    return FormRule(code, look, form.mend)


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


# Four rules look at the same rows.
@lru_cache(maxsize=4)
def beside(note: Note) -> tuple[tuple[b.Block, list[Row]], ...]:
    """Each block that begins at the margin, its lines beside those that `write` makes of it."""
    return tuple(pair for blocks in siblings(note.outline) for pair in _paired(note, blocks))


def _paired(note: Note, blocks: b.Blocks) -> Iterator[tuple[b.Block, list[Row]]]:
    above = ""
    for block in blocks:
        # A list right below one with the same bullets would be one list with it.
        bullet = "*" if above == "-" else "-"
        first = note.line(block.span.first).lstrip()[:1] if isinstance(block, b.BulletList) else ""
        above = bullet if first in DOTS else first
        if not _between_tags(block):
            yield block, _rows(note, block, bullet)


def _rows(note: Note, block: b.Block, bullet: str) -> list[Row]:
    """No rows where the two do not lie side by side, as with a tag behind a bullet, or for a blank line."""
    numbers, lines = block.span.lines, write_block(block, bullet)
    if isinstance(block, b.Heading):
        # Below its first line may stand the rest of a link, or the underline of a setext heading.
        numbers = numbers[:1]
        lines = [entry_heading(*split_kind(block.text.source))] if block.level == 2 else lines
    typed = [number for number in numbers if note.line(number).strip(_BLANK)]
    written = [line for line in lines if line.strip(_BLANK)]
    pairs = zip(typed, written, strict=True) if len(typed) == len(written) else ()
    return [Row(number, note.line(number), line) for number, line in pairs]


_BLANK = "> \t\u3000\u00a0"
"""Of these consist lines without text, in quotes too."""


def siblings(blocks: b.Blocks) -> Iterator[b.Blocks]:
    """The blocks that follow each other at the margin: of the note, of each callout and of each toggle."""
    yield blocks
    for block in blocks:
        if _between_tags(block):
            yield from siblings(b.children(block))


def _between_tags(block: b.Block) -> bool:
    """Whether what is in a block begins at the margin, too, as it does not behind a bullet or a mark."""
    return bool(b.children(block)) and not isinstance(block, b.BulletList | b.OrderedList | b.Quote)
