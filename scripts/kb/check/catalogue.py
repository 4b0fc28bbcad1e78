"""Every rule there is, in the order in which the guide tells them."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that belong together: a page of the guide."""

    id: str
    """The page's address, for ever."""
    title: str
    rules: tuple[Rule, ...]


CATALOGUE: tuple[Family, ...] = (
    Family("reading", "読めること", NOTE_RULES),
    Family("group", "会の決まり", GROUP_RULES),
    Family("data", "データ", DATA_RULES),
    Family("presented", "前に取り上げたもの", PRESENTED_RULES),
    Family("text", "文章", TEXT_RULES),
    Family("private", "載せてはいけないもの", PRIVATE_RULES),
    Family("form", "書き方", FORM_RULES),
    Family("registry", "台帳", REGISTRY_RULES),
    Family("import", "Notionからの取り込み", IMPORT_RULES),
)
"""The families of rules. A new one comes last: the index has an anchor for the place of each."""

RULES: dict[str, Rule] = {rule.code: rule for family in CATALOGUE for rule in family.rules}
"""Every rule by its code."""
