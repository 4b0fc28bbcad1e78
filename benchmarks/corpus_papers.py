"""The invented papers of the synthetic corpus."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from random import Random

from corpus_data import Paper, Topic, Words, day, stream
from corpus_names import Register, coin_kana, coin_stem, extend, reserved, slug, title_case

FIRST_ARXIV = date(2007, 4, 1)
FIVE_DIGITS = date(2015, 1, 1)
DELAYS = ((3, 60), (3, 60), (3, 60), (60, 400), (400, 2500))
"""Days between a paper's issue and its session: mostly fresh, sometimes a classic."""
TRIES = 20
"""Draws of a name before it counts as used up."""


class Press:
    """Makes papers, newest first; remembers names, so that an older one may be `Foo` to `Foo-2`."""

    def __init__(self, words: Words, seed: int) -> None:
        """Start with no paper made."""
        self._words, self._rng = words, stream(seed, "press")
        self._names, self._ids = Register(reserved(words)), Register()
        self._elders: list[str] = []

    def paper(self, week: int, tags: tuple[str, ...], topic: Topic | None) -> Paper:
        """A paper first known `week` weeks ago, named after its topic's stem if it has one."""
        rng = self._rng
        aliases = self._aliases(topic.stem if topic else "")
        title = self._title(aliases[0] if aliases else "", tags)
        issued = day(week) - timedelta(days=rng.randrange(*rng.choice(DELAYS)))
        authors = self._authors()
        arxiv, doi, kind, venue = self._published(issued)
        family = slug(authors[0][0])
        return Paper(
            id=self._ids.claim_id(f"{family}{issued.year}-{slug(aliases[0] if aliases else _gist(title))}"),
            type=kind,
            title=title,
            authors=authors,
            issued=issued,
            venue=venue,
            arxiv=arxiv,
            doi=doi,
            code=f"https://github.com/{family}-lab/{slug(aliases[0])}"
            if aliases and rng.random() < 0.4
            else "",
            aliases=aliases,
            tags=tags,
            week=week,
            weight=rng.paretovariate(1.1),
        )

    def _aliases(self, stem: str) -> tuple[str, ...]:
        """One or two free names, or none: a quarter of papers has only a title."""
        fashion = self._rng.random()
        if not stem and fashion < 0.25:
            return ()
        if not stem and fashion < 0.32:
            return self._kana()
        if not stem and self._elders and fashion < 0.4:
            elder = self._elders.pop(self._rng.randrange(len(self._elders)))
            if self._names.claim(elder):
                return (elder,)
        return (self._coin(stem),)

    def _coin(self, stem: str) -> str:
        """A free name on a stem, or on a new one where there is none or it is used up."""
        for attempt in count():
            base = stem if stem and attempt < TRIES else coin_stem(self._words, self._rng)
            name = extend(base, self._words, self._rng)
            if name != stem and self._names.claim(name):
                break
        if base != stem and name[-1].isdigit():
            self._elders.append(base)
        return name

    def _kana(self) -> tuple[str, ...]:
        for _ in range(TRIES):
            latin, kana = coin_kana(self._words, self._rng)
            if self._names.claim(latin) and self._names.claim(kana):
                return latin, kana
        return (self._coin(""),)

    def _title(self, name: str, tags: tuple[str, ...]) -> str:
        patterns = self._words.lists["titles.paper" if name else "titles.untitled"]
        while True:
            title = self._fill(self._rng.choice(patterns), name, tags)
            if self._names.claim(title):
                return title

    def _fill(self, pattern: str, name: str, tags: tuple[str, ...]) -> str:
        lists, rng = self._words.lists, self._rng
        noun, noun2 = rng.sample(lists["titles.nouns"], 2)
        en, en2 = (title_case(self._words.tags[tag].en) for tag in tags[:2])
        adjective = rng.choice(lists["titles.adjectives"])
        title = pattern.format(name=name, adj=adjective, noun=noun, noun2=noun2, En=en, En2=en2)
        return re.sub(r"\bA (?=[AEIO]|Un(?!i))", "An ", title)

    def _authors(self) -> tuple[tuple[str, str], ...]:
        lists, rng = self._words.lists, self._rng
        families = rng.sample(lists["people.author_family"], rng.choice((1, 2, 3, 3, 4, 4, 5, 6, 8)))
        return tuple((family, rng.choice(lists["people.author_given"])) for family in families)

    def _published(self, issued: date) -> tuple[str, str, str, str]:
        """arXiv id, DOI, CSL type and venue; a tenth of papers is not on arXiv."""
        lists, rng = self._words.lists, self._rng
        fashion = rng.random()
        known = issued >= FIRST_ARXIV and fashion > 0.1
        arxiv = self._fresh(lambda: _arxiv_id(issued, rng)) if known else ""
        doi = (
            f"10.48550/arXiv.{arxiv}" if arxiv else self._fresh(lambda: f"10.5555/{rng.randrange(10**7):07d}")
        )
        if arxiv and fashion < 0.6:
            return arxiv, doi, "article", f"arXiv ({rng.choice(lists['arxiv_classes'])})"
        if fashion < 0.02 or fashion > 0.95:
            return arxiv, doi, "article-journal", rng.choice(lists["journals"])
        return arxiv, doi, "paper-conference", f"{rng.choice(lists['venues'])} {issued.year}"

    def _fresh(self, make: Callable[[], str]) -> str:
        while not self._ids.claim(made := make()):
            pass
        return made


def _arxiv_id(issued: date, rng: Random) -> str:
    month = f"{issued:%y%m}"
    if issued < FIVE_DIGITS:
        return f"{month}.{rng.randrange(1, 8000):04d}"
    return f"{month}.{rng.randrange(1, 24000):05d}"


def _gist(title: str) -> str:
    """The longest words of a title, for the key of a paper without a name."""
    return " ".join(sorted(title.split(), key=len, reverse=True)[:2])
