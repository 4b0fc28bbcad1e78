"""What an entry's text names, and where: sections, first mentions, remarks, the sentence around."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kb.link.names import Names
from kb.link.nodes import Mention, Quotation, Spoken, Target
from kb.model.blocks import (
    Block,
    BulletList,
    Callout,
    Heading,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    Remark,
    Table,
    Toggle,
)
from kb.text import inline
from kb.text.ids import WorkId, find_ids
from kb.text.inline import Inline, Link, Marked, Text, Url, parse_inline, plain
from kb.text.sentences import sentence_around
from kb.text.slug import anchor

PaperOf = Callable[[WorkId], str]
"""The id of the paper behind an id in any scheme."""
SpeakerOf = Callable[[str], str]
"""The id of the presenter behind a handle, or empty."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of the blocks with what stands around it."""

    source: str
    block: Block
    title: str
    """The section's title."""
    linkable: bool


def texts_of(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    """Every inline text of blocks in reading order: what the linker reads and the pages write."""
    yield from _Walk().blocks(blocks)


@dataclass(slots=True)
class _Walk:
    """Goes through blocks and knows the section it is in."""

    section: str = ""

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[Piece]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Piece]:
        match block:
            case Heading(_, text):
                self.section = text
                yield Piece(text, block, text, linkable=False)
            case Paragraph(text) | Remark(_, text):
                yield Piece(text, block, self.section, linkable=True)
            case BulletList(items) | OrderedList(_, items):
                for item in items:
                    yield from self._item(item)
            case Table(rows):
                for row in rows:
                    for cell in row:
                        yield Piece(cell, block, self.section, linkable=True)
            case Toggle(summary, blocks):
                yield Piece(summary, block, self.section, linkable=False)
                yield from self.blocks(blocks)
            case Quote(blocks) | Callout(blocks):
                yield from self.blocks(blocks)
            case _:
                return

    def _item(self, item: ListItem) -> Iterator[Piece]:
        yield from self.blocks(item.blocks)


