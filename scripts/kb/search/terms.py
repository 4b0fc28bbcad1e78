"""The words of the texts: whole words for ranking and short cuts, all of them for もしかして."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.model.document import Document
from kb.search.folding import fold, skeleton, units
from kb.search.page import IndexedPage

_LATIN = re.compile(r"[0-9a-z]+")
_SURFACE = re.compile(
    r"[A-Za-zÀ-ɏ][0-9A-Za-zÀ-ɏ]*(?:[-.+#_][0-9A-Za-zÀ-ɏ+#]+)*"  # zero-shot, C++, GPT-4o, Prévost
    r"|[一-鿿々ァ-ヺー・]{2,}"  # compounds: 大規模言語モデル
)
_PARTS = re.compile(r"[一-鿿々]{2,}|[ァ-ヺー]{3,}")
LONGEST = 24
"""Longer runs are no words."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all pages."""

    latin: dict[str, list[int]]
    """Whole words of Latin script and digits, folded, to the pages where they stand as such."""
    surfaces: dict[str, tuple[str, ...]]
    """Skeletons to the words as they are written, the most frequent first."""
    counts: dict[str, int]
    """Folded words to the number of pages they stand on."""


def vocabulary(pages: Sequence[IndexedPage]) -> Vocabulary:
    """Read all words of all pages."""
    latin: defaultdict[str, list[int]] = defaultdict(list)
    written: Counter[str] = Counter()
    for number, page in enumerate(pages):
        for word in {word for _, field in page.fields for word in _LATIN.findall(field)}:
            latin[word].append(number)
        written.update(_words(_all_text(page.document)))
    surfaces: defaultdict[str, list[str]] = defaultdict(list)
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for word, count in sorted(written.items(), key=lambda pair: (-pair[1], pair[0])):
        folded = fold(word)
        counts[folded] += count
        if folded not in seen:
            seen.add(folded)
            surfaces[units(skeleton(folded))].append(word)
    return Vocabulary(
        dict(latin), {key: tuple(words) for key, words in surfaces.items() if key}, dict(counts)
    )


def _all_text(document: Document) -> Iterable[str]:
    yield document.title
    yield from document.names
    for section in document.sections:
        yield from (section.heading, section.meta, section.text)


def _words(texts: Iterable[str]) -> set[str]:
    words: set[str] = set()
    for text in texts:
        plain = unicodedata.normalize("NFKC", text)
        for run in _SURFACE.findall(plain):
            words.add(run)
            words.update(_PARTS.findall(run))
    return {word for word in words if 2 <= len(word) <= LONGEST}


def synonyms(groups: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """For each folded name, the other names of the same thing, without those that contain the name itself.

    A name that contains another of the others is left out too: where it stands, the shorter one does.
    """
    others: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for group in groups:
        folded = {fold(name): name for name in group if fold(name)}
        for key in folded:
            for other, name in folded.items():
                if key not in other and not any(short != other and short in other for short in folded):
                    others[key].setdefault(other, name)
    return {units(key): tuple(names.values()) for key, names in sorted(others.items()) if names}
