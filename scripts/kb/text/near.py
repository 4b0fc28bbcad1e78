"""Names that are nearly the same: spelled otherwise, or with a slip of the finger."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

# What parts words, or makes a vowel long: one writer puts it, another does not.
_BETWEEN = re.compile(r"[\s\-‐-―_・·ー]+")
# Not `us`, `is`, `os`, `ss`: `corpus`, `analysis`, `loss` are no plurals.
_PLURAL = re.compile(r"(?<=[a-z]{2})(?<![suio])s")
MIN_SLIP = 3
"""Characters that a name must have before another letter in it counts as a slip."""
PER_SLIP = 8
"""So many characters more allow one more slip."""
LONGEST = 64
"""Characters up to which a name is found by leaving out each of its letters: that takes a square of them."""
MOST = 24
"""Names that share a piece with another and are compared with it: more of them are hardly names."""


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if _PLURAL.fullmatch(word, len(word) - 1) else word


def loose_words(text: str) -> list[str]:
    """The words of a name, folded, each without the ending of a plural."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [_singular(word) for word in _BETWEEN.split(folded) if word]


def loose_key(text: str) -> str:
    """What two names share that differ in case, width, hyphens, blanks, plural and long vowels only."""
    return "".join(loose_words(text))


def distance(one: str, other: str, limit: int) -> int:
    """How many letters to put, take, change or swap with their neighbours; `limit` + 1 for more."""
    one, other = _unlike(one, other)
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, char in enumerate(one):
        above, before, row = before, row, [at + 1]
        for to, wanted in enumerate(other):
            cost = min(before[to] + (char != wanted), before[to + 1] + 1, row[to] + 1)
            if at and to and char == other[to - 1] and one[at - 1] == wanted:
                cost = min(cost, above[to - 1] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _unlike(one: str, other: str) -> tuple[str, str]:
    """Both without the beginning and the end that they share: there is nothing to change in these."""
    first = _alike_up_to(one, other)
    last = _alike_up_to(one[first:][::-1], other[first:][::-1])
    return one[first : len(one) - last], other[first : len(other) - last]


def _alike_up_to(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (char, wanted) in pairs if char != wanted), min(len(one), len(other)))


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A name that is known, as it is compared."""

    key: str
    letters: int
    """Which letters it has, one bit each: what is far apart in this is far apart."""
    ordered: tuple[str, ...]
    """Its words in the order of the alphabet, `Iida Takumi` being `Takumi Iida`."""
    shown: str


def _spelling(name: str, shown: str) -> _Spelling:
    words = loose_words(name)
    letters = 0
    for char in "".join(words):
        letters |= 1 << (ord(char) & 127)
    return _Spelling("".join(words), letters, tuple(sorted(words)), shown)


def _shorter(key: str) -> Iterable[str]:
    """A key without each of its letters, and whole: two keys that one slip parts have one in common."""
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))} if len(key) <= LONGEST else ()


def _pieces(key: str) -> list[str]:
    """Every run of three letters, once."""
    return list(dict.fromkeys(key[at : at + 3] for at in range(len(key) - 2)))


class Spellings:
    """Names that are known, each with what to write for it. They are prepared at the first question.

    A question looks at a bounded number of names, however many are known: at those that one slip parts, and
    of the others at those that share the rarest pieces.
    """

    def __init__(self, names: Iterable[tuple[str, str]] = ()) -> None:
        self._names = list(names)
        self._prepared: list[_Spelling] = []
        self._twins: dict[str, str] = {}
        self._ordered: dict[tuple[str, ...], str] = {}
        self._shorter: defaultdict[str, list[int]] = defaultdict(list)
        self._pieces: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, name: str, shown: str) -> None:
        """One more name, and what to write for it."""
        self._names.append((name, shown))

    def _prepare(self) -> None:
        for at, (name, shown) in enumerate(self._names[len(self._prepared) :], len(self._prepared)):
            spelling = _spelling(name, shown)
            self._prepared.append(spelling)
            self._twins.setdefault(spelling.key, shown)
            self._ordered.setdefault(spelling.ordered, shown)
            if len(spelling.key) >= MIN_SLIP:
                for index, parts in ((self._shorter, _shorter), (self._pieces, _pieces)):
                    for part in parts(spelling.key):
                        index[part].append(at)

    def twin(self, name: str) -> str:
        """What to write for a name that is known in another spelling; empty where none is."""
        self._prepare()
        key = loose_key(name)
        return self._twins.get(key, "") if key else ""

    def nearest(self, name: str) -> str:
        """What to write for the known name that is fewest slips away; empty where all are far."""
        self._prepare()
        wanted = _spelling(name, "")
        if len(wanted.key) < MIN_SLIP:
            return self._twins.get(wanted.key, "")
        if same := self._ordered.get(wanted.ordered, ""):
            return same
        best, least = "", 1 + len(wanted.key) // PER_SLIP + 1
        for at in self._alike(wanted.key):
            known = self._prepared[at]
            slips = _slips(wanted, known, least - 1)
            if slips < least:
                best, least = known.shown, slips
        return best

    def _alike(self, key: str) -> Iterable[int]:
        """The places of names that may be near, each once, in the order in which they came."""
        found = {at for part in _shorter(key) for at in self._shorter.get(part, ())[:MOST]}
        known = [self._pieces[piece] for piece in _pieces(key) if piece in self._pieces]
        for places in sorted(known, key=len):
            if len(found) >= MOST:
                break
            found.update(places[:MOST])
        return sorted(found)


def closest(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant; empty where all are far."""
    return Spellings((one, one) for one in known).nearest(name)


def _slips(one: _Spelling, other: _Spelling, limit: int) -> int:
    if abs(len(one.key) - len(other.key)) > limit:
        return limit + 1
    if (one.letters ^ other.letters).bit_count() > 2 * limit:
        return limit + 1
    return distance(one.key, other.key, limit)