@dataclass(slots=True)
class Spotted:
    """What was found in one entry."""

    texts: list[tuple[Inline, ...]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    remarks: list[Spoken] = field(default_factory=list)
    terms: dict[str, Mention] = field(default_factory=dict)
    """The first place of each tag whose term stands in the text."""
    words: dict[str, None] = field(default_factory=dict)
    anchors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Spotter:
    """Reads entries. Names of topics, papers and presenters are linked, terms of tags only noted."""

    names: Names
    terms: Names
    paper_of: PaperOf
    speaker_of: SpeakerOf

    def spot(self, title: str, blocks: tuple[Block, ...], own: Target) -> Spotted:
        """Read one entry; its own topic is not linked in it."""
        spotted = Spotted()
        _Entry(self, own, spotted).read(title, blocks)
        return spotted


@dataclass(slots=True)
class _Entry:
    """One entry while it is read."""

    spotter: Spotter
    own: Target
    spotted: Spotted
    section: str = ""
    anchor: str = ""
    used: dict[str, int] = field(default_factory=dict)
    piece: str = ""
    """The plain text of the piece being read."""
    offset: int = 0
    speaker: str = ""
    seen: set[Target] = field(default_factory=set)

    def read(self, title: str, blocks: tuple[Block, ...]) -> None:
        self._note_terms(inline.plain_text(title))
        for piece in texts_of(blocks):
            if isinstance(piece.block, Heading):
                self._enter(inline.plain_text(piece.title))
            nodes = parse_inline(piece.source)
            self.piece, self.offset = plain(nodes), 0
            self.speaker = piece.block.handle if isinstance(piece.block, Remark) else ""
            self._note_terms(self.piece)
            if self.speaker:
                self._note_remark()
            self.spotted.texts.append(self._linked(nodes) if piece.linkable else nodes)

    def _enter(self, title: str) -> None:
        """A new section: names may be linked again, and it needs an anchor of its own."""
        base = anchor(title)
        count = self.used[base] = self.used.get(base, 0) + 1
        self.section, self.seen = title, set()
        self.anchor = base if count == 1 else f"{base}_{count - 1}"
        self.spotted.anchors.append(self.anchor)

    def _note_remark(self) -> None:
        presenter = self.spotter.speaker_of(self.speaker)
        spoken = Spoken(self.speaker, presenter, self.section, self.anchor, self.piece)
        self.spotted.remarks.append(spoken)

    def _note_terms(self, text: str) -> None:
        for found in self.spotter.terms.find(text):
            for target in found.name.targets:
                if target.id not in self.spotted.terms:
                    self.spotted.terms[target.id] = self._mention(target, text, found.start, found.end)
        self.spotted.words.update(dict.fromkeys(words_of(text)))

    def _mention(self, target: Target, text: str, start: int, end: int) -> Mention:
        quotation = Quotation(*sentence_around(text, start, end))
        return Mention(target, self.section, self.anchor, quotation, self.speaker)

    def _linked(self, nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        linked: list[Inline] = []
        for node in nodes:
            match node:
                case Text(text):
                    linked += self._text(text)
                    self.offset += len(text)
                case Url(url):
                    linked.append(self._url(url))
                    self.offset += len(url)
                case Marked(mark, inner):
                    linked.append(Marked(mark, self._linked(inner)))
                case Link(label, url):
                    self._cite(url, len(plain(label)))
                    linked.append(node)
                    self.offset += len(plain(label))
                case _:
                    linked.append(node)
                    self.offset += len(plain((node,)))
        return tuple(linked)

    def _meet(self, targets: tuple[Target, ...], start: int, end: int) -> Target | None:
        """Note the targets that this section has not named yet; answer which of them is to be linked."""
        new = [target for target in targets if target not in self.seen and target != self.own]
        self.seen.update(new)
        at = self.offset
        self.spotted.mentions += [self._mention(target, self.piece, at + start, at + end) for target in new]
        return new[0] if new and new[0] == targets[0] else None

    def _text(self, text: str) -> Iterator[Inline]:
        position = 0
        for start, end, targets in self._places(text):
            target = self._meet(targets, start, end)
            if target is None:
                continue
            if start > position:
                yield Text(text[position:start])
            yield inline.Mention(text[start:end], target.kind, target.id)
            position = end
        if position < len(text):
            yield Text(text[position:])

    def _places(self, text: str) -> list[tuple[int, int, tuple[Target, ...]]]:
        """Ids first, then names that do not touch them, in order."""
        ids = [
            (found.start, found.end, (Target("paper", self.spotter.paper_of(found.id)),))
            for found in find_ids(text)
        ]
        names = [
            (found.start, found.end, found.name.targets)
            for found in self.spotter.names.find(text)
            if all(found.end <= start or found.start >= end for start, end, _ in ids)
        ]
        return sorted(ids + names, key=lambda place: place[0])

    def _url(self, url: str) -> Inline:
        """The address of a paper leads to its page here, which leads on to the paper."""
        target = self._cite(url, len(url))
        return inline.Mention(url, target.kind, target.id) if target else Url(url)

    def _cite(self, url: str, length: int) -> Target | None:
        found = find_ids(url)
        if not found:
            return None
        target = Target("paper", self.spotter.paper_of(found[0].id))
        self._meet((target,), 0, length)
        return target


_WORD = re.compile(
    r"[A-Za-z][A-Za-z0-9+#]*(?:[ -](?=[A-Z0-9])[A-Za-z0-9]+)*|[ァ-ヴー]{5,}|[\u4e00-\u9fff々]{4,}"
)
MAX_WORD = 40


def words_of(text: str) -> Iterator[str]:
    """Words that may be names: Latin ones with a capital or a digit inside, katakana, kanji compounds."""
    for found in _WORD.finditer(text):
        word = found[0]
        if len(word) <= MAX_WORD and len(word) >= 3 and (not word.isascii() or not word.islower()):
            yield word
