"""What a change does to the site, as `week.py diff --format json` says it, checked value by value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from kb.github.shape import TEXT_LIMIT, RefusedError, Shape
from kb.text.escape import is_path

T = TypeVar("T")
LIST_LIMIT = 300
"""How many values of a list go into the artifact."""


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """The first values of a list that may be longer."""

    items: tuple[T, ...] = ()
    total: int = 0

    @property
    def more(self) -> int:
        """How many there are besides."""
        return self.total - len(self.items)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site."""

    url: str
    """Its path on the site."""
    title: str


@dataclass(frozen=True, slots=True)
class Move:
    """A page with a new address."""

    source: str
    target: Page


@dataclass(frozen=True, slots=True)
class Link:
    """A new link between two entries."""

    source: Page
    target: Page
    sentence: str


@dataclass(frozen=True, slots=True)
class Named:
    """A person, paper, tag or topic that the site did not know before."""

    page: Page
    registered: bool


@dataclass(frozen=True, slots=True)
class Change:
    """All of it."""

    summary: str
    added: Some[Page] = Some()
    changed: Some[Page] = Some()
    removed: Some[Page] = Some()
    moved: Some[Move] = Some()
    links: Some[Link] = Some()
    presenters: Some[Named] = Some()
    papers: Some[Named] = Some()
    tags: Some[Named] = Some()
    topics: Some[Named] = Some()


PAGES = ("added", "changed", "removed", "moved")
NAMES = ("presenters", "papers", "tags", "topics")


def clipped(value: Shape, limit: int = LIST_LIMIT) -> object:
    """A list as the artifact has it: its length and its first values."""
    items = value.items(10**6)
    return {"total": len(items), "items": [trimmed(one.value) for one in items[:limit]]}


def trimmed(value: object) -> object:
    """A value whose texts are no longer than a reader takes."""
    if isinstance(value, str):
        return value[:TEXT_LIMIT]
    if isinstance(value, dict):
        return {key: trimmed(inner) for key, inner in value.items()}
    return value


def clip(diff: Shape) -> dict[str, object]:
    """What the command printed, as the artifact has it."""
    pages = {name: clipped(diff["pages"][name]) for name in PAGES}
    lists = {name: clipped(diff[name]) for name in ("links", *NAMES)}
    return {"summary": diff["summary"].text(100_000)[:1_000], "pages": pages, **lists}


def change_of(diff: Shape) -> Change:
    """Read it back from the artifact, where anybody may have written it."""
    pages = diff["pages"].only(PAGES)
    return Change(
        diff.only(("summary", "pages", "links", *NAMES))["summary"].text(),
        some(pages["added"], _page),
        some(pages["changed"], _page),
        some(pages["removed"], _page),
        some(pages["moved"], _move),
        some(diff["links"], _link),
        *(some(diff[name], _named) for name in NAMES),
    )


def some(value: Shape, read: Callable[[Shape], T]) -> Some[T]:
    """A list and its whole length."""
    value.only(("total", "items"))
    items = tuple(read(one) for one in value["items"].items(LIST_LIMIT))
    total = value["total"].number()
    if total < len(items):
        raise RefusedError(value.place, "shorter than its values")
    return Some(items, total)


def _address(value: Shape) -> str:
    path = value.text()
    if not is_path(path):
        raise RefusedError(value.place, "not a path on the site")
    return path


def _page(value: Shape) -> Page:
    return Page(_address(value["url"]), value["title"].text())


def _move(value: Shape) -> Move:
    return Move(_address(value["from"]), Page(_address(value["to"]), value["title"].text()))


def _link(value: Shape) -> Link:
    return Link(_page(value["from"]), _page(value["to"]), value["sentence"].text())


def _named(value: Shape) -> Named:
    name = value["name"] if "name" in value else value["title"]
    return Named(Page(_address(value["url"]), name.text()), value["registered"].flag())
