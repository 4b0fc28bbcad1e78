"""From answers to figures."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.browse import Answer
from search.queries import HEADING_KINDS, SCREEN, Query

Pair = tuple[Query, Answer]


@dataclass(frozen=True, slots=True)
class Quality:
    """How well an engine finds."""

    recall: float
    """Of the pages that fit on the first screen, how many are there; on average."""
    precision: float
    """Of the pages on first screens, how many have the words; those excused by a remark do not count."""
    empty: int
    """Queries without a hit."""
    wrong_totals: int
    """Queries whose number of hits is not the number of pages with the words."""
    heading_rank: float
    """Mean reciprocal rank of the pages that a heading names."""
    variants: float
    """Recall of queries that are spelled in another way than the pages."""
    synonyms: float
    """Of the pages with only another name of a tag that fit on the first screen, how many are there."""


def quality(queries: Sequence[Query], answers: Sequence[Answer]) -> Quality:
    """Score all answers."""
    pairs = list(zip(queries, answers, strict=True))
    counted = [
        (page.url in query.truth) for query, answer in pairs for page in answer.hits[:SCREEN] if not page.why
    ]
    return Quality(
        recall=mean(_recall(pair) for pair in pairs),
        precision=mean(counted),
        empty=sum(not answer.hits for _, answer in pairs),
        wrong_totals=sum(_wrong_total(pair) for pair in pairs),
        heading_rank=mean(_reciprocal_rank(pair) for pair in pairs if pair[0].kind in HEADING_KINDS),
        variants=mean(_recall(pair) for pair in pairs if pair[0].kind.startswith("variant")),
        synonyms=mean(_synonyms(pair) for pair in pairs if pair[0].kind == "tag"),
    )


def _screen(answer: Answer) -> set[str]:
    return {hit.url for hit in answer.hits[:SCREEN]}


def _recall(pair: Pair) -> float:
    query, answer = pair
    return len(_screen(answer) & query.truth) / min(SCREEN, len(query.truth))


def _synonyms(pair: Pair) -> float:
    query, answer = pair
    room = min(SCREEN - len(query.truth), len(query.synonyms))
    return min(room, len(_screen(answer) & query.synonyms)) / room


def _wrong_total(pair: Pair) -> bool:
    """Pages that have only a synonym may be counted too."""
    query, answer = pair
    return not len(query.truth) <= answer.total <= len(query.truth) + len(query.synonyms)


def _reciprocal_rank(pair: Pair) -> float:
    query, answer = pair
    ranks = (rank for rank, hit in enumerate(answer.hits, 1) if hit.url in query.named)
    return 1 / next(ranks, float("inf"))


def mean(values: Iterable[float]) -> float:
    """Of nothing it is no number."""
    listed = list(values)
    return statistics.fmean(listed) if listed else float("nan")


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))] if ordered else float("nan")


def failures(queries: Sequence[Query], answers: Sequence[Answer]) -> list[str]:
    """What an exact engine should have answered otherwise, a line each."""
    lines = []
    for pair in zip(queries, answers, strict=True):
        query, answer = pair
        screen = [hit for hit in answer.hits[:SCREEN] if not hit.why]
        foreign = [hit.url for hit in screen if hit.url not in query.truth]
        if _recall(pair) < 1 or foreign or _wrong_total(pair):
            lines.append(
                f"{query.kind}: {query.text}: {answer.total} for {len(query.truth)} pages, "
                f"recall {_recall(pair):.2f}, without the words: {', '.join(foreign[:3]) or 'none'}"
            )
        elif query.kind in HEADING_KINDS and _reciprocal_rank(pair) < 1:
            lines.append(
                f"{query.kind}: {query.text}: first are {', '.join(hit.url for hit in answer.hits[:3])}"
            )
    return lines
