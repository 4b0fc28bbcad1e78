from __future__ import annotations

from kb.check.rule import Rule

GROUP_RULES: tuple[Rule, ...] = ()
