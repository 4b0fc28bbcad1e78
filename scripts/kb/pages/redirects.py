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
    """One page for each former address of something that has a page."""
    return (_redirect(*former) for former in former_ids(context))


def former_ids(context: Context) -> Iterator[tuple[Kind, str, Topic | Venue]]:
    """Each former id of a topic, and each other name of a venue, with what has the page now."""
    for topic in context.base.topics.values():
        if topic.id in context.base.by_topic:
            yield from ((TOPIC, former, topic) for former in topic.former)
    # Before a venue was registered, each of its names had a page of its own.
    for venue in (context.base.venues[one] for one in shown_venues(context)):
        names = dict.fromkeys(map(page_id, venue.names))
        yield from ((VENUE, other, venue) for other in names if other not in context.base.venues)


def _redirect(kind: Kind, former: str, record: Topic | Venue) -> Page:
    front = {
        **head("redirect", record.name, f"「{record.name}」は移動しました", record.span),
        "redirect": url_of(kind.id, record.id),
        "search": {"exclude": True},
    }
    moved = f"このページは [{escape(record.name)}]({page_link(kind.id, record.id)}) に移動しました。"
    return page(f"{kind.path(former)}.md", front, [heading(record.name), "", moved])
