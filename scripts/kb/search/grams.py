"""Which pages contain which characters: lists of single characters and of pairs, and what corrects them.

A query of one or two characters is answered by its list. The pages of a longer one are worked out
from those of its beginning and its end (all but its last character, all but its first): pages with
both are candidates. Where that may be too many, a *correction* says which of the candidates are
meant, so that the number of hits is exact without reading a page. Corrections are needed only where
more than `FEW` candidates are left; fewer are read and proved by whoever shows them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.search.folding import LINE_END

FEW = 10
"""So many candidates are read rather than corrected: one screen of hits, whose texts are fetched anyway."""
DEPTH = 8
"""Longest text that is corrected, in UTF-16 units. Candidates of longer ones are all read."""

Bits = int
"""A set of pages, the page number being the bit."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Which of a text's candidates contain it."""

    candidates: Bits
    pages: Bits


def gram_lists(texts: Sequence[Sequence[str]], length: int) -> dict[str, list[int]]:
    """For each text of a length, the pages that contain it, ascending. `texts` are the fields by page."""
    lists = _listed(
        set().union(*(fields if length == 1 else (map("".join, pairwise(field)) for field in fields)))
        for fields in texts
    )
    # A query is one line: what crosses an end is never asked for.
    return {gram: pages for gram, pages in lists.items() if LINE_END not in gram}


def _listed(grams: Iterable[set[str]]) -> dict[str, list[int]]:
    """For each text the pages that contain it, from the texts of each page."""
    lists: defaultdict[str, list[int]] = defaultdict(list)
    for page, found in enumerate(grams):
        for gram in found:
            lists[gram].append(page)
    return lists


def bits_of(pages: Iterable[int], total: int) -> Bits:
    """A list of pages as a set."""
    # Bytes first: adding to one large integer would copy it for each page.
    data = bytearray(total // 8 + 1)
    for page in pages:
        data[page >> 3] |= 1 << (page & 7)
    return int.from_bytes(data, "little")


_ONES = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def pages_of(bits: Bits) -> list[int]:
    """The pages of a set, ascending."""
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    return [at * 8 + bit for at, byte in enumerate(data) if byte for bit in _ONES[byte]]


def ranks(pages: Bits, within: Bits) -> list[int]:
    """Where the pages of a set stand in the ascending list of another that contains it."""
    return [(within & ((1 << page) - 1)).bit_count() for page in pages_of(pages)]


@dataclass(frozen=True, slots=True)
class Level:
    """What is known of the texts of one length."""

    length: int
    frequent: dict[str, Bits]
    """The pages of every text that stands on more than `FEW` pages."""
    corrections: dict[str, Correction]


def levels(texts: Sequence[Sequence[str]], pairs: dict[str, list[int]]) -> Iterator[Level]:
    """The levels from three units up to `DEPTH`, as long as any text is frequent."""
    total = len(texts)
    frequent = {gram: bits_of(pages, total) for gram, pages in pairs.items() if len(pages) > FEW}
    places = [[_places(field, frequent) for field in fields] for fields in texts]
    for length in range(3, DEPTH + 1):
        if not frequent:
            return
        places = [[_next(ats) for ats in by_field] for by_field in places]
        lists = _listed(
            {field[at : at + length] for field, ats in zip(fields, by_field, strict=True) for at in ats}
            for fields, by_field in zip(texts, places, strict=True)
        )
        corrections = dict(_corrections(lists, frequent, total, length))
        frequent = {gram: bits_of(pages, total) for gram, pages in lists.items() if len(pages) > FEW}
        yield Level(length, frequent, corrections)
        places = [
            [
                [at for at in ats if field[at : at + length] in frequent]
                for field, ats in zip(fields, by_field, strict=True)
            ]
            for fields, by_field in zip(texts, places, strict=True)
        ]


def _places(field: str, frequent: dict[str, Bits]) -> list[int]:
    return [at for at, gram in enumerate(map("".join, pairwise(field))) if gram in frequent]


def _next(places: list[int]) -> list[int]:
    """The places that are followed by another: there a longer text begins."""
    return [at for at, after in pairwise(places) if after == at + 1]


def _corrections(
    lists: dict[str, list[int]], frequent: dict[str, Bits], total: int, length: int
) -> Iterator[tuple[str, Correction]]:
    """What has to be said about the texts of a length whose candidates are more than `FEW`.

    Of three units, each text that exists is listed, so that one without a correction is nowhere; of
    more, only those whose candidates are not their pages, and those that are nowhere at all.
    """
    for gram, pages in lists.items():
        candidates = frequent[gram[:-1]] & frequent[gram[1:]]
        count = candidates.bit_count()
        if count > FEW and (length == 3 or count != len(pages)):
            yield gram, Correction(candidates, bits_of(pages, total))
    if length > 3:
        for gram, candidates in _nowhere(lists, frequent):
            yield gram, Correction(candidates, 0)


def _nowhere(lists: dict[str, list[int]], frequent: dict[str, Bits]) -> Iterator[tuple[str, Bits]]:
    endings: defaultdict[str, list[str]] = defaultdict(list)
    for gram in frequent:
        endings[gram[:-1]].append(gram)
    for gram, bits in frequent.items():
        for ending in endings.get(gram[1:], ()):
            longer = gram + ending[-1]
            if longer not in lists:
                candidates = bits & frequent[ending]
                if candidates.bit_count() > FEW:
                    yield longer, candidates
