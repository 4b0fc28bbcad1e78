"""What a change does to the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["topic", "paper", "source", "mention"]
"""Why two entries are linked: one topic, one paper, one other source, or one speaks of the other."""


@dataclass(frozen=True, slots=True, order=True)
class PageRef:
    """A page of the site."""

    url: str
    """Its address on the site, `/topics/sam3/`."""
    title: str


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """What was told at one address and is now at another."""

    before: str
    after: str
    title: str


@dataclass(frozen=True, slots=True, order=True)
class EntryRef:
    """An entry as a sentence names it."""

    date: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, order=True)
class NewLink:
    """A link between an entry of the change and one of another session."""

    source: EntryRef
    target: EntryRef
    reason: Reason
    about: str
    """The title of the topic or paper that links them."""
    sentence: str


@dataclass(frozen=True, slots=True, order=True)
class NewThing:
    """A person, paper, tag or topic that the site did not have."""

    id: str
    name: str
    url: str
    registered: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that a change does. Lists are in the order in which they are told."""

    base: str
    """The commit with which was compared."""
    added: tuple[PageRef, ...] = ()
    changed: tuple[PageRef, ...] = ()
    removed: tuple[PageRef, ...] = ()
    moved: tuple[Move, ...] = ()
    links: tuple[NewLink, ...] = ()
    presenters: tuple[NewThing, ...] = ()
    papers: tuple[NewThing, ...] = ()
    tags: tuple[NewThing, ...] = ()
    topics: tuple[NewThing, ...] = ()

    @property
    def summary(self) -> str:
        """The change in one sentence."""
        if not (self.added or self.changed or self.removed or self.moved):
            return "サイトに変わるところはありません。"
        if not self.links:
            return "ほかの回との新しいつながりはありません。"
        told = f"ほかの回の発表 {len({link.target for link in self.links})} 件と、新しくつながりました"
        shared = [link for link in self.links if link.reason == "paper"]
        papers = len({link.about for link in shared})
        through = f"(うち {len({link.target for link in shared})} 件は、同じ論文 {papers} 本の話です)"
        return told + (through if shared else "") + "。"
