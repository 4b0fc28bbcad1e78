"""The rules on a note's text, in the order in which the docs page tells them."""

from __future__ import annotations

from kb.check.rule import Rule
from kb.check.rules.characters import ControlCharacter, HtmlRaw, MergeMarker
from kb.check.rules.images import ImageAltMissing, ImageElsewhere, ImageLarge, ImageMissing
from kb.check.rules.links import LinkEncodedTwice, LinkMissing, LinkNotionBroken, LinkNotionPrivate
from kb.check.rules.listing import ListAmbiguous
from kb.check.rules.sections import HeadingJump, SectionEmpty
from kb.check.rules.shapes import EmphasisUnclosed, FenceUnclosed, TableRagged
from kb.check.rules.switches import SWITCH_RULES

TEXT_RULES: tuple[Rule, ...] = (
    HeadingJump(),
    SectionEmpty(),
    ListAmbiguous(),
    TableRagged(),
    FenceUnclosed(),
    EmphasisUnclosed(),
    ImageMissing(),
    ImageAltMissing(),
    ImageLarge(),
    ImageElsewhere(),
    LinkMissing(),
    LinkNotionPrivate(),
    LinkNotionBroken(),
    LinkEncodedTwice(),
    HtmlRaw(),
    MergeMarker(),
    ControlCharacter(),
    *SWITCH_RULES,
)
