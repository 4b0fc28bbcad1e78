"""Every rule there is, in the order in which the guide tells them: that of the files in `words/`."""

from __future__ import annotations

from dataclasses import dataclass

from kb.check import switch
from kb.check.rule import FormRule, Rule, ToldRule
from kb.check.rules import (
    characters,
    data,
    form,
    formulas,
    group,
    keys,
    links,
    presented,
    private,
    secrets,
    shapes,
    twice,
    works,
)
from kb.check.words import CHAPTERS
from kb.model.codes import Code

_MODULES = (
    characters,
    data,
    form,
    formulas,
    group,
    keys,
    links,
    presented,
    private,
    secrets,
    shapes,
    switch,
    twice,
    works,
)
_OWN: dict[Code, Rule] = {
    one.code: one for module in _MODULES for one in vars(module).values() if isinstance(one, Rule)
}
"""The rules that look for themselves: all that these modules define."""


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that belong together: a page of the guide."""

    id: str
    """The page's address, for ever."""
    title: str
    rules: tuple[Rule, ...]


CATALOGUE: tuple[Family, ...] = tuple(
    Family(family, title, tuple(_OWN.get(code) or ToldRule(code) for code in words))
    for family, title, words in CHAPTERS
)

RULES: dict[str, Rule] = {rule.code: rule for family in CATALOGUE for rule in family.rules}
"""Every rule by its code."""
FORM_RULES = tuple(rule for rule in RULES.values() if isinstance(rule, FormRule))
"""In the order in which `fix` mends: what decides how lines are read, the marks in them, where they stand."""
TOLD = tuple(rule for rule in RULES.values() if isinstance(rule, ToldRule))
"""The rules that are told by other stages: all that is left where a file has no text to look at."""
