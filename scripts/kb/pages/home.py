"""The home page: the latest session, newest topics, and how much there is."""

from __future__ import annotations

from collections.abc import Iterator

from kb.link.nodes import EntryNode
from kb.pages.cards import newest_first
from kb.pages.context import Context, Page, head, heading, page
from kb.pages.documents import title_document
from kb.pages.papers import shown_papers
from kb.pages.presenters import shown_presenters
from kb.pages.sessions import parts_of, session_row
from kb.pages.tags import shown_tags

NEWEST = 12
"""Topics and tags that the home page names."""
SITE_TITLE = "勉強会ノート"
LEAD = (
    "毎週の勉強会で読んだ論文や記事と、そこで交わした議論の記録です。"
    "1回ぶんのノートを1つ足すと、トピック・論文・発表者・タグが過去の回とつながります。"
)


def home(context: Context) -> Iterator[Page]:
    """The way in."""
    base, cards = context.base, context.cards
    latest = base.sessions[-1] if base.sessions else None
    date = latest.date.isoformat() if latest else ""
    people = (one for node in base.entries for one in node.presenters)
    presenting = (one for one in people if not base.presenters[one].hidden)
    front = {
        **head("home", SITE_TITLE, "機械学習勉強会のノートを、トピック・論文・発表者・タグからたどる"),
        "lead": LEAD,
        "counts": _counts(context),
        "latest": {**session_row(context, latest), "parts": parts_of(context, latest)} if latest else None,
        "newest": [cards.entry(node) for node in _newest(context, date)],
        "tags": cards.counts("tag", (tag for node in base.entries for tag in node.tags))[: 2 * NEWEST],
        "presenters": cards.counts("presenter", presenting)[:NEWEST],
    }
    yield page("index.md", front, [heading(SITE_TITLE)], title_document("", SITE_TITLE, LEAD))


def _counts(context: Context) -> dict[str, int]:
    base = context.base
    return {
        "sessions": len(base.sessions),
        "topics": len(base.by_topic),
        "entries": len(base.entries),
        "papers": len(shown_papers(context)),
        "presenters": len(shown_presenters(context)),
        "tags": len(shown_tags(context)),
    }


def _newest(context: Context, latest: str) -> list[EntryNode]:
    """The newest entry of each topic that the latest session did not have."""
    topics = {node.topic for node in context.base.entries if node.date == latest}
    newest: dict[str, EntryNode] = {}
    for node in newest_first(context.base.entries):
        if node.topic not in topics:
            newest.setdefault(node.topic, node)
        if len(newest) == NEWEST:
            break
    return list(newest.values())
