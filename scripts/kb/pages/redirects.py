"""Pages at former addresses that lead to the present ones."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model.kinds import TOPIC, VENUE, Kind
from kb.model.registry import Topic, Venue
from kb.pages.cards import url_of
from kb.pages.context import Context, Page, head, heading, page
from kb.pages.markdown import escape, page_link
from kb.pages.venues import shown_venues
from kb.text.slug import page_id


def redirects(context: Context) -> Iterator[Page]:
    """One page for each former id of a topic, and for each other name of a venue, that have pages."""
    for topic in context.base.topics.values():
        if topic.id in context.base.by_topic:
            for former in topic.former:
                yield _redirect(TOPIC, former, topic)
    # Before a venue was registered, each of its names had a page of its own.
    for venue in (context.base.venues[one] for one in shown_venues(context)):
        for other in dict.fromkeys(map(page_id, venue.names)):
            if other not in context.base.venues:
                yield _redirect(VENUE, other, venue)


def _redirect(kind: Kind, former: str, record: Topic | Venue) -> Page:
    front = {
        **head("redirect", record.name, f"「{record.name}」は移動しました", record.span),
        "redirect": url_of(kind.id, record.id),
        "search": {"exclude": True},
    }
    moved = f"このページは [{escape(record.name)}]({page_link(kind.id, record.id)}) に移動しました。"
    return page(f"{kind.path(former)}.md", front, [heading(record.name), "", moved])
