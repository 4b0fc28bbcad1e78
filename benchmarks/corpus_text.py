"""Sentences of the synthetic corpus: a grammar, and slots that one entry fills."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from math import gcd
from random import Random
from typing import Generic, TypeVar

from corpus_data import Entry, Paper, Tag, Topic, day
from corpus_names import title_case
from corpus_world import MEMORY, World

SLOT = re.compile(r"\{(\w+)\}")
Item = TypeVar("Item")
Slots = dict[str, Callable[[], str]]
"""What fills a slot, by its name; called once for each time that the slot is met."""


class Deck(Generic[Item]):
    """Deals items in a scattered order, all of them before any comes again."""

    def __init__(self, items: Sequence[Item], rng: Random) -> None:
        """Choose where to start and how far to step."""
        self._items, size = items, len(items)
        self._at = rng.randrange(size)
        self._step = rng.choice([step for step in range(1, size + 1) if gcd(step, size) == 1])

    def deal(self) -> Item:
        """The next item."""
        self._at = (self._at + self._step) % len(self._items)
        return self._items[self._at]


class Prose:
    """The voice of one entry: says symbols of the grammar."""

    def __init__(self, grammar: dict[str, tuple[str, ...]], slots: Slots, rng: Random) -> None:
        """Bind the grammar to what the entry talks about."""
        self._grammar, self._slots, self.rng = grammar, slots, rng
        self._decks: dict[str, Deck[str]] = {}

    def say(self, symbol: str) -> str:
        """A sentence, or a part of one, for a symbol or a slot."""
        if symbol in self._slots:
            return self._slots[symbol]()
        if symbol not in self._decks:
            self._decks[symbol] = Deck(self._grammar[symbol], self.rng)
        return self.fill(self._decks[symbol].deal()).strip()

    def patterns(self, symbol: str) -> tuple[str, ...]:
        """All patterns of a symbol, in their order."""
        return self._grammar[symbol]

    def fill(self, pattern: str) -> str:
        """A pattern with all its slots filled."""
        return SLOT.sub(lambda slot: self.say(slot[1]), pattern)


class Library:
    """Chooses the papers and topics that a text mentions, and counts the mentions of papers."""

    def __init__(self, world: World) -> None:
        """Index the papers by tag, newest first."""
        self._topics = world.topics
        self._by_tag: dict[str, list[Paper]] = {tag: [] for tag in world.words.tags}
        for paper in world.papers:
            for tag in paper.tags:
                self._by_tag[tag].append(paper)
        self.mentioned: dict[str, int] = {}
        """Mentions in the text so far, by paper id."""

    def choose(self, entry: Entry, rng: Random, count: int) -> list[Paper]:
        """Up to `count` papers known before the entry's session that share a tag with it."""
        chosen = (self._one(entry, rng) for _ in range(count))
        return list(dict.fromkeys(paper for paper in chosen if paper and paper != entry.paper))

    def _one(self, entry: Entry, rng: Random) -> Paper | None:
        shelf = self._by_tag[rng.choice(entry.tags)]
        low = bisect_left(shelf, entry.week + 1, key=_week)
        high = bisect_right(shelf, entry.week + MEMORY - 1, key=_week)
        near = [shelf[rng.randrange(low, high)] for _ in range(6)] if low < high else []
        return max(near, key=lambda paper: paper.weight / (paper.week - entry.week + 26), default=None)

    def count(self, paper: Paper) -> None:
        """Note one more mention of a paper."""
        self.mentioned[paper.id] = self.mentioned.get(paper.id, 0) + 1

    def topic(self, entry: Entry, rng: Random) -> str:
        """The name of another topic that the group talked about at the time."""
        near = [t for t in self._topics if t.newest - 26 <= entry.week < t.oldest and t != entry.topic]
        if not near:
            return "前回"
        chosen: Topic = rng.choices(near, [topic.weight for topic in near])[0]
        return rng.choice((chosen.name, chosen.name, *chosen.aliases))


def _week(paper: Paper) -> int:
    return paper.week


class Citing:
    """The few papers that one entry mentions: in full at first, then by name."""

    def __init__(self, library: Library, entry: Entry, rng: Random) -> None:
        """Choose them: 4 to 6 for a main topic, else up to 3."""
        counts = (4, 5, 6) if entry.main else (1, 1, 2, 2, 3) if entry.paper else (0, 0, 1, 1, 2)
        self._papers = library.choose(entry, rng, rng.choice(counts))
        self._deck = Deck(self._papers, rng) if self._papers else None
        self._library, self._rng = library, rng
        self._seen: set[str] = set()

    def mention(self) -> str:
        """A mention of one of them, as people write it."""
        if not self._deck:
            return "先行研究"
        paper = self._deck.deal()
        again = paper.id in self._seen and self._rng.random() < 0.8
        return self._said(paper, name(paper, self._rng) if again else spell(paper, self._rng))

    def baseline(self) -> str:
        """One of them by name, for a table."""
        if not self._deck:
            return "ベースライン"
        paper = self._deck.deal()
        return self._said(paper, name(paper, self._rng))

    def _said(self, paper: Paper, text: str) -> str:
        self._seen.add(paper.id)
        self._library.count(paper)
        return text


