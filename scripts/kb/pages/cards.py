"""The shapes that front matter is made of. `docs/dev/architecture.md` lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from kb.link.base import KnowledgeBase
from kb.link.nodes import EntryId, EntryNode, Mention, Target
from kb.model.kinds import BY_ID, KindId, TargetKind

NOBODY = "発表者の記載なし"


Row = dict[str, Any]
"""Keys and values of front matter."""


# Quoting costs, and every row and link asks for the same few thousand addresses.
@lru_cache(maxsize=1 << 18)
def url_of(kind: KindId, page: str, anchor: str = "") -> str:
    """The address of a page, relative to the site."""
    return BY_ID[kind].path(quote(page)) + "/" + (f"#{quote(anchor)}" if anchor else "")


class Cards:
    """Makes the shapes from what the knowledge base knows."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        # One entry stands on the pages of its session, topic, people, tags and papers: each row is made once.
        self._links: dict[Target, Row] = {}
        self._entries: dict[EntryId, Row] = {}

    def name(self, target: Target) -> str:
        """The name under which a target is shown."""
        return self.base.records(target.kind)[target.id].label

    def link(self, target: Target) -> Row:
        """A link to a target's page; hidden persons have none."""
        if target not in self._links:
            hidden = target.kind == "presenter" and self.base.presenters[target.id].hidden
            url = "" if hidden else url_of(target.kind, target.id)
            self._links[target] = {"text": self.name(target), "url": url}
        return self._links[target]

    def links(self, kind: TargetKind, ids: Iterable[str]) -> list[Row]:
        """Links to pages of a kind."""
        return [self.link(Target(kind, one)) for one in ids]

    def entry(self, node: EntryNode) -> Row:
        """An entry as a card."""
        if node.id in self._entries:
            return self._entries[node.id]
        self._entries[node.id] = {
            "title": node.entry.title.plain,
            "url": url_of("topic", node.topic, node.anchor()),
            "kind": node.entry.kind,
            "date": node.date,
            "session_url": url_of("session", node.date),
            "presenters": self.links("presenter", node.presenters),
            "tags": self.links("tag", node.tags),
            "topic": self.base.topics[node.topic].name,
            "topic_url": url_of("topic", node.topic),
            "remarks": len(node.remarks),
            "note": "" if node.presenters else NOBODY,
        }
        return self._entries[node.id]

    def entries(self, nodes: Iterable[EntryNode]) -> list[Row]:
        """Cards, the newest first."""
        return [self.entry(node) for node in newest_first(nodes)]

    def quoted(self, node: EntryNode, mention: Mention) -> Row:
        """The sentence of a mention, and where it stands."""
        pieces = mention.quotation
        row = self.place(node, mention.anchor, mention.section)
        return {**row, "before": pieces.before, "match": pieces.match, "after": pieces.after}

    def place(self, node: EntryNode, anchor: str, section: str) -> Row:
        """Where in which entry something stands, the sentence being empty."""
        address = url_of("topic", node.topic, node.anchor(anchor))
        return {
            "date": node.date,
            "session_url": url_of("session", node.date),
            "source": {"text": node.entry.title.plain, "url": address},
            "section": section,
            "presenters": self.links("presenter", node.presenters),
            "before": "",
            "match": "",
            "after": "",
        }

    def backlinks(self, target: Target) -> list[Row]:
        """Every place that speaks of a target, the newest first."""
        links = self.base.backlinks.get(target, ())
        return [self.quoted(link.entry, link.mention) for link in reversed(links)]

    def counts(self, kind: TargetKind, ids: Iterable[str]) -> list[Row]:
        """Pages by how often they come, the most frequent first."""
        counted = Counter(ids)
        ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        return [{**self.link(Target(kind, one)), "count": count} for one, count in ranked]


def newest_first(nodes: Iterable[EntryNode]) -> list[EntryNode]:
    """By date downwards; within a session in the order of the note."""
    # Not reversed: entries of one session keep the order of the note.
    return sorted(nodes, key=lambda node: (-node.id.date.toordinal(), node.id.number))
