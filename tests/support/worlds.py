"""Small worlds: a registry and a few notes, and what their pages say."""

from __future__ import annotations

from kb.link import KnowledgeBase
from kb.model.registry import Registry
from kb.pages import all_pages
from tests.support.fronts import Front, front_of
from tests.support.notes import base_of

EMPTY = Registry()


def fronts_of(base: KnowledgeBase) -> dict[str, Front]:
    """The front matter of all pages by their paths without `.md`."""
    return {page.path.removesuffix(".md"): front_of(page.text) for page in all_pages(base)}


def world(registry: Registry = EMPTY, **notes: str) -> dict[str, Front]:
    """The front matter of the pages of a registry and of notes by date, `d2025_11_25="…"`."""
    return fronts_of(base_of(registry, **notes))


def entry(title: str, *lines: str, **data: str) -> str:
    """An entry of a note: its data by key, then the lines of its text, each a paragraph."""
    given = "\n".join(f"- {key}: {value}" for key, value in data.items())
    return "\n\n".join([f"## {title}", *filter(None, [given]), *lines]) + "\n\n"


def titles(cards: list[Front]) -> list[str]:
    """The titles of cards, in order."""
    return [card["title"] for card in cards]
