"""Findings as people are told them: what one rule says of a file again and again is said once.

What is compared stays each finding by itself (`kb.check.run`); only whoever shows them asks here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.check.fix import MENDED
from kb.model.finding import Finding, Span, others_told


@dataclass(frozen=True, slots=True)
class Matter:
    """What a rule says of a file: the first finding, and those that say the same of other places."""

    finding: Finding
    others: tuple[Finding, ...] = ()

    @property
    def places(self) -> tuple[Span, ...]:
        """Where it stands, all places in order."""
        return (self.finding.span, *(one.span for one in self.others))

    @property
    def others_told(self) -> str:
        """How many other places there are, and the first few lines; empty where it stands in one."""
        return others_told([one.span.first for one in self.others])

    @property
    def is_minor(self) -> bool:
        """Whether the page reads the same with and without it."""
        return self.finding.severity == "minor"

    @property
    def mended(self) -> bool:
        """Whether `week.py fix` mends it."""
        return self.finding.code in MENDED


def matters(findings: Iterable[Finding]) -> tuple[Matter, ...]:
    """The findings of files, repeats told once, in the order of the first places."""
    groups: dict[object, list[Finding]] = {}
    for at, finding in enumerate(findings):
        groups.setdefault(_kin(finding, at), []).append(finding)
    return tuple(Matter(first, tuple(rest)) for first, *rest in groups.values())


def each(findings: Iterable[Finding]) -> tuple[Matter, ...]:
    """The findings of files, every one a matter of its own."""
    return tuple(map(Matter, findings))


def _kin(finding: Finding, at: int) -> object:
    """What repeats of one matter have in common; each error stands for itself, for each has to go."""
    if finding.severity == "error":
        return at
    # Each name that nobody knows is a matter of its own, however often it stands there.
    return finding.span.path, finding.severity, finding.code, finding.value


def minor_counts(told: Sequence[Matter]) -> tuple[int, int]:
    """In how many places `fix` mends what is minor, and in how many a person can."""
    mended = sum(len(one.places) for one in told if one.is_minor and one.mended)
    by_hand = sum(len(one.places) for one in told if one.is_minor and not one.mended)
    return mended, by_hand
