"""Which pages there are. Everything with something to show has one; nothing else has."""

from __future__ import annotations

from collections.abc import Iterator

from kb.link.base import KnowledgeBase
from kb.pages.context import Context, Page, Plan
from kb.pages.home import home_plan
from kb.pages.papers import paper_list_plans, paper_plans
from kb.pages.presenters import presenter_list_plan, presenter_plans
from kb.pages.redirects import redirect_plan
from kb.pages.sessions import session_list_plans, session_plans
from kb.pages.tags import tag_list_plan, tag_plans
from kb.pages.topics import topic_list_plans, topic_plans

__all__ = ["FOLDERS", "Page", "all_pages", "all_plans", "own_plans"]

FOLDERS = ("sessions", "topics", "papers", "presenters", "tags")
"""The folders of all pages that `all_plans` makes, but for the home page."""


def all_plans(context: Context) -> Iterator[Plan]:
    """The plans of all pages of the site."""
    yield home_plan(context)
    yield from session_list_plans(context)
    yield from topic_list_plans(context)
    yield redirect_plan(context)
    yield from paper_list_plans(context)
    yield presenter_list_plan(context)
    yield tag_list_plan(context)
    yield from own_plans(context)


def own_plans(context: Context) -> Iterator[Plan]:
    """The plans of the pages of one thing each: neither lists nor redirects."""
    yield from session_plans(context)
    yield from topic_plans(context)
    yield from paper_plans(context)
    yield from presenter_plans(context)
    yield from tag_plans(context)


def all_pages(base: KnowledgeBase, files: frozenset[str] = frozenset()) -> Iterator[Page]:
    """Every page of the site. `files` are the paths below `docs/notes/` that notes may show."""
    for plan in all_plans(Context(base, files)):
        yield from plan.make()
