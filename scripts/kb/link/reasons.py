"""When two topics share enough to be shown as related: a reason that a reader accepts.

One names what the other is about, both are about one paper, or one's main tag is the other's, too. What
is a side matter of both, a tag or a paper that both name, needs a second reason; words need several that
agree, one of them in a title. What many topics share is no reason by itself: each feature tells the more,
the fewer share it (inverse document frequency, Spärck Jones 1972). `tests/link/judged` has what readers
said of such pairs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FeatureKind = Literal["paper", "topic", "title", "tag", "word"]
Feature = tuple[FeatureKind, str]

WEIGHTS: dict[FeatureKind, tuple[float, float, float]] = {
    "paper": (0.6, 1.5, 1.5),
    "topic": (0.6, 1.5, 1.5),
    "title": (0.0, 1.5, 1.5),
    "tag": (0.55, 1.0, 1.0),
    "word": (0.2, 0.45, 0.6),
}
"""What sharing a feature is worth: a side matter of both, what one of them is about, what both are about."""
ENOUGH = 1.0
"""What two topics have to share to be related."""
RARE = 2.5
"""How rare a feature has to be to weigh in full: shared by a twelfth of many topics, by four of 25."""


@dataclass(slots=True)
class Shared:
    """What two topics share, weighed."""

    score: float = 0.0
    """What nearness goes by: the rarer a feature is, the more."""
    worth: float = 0.0
    """What it is worth as a reason, words left out; what many share counts less."""
    words: list[tuple[float, str]] = field(default_factory=list)
    """Words with what each is worth as a reason."""
    titled: bool = False
    """Whether one of them is in a title."""

    def add(self, feature: Feature, about: int, rarity: float) -> None:
        """Count a feature that so many of the two are about."""
        weight = WEIGHTS[feature[0]][about]
        self.score += weight * rarity
        weight *= min(1.0, rarity / RARE)
        if feature[0] == "word":
            self.words.append((weight, feature[1]))
            self.titled |= about > 0
        else:
            self.worth += weight

    def is_reason(self) -> bool:
        """Whether a reader accepts it. Words that stand alone have to be several, one of them in a title."""
        if self.worth >= ENOUGH:
            return True
        if self.worth + sum(weight for weight, _ in self.words) < ENOUGH:
            return False
        told = _agreeing(self.words)
        return self.worth + sum(told) >= ENOUGH and (self.worth > 0 or (self.titled and len(told) > 1))


def _agreeing(words: list[tuple[float, str]]) -> list[float]:
    """What words are worth that are not parts of each other: `graph network`, `neural graph` are one."""
    told: list[float] = []
    used: list[tuple[str, frozenset[str]]] = []
    for weight, word in sorted(words, key=lambda one: (-one[0], one[1])):
        parts = frozenset(word.lower().replace("-", " ").split())
        if not any(parts & others or word in other or other in word for other, others in used):
            told.append(weight)
        used.append((word, parts))
    return told
