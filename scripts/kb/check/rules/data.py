from __future__ import annotations

from kb.check.rule import Rule

DATA_RULES: tuple[Rule, ...] = ()
