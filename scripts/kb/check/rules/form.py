"""The rules on the form of a note, in the order in which `fix` mends them.

First what decides how lines are cut and read, then the marks in them, then where they stand.
"""

from __future__ import annotations

from kb.check.rule import FormRule
from kb.check.rules.bytes import (
    ByteOrderMark,
    DecomposedCharacters,
    FinalLineEnd,
    LineEnds,
    TrailingBlanks,
)
from kb.check.rules.layout import BlockTouching, NestingByTwo
from kb.check.rules.spelling import AtFullWidth, BulletMiddleDot, HeadingTight, KindFullWidth

FORM_RULES: tuple[FormRule, ...] = (
    ByteOrderMark(),
    LineEnds(),
    DecomposedCharacters(),
    TrailingBlanks(),
    HeadingTight(),
    KindFullWidth(),
    AtFullWidth(),
    BulletMiddleDot(),
    NestingByTwo(),
    BlockTouching(),
    FinalLineEnd(),
)
