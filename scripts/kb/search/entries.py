"""The entries of the index: everything that is known of a text, under the text itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kb.search.encode import gaps, number, numbers, string
from kb.search.folding import fold, units
from kb.search.grams import DEPTH, FEW, Correction, Level, bits_of, gram_lists, levels, pages_of, ranks
from kb.search.page import HEADING, TEXT, TITLE, IndexedPage
from kb.search.terms import Vocabulary


@dataclass(slots=True)
class Entry:
    """What is known of one text."""

    pages: list[int] | None = None
    """The pages that contain it."""
    tiers: list[tuple[int, int]] = field(default_factory=list)
    """Positions in `pages` whose best match is in more than the text, with its tier."""
    words: list[int] | None = None
    """Positions in `pages` where it is a whole word of Latin script."""
    correction: Correction | None = None
    named: list[tuple[int, bool]] = field(default_factory=list)
    """Pages of which it is a whole title or name (true) or a whole heading (false)."""
    synonyms: tuple[str, ...] = ()

    def encoded(self) -> bytes:
        """The entry's bytes: the first one says by its bits what is known, and in this order it follows."""
        named = numbers([page for page, _ in self.named]) + bytes(title for _, title in self.named)
        tiers = numbers([at for at, _ in self.tiers]) + bytes(tier for _, tier in self.tiers)
        known = (
            None if self.pages is None else numbers(self.pages),
            tiers if self.tiers else None,
            None if self.words is None else numbers(self.words),
            _corrected(self.correction) if self.correction else None,
            named if self.named else None,
            number(len(self.synonyms)) + b"".join(map(string, map(units, self.synonyms)))
            if self.synonyms
            else None,
        )
        flags = sum(1 << bit for bit, data in enumerate(known) if data)
        return bytes((flags,)) + b"".join(filter(None, known))


def _corrected(correction: Correction) -> bytes:
    """Positions among the candidates: those that are meant, or those that are not, whichever are fewer."""
    wrong = correction.candidates & ~correction.pages
    inverse = wrong.bit_count() < correction.pages.bit_count()
    at = ranks(wrong if inverse else correction.pages, correction.candidates)
    return number(len(at) << 1 | inverse) + gaps(at)


def entries(
    pages: Sequence[IndexedPage], words: Vocabulary, synonyms: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, bytes]]:
    """All entries in the order of their texts' UTF-16 units, encoded."""
    made: defaultdict[str, Entry] = defaultdict(Entry)
    _add_grams(made, pages, words)
    _add_names(made, pages)
    _add_synonyms(made, pages, synonyms)
    # In code units, by which JavaScript compares as well.
    for text in sorted(made):
        yield text, made[text].encoded()


def _add_grams(made: dict[str, Entry], pages: Sequence[IndexedPage], words: Vocabulary) -> None:
    texts = [[text for _, text in page.fields] for page in pages]
    singles, pairs = gram_lists(texts, 1), gram_lists(texts, 2)
    for lists in (singles, pairs):
        for gram, found in lists.items():
            made[gram].pages = found
    known = {word for word, count in words.counts.items() if count > FEW} | set(words.latin)
    for level in levels(texts, pairs):
        for gram, correction in level.corrections.items():
            made[gram].correction = correction
        _add_terms(made, known, level, texts)
    _add_ranks(made, pages, words)


def _add_ranks(made: dict[str, Entry], pages: Sequence[IndexedPage], words: Vocabulary) -> None:
    # Tiers and whole words, for lists that are too long to be read.
    upper = [[(tier, text) for tier, text in page.fields if tier > TEXT] for page in pages]
    tiers = _gram_tiers(upper)
    for text, entry in made.items():
        if entry.pages is None or len(entry.pages) <= FEW:
            continue
        known = tiers.get(text, {})
        if len(text) <= 2:
            entry.tiers = [(at, known[page]) for at, page in enumerate(entry.pages) if page in known]
        else:
            first = tiers.get(text[:2], {})
            for at, page in enumerate(entry.pages):
                if page in first and (best := [tier for tier, field in upper[page] if text in field]):
                    entry.tiers.append((at, max(best)))
        if whole := words.latin.get(text):
            entry.words = ranks(bits_of(whole, len(pages)), bits_of(entry.pages, len(pages)))


def _gram_tiers(upper: list[list[tuple[int, str]]]) -> dict[str, dict[int, int]]:
    """For each character and pair, the pages that have it in more than their text, with the best tier."""
    tiers: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for page, fields in enumerate(upper):
        for tier, text in sorted(fields):
            for gram in {*text, *map("".join, pairwise(text))}:
                tiers[gram][page] = tier
    return tiers


def _add_terms(made: dict[str, Entry], known: set[str], level: Level, texts: list[list[str]]) -> None:
    # The whole lists of frequent words, so that one entry answers for them.
    for word in known:
        if len(word) == level.length and (found := level.frequent.get(word)) is not None:
            made[word].pages = pages_of(found)
        elif level.length == DEPTH < len(word) and (first := level.frequent.get(word[:DEPTH])) is not None:
            inside = [page for page in pages_of(first) if any(word in text for text in texts[page])]
            if len(inside) > FEW:
                made[word].pages = inside


def _add_synonyms(
    made: dict[str, Entry], pages: Sequence[IndexedPage], synonyms: Mapping[str, tuple[str, ...]]
) -> None:
    # The other names of a name, and the whole lists of all of them, for a search looks for each.
    for text, names in synonyms.items():
        made[text].synonyms = names
    fields = [[field for _, field in page.fields] for page in pages]
    for name in {*synonyms, *(units(fold(name)) for names in synonyms.values() for name in names)}:
        entry = made[name]
        if entry.pages is None:
            entry.pages = [at for at in _candidates(made, name) if any(name in text for text in fields[at])]


def _candidates(made: Mapping[str, Entry], text: str) -> list[int]:
    lists = [
        entry.pages for pair in map("".join, pairwise(text)) if (entry := made.get(pair)) and entry.pages
    ]
    return min(lists, key=len) if len(lists) == len(text) - 1 else []


def _add_names(made: dict[str, Entry], pages: Sequence[IndexedPage]) -> None:
    for number_, page in enumerate(pages):
        whole: dict[str, bool] = {}
        for tier, text in page.fields:
            if tier in (HEADING, TITLE):
                whole[text] = whole.get(text, False) or tier == TITLE
        if label := page.document.label:
            whole[units(fold(label))] = True
        for text, title in whole.items():
            # A title of signs alone folds to nothing.
            if text:
                made[text].named.append((number_, title))
