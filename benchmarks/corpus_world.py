"""The plan of the synthetic corpus: who presents what and when, before any text.

All is drawn from the newest week into the past, so more years only add older sessions: the
last 52 notes of ten years are the notes of one year.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random

from corpus_data import Entry, Paper, Person, Topic, Words, stream
from corpus_names import Register, coin_stem, reserved
from corpus_papers import Press
from corpus_people import make_people

MEMORY = 260
"""Weeks into the past that a text or a second presentation may reach."""
KINDS = {"論文": 47, "blog": 31, "code": 6, "動画": 5, "book": 2, "": 9}
MAIN_KINDS = {"論文": 85, "blog": 10, "動画": 5}
LONG = (4,)
"""Syllables of a coined topic: more than a paper's 2 or 3, so that the two never meet."""
TOPICS_A_WEEK = 0.5
MOST_POPULAR = 6.0
"""How much more a topic may be taken up than the least popular one."""
SHARE_OF_TOPICS = 0.15
SHARE_OF_REPEATS = 0.08


@dataclass(frozen=True, slots=True)
class World:
    """The plan: sessions by weeks ago, and all that they can speak of."""

    words: Words
    seed: int
    people: tuple[Person, ...]
    topics: tuple[Topic, ...]
    papers: tuple[Paper, ...]
    """By week, newest first; reaches MEMORY weeks further than the sessions."""
    sessions: tuple[tuple[Entry, ...], ...]
    """One tuple per week, the main entry last."""


def make_world(words: Words, seed: int, weeks: int) -> World:
    """Plan the last `weeks` sessions, and the memory that they draw on."""
    people = make_people(words, seed, weeks + MEMORY)
    topics = _topics(words, seed, weeks + 2 * MEMORY)
    press = Press(words, seed)
    planner = _Planner(words, seed, people, topics, press)
    drafts = [tuple(planner.session(week)) for week in range(weeks + MEMORY)]
    sessions = _repeat(drafts, weeks, stream(seed, "repeat"))
    return World(words, seed, people, topics, tuple(planner.papers), sessions)


class _Planner:
    """Draws sessions, newest first, and collects their papers."""

    def __init__(
        self,
        words: Words,
        seed: int,
        people: tuple[Person, ...],
        topics: tuple[Topic, ...],
        press: Press,
    ) -> None:
        self._words, self._people, self._press = words, people, press
        self._rng = stream(seed, "plan")
        self._topics = topics
        self._tags = TagDraw(words, stream(seed, "tags"))
        self.papers: list[Paper] = []

    def session(self, week: int) -> Iterator[Entry]:
        """The entries of one week, and one paper that is only ever mentioned."""
        rng = self._rng
        count = rng.choices((5, 6, 7, 8, 9), (1, 3, 4, 3, 1))[0]
        active = [person for person in self._people if person.active(week)]
        speakers = rng.sample(active, min(count, len(active)))
        speakers += rng.choices(active, k=count - len(speakers) + 1)
        for number, speaker in enumerate(speakers):
            yield self._entry(week, speaker, active, main=number == count)
        self.papers.append(self._press.paper(week, self._tags.draw(rng), None))

    def _entry(self, week: int, speaker: Person, active: list[Person], *, main: bool) -> Entry:
        rng = self._rng
        kinds = MAIN_KINDS if main else KINDS
        kind = rng.choices([*kinds], [*kinds.values()])[0]
        topic = _pick(self._topics, week, rng) if rng.random() < SHARE_OF_TOPICS else None
        tags = self._tags.draw(rng, speaker.areas, topic.tags if topic else ())
        repeat = kind == "論文" and not topic and rng.random() < SHARE_OF_REPEATS
        paper = self._paper(week, tags, topic) if kind == "論文" and not repeat else None
        partner = [rng.choice(active)] if rng.random() < 0.08 else []
        both = tuple(dict.fromkeys([speaker, *partner]))
        return Entry(week, main, kind, tags, both, paper, topic, repeat)

    def _paper(self, week: int, tags: tuple[str, ...], topic: Topic | None) -> Paper:
        self.papers.append(self._press.paper(week, tags, topic))
        return self.papers[-1]


