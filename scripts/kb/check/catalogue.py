"""Every rule there is, in the order in which the docs page tells them."""

from __future__ import annotations

from kb.check.rule import Rule
from kb.check.rules.data import DATA_RULES
from kb.check.rules.form import FORM_RULES
from kb.check.rules.group import GROUP_RULES
from kb.check.rules.imported import IMPORT_RULES
from kb.check.rules.presented import PRESENTED_RULES
from kb.check.rules.private import PRIVATE_RULES
from kb.check.rules.registry import REGISTRY_RULES
from kb.check.rules.stages import NOTE_RULES
from kb.check.rules.text import TEXT_RULES

CATALOGUE: dict[str, tuple[Rule, ...]] = {
    "読めること": NOTE_RULES,
    "会の決まり": GROUP_RULES,
    "データ": DATA_RULES,
    "前に取り上げたもの": PRESENTED_RULES,
    "文章": TEXT_RULES,
    "載せてはいけないもの": PRIVATE_RULES,
    "書き方": FORM_RULES,
    "台帳": REGISTRY_RULES,
    "Notionからの取り込み": IMPORT_RULES,
}
"""The families of rules by their title."""

RULES: dict[str, Rule] = {rule.code: rule for family in CATALOGUE.values() for rule in family}
"""Every rule by its code."""
