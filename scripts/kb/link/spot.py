"""What an entry's text names, and where: sections, first mentions, remarks, the sentence around."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import takewhile

from kb.link.names import Found, Names
from kb.link.nodes import Mention, Quotation, Spoken, Target
from kb.model import inline
from kb.model.blocks import Block, Blocks, Heading, Remark, Toggle, rebuilt, texts, walk
from kb.model.inline import CodeSpan, Inline, Link, Marked, Math, RichText, Text, Url, flat, plain
from kb.text.ids import WorkId, find_ids
from kb.text.references import is_reference, lists_references
from kb.text.sentences import sentence_around
from kb.text.slug import anchor

LEAST_TITLE = 15
"""Characters of a paper's name in an entry's title that is the paper's own title, not an alias."""


@dataclass(slots=True)
class Spotter:
    """Reads one entry. Names of topics, papers and presenters are linked, terms of tags only noted."""

    names: Names
    paper_of: Callable[[WorkId], str]
    """The id of the paper behind an id in any scheme."""
    speaker_of: Callable[[str], str]
    """The id of the presenter behind a handle, or empty."""
    own: dict[Target, None]
    """The entry's topic, sources and presenters, which are no mentions in it."""
    sourced: bool
    """Whether its data says what it is about; else its first lines may."""

    mentions: list[Mention] = field(default_factory=list)
    remarks: list[Spoken] = field(default_factory=list)
    terms: dict[str, Mention] = field(default_factory=dict)
    """The first place of each tag whose term stands in the text."""
    titled: tuple[str, ...] = ()
    """Those of them that stand in the title."""
    works: dict[WorkId, None] = field(default_factory=dict)

    _section: str = ""
    _listed: bool = False
    """Whether the section is a list of references."""
    _anchor: str = ""
    _used: dict[str, int] = field(default_factory=dict)
    _seen: set[Target] = field(default_factory=set)
    _plain: str = ""
    """The text that is being read, as a reader sees it."""
    _places: list[Found] = field(default_factory=list)
    """Names and ids in it that may be linked."""
    _offset: int = 0
    _speaker: str = ""

    def read(self, title: RichText, blocks: Blocks) -> Blocks:
        """The entry's blocks with mentions put in, and an anchor for each heading."""
        self._plain = title.plain
        self._find(title)
        self.titled = tuple(self.terms)
        # `論文紹介: Attention Is All You Need` presents what makes most of its title.
        whole = (
            one
            for one in self._places
            if (length := one.end - one.start) >= LEAST_TITLE and 2 * length > len(self._plain)
        )
        for one in whole:
            self.own |= {target: None for target in one.targets if target.kind == "paper"}
        if not self.sourced and (work := _presented(blocks)):
            self.own[self._paper(work)] = None
        return self._blocks(blocks)

    def _blocks(self, blocks: Blocks) -> Blocks:
        return tuple([self._block(block) for block in blocks])

    def _block(self, block: Block) -> Block:
        if isinstance(block, Heading):
            block = replace(block, anchor=self._enter(block.text.plain))
        return rebuilt(block, text=partial(self._read_text, block), inner=self._blocks)

    def _read_text(self, block: Block, text: RichText) -> RichText:
        """Note what a text of a block names; where it is no title, mentions are put in."""
        self._plain, self._offset = text.plain, 0
        self._speaker = block.handle if isinstance(block, Remark) else ""
        self._find(text, terms=not self._listed)
        if self._speaker:
            speaker, where = self.speaker_of(self._speaker), (self._section, self._anchor)
            self.remarks.append(Spoken(self._speaker, speaker, *where, self._plain))
        if isinstance(block, Heading | Toggle):
            return text
        nodes = self._linked(text.nodes)
        return text if nodes == text.nodes else replace(text, nodes=nodes)

    def _enter(self, title: str) -> str:
        """A new section: names may be linked again, and it gets an anchor of its own."""
        base = anchor(title)
        count = self._used[base] = self._used.get(base, 0) + 1
        self._section, self._seen = title, set()
        self._listed = lists_references(title)
        # Numbered as `toc` of Python-Markdown would do.
        self._anchor = base if count == 1 else f"{base}_{count - 1}"
        return self._anchor

    def _find(self, text: RichText, *, terms: bool = True) -> None:
        """Look the text through once: for terms, where it may propose tags, and for what may be linked."""
        found = self.names.find(self._plain)
        if terms and found.terms and not is_reference(self._plain):
            opaque = tuple(_opaque(text.nodes))
            for one in found.terms:
                if not any(start < one.end and one.start < end for start, end in opaque):
                    self._note_terms(one)
        ids = [Found(one.start, one.end, (self._paper(one.id),)) for one in find_ids(self._plain)]
        # An id is no name: `SAM` in an address names no topic.
        names = [
            one for one in found.names if all(one.end <= id_.start or one.start >= id_.end for id_ in ids)
        ]
        self._places = sorted(ids + names, key=lambda one: one.start)

    def _note_terms(self, found: Found) -> None:
        for target in found.targets:
            if target.id not in self.terms:
                self.terms[target.id] = self._mention(target, found.start, found.end)

    def _paper(self, work: WorkId) -> Target:
        self.works[work] = None
        return Target("paper", self.paper_of(work))

    def _mention(self, target: Target, start: int, end: int) -> Mention:
        quotation = Quotation(*sentence_around(self._plain, start, end))
        return Mention(target, self._section, self._anchor, quotation, self._speaker)

    def _linked(self, nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        if len(nodes) == 1 and not self._places and isinstance(nodes[0], Text):
            return nodes
        linked: list[Inline] = []
        for node in nodes:
            match node:
                case Marked("code"):
                    linked.append(node)
                case Marked(mark, inner):
                    linked.append(Marked(mark, self._linked(inner)))
                    continue  # what is inside has moved the offset
                case Text(text):
                    linked += self._text(text)
                case Url(url):
                    linked.append(self._url(url))
                case Link(label, url):
                    self._cite(url, len(plain(label)))
                    linked.append(node)
                case _:
                    linked.append(node)
            self._offset += len(plain((node,)))
        return tuple(linked)

    def _meet(self, targets: tuple[Target, ...], start: int, end: int) -> Target | None:
        """Note the targets that this section has not named yet; answer which of them is to be linked."""
        new = [target for target in targets if target not in self._seen and target not in self.own]
        self._seen.update(new)
        self.mentions += [self._mention(target, start, end) for target in new]
        return new[0] if new and new[0] == targets[0] else None

    def _text(self, text: str) -> Iterator[Inline]:
        """The text with its first mentions made links; a name has to lie in it as a whole."""
        first, position = self._offset, 0
        for one in self._places:
            start, end = one.start, one.end
            if start < first or end > first + len(text):
                continue
            target = self._meet(one.targets, start, end)
            if target is None:
                continue
            if start - first > position:
                yield Text(text[position : start - first])
            yield inline.Mention(text[start - first : end - first], target.kind, target.id)
            position = end - first
        if position < len(text):
            yield Text(text[position:])

    def _url(self, url: str) -> Inline:
        # The address of a paper leads to its page here, which leads on to the paper.
        target = self._cite(url, len(url))
        return inline.Mention(url, target.kind, target.id) if target else Url(url)

    def _cite(self, url: str, length: int) -> Target | None:
        found = find_ids(url)
        target = self._paper(found[0].id) if found else None
        if target:
            self._meet((target,), self._offset, self._offset + length)
        return target


def _presented(blocks: Blocks) -> WorkId | None:
    """The work that the lines above the first section give, if it is one: what the entry presents."""
    works: dict[WorkId, None] = {}
    for block in takewhile(lambda one: not isinstance(one, Heading), walk(blocks)):
        for text in texts(block):
            if is_reference(text.plain):
                works.update(dict.fromkeys(one.id for one in find_ids(_with_addresses(text))))
    return next(iter(works)) if len(works) == 1 else None


def _with_addresses(text: RichText) -> str:
    urls = (node.url for node in flat(text.nodes) if isinstance(node, Link))
    return " ".join((text.plain, *urls))


def _opaque(nodes: tuple[Inline, ...], offset: int = 0) -> Iterator[tuple[int, int]]:
    """Where a text has code, formulas and addresses, whose words are parts of identifiers."""
    for node in nodes:
        length = len(plain((node,)))
        match node:
            case CodeSpan() | Math() | Url() | Marked("code"):
                yield offset, offset + length
            case Marked(_, inner):
                yield from _opaque(inner, offset)
        offset += length
