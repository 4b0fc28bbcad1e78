"""The kinds of things that have pages, a row each.

Whatever tells them apart by name or folder asks this table. `pages/plan.py` says who makes the pages
of each, and `overrides/` has a template for each and one for its list, called as the id and the
folder say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TargetKind = Literal["topic", "paper", "presenter", "tag", "venue"]
"""The kinds of whose things the knowledge base has records, by id."""
KindId = Literal["session", TargetKind]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is the same for all pages of a kind."""

    id: KindId
    name: str
    """What one thing of the kind is called, and the list of all."""
    about: str
    """What the list is, in a sentence."""
    hit: str = ""
    """What a hit of the search is called, and a value of the facet 種類: readers type it and keep links
    with it. Empty where each page says it itself."""
    facet: bool = False
    """Whether the search can be narrowed to what belongs to one of them."""

    @property
    def folder(self) -> str:
        """The folder of the pages below `docs/`, and the name of the records in a knowledge base.

        Templates count on the same rule, for they cannot ask here.
        """
        return f"{self.id}s"

    def path(self, page: str) -> str:
        """A page's place below `docs/`, without its suffix."""
        return f"{self.folder}/{page}"


SESSION = Kind("session", "勉強会", "これまでの勉強会の一覧", hit="勉強会")
TOPIC = Kind("topic", "トピック", "勉強会で取り上げたトピックの一覧")
PAPER = Kind("paper", "論文", "勉強会で取り上げた論文と、言及された論文の一覧", hit="文献")
PRESENTER = Kind("presenter", "発表者", "勉強会の発表者の一覧", hit="発表者", facet=True)
TAG = Kind("tag", "タグ", "勉強会の用語の一覧", hit="タグ", facet=True)
VENUE = Kind("venue", "掲載先", "論文が載った会議と論文誌の一覧", hit="掲載先", facet=True)

KINDS = (SESSION, TOPIC, PAPER, PRESENTER, TAG, VENUE)
"""In the order in which the site shows them."""
BY_ID: dict[KindId, Kind] = {kind.id: kind for kind in KINDS}
FOLDERS = tuple(kind.folder for kind in KINDS)
"""The folders of `docs/` that hold nothing but generated pages."""
