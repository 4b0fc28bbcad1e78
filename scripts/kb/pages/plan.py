"""Which pages there are. Everything with something to show has one; nothing else has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from kb.link.base import KnowledgeBase
from kb.model.kinds import KINDS, PRESENTER, TAG, VENUE, KindId
from kb.pages.context import Context, Page, Plan
from kb.pages.home import home
from kb.pages.lists import whole_list
from kb.pages.papers import paper_list_plans, paper_plans
from kb.pages.presenters import presenter_list, presenter_plans
from kb.pages.sessions import session_list_plans, session_plans
from kb.pages.tags import tag_list, tag_plans
from kb.pages.topics import topic_list_plans, topic_plans
from kb.pages.venues import venue_list, venue_plans

_Maker = Callable[[Context], Iterator[Plan]]
MAKERS: dict[KindId, tuple[_Maker, _Maker]] = {
    "session": (session_list_plans, session_plans),
    "topic": (topic_list_plans, topic_plans),
    "paper": (paper_list_plans, paper_plans),
    "presenter": (partial(whole_list, PRESENTER, presenter_list), presenter_plans),
    "tag": (partial(whole_list, TAG, tag_list), tag_plans),
    "venue": (partial(whole_list, VENUE, venue_list), venue_plans),
}
"""Who makes the list of a kind, and who its pages."""


def all_plans(context: Context) -> Iterator[Plan]:
    """The plans of all pages of the site."""
    yield Plan("index", None, partial(home, context))
    for kind in KINDS:
        yield from MAKERS[kind.id][0](context)
    yield from own_plans(context)


def own_plans(context: Context) -> Iterator[Plan]:
    """The plans of the pages of one thing each, without lists."""
    for kind in KINDS:
        yield from MAKERS[kind.id][1](context)


def all_pages(base: KnowledgeBase, files: frozenset[str] = frozenset()) -> Iterator[Page]:
    """Every page of the site. `files` are the paths below `docs/notes/` that notes may show."""
    for plan in all_plans(Context(base, files)):
        yield from plan.make()
