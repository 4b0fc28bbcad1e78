"""Mending the form of a note without a guess."""

from __future__ import annotations

from kb.check.catalogue import FORM_RULES

MENDED = frozenset(rule.code for rule in FORM_RULES)
"""The codes of the rules whose findings `fix` mends."""
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
