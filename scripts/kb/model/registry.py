"""What the group has written down about its people, papers, tags, topics and venues."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from kb.model.finding import NOWHERE, Span

HIDDEN = "匿名"
"""In place of the name of a person who asked not to be shown."""


@dataclass(frozen=True, slots=True)
class Presenter:
    """A person of the group."""

    id: str
    name: str
    handles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other spellings of the name."""
    reading: str = ""
    """The name in kana."""
    hidden: bool = False
    """Asked not to be shown: has no page, and is 匿名 on those of others."""
    former: tuple[str, ...] = ()
    """Ids that it had before; each leaves a redirect."""
    registered: bool = True
    """False for a person whom only notes name."""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def label(self) -> str:
        """What links to the page say."""
        return HIDDEN if self.hidden else self.name

    @property
    def called(self) -> tuple[str, ...]:
        """What notes may have called it before it was registered; nothing for who is hidden."""
        return () if self.hidden else (self.name, *self.aliases, *self.handles)


@dataclass(frozen=True, slots=True)
class Author:
    """One author in CSL's terms: family and given name, or a literal."""

    family: str = ""
    given: str = ""
    literal: str = ""

    def __str__(self) -> str:
        return self.literal or f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Paper:
    """A scholarly work. The fields are CSL's (https://docs.citationstyles.org/), ids apart."""

    id: str
    """The citation key, for ever the address of its page."""
    title: str
    type: str = "article"
    authors: tuple[Author, ...] = ()
    issued: str = ""
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    container_title: str = ""
    publisher: str = ""
    language: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    """Pairs of a scheme, one of those of `text/ids.py`, and an id in it."""
    url: str = ""
    code: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    """Ids that it had before; each leaves a redirect."""
    registered: bool = True
    """False for a work that is known only by the id that a note gives."""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def label(self) -> str:
        """What links to the page say."""
        return self.title

    @property
    def called(self) -> tuple[str, ...]:
        """Nothing: as long as no registry has it, an id is all that a paper is known by."""
        return ()

    @property
    def year(self) -> str:
        """`YYYY`, or empty."""
        return self.issued[:4]


@dataclass(frozen=True, slots=True)
class Tag:
    """A term of the group's vocabulary."""

    id: str
    ja: str
    en: str
    aliases: tuple[str, ...] = ()
    broader: str = ""
    """The id of the broader tag, or empty for a root."""
    former: tuple[str, ...] = ()
    """Ids that it had before; each leaves a redirect."""
    registered: bool = True
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def label(self) -> str:
        """What links to the page say."""
        return self.ja

    @property
    def terms(self) -> tuple[str, ...]:
        """Every word that stands for the tag, each once."""
        return tuple(dict.fromkeys((self.ja, self.en, *self.aliases)))

    @property
    def called(self) -> tuple[str, ...]:
        """What notes may have called it before it was registered."""
        return self.terms


@dataclass(frozen=True, slots=True)
class Topic:
    """A lasting subject."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    """Ids that it had before; each leaves a redirect."""
    registered: bool = True
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def label(self) -> str:
        """What links to the page say."""
        return self.name

    @property
    def called(self) -> tuple[str, ...]:
        """What notes may have called it before it was registered."""
        return (self.name, *self.aliases) if self.registered else ()


@dataclass(frozen=True, slots=True)
class Venue:
    """A conference or a journal in which papers appear, whatever the year."""

    id: str
    name: str
    full: str = ""
    """The name written out."""
    aliases: tuple[str, ...] = ()
    """Other names, as papers give them, without year and number."""
    url: str = ""
    former: tuple[str, ...] = ()
    """Ids that it had before; each leaves a redirect."""
    registered: bool = True
    """False for a venue that only papers name."""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def label(self) -> str:
        """What links to the page say."""
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called, each once."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.full, *self.aliases))))

    @property
    def called(self) -> tuple[str, ...]:
        """What papers may have called it before it was registered."""
        return self.names


Record = Presenter | Paper | Tag | Topic | Venue


@dataclass(frozen=True, slots=True)
class Moved:
    """An address that no data tells of any more, and where what it showed is now."""

    origin: str
    """`/topics/old/`, or a place on a page: `/topics/old/#e-2025-12-02`."""
    to: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything in `docs/data/`, in the order of the files."""

    presenters: tuple[Presenter, ...] = ()
    papers: tuple[Paper, ...] = ()
    tags: tuple[Tag, ...] = ()
    topics: tuple[Topic, ...] = ()
    venues: tuple[Venue, ...] = ()
    moved: tuple[Moved, ...] = ()
    """What `week.py fix` writes; people write the others."""


REGISTRIES = tuple(one.name for one in fields(Registry) if one.name != "moved")
"""The files of `docs/data/` that have records, without their suffix."""
