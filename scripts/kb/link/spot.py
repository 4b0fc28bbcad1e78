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
    works: dict[WorkId, None] = field(default_factory=dict)


@dataclass(slots=True)
class Spotter:
    """Reads entries. Names of topics, papers and presenters are linked, terms of tags only noted."""

    names: Names
    paper_of: PaperOf
    speaker_of: SpeakerOf

    def spot(self, title: str, blocks: tuple[Block, ...], own: Target) -> Spotted:
        """Read one entry; its own topic is not linked in it."""
        spotted = Spotted()
        _Entry(self, own, spotted).read(title, blocks)
        return spotted


Place = tuple[int, int, tuple[Target, ...]]
"""Half-open offsets in the plain text of a piece, and what stands there."""


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
    places: list[Place] = field(default_factory=list)
    """Names and ids in the piece that may be linked."""
    offset: int = 0
    speaker: str = ""
    seen: set[Target] = field(default_factory=set)

    def read(self, title: str, blocks: tuple[Block, ...]) -> None:
        self.piece = inline.plain_text(title)
        self._find()
        for piece in texts_of(blocks):
            if isinstance(piece.block, Heading):
                self._enter(inline.plain_text(piece.title))
            nodes = parse_inline(piece.source)
            self.piece, self.offset = plain(nodes), 0
            self.speaker = piece.block.handle if isinstance(piece.block, Remark) else ""
            self._find()
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

    def _find(self) -> None:
        """Look the piece through once: for terms and words, and for what may be linked."""
        found = self.spotter.names.find(self.piece)
        for one in found.terms:
            for target in one.targets:
                if target.id not in self.spotted.terms:
                    self.spotted.terms[target.id] = self._mention(target, one.start, one.end)
        self.spotted.words.update(dict.fromkeys(words_of(self.piece)))
        self.places = self._ids()
        for one in found.names:
            if all(one.end <= start or one.start >= end for start, end, _ in self.places):
                self.places.append((one.start, one.end, one.targets))
        self.places.sort(key=lambda place: place[0])

    def _ids(self) -> list[Place]:
        return [(one.start, one.end, (self._paper(one.id),)) for one in find_ids(self.piece)]

    def _paper(self, work: WorkId) -> Target:
        self.spotted.works[work] = None
        return Target("paper", self.spotter.paper_of(work))

    def _mention(self, target: Target, start: int, end: int) -> Mention:
        quotation = Quotation(*sentence_around(self.piece, start, end))
        return Mention(target, self.section, self.anchor, quotation, self.speaker)

    def _linked(self, nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        if len(nodes) == 1 and not self.places and isinstance(nodes[0], Text):
            return nodes
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
        self.spotted.mentions += [self._mention(target, start, end) for target in new]
        return new[0] if new and new[0] == targets[0] else None

    def _text(self, text: str) -> Iterator[Inline]:
        """The text with its first mentions made links; a name has to lie in it as a whole."""
        first, position = self.offset, 0
        for start, end, targets in self.places:
            if start < first or end > first + len(text):
                continue
            target = self._meet(targets, start, end)
            if target is None:
                continue
            if start - first > position:
                yield Text(text[position : start - first])
            yield inline.Mention(text[start - first : end - first], target.kind, target.id)
            position = end - first
        if position < len(text):
            yield Text(text[position:])

    def _url(self, url: str) -> Inline:
        """The address of a paper leads to its page here, which leads on to the paper."""
        target = self._cite(url, len(url))
        return inline.Mention(url, target.kind, target.id) if target else Url(url)

    def _cite(self, url: str, length: int) -> Target | None:
        found = find_ids(url)
        if not found:
            return None
        target = self._paper(found[0].id)
        self._meet((target,), self.offset, self.offset + length)
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