def name(paper: Paper, rng: Random) -> str:
    """A paper's alias, or its title in brackets."""
    return rng.choice(paper.aliases) if paper.aliases else f"『{paper.title}』"


def spell(paper: Paper, rng: Random) -> str:
    """A paper by name, title, link, address or arXiv id; what may swallow what follows ends in a space."""
    way = rng.random()
    if way < 0.5 or (way < 0.9 and not paper.arxiv):
        return name(paper, rng)
    if way < 0.6 or not paper.arxiv:
        return f"『{paper.title}』"
    if way < 0.74:
        label = paper.aliases[0] if paper.aliases else paper.title
        return f"[{label}](https://arxiv.org/abs/{paper.arxiv})"
    if way < 0.87:
        return f"https://arxiv.org/{rng.choice(('abs', 'abs', 'pdf'))}/{paper.arxiv}{_version(rng)} "
    return f"arXiv:{paper.arxiv}{_version(rng)} "


def _version(rng: Random) -> str:
    return rng.choice(("", "", "v1", "v2", "v3"))


def entry_slots(world: World, library: Library, entry: Entry, rng: Random) -> Slots:
    """All slots of an entry: its own few terms, tools and sizes, so that its text hangs together."""
    words = world.words
    tags = [words.tags[tag] for tag in entry.tags]
    citing = Citing(library, entry, rng)
    company = rng.choice(words.lists["companies"])
    slots = {name: _dealt(nouns, rng) for name, nouns in words.areas[tags[0].area].nouns.items()}
    slots |= {
        "term": _dealt(_terms(tags, entry.main, rng), rng),
        "tag": _dealt([rng.choice((tag.ja, *tag.aliases)) for tag in tags], rng),
        "En": _dealt([title_case(tag.en) for tag in tags], rng),
        "adj": _dealt(words.lists["titles.adjectives"], rng),
        "tool": _dealt(rng.sample(words.lists["tools"], 4), rng),
        "size": _dealt(rng.sample(words.lists["sizes"], 3), rng),
        "gpu": _dealt(rng.sample(words.lists["gpus"], 2), rng),
        "company": lambda: company,
        "own": _dealt(_own(entry), rng),
        "who": _dealt(_colleagues(world, entry), rng),
        "paper": citing.mention,
        "baseline": citing.baseline,
        "topic": lambda: library.topic(entry, rng),
        "date": lambda: str(day(entry.week + rng.randrange(1, 80))),
    }
    return slots | _numbers(entry, rng)


def _dealt(items: Sequence[str], rng: Random) -> Callable[[], str]:
    return Deck(items, rng).deal


def _terms(tags: list[Tag], main: bool, rng: Random) -> list[str]:
    """The terms of an entry: all of its leading tag, some of the others."""
    others = [term for tag in tags[1:] for term in tag.terms]
    return [*tags[0].terms, *rng.sample(others, min(len(others), 8 if main else 4))]


def _own(entry: Entry) -> tuple[str, ...]:
    if entry.paper:
        return (*entry.paper.aliases, *entry.paper.aliases[:1], "本手法", "提案手法")
    return ("この仕組み", "この構成", "このやり方")


def _colleagues(world: World, entry: Entry) -> list[str]:
    """How others of the group are called in a text: by handle, or by family name."""
    others = [p for p in world.people if p.active(entry.week) and p not in entry.presenters]
    return [p.handles[0] if p.handles else p.name.split()[1] for p in others] or ["同僚"]


def _numbers(entry: Entry, rng: Random) -> Slots:
    year = day(entry.week).year
    return {
        "n": lambda: str(rng.randrange(2, 10)),
        "int": lambda: str(rng.randrange(2, 60) * 100),
        "big": lambda: f"{rng.randrange(12, 980) * 100:,}",
        "pct": lambda: f"{rng.uniform(0.3, 14):.1f}",
        "x": lambda: f"{rng.uniform(1.2, 9):.1f}",
        "p": lambda: f"{rng.uniform(0.31, 0.97):.2f}",
        "ms": lambda: str(rng.randrange(2, 90) * 10),
        "usd": lambda: f"{rng.uniform(0.1, 9):.2f}",
        "year": lambda: str(year - rng.randrange(1, 7)),
    }
