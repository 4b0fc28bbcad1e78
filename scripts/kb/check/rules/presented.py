from __future__ import annotations

from kb.check.rule import Rule

PRESENTED_RULES: tuple[Rule, ...] = ()
