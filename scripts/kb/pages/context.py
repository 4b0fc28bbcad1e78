"""What every page needs to be written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from kb.link.base import KnowledgeBase
from kb.link.nodes import EntryNode
from kb.model.blocks import Blocks
from kb.model.document import Document
from kb.model.finding import Span
from kb.model.kinds import SESSION
from kb.pages.body import BodyWriter, Said, Speakers
from kb.pages.cards import Cards, Row
from kb.pages.front_matter import write_front_matter
from kb.pages.markdown import escape, guard_title
from kb.text.pieces import is_safe_url

_NOTE_LINK = re.compile(r"(?:\./)?(\d{4}-\d{2}-\d{2})\.md(?:#.*)?")
_ABSOLUTE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A generated file: its path below `docs/` and its text."""

    path: str
    text: str
    document: Document | None = None
    """What the search knows of it; None for a page that is not searched."""
    front: Mapping[str, object] = field(default_factory=dict)
    """Its front matter as values."""
    lines: tuple[str, ...] = ()
    """The lines of its body."""

    @property
    def url(self) -> str:
        """Its address below the site, `topics/sam3/`."""
        return address(self.path)


@dataclass(frozen=True, slots=True)
class Plan:
    """One or several pages that are made together, and what they are made from.

    As long as the key is equal to that of the time before, the pages need not be made again.
    """

    name: str
    """Unlike that of any other plan."""
    key: tuple[object, ...] | None
    """None for pages that are made each time."""
    make: Callable[[], Iterable[Page]]


@dataclass(slots=True)
class Context:
    """The knowledge base with what is worked out once for all pages."""

    base: KnowledgeBase
    files: frozenset[str]
    """Paths below `docs/notes/` that exist."""
    cards: Cards = field(init=False)
    speakers: Speakers = field(init=False)

    def __post_init__(self) -> None:
        self.cards = Cards(self.base)
        spoken = ((said.handle, said.presenter) for node in self.base.entries for said in node.remarks)
        self.speakers = {handle: self._speaker(handle, page) for handle, page in dict.fromkeys(spoken)}

    @property
    def common(self) -> tuple[object, ...]:
        """What every page may show: the names of people, papers and tags, files, dates, speakers."""
        # What is registered changes with the registry, which is compared as a whole.
        base = self.base
        papers = tuple((paper.id, paper.title) for paper in base.papers.values() if not paper.registered)
        people = tuple(one for one in base.presenters.values() if not one.registered)
        tags = tuple(tag for tag in base.tags.values() if not tag.registered)
        dates = tuple(base.by_session)
        return papers, people, tags, dates, self.files, tuple(self.speakers.items())

    def card_keys(self, nodes: Iterable[EntryNode]) -> tuple[object, ...]:
        """What the cards of entries are made from."""
        topics = self.base.topics
        return tuple((node, topics[node.topic].name) for node in nodes)

    def _speaker(self, handle: str, page: str) -> tuple[str, str]:
        presenter = self.base.presenters.get(page)
        if presenter is None:
            return "", handle
        return ("", "") if presenter.hidden else (page, presenter.name)

    def resolve(self, url: str) -> str:
        """The address of a note's link as seen from a page one folder below `docs/`."""
        if _ABSOLUTE.match(url):
            return url if is_safe_url(url) else ""
        # Beside a note lies the file of the other; here it is the page of its session.
        note = _NOTE_LINK.fullmatch(url)
        if note and note[1] in self.base.by_session:
            return f"../{SESSION.path(note[1])}.md"
        # Exports quote their links; by hand a file may be called `a%20b.png` as well.
        for path in (url.removeprefix("./"), unquote(url).removeprefix("./")):
            if path in self.files:
                return f"../notes/{quote(path)}"
        return ""

    def body(
        self, blocks: Blocks, suffix: str, level: int, former: tuple[str, ...] = ()
    ) -> tuple[list[str], list[Said]]:
        """Blocks below a heading of a level: their lines, and what they say."""
        writer = BodyWriter(suffix, level, self.speakers, self.resolve, former)
        return writer.write(blocks), writer.said


def page(path: str, front: Mapping[str, object], lines: list[str], document: Document | None = None) -> Page:
    """A page from its front matter and the lines of its body, and what the search knows of it."""
    text = write_front_matter(front) + "\n" + "\n".join(lines) + "\n"
    return Page(path, text, document, front, tuple(lines))


def address(path: str) -> str:
    """The address of a page below the site, not quoted: `topics/sam3/` of `topics/sam3.md`."""
    *folders, name = path.removesuffix(".md").split("/")
    return "".join(f"{one}/" for one in (folders if name == "index" else [*folders, name]))


def head(kind: str, title: str, description: str, span: Span | None = None) -> Row:
    """The keys that every page has: what it is called, how it is shown, where it comes from."""
    return {
        "title": title,
        "description": description,
        "template": f"{kind}.html",
        "page_kind": kind,
        "edit_path": span.path if span else "",
        "edit_line": span.first if span else 0,
    }


def heading(title: str, level: int = 1) -> str:
    """A heading that the engine gives its anchor."""
    return f"{'#' * level} {guard_title(escape(title))}"
