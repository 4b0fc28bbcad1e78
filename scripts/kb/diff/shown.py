"""What each page of a site shows, in a form in which two sites are compared.

A page that only sorts or counts anew is not told: lists of a kind change whenever one of their pages
does, and the relations of topics, which weigh everything against everything, are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kb.diff.model import PageRef
from kb.link import KnowledgeBase
from kb.link.nodes import EntryNode, Target
from kb.pages import Context, all_plans
from kb.text.inline import rich_text

Shown = dict[str, tuple[object, ...]]
"""By the name of a page, `topics/sam3`, what is written on it."""

LISTS = {
    "sessions": "勉強会の一覧",
    "topics": "トピックの一覧",
    "papers": "論文の一覧",
    "presenters": "発表者の一覧",
    "tags": "タグの一覧",
}


def shown(base: KnowledgeBase, files: frozenset[str]) -> Shown:
    """Every page that the base has, lists and redirects apart."""
    made = {plan.name for plan in all_plans(Context(base, files))}
    return dict(_told(base, made))


def _told(base: KnowledgeBase, made: Collection[str]) -> Iterator[tuple[str, tuple[object, ...]]]:
    for session in base.sessions:
        date = session.date.isoformat()
        outside = tuple((part.name, part.blocks) for part in session.parts)
        cards = _cards(base, base.by_session.get(date, ()))
        yield f"sessions/{date}", (session.title, session.blocks, outside, cards)
    for topic in base.topics.values():
        if f"topics/{topic.id}" not in made:
            continue
        entries = base.by_topic.get(topic.id, ())
        yield f"topics/{topic.id}", (topic, _whole(base, entries), _backlinks(base, "topic", topic.id))
    for paper in base.papers.values():
        if f"papers/{paper.id}" not in made:
            continue
        cards = _cards(base, base.by_source.get(paper.id, ()))
        yield f"papers/{paper.id}", (paper, cards, _backlinks(base, "paper", paper.id))
    for one in base.presenters.values():
        if f"presenters/{one.id}" not in made:
            continue
        cards = _cards(base, base.by_presenter.get(one.id, ()))
        said = tuple((_place(node), spoken) for node, spoken in base.remarks.get(one.id, ()))
        yield f"presenters/{one.id}", (one, cards, said, _backlinks(base, "presenter", one.id))
    for tag in base.tags.values():
        if f"tags/{tag.id}" not in made:
            continue
        given, proposed = base.by_tag.get(tag.id, ()), base.by_proposal.get(tag.id, ())
        links = _backlinks(base, "tag", tag.id)
        yield f"tags/{tag.id}", (tag, _cards(base, given), _cards(base, proposed), links)


def _place(node: EntryNode) -> tuple[str, ...]:
    """Where an entry is shown, and how it is called there."""
    return node.date, node.topic, node.anchor(), node.entry.title.source, *node.presenters


def _cards(base: KnowledgeBase, nodes: Iterable[EntryNode]) -> tuple[object, ...]:
    return tuple(
        (
            _place(node),
            node.entry.kind,
            node.people,
            node.tags,
            len(node.remarks),
            base.topics[node.topic].name,
        )
        for node in nodes
    )


def _whole(base: KnowledgeBase, nodes: Iterable[EntryNode]) -> tuple[object, ...]:
    return tuple(
        (card, node.entry, node.mentions) for node, card in zip(nodes, _cards(base, nodes), strict=True)
    )


def _backlinks(base: KnowledgeBase, kind: str, one: str) -> tuple[object, ...]:
    links = base.backlinks.get(Target(kind, one), ())  # type: ignore[arg-type]
    return tuple((_place(link.entry), link.mention) for link in links)


def reference(base: KnowledgeBase, name: str) -> PageRef:
    """A page as messages name it."""
    kind, _, one = name.partition("/")
    match kind:
        case "sessions":
            titles = (f"{one} {s.title}" for s in base.sessions if s.date.isoformat() == one)
            title = next(titles, f"{one} の勉強会")
        case "topics":
            title = base.topics[one].name
        case "papers":
            title = base.papers[one].title
        case "presenters":
            title = base.presenters[one].name
        case _:
            title = f"#{base.tags[one].ja}"
    return PageRef(f"/{name}/", rich_text(title).plain)
