"""Which pages there are. Everything with something to show has one; nothing else has."""

from __future__ import annotations

from collections.abc import Iterator

from kb.link.base import KnowledgeBase
from kb.pages.context import Context, Page
from kb.pages.home import home_page
from kb.pages.papers import paper_list_pages, paper_pages
from kb.pages.presenters import presenter_list_page, presenter_pages
from kb.pages.redirects import redirect_pages
from kb.pages.sessions import session_list_pages, session_pages
from kb.pages.tags import tag_list_page, tag_pages
from kb.pages.topics import topic_list_pages, topic_pages

__all__ = ["FOLDERS", "Page", "all_pages"]

FOLDERS = ("sessions", "topics", "papers", "presenters", "tags")
"""The folders of `docs/` that hold nothing but generated pages."""


def all_pages(base: KnowledgeBase, files: frozenset[str] = frozenset()) -> Iterator[Page]:
    """Every page of the site. `files` are the paths below `docs/notes/` that notes may show."""
    context = Context(base, files)
    yield home_page(context)
    yield from session_list_pages(context)
    yield from session_pages(context)
    yield from topic_list_pages(context)
    yield from topic_pages(context)
    yield from redirect_pages(context)
    yield from paper_list_pages(context)
    yield from paper_pages(context)
    yield presenter_list_page(context)
    yield from presenter_pages(context)
    yield tag_list_page(context)
    yield from tag_pages(context)
