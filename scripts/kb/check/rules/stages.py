from __future__ import annotations

from kb.check.rule import Rule

STAGE_RULES: tuple[Rule, ...] = ()
