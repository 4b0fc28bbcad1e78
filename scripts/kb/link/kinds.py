"""Kinds that the group does not use."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kb.model.codes import Code
from kb.model.finding import Finding
from kb.model.session import Entry
from kb.read.markers import KIND_SPELLINGS, KINDS
from kb.text.near import Spellings, distance


@cache
def _spellings() -> Spellings:
    return Spellings(KIND_SPELLINGS.items())


def _one_letter_off(kind: str) -> str:
    # `論分` is 論文: kinds are so few that one letter of two may tell one.
    words = (word for word in KIND_SPELLINGS if len(word) == len(kind) > 1)
    return next((KIND_SPELLINGS[word] for word in words if distance(kind, word, 1) == 1), "")


def unknown_kind(entry: Entry) -> Finding | None:
    """A warning where an entry's kind is none of the group's; the kind is kept."""
    if not entry.kind or entry.kind in KINDS:
        return None
    near = _spellings().nearest(entry.kind) or _one_letter_off(entry.kind)
    known = "、".join(f"[{kind}]" for kind in KINDS)
    hint = f"`[{near}]` のことですか?" if near else f"使えるのは {known}"
    span = replace(entry.span, last=entry.span.first)
    label = f"[{entry.kind}]"
    return Finding(Code.KIND_UNKNOWN, "warning", span, f"種類 {label} は知らない種類です", hint, value=label)
