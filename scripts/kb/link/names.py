"""One automaton over all names: what a text names is found in one pass, whatever their number.

Aho and Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18(6), 1975;
the automaton is pyahocorasick's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import ahocorasick

from kb.link.nodes import Target
from kb.text.fold import fold

SHORT = 3
"""A Latin name of up to so many letters has to be written as registered, capitals included."""

_CAPITAL, _LETTER = "A-ZÀ-ÖØ-Þ", "A-Za-zÀ-ÖØ-öø-ɏ"
_ONE_WORD = re.compile(rf"[{_LETTER}][{_LETTER}0-9_'’.-]*")
_BLANKS = r"[ \t\u3000\xa0]"
# `Koshiro Saito`, `K. Saito`, `J.-P. Saito`, `Smith-Saito`; but a sentence may end: `with BERT. Saito`.
_NAME_BEFORE = re.compile(
    rf"(?<![{_LETTER}0-9])(?:[{_CAPITAL}][{_LETTER}'’-]*(?:{_BLANKS}+|-)|[{_CAPITAL}]\.{_BLANKS}*)$"
)
# `Saito Koshiro`, `Saito, K.`, `Saito K.`, `Saito-Smith`.
_NAME_BEHIND = re.compile(rf"(?:{_BLANKS}+|-)[{_CAPITAL}]|,{_BLANKS}*[{_CAPITAL}]\.")
# What makes a longer word of a term: `AutoMLツール`, `深層学習`, `Self-RAG`, `rag.py`. With `各`, `系`,
# `以外`, `-based` it still means the same.
_JOINED = "A-Za-z0-9\u4e00-\u9fff々ァ-ヺー"
_KEEPS = (
    r"(?:[系等型的性化用時中後前内間側版毎上下向法外]|以[外降前上下]|自[体身]|同士|全般|一般|関連|周辺|方法|手法|技術)"
    rf"(?![{_JOINED}])"
)
_GOES_ON = "based|like|style|driven|free|aware|specific|powered|as|to|and|in|of"
_LONGER_BEFORE = re.compile(
    rf"(?:[A-Za-z0-9][.-]|[@_]|(?<![{_JOINED}])(?![各本新旧両全同他])[{_JOINED}]|[{_JOINED}]{{2}})$"
)
_LONGER_BEHIND = re.compile(rf"(?!{_KEEPS})[{_JOINED}]|_|\.[A-Za-z0-9]|-(?!(?:{_GOES_ON})\b)[A-Za-z0-9]")
_BESIDE = 40
"""Characters before a name in which another name would end beside it."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what it stands for; where several things have it, the first is what is linked."""

    text: str
    targets: tuple[Target, ...]
    """Topics, papers and presenters."""
    terms: tuple[Target, ...]
    """Tags, which are noted but not linked."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text, as half-open character offsets."""

    start: int
    end: int
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What one pass over a text finds. Names do not overlap names, nor terms terms."""

    names: list[Found]
    terms: list[Found]


class Names:
    """All names, ready to be found in texts."""

    def __init__(self, names: Iterable[tuple[str, Target]]) -> None:
        """Collect names; the order of the targets of one name is the order in which they come."""
        collected: dict[str, tuple[str, dict[Target, None]]] = {}
        for text, target in names:
            if shown := " ".join(text.split()):
                collected.setdefault(fold(shown), (shown, {}))[1][target] = None
        self._automaton = ahocorasick.Automaton()
        for key, (shown, given) in collected.items():
            terms = tuple(target for target in given if target.kind == "tag")
            targets = tuple(target for target in given if target.kind != "tag")
            self._automaton.add_word(key, Name(shown, targets, terms))
        self._automaton.make_automaton()
        self.size = len(collected)

    def find(self, text: str) -> Findings:
        """The longest names, and apart from them the longest terms, in order.

        A name that begins or ends with a Latin letter or a digit has to end there as a word;
        Japanese names stand anywhere, but no term stands inside a longer word.
        """
        # pyahocorasick cannot be asked where it has no word.
        found = self._matches(text) if self.size else []
        if not found:
            return Findings([], [])
        meant = ((start, end, _meant(text, start, end, name)) for start, end, name in found)
        names = [Found(start, end, targets) for start, end, targets in meant if targets]
        terms = [
            Found(start, end, name.terms)
            for start, end, name in found
            if name.terms and not _is_part(text, start, end)
        ]
        return Findings(_longest(names), _longest(terms))

    def _matches(self, text: str) -> list[tuple[int, int, Name]]:
        folded = fold(text)
        found = []
        for last, name in self._automaton.iter(folded):
            # Folding keeps each character in its place: offsets hold for the text itself.
            start, end = last - len(name.text) + 1, last + 1
            # `SAM` is a model, `sam` may be anybody.
            short = len(name.text) <= SHORT and name.text.isascii()
            if _stands_alone(folded, start, end) and not (short and text[start:end] != name.text):
                found.append((start, end, name))
        return found


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _stands_alone(text: str, start: int, end: int) -> bool:
    if start < 0:
        return False
    if start and _is_latin(text[start]) and _is_latin(text[start - 1]):
        return False
    if end < len(text) and _is_latin(text[end - 1]):
        following = text[end]
        if _is_latin(following):
            return False
        # `GPT-3` is not in `GPT-3.5`, nor `SAM` in `SAM-2`.
        if following in "-." and end + 1 < len(text) and text[end + 1].isdigit():
            return False
    return True


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a term is a part of a longer word, which means something else."""
    before = start > 0 and _LONGER_BEFORE.search(text, max(0, start - 2), start)
    return bool(before or _LONGER_BEHIND.match(text, end))


def _meant(text: str, start: int, end: int, name: Name) -> tuple[Target, ...]:
    """What a name stands for here: beside another name, one word is a part of somebody else's."""
    if not _ONE_WORD.fullmatch(name.text) or all(one.kind != "presenter" for one in name.targets):
        return name.targets
    if not (_NAME_BEFORE.search(text, max(0, start - _BESIDE), start) or _NAME_BEHIND.match(text, end)):
        return name.targets
    return tuple(one for one in name.targets if one.kind != "presenter")


def _longest(found: list[Found]) -> list[Found]:
    """Of names that overlap, the longest; of equals, the first."""
    if len(found) < 2:
        return found
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
