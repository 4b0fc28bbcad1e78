from __future__ import annotations

from kb.check.rule import FormRule

FORM_RULES: tuple[FormRule, ...] = ()
