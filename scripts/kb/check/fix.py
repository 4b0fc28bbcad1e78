"""Mending the form of a note without a guess."""

from __future__ import annotations

from collections.abc import Iterable

from kb.check.catalogue import FORM_RULES
from kb.model.finding import Finding

_ROUNDS = 8
"""One rule can make work for another, but hardly twice."""


def fix(text: str) -> tuple[str, tuple[str, ...]]:
    """The text in good form, and the codes of the rules that changed it, in their order."""
    changed: set[str] = set()
    for _ in range(_ROUNDS):
        before = text
        for rule in FORM_RULES:
            mended = rule.mend(text)
            if mended != text:
                changed.add(rule.code)
                text = mended
        if text == before:
            break
    return text, tuple(rule.code for rule in FORM_RULES if rule.code in changed)


def mendable(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those findings that `fix` mends."""
    codes = {rule.code for rule in FORM_RULES}
    return tuple(finding for finding in findings if finding.code in codes)