class TagDraw:
    """Draws tags by Zipf's law, and their company from the same area."""

    def __init__(self, words: Words, rng: Random) -> None:
        """Rank all tags at random; rank r has the weight 1 / (r + 5)."""
        self._words = words
        self._ranked = rng.sample(list(words.tags), len(words.tags))
        self._weight = {tag: 1 / (rank + 5) for rank, tag in enumerate(self._ranked)}
        self._sums = list(accumulate(self._weight[tag] for tag in self._ranked))

    def draw(self, rng: Random, areas: tuple[str, ...] = (), first: tuple[str, ...] = ()) -> tuple[str, ...]:
        """2 to 4 tag ids that belong together, `first` leading."""
        count = rng.choices((2, 3, 4), (4, 4, 2))[0]
        drawn = dict.fromkeys(first or (self._leading(rng, areas),))
        area = self._words.tags[next(iter(drawn))].area
        while len(drawn) < count:
            drawn[self._within(rng, area) if rng.random() < 0.7 else self._any(rng)] = None
        return tuple(drawn)

    def _leading(self, rng: Random, areas: tuple[str, ...]) -> str:
        if areas and rng.random() < 0.6:
            return self._within(rng, rng.choice(areas))
        return self._any(rng)

    def _within(self, rng: Random, area: str) -> str:
        tags = [tag.id for tag in self._words.areas[area].tags]
        return rng.choices(tags, [self._weight[tag] for tag in tags])[0]

    def _any(self, rng: Random) -> str:
        return rng.choices(self._ranked, cum_weights=self._sums)[0]


def _pick(topics: tuple[Topic, ...], week: int, rng: Random) -> Topic | None:
    """A topic that is talked about at the time."""
    alive = [topic for topic in topics if topic.newest <= week <= topic.oldest]
    return rng.choices(alive, [topic.weight for topic in alive])[0] if alive else None


def _topics(words: Words, seed: int, weeks: int) -> tuple[Topic, ...]:
    """Topics by the week they begin, newest first; half coined, half in Japanese."""
    rng = stream(seed, "topics")
    names, ids = Register(reserved(words)), Register()
    draw = TagDraw(words, stream(seed, "tags"))
    topics = []
    for week in range(weeks):
        if rng.random() < TOPICS_A_WEEK:
            tags = draw.draw(rng)[:2]
            coined = rng.random() < 0.5
            named = _coined(words, names, rng) if coined else _worded(words, names, rng, tags[0])
            span = min(rng.randrange(8, 40) + int(rng.expovariate(1 / 70)), MEMORY)
            topics.append(_topic(named, tags, (week - span, week), ids, rng))
    return tuple(topics)


def _topic(
    named: tuple[str, str, tuple[str, ...], str],
    tags: tuple[str, ...],
    span: tuple[int, int],
    ids: Register,
    rng: Random,
) -> Topic:
    wanted, name, aliases, stem = named
    weight = min(rng.paretovariate(1.5), MOST_POPULAR)
    return Topic(ids.claim_id(wanted), name, aliases, tags, stem, *span, weight)


def _coined(words: Words, names: Register, rng: Random) -> tuple[str, str, tuple[str, ...], str]:
    """Id, name, aliases and stem of a topic that is named like a family of models."""
    while not names.claim(stem := coin_stem(words, rng, LONG)):
        pass
    alias = stem + rng.choice(("系", "シリーズ", "ファミリー"))
    return stem.lower(), stem, (alias,) if names.claim(alias) else (), stem


def _worded(words: Words, names: Register, rng: Random, tag_id: str) -> tuple[str, str, tuple[str, ...], str]:
    """The same of a topic with a Japanese name; a coined one where all patterns are used."""
    tag = words.tags[tag_id]
    for pattern, end in rng.sample(words.topics, len(words.topics)):
        if names.claim(name := pattern.format(tag=tag.ja)):
            alias = pattern.format(tag=tag.aliases[0])
            return f"{tag_id}-{end}", name, (alias,) if names.claim(alias) else (), ""
    return _coined(words, names, rng)


def _repeat(drafts: list[tuple[Entry, ...]], weeks: int, rng: Random) -> tuple[tuple[Entry, ...], ...]:
    """The last `weeks` sessions, those that repeat given a paper of 1 to 5 years before."""
    shown = [entry.paper for session in drafts for entry in session if entry.paper]
    order = [paper.week for paper in shown]
    used: set[str] = set()

    def filled(entry: Entry) -> Entry:
        low = bisect_left(order, entry.week + 52)
        high = bisect_right(order, entry.week + MEMORY - 1)
        old = next(p for p in rng.sample(shown[low:high], high - low) if p.id not in used)
        used.add(old.id)
        return replace(entry, paper=old, tags=old.tags)

    return tuple(
        tuple(filled(entry) if entry.repeat else entry for entry in session) for session in drafts[:weeks]
    )
