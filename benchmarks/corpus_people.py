"""The presenters of the synthetic corpus: nine seats, each held by one person after another."""

from collections.abc import Iterator
from random import Random

from corpus_data import Person, Words, stream

SEATS = 9
HABITS = {"list": 11, "before": 5, "after": 3, "bare": 1}


def make_people(words: Words, seed: int, weeks: int) -> tuple[Person, ...]:
    """All who were there in the last `weeks` weeks, the newest members first."""
    spans = [span for seat in range(SEATS) for span in _tenures(stream(seed, "seat", seat), weeks)]
    family, given, handles = (
        _shuffled(words.lists[f"people.{kind}"], stream(seed, kind))
        for kind in ("family", "given", "handles")
    )
    people = []
    spare = iter(handles)
    for number, span in enumerate(sorted(spans)):
        names = family[number % len(family)].split(), given[number % len(given)].split()
        rng = stream(seed, "person", number)
        own = tuple(next(spare, "") for _ in range(rng.choice((0, 1, 1, 1, 2))))
        people.append(_person(words, rng, names, tuple(filter(None, own)), span))
    return tuple(people)


def _tenures(rng: Random, weeks: int) -> Iterator[tuple[int, int]]:
    """The (newest, oldest) weeks of a seat's holders, from now into the past."""
    newest = -rng.randrange(170)
    while newest < weeks:
        oldest = newest + rng.randrange(60, 280)
        if oldest >= 0:
            yield max(newest, 0), oldest
        newest = oldest + rng.randrange(1, 8)


def _person(
    words: Words,
    rng: Random,
    names: tuple[list[str], list[str]],
    handles: tuple[str, ...],
    span: tuple[int, int],
) -> Person:
    (family, family_kana), (given, given_kana) = names
    return Person(
        id=f"{given}-{family}".lower(),
        name=f"{given} {family}",
        handles=handles,
        reading=f"{family_kana} {given_kana}",
        areas=tuple(rng.sample(list(words.areas), 3)),
        habit=rng.choices([*HABITS], [*HABITS.values()])[0],
        indent=rng.choice((2, 4, 4)),
        newest=span[0],
        oldest=span[1],
    )


def _shuffled(items: tuple[str, ...], rng: Random) -> list[str]:
    return rng.sample(items, len(items))
