from __future__ import annotations

from kb.check.rule import Rule

PRIVATE_RULES: tuple[Rule, ...] = ()
