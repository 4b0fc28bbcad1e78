"""What a search can be narrowed by. The index carries it to the browser, which knows no facet itself."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Facet:
    """A question that every page answers with some values, or none."""

    name: str
    """Also typed before a value: `tag:retrieval`."""
    label: str
    """Shown, and typed likewise: `タグ:検索`."""


OF_THINGS = tuple(kind for kind in KINDS if kind.facet)
"""Kinds of which a page belongs to some: an indexed page has their addresses under the kind's folder."""
FACETS = (
    Facet("kind", "種類"),
    *(Facet(kind.id, kind.name) for kind in OF_THINGS),
    Facet("year", "年"),
)
"""In the order in which they are offered. The year is told by the date."""
