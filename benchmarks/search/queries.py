"""Queries from a corpus and a seed, with the pages that they have to find."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from search.texts import Page, fold

HEADING_KINDS = frozenset({"title", "heading"})
SHARED_BY = 3
"""A heading on more pages than this names none of them."""
SCREEN = 10

_KANJI = re.compile("[一-龠々]{4,}")
_KATAKANA = re.compile("[ァ-ヴー]{4,}")
_MIXED = re.compile("[A-Za-z0-9]{2,}[ぁ-んァ-ヶー一-龠]{1,4}|[一-龠]{1,4}[A-Za-z0-9]{2,}")
_ENGLISH = re.compile(r"(?<![A-Za-z])[A-Za-z][A-Za-z]{3,}(?![A-Za-z])")
_DASHED = re.compile(r"[A-Za-z]{2,}(?:-[A-Za-z0-9]+)+|[ァ-ヴ]+ー[ァ-ヴ]+")
_ONE_KANJI = re.compile("[一-龠]")
_SYNTAX = re.compile(r'(?:^|\s)[-"]|"|[::]\S')
"""What a query language could take for something else than words."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query and what it has to find."""

    kind: str
    text: str
    words: tuple[str, ...]
    """Folded; all of them have to stand on a page."""
    truth: frozenset[str]
    """The pages with all words."""
    named: frozenset[str] = frozenset()
    """For a heading: the pages that it names."""
    synonyms: frozenset[str] = frozenset()
    """The pages that have, for a word or for the whole query, only another name of the same tag or person."""


def make_queries(pages: Sequence[Page], registry: Path, seed: int) -> list[Query]:
    """About 130 queries; fewer where the corpus has too few of a kind. `registry` is a `docs/data/`."""
    return list(_Maker(pages, _names(registry), Random(seed)).all())


def _names(registry: Path) -> list[list[str]]:
    """The names of each tag, and those of each presenter after them."""
    read = {name: _records(registry / f"{name}.yml", name) for name in ("tags", "presenters")}
    tags = [[tag["ja"], tag["en"], *tag.get("aliases", [])] for tag in read["tags"]]
    people = [
        [who["name"], *who.get("handles", []), *who.get("aliases", []), *who.get("reading", "").split()]
        for who in read["presenters"]
    ]
    return [list(dict.fromkeys(names)) for names in (*tags, *people)]


def _records(path: Path, name: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))[name]
    return records


