"""Small worlds: a registry and a few notes, and what their pages say."""

from __future__ import annotations

import hashlib

from kb.link import KnowledgeBase
from kb.model.registry import Registry
from kb.pages import all_pages
from kb.text.fold import bare_key
from tests.support.fronts import Front
from tests.support.notes import base_of

EMPTY = Registry()


def fronts_of(base: KnowledgeBase) -> dict[str, Front]:
    """The front matter of all pages by their paths without `.md`."""
    return {
        page.path.removesuffix(".md").removesuffix("/index.html"): dict(page.front)
        for page in all_pages(base)
    }


def talk_id(date: str, title: str) -> str:
    """The identity of an entry whose title nobody else has in its session."""
    return f"{date}-{hashlib.sha256(bare_key(title).encode()).hexdigest()[:6]}"


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
