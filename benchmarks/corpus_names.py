"""Invented names for the synthetic corpus, none given twice."""

import re
import unicodedata
from collections.abc import Iterable
from random import Random

from corpus_data import Words, fold

SMALL = frozenset(["a", "and", "as", "for", "from", "in", "of", "on", "the", "to"])


class Register:
    """Names that are taken, compared after NFKC and casefold, without spaces and hyphens."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """Start from names that nobody may have."""
        self._taken = {_key(name) for name in taken}

    def claim(self, name: str) -> bool:
        """Take a name; False where it was taken before."""
        key = _key(name)
        if key in self._taken:
            return False
        self._taken.add(key)
        return True

    def claim_id(self, wanted: str) -> str:
        """Take an id, numbered where the plain one is gone."""
        number, name = 1, wanted
        while not self.claim(name):
            number += 1
            name = f"{wanted}-{number}"
        return name


def _key(name: str) -> str:
    return re.sub(r"[\s-]", "", fold(name))


def reserved(words: Words) -> list[str]:
    """All that the vocabulary says, whole and by Latin word: no coined name is any of it."""
    texts = [text for each in words.lists.values() for text in each]
    texts += [text for each in words.grammar.values() for text in each]
    for tag in words.tags.values():
        texts += [tag.id, tag.ja, tag.en, *tag.aliases, *tag.terms]
    for area in words.areas.values():
        texts += [noun for nouns in area.nouns.values() for noun in nouns]
    parts = [part for text in texts for part in re.findall(r"[A-Za-z]+", text)]
    return [*texts, *parts]


def coin_stem(words: Words, rng: Random, sizes: tuple[int, ...] = (2, 2, 3)) -> str:
    """A pronounceable word in one of the fashions of the field: Velko, VisTAR, DORAMI.

    `sizes` are the numbers of syllables to choose from.
    """
    parts = rng.choices(words.lists["coin.syllables"], k=rng.choice(sizes))
    fashion = rng.random()
    if fashion < 0.15:
        return "".join(parts).upper()
    if fashion < 0.4:
        return "".join(parts[:-1]).capitalize() + parts[-1].upper()
    return "".join(parts).capitalize()


def coin_kana(words: Words, rng: Random) -> tuple[str, str]:
    """One name in Latin letters and in katakana."""
    kana, latin = rng.choice(words.lists["coin.katakana"]).split()
    kana_end, latin_end = rng.choice(words.lists["coin.katakana_ends"]).split()
    return latin + latin_end, kana + kana_end


def extend(stem: str, words: Words, rng: Random) -> str:
    """A stem with a version or an ending, or as it is."""
    fashion = rng.random()
    if fashion < 0.25:
        return stem + rng.choice(words.lists["coin.versions"])
    if fashion < 0.6:
        return stem + rng.choice(("", "", "-")) + rng.choice(words.lists["coin.endings"])
    return stem


def title_case(term: str) -> str:
    """An English term as titles write it: Retrieval-Augmented Generation."""
    first, *rest = re.split(r"([ -])", term)
    return _capital(first) + "".join(word if word in SMALL else _capital(word) for word in rest)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def slug(text: str) -> str:
    """ASCII letters and digits of a text, joined by hyphens; accents dropped."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.casefold()))