class _Maker:
    def __init__(self, pages: Sequence[Page], names: Sequence[Sequence[str]], rng: Random) -> None:
        self._pages = pages
        self._names = names
        self._rng = rng
        self._others: dict[str, set[str]] = defaultdict(set)
        for each in names:
            for name in map(fold, each):
                self._others[name] |= {fold(other) for other in each} - {name}
        self._seen: set[str] = set()
        self._lines = [block.text for page in pages for block in page.blocks]

    def all(self) -> Iterator[Query]:
        """Kind after kind."""
        for kind, count, pattern, change in self._plan():
            yield from self._some(kind, count, self._found(pattern, change))
        yield from self._some("two words", 10, self._two_words())
        yield from self._headings("title", 10, lambda page: [page.title])
        yield from self._headings(
            "heading", 6, lambda page: [each.text for each in page.blocks if each.level > 1]
        )
        yield from self._tags()

    def _plan(self) -> Iterable[tuple[str, int, re.Pattern[str], Callable[[str], str]]]:
        return (
            ("compound", 12, _KANJI, str),
            ("part of a compound", 12, _KANJI, self._part),
            ("katakana", 10, _KATAKANA, str),
            ("part of katakana", 6, _KATAKANA, self._part),
            ("mixed script", 10, _MIXED, str),
            ("English", 10, _ENGLISH, str),
            ("part of English", 8, _ENGLISH, self._part),
            ("one kanji", 6, _ONE_KANJI, str),
            ("variant: full width", 4, _ENGLISH, full_width),
            ("variant: half width", 4, _KATAKANA, half_width),
            ("variant: dash", 4, _DASHED, self._other_dash),
            ("variant: hiragana", 4, _KATAKANA, hiragana),
        )

    def _some(self, kind: str, count: int, texts: Iterable[str]) -> Iterator[Query]:
        made = 0
        for text in texts:
            if made == count:
                return
            if query := self.query(kind, text):
                made += 1
                yield query

    def query(self, kind: str, text: str, named: Iterable[str] = ()) -> Query | None:
        """None for what was asked already, is on no page, or is true or not by where a block ends."""
        words = tuple(filter(None, map(fold, text.split())))
        if not words or text in self._seen or _SYNTAX.search(text):
            return None
        truth = frozenset(page.url for page in self._pages if page.has(words))
        loose = {page.url for page in self._pages if all(word in page.joined for word in words)}
        if not truth or truth != loose:
            return None
        self._seen.add(text)
        return Query(kind, text, words, truth, frozenset(named), self._synonyms(text, words) - truth)

    def _synonyms(self, text: str, words: Sequence[str]) -> frozenset[str]:
        meant = [{word} | self._others.get(word, set()) for word in words]
        whole = self._others.get(fold(text), set())
        return frozenset(
            page.url
            for page in self._pages
            if any(name in page.folded for name in whole)
            or all(any(name in page.folded for name in names) for names in meant)
        )

    def _found(self, pattern: re.Pattern[str], change: Callable[[str], str]) -> Iterator[str]:
        """Changed finds: frequent ones, picked by their places, and rare ones, in turn."""
        places = [found for line in self._lines for found in pattern.findall(line)]
        different = sorted(set(places))
        for _ in range(50 if places else 0):
            for source in (places, different):
                text = change(self._rng.choice(source))
                if len(text) > 1 or pattern is _ONE_KANJI:
                    yield text

    def _part(self, word: str) -> str:
        """From the middle of a word; empty where it has none."""
        size = 4 if word.isascii() else 2 + (word[0] < "一")
        if len(word) < size + 2:
            return ""
        start = self._rng.randint(1, len(word) - size - 1)
        return word[start : start + size]

    def _other_dash(self, text: str) -> str:
        return re.sub("[-ー]", self._rng.choice("‐−–-"), text)

    def _two_words(self) -> Iterator[str]:
        """A Japanese and another word of one page, in either order."""
        for page in self._rng.sample(self._pages, min(len(self._pages), 200)):
            text = " ".join(block.text for block in page.blocks)
            japanese = _KANJI.findall(text) + _KATAKANA.findall(text)
            other = _ENGLISH.findall(text) + _KANJI.findall(text)
            if japanese and other:
                pair = [self._rng.choice(japanese), self._rng.choice(other)]
                self._rng.shuffle(pair)
                if pair[0] != pair[1]:
                    yield " ".join(pair)

    def _headings(self, kind: str, count: int, texts: Callable[[Page], Sequence[str]]) -> Iterator[Query]:
        """Headings that name a page or a few; a title names those pages whose title it is."""
        made = 0
        for page in self._rng.sample(self._pages, len(self._pages)):
            if made == count or not texts(page):
                continue
            text = self._rng.choice(texts(page))
            wanted = fold(text)
            titled = {each.url for each in self._pages if fold(each.title) == wanted}
            named = titled or {each.url for each in self._pages if wanted in each.headings}
            query = self.query(kind, text, named) if 0 < len(named) <= SHARED_BY else None
            if query:
                made += 1
                yield query

    def _tags(self) -> Iterator[Query]:
        """Names of tags that leave room on the first screen for pages with the tag's other names."""
        made = 0
        for names in self._rng.sample(self._names, len(self._names)):
            query = self.query("tag", self._rng.choice(names))
            if query and query.synonyms and len(query.truth) < SCREEN:
                made += 1
                yield query
            if made == 12:
                return


def full_width(text: str) -> str:
    """ASCII as wide as kanji."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
_MARKS = {"\u3099": "ﾞ", "\u309a": "ﾟ"}


def half_width(text: str) -> str:
    """Katakana of half the width."""
    return "".join((_HALF | _MARKS).get(char, char) for char in unicodedata.normalize("NFD", text))


def hiragana(text: str) -> str:
    """Katakana as hiragana."""
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヴ" else char for char in text)
