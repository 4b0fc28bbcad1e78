"""What each kind of page gives to the search: the facts and the words of which the page is made.

No label of a page or of a template is in it, so that each of them can be worded anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kb.link.nodes import EntryNode
from kb.model.document import Document, Section
from kb.model.inline import RichText
from kb.model.kinds import PAPER, PRESENTER, SESSION, TAG, TOPIC, VENUE, Kind
from kb.model.registry import HIDDEN, Paper, Presenter, Tag, Venue
from kb.model.session import AUTHORS, CODE, MATERIAL, REVISIT, SOURCES
from kb.pages.body import Said
from kb.pages.context import Context
from kb.pages.markdown import without_controls
from kb.pages.shown import shown_text
from kb.text.slug import engine_anchor

SHOWN_DATA = (AUTHORS, SOURCES, CODE, MATERIAL, REVISIT)
"""Data that is shown as the note has it; presenters and tags are shown as links."""
_TWO_NAMES = re.compile(r"(.+?)\s*[(（](.+)[)）]")


def title_document(url: str, title: str, lead: str = "") -> Document:
    """A page that lists others: what it shows is found where it was written."""
    return _document(Document(url, title, sections=(_section(text=[lead]),)))


def topic_document(
    context: Context,
    topic_id: str,
    nodes: Sequence[EntryNode],
    said: Sequence[Sequence[Said]],
    *,
    alone: bool,
) -> Document:
    """All entries of a topic with what each has `said`; one that stands `alone` gives the page its title."""
    topic, base = context.base.topics[topic_id], context.base
    title = _shown(context, nodes[0].entry.title) if alone else topic.name
    presenters = (one for node in nodes for one in node.presenters if not base.presenters[one].hidden)
    # `GAM (General Agentic Memory)` is called by either name.
    both = match.groups() if (match := _TWO_NAMES.fullmatch(title)) else ()
    entries = zip(nodes, said, strict=True)
    return _document(
        Document(
            url=f"{TOPIC.path(topic_id)}/",
            title=title,
            names=tuple(dict.fromkeys((*topic.aliases, *both))),
            kinds=tuple(dict.fromkeys(node.entry.kind for node in nodes if node.entry.kind)),
            date=max(node.date for node in nodes),
            presenters=_pages(PRESENTER, presenters),
            tags=_pages(TAG, (tag for node in nodes for tag in node.tags)),
            venues=_venues(context, (paper for node in nodes for paper in node.sources)),
            sections=tuple(one for entry in entries for one in _entry(context, *entry, alone=alone)),
        )
    )


def _pages(kind: Kind, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{kind.path(one)}/" for one in dict.fromkeys(ids))


def _venues(context: Context, papers: Iterable[str]) -> tuple[str, ...]:
    return _pages(VENUE, filter(None, map(context.base.venue_of.get, papers)))


def _entry(context: Context, node: EntryNode, said: Sequence[Said], *, alone: bool) -> Iterator[Section]:
    anchor, heading = ("", "") if alone else (node.anchor(), _shown(context, node.entry.title))
    yield _section(anchor, heading, _meta(context, node), said[0].texts)
    yield from _sections(said[1:])


def _meta(context: Context, node: EntryNode) -> Iterator[str]:
    base = context.base
    yield " ".join((node.date, node.entry.kind, node.facts.part.plain))
    yield " ".join(HIDDEN if base.presenters[page].hidden else str(one) for one, page in node.people)
    for tags in (node.tags, node.proposed):
        yield " ".join(f"#{base.tags[one].ja}" for one in tags)
    for key in SHOWN_DATA:
        yield from (_shown(context, value) for value in node.entry.told(key))


def _shown(context: Context, text: RichText) -> str:
    return shown_text(text.nodes, context.resolve)


def session_document(
    date: str, title: str, said: Sequence[Said], parts: Iterable[tuple[str, Sequence[Said]]]
) -> Document:
    """What a session's note says outside of its entries; `parts` with the names of their headings."""
    sections = _sections(said[1:])
    # These headings have no anchors of ours: an engine numbers those that are taken, by the title too.
    taken = {engine_anchor(title, set()), *(one.anchor for one in sections)}
    for name, below in parts:
        sections += [_section(engine_anchor(name, taken), name, text=below[0].texts), *_sections(below[1:])]
    return _document(
        Document(
            url=f"{SESSION.path(date)}/",
            title=title,
            names=(date,),
            kinds=(SESSION.hit,),
            date=date,
            sections=(_section(text=said[0].texts), *sections),
        )
    )


def paper_document(context: Context, paper: Paper, links: Iterable[Mapping[str, str]]) -> Document:
    """A paper's citation, and where it is. A link that only has its label says nothing of the paper."""
    where = " ".join(link["text"] for link in links if link["text"] != link["label"])
    authors = "、".join(map(str, paper.authors))
    facts = (where, authors, paper.container_title, paper.publisher, paper.issued, "、".join(paper.aliases))
    document = _facts(PAPER, paper.id, paper.title, paper.aliases, facts)
    return replace(document, venues=_venues(context, [paper.id]))


def presenter_document(who: Presenter) -> Document:
    """How somebody is called."""
    facts = ("、".join(who.handles), who.reading, "、".join(who.aliases))
    names = (*who.handles, *filter(None, [who.reading]), *who.aliases)
    return replace(_facts(PRESENTER, who.id, who.name, names, facts), presenters=_pages(PRESENTER, [who.id]))


def tag_document(tag: Tag) -> Document:
    """How a tag is called."""
    english = (tag.en,) if tag.registered and tag.en else ()
    facts = (*english, "、".join(tag.aliases))
    document = _facts(TAG, tag.id, f"#{tag.ja}", (*english, *tag.aliases), facts)
    return replace(document, label=tag.ja, tags=(document.url,))


def venue_document(venue: Venue) -> Document:
    """How a conference or a journal is called, and where it is."""
    facts = (venue.url, venue.full, "、".join(venue.aliases))
    document = _facts(VENUE, venue.id, venue.name, venue.names[1:], facts)
    return replace(document, venues=(document.url,))


def _facts(kind: Kind, page: str, title: str, names: tuple[str, ...], facts: Iterable[str]) -> Document:
    sections = (_section(text=facts),)
    url = f"{kind.path(page)}/"
    return _document(Document(url, title, names=names, kinds=(kind.hit,), sections=sections))


def _document(document: Document) -> Document:
    """A document that is called somehow and has no section of nothing, but one."""
    # A page without words is still found by its title, which the search shows with a section.
    kept = tuple(one for one in document.sections if one.heading or one.meta or one.text)
    title = _words(document.title) or document.url
    return replace(document, title=title, sections=kept or (_section(),))


def _sections(said: Iterable[Said]) -> list[Section]:
    return [_section(one.anchor, one.heading, text=one.texts) for one in said]


def _section(
    anchor: str = "", heading: str = "", meta: Iterable[str] = (), text: Iterable[str] = ()
) -> Section:
    return Section(anchor, " ".join(_words(heading).split()), _words(*meta), _words(*text))


def _words(*texts: str) -> str:
    # Texts below each other: blanks are single, as a browser shows them, and no line is empty.
    rows = (" ".join(row.split()) for text in texts for row in without_controls(text).split("\n"))
    return "\n".join(filter(None, rows))
