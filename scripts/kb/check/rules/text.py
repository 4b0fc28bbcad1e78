from __future__ import annotations

from kb.check.rule import Rule

TEXT_RULES: tuple[Rule, ...] = ()
