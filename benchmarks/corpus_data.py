"""What the synthetic corpus is made of: its values, and the words read from YAML."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

HERE = Path(__file__).parent
LAST_SESSION = date(2025, 11, 25)
"""The newest session; a week's number counts from it into the past, 0 being this one."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A term of the vocabulary. Tags of one area share its tasks, data and metrics."""

    id: str
    ja: str
    en: str
    aliases: tuple[str, ...]
    broader: str
    """The id of the area's root tag; empty for the root."""
    area: str
    terms: tuple[str, ...]
    """4 or 5 noun phrases that a text on this tag uses."""


@dataclass(frozen=True, slots=True)
class Area:
    """A field of machine learning: its nouns by slot name (task, dataset, …)."""

    id: str
    nouns: dict[str, tuple[str, ...]]
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The whole vocabulary; `lists` maps a dotted path such as `coin.endings`."""

    areas: dict[str, Area]
    tags: dict[str, Tag]
    lists: dict[str, tuple[str, ...]]
    topics: tuple[tuple[str, str], ...]
    """Patterns of topic names, each with the end of the topic's id."""
    grammar: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Person:
    """A presenter, active from week `oldest` to week `newest` (weeks ago)."""

    id: str
    name: str
    handles: tuple[str, ...]
    reading: str
    areas: tuple[str, ...]
    habit: str
    """How the person writes an entry's head: list, before, after or bare."""
    indent: int
    """Spaces per list level, 2 or 4."""
    newest: int
    oldest: int

    def active(self, week: int) -> bool:
        """Whether the person was a member `week` weeks ago."""
        return self.newest <= week <= self.oldest


@dataclass(frozen=True, slots=True)
class Paper:
    """A scholarly work; `week` is when the group first could know it (weeks ago)."""

    id: str
    type: str
    title: str
    authors: tuple[tuple[str, str], ...]
    """(family, given), 1 to 8 of them."""
    issued: date
    venue: str
    arxiv: str
    doi: str
    code: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    week: int
    weight: float
    """How readily others mention it: Pareto, so a few papers are everywhere."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A lasting subject, talked about between week `oldest` and week `newest`."""

    id: str
    name: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    stem: str
    """The coined name that papers on the topic carry; empty for a Japanese name."""
    newest: int
    oldest: int
    weight: float


@dataclass(frozen=True, slots=True)
class Entry:
    """The plan of one entry: everything but its words."""

    week: int
    main: bool
    kind: str
    tags: tuple[str, ...]
    """2 to 4 tag ids, the leading one first."""
    presenters: tuple[Person, ...]
    paper: Paper | None
    topic: Topic | None
    repeat: bool
    """Whether it presents a paper that was presented a year or more before."""


def day(week: int) -> date:
    """The date of the session `week` weeks ago."""
    return LAST_SESSION - timedelta(weeks=week)


def fold(text: str) -> str:
    """The form in which names must differ: NFKC, casefolded."""
    return unicodedata.normalize("NFKC", text).casefold()


def stream(seed: int, *name: object) -> Random:
    """A generator of its own for one purpose, the same on every machine."""
    return Random(":".join(map(str, (seed, *name))))


def load_words() -> Words:
    """Read both YAML files beside this module."""
    raw = _read("corpus_words.yml")
    areas = {each["id"]: _area(each) for each in raw.pop("areas")}
    topics = tuple((name, end) for name, end in raw["titles"].pop("topics"))
    tags = {tag.id: tag for area in areas.values() for tag in area.tags}
    grammar = {key: tuple(each) for key, each in _read("corpus_grammar.yml").items()}
    return Words(areas, tags, _flatten(raw), topics, grammar)


def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / name).read_text("utf-8"))
    return loaded


def _area(raw: dict[str, Any]) -> Area:
    nouns = {
        "task": tuple(raw["tasks"]),
        "dataset": tuple(raw["datasets"]),
        "metric": tuple(raw["metrics"]),
        "obj": tuple(raw["objects"]),
    }
    root = raw["tags"][0]["id"]
    return Area(raw["id"], nouns, tuple(_tag(each, root, raw["id"]) for each in raw["tags"]))


def _tag(raw: dict[str, Any], root: str, area: str) -> Tag:
    return Tag(
        id=raw["id"],
        ja=raw["ja"],
        en=raw["en"],
        aliases=tuple(raw["aliases"]),
        broader="" if raw["id"] == root else raw.get("broader", root),
        area=area,
        terms=tuple(raw["terms"]),
    )


def _flatten(raw: dict[str, Any], path: str = "") -> dict[str, tuple[str, ...]]:
    flat: dict[str, tuple[str, ...]] = {}
    for key, value in raw.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{path}{key}.")
        else:
            flat[path + key] = tuple(value)
    return flat
