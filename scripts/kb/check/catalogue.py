"""Every rule there is, in the order in which the guide tells them: that of the files in `words/`."""

from __future__ import annotations

from dataclasses import dataclass

from kb.check.rule import Rule
from kb.check.rules.data import DATA_RULES
from kb.check.rules.form import FORM_RULES
from kb.check.rules.group import GROUP_RULES
from kb.check.rules.presented import PRESENTED_RULES
from kb.check.rules.private import PRIVATE_RULES
from kb.check.rules.text import TEXT_RULES
from kb.check.rules.told import Told
from kb.check.words import CHAPTERS
from kb.model.codes import Code

_OWN = (*GROUP_RULES, *DATA_RULES, *PRESENTED_RULES, *TEXT_RULES, *PRIVATE_RULES, *FORM_RULES)
_LOOKING: dict[Code, Rule] = {rule.code: rule for rule in _OWN}
"""The rules that look for themselves; the others are told by other stages."""


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that belong together: a page of the guide."""

    id: str
    """The page's address, for ever."""
    title: str
    rules: tuple[Rule, ...]


CATALOGUE: tuple[Family, ...] = tuple(
    Family(chapter.id, chapter.title, tuple(_LOOKING.get(code) or Told(code) for code in chapter.words))
    for chapter in CHAPTERS
)

RULES: dict[str, Rule] = {rule.code: rule for family in CATALOGUE for rule in family.rules}
"""Every rule by its code."""
TOLD: tuple[Rule, ...] = tuple(rule for rule in RULES.values() if isinstance(rule, Told))
"""The rules that are told by other stages: all that is left where a file has no text to look at."""
