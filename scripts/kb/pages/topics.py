"""The page of each topic, with its entries, and the list of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from kb.link.nodes import EntryNode, Target
from kb.link.reasons import Feature
from kb.link.related import Relation
from kb.model.kinds import TOPIC
from kb.model.registry import HIDDEN
from kb.model.session import Person
from kb.pages.cards import NOBODY, Row, newest_first, url_of
from kb.pages.context import Context, Page, Plan, head, heading, page
from kb.pages.documents import SHOWN_DATA, topic_document
from kb.pages.former import anchors_here, former_anchors, moved_away, suffixes_of
from kb.pages.lists import by_year, index_of
from kb.pages.markdown import escape, guard, page_link, title_line, write_inline
from kb.pages.shown import as_shown
from kb.text.fold import name_key

MAX_REASONS = 3
"""Reasons that a relation gives."""
MAX_WORDS_TOLD = 3
"""Words that one of them names."""


def topic_plans(context: Context) -> Iterator[Plan]:
    """One page for each topic that has an entry."""
    for topic in context.base.by_topic:
        yield Plan(TOPIC.path(topic), _key(context, topic), partial(topic_page, context, topic))


def _key(context: Context, topic: str) -> tuple[object, ...]:
    base = context.base
    record, relations = base.topics[topic], base.related.relations.get(topic, ())
    hops = base.related.two_hops.get(topic, ())
    shown = {one.topic for one in relations} | {one for hop in hops for one in hop.topics}
    # A relation stays equal when the other topic gets a name or a newer entry.
    named = tuple((base.topics[one].name, base.by_topic[one][-1].date) for one in sorted(shown))
    backlinks = base.backlinks.get(Target("topic", topic), ())
    # Places are no part of equality, but the edit button leads to them.
    newest = newest_first(base.by_topic[topic])[0].span
    former = tuple(one.key for one in former_anchors(context, topic))
    return (record, record.span, newest, base.by_topic[topic], relations, hops, named, backlinks, former)


def topic_page(context: Context, topic_id: str) -> Iterator[Page]:
    """All that was said on a topic, and what belongs to it."""
    base, cards = context.base, context.cards
    topic, nodes = base.topics[topic_id], newest_first(base.by_topic[topic_id])
    dates = "、".join(node.date for node in nodes[:3])
    about = f"「{nodes[0].entry.title.plain}」({dates} の勉強会)"
    front = {
        **head("topic", topic.name, about, nodes[0].span),
        "registry_path": topic.span.path if topic.registered else "",
        "registry_line": topic.span.first if topic.registered else 0,
        "aliases": list(topic.aliases),
        "entries": [
            {"date": node.date, "session_url": url_of("session", node.date), "anchor": node.anchor()}
            for node in nodes
        ],
        "papers": _papers(context, nodes),
        "related": [_relation(context, topic_id, one) for one in base.related.relations.get(topic_id, ())],
        "two_hops": [
            {"via": _feature_name(context, hop.via), "links": cards.links("topic", hop.topics)}
            for hop in base.related.two_hops.get(topic_id, ())
        ],
        "backlinks": cards.backlinks(Target("topic", topic_id)),
    }
    # The title of an only entry is that of the page, unless its topic is called otherwise.
    alone = len(nodes) == 1 and name_key(nodes[0].entry.title.plain) == name_key(topic.name)
    lines, said, level = [] if alone else [heading(topic.name)], [], 1 if alone else 2
    former = former_anchors(context, topic_id)
    for node in nodes:
        text, told = context.body(node.blocks, node.suffix, level, suffixes_of(former, node))
        lines += ["", *anchors_here(former, node), *_entry(context, node, level, text)]
        said.append(told)
    lines += moved_away(former, topic_id)
    document = topic_document(context, topic_id, nodes, said, alone=alone)
    yield page(f"{TOPIC.path(topic_id)}.md", front, lines, document)


def _papers(context: Context, nodes: Iterable[EntryNode]) -> list[Row]:
    """Papers that the entries are about, then those that they name."""
    roles: dict[str, str] = {}
    for node in nodes:
        roles.update(dict.fromkeys(node.sources, "出典"))
    for node in nodes:
        for mention in node.mentions:
            if mention.target.kind == "paper":
                roles.setdefault(mention.target.id, "言及")
    return [{**context.cards.link(Target("paper", one)), "role": role} for one, role in roles.items()]


def _feature_name(context: Context, feature: Feature) -> str:
    kind, name = feature
    match kind:
        case "word" | "title":
            return f"「{name}」"
        case "tag":
            return f"#{context.cards.name(Target(kind, name))}"
        case "topic" | "paper":
            return context.cards.name(Target(kind, name))


def _reasons(context: Context, topic: str, relation: Relation) -> list[str]:
    """Why two topics are related, the best reasons first; words together are one of them."""
    about = [set(context.base.related.features[one].main) for one in (topic, relation.topic)]
    told = [
        _reason(context, one, sum(one in main for main in about))
        for one in relation.shared
        if one[0] != "word"
    ]
    words = [_feature_name(context, one) for one in relation.shared if one[0] == "word"]
    if words:
        told.append(f"どちらにも{''.join(words[:MAX_WORDS_TOLD])}が出てくる")
    return list(dict.fromkeys(told))[:MAX_REASONS]


def _reason(context: Context, feature: Feature, about: int) -> str:
    """What one thing makes of two topics, so many of which are about it; the same on both pages."""
    name = _feature_name(context, feature)
    if feature[0] == "tag":
        return f"どちらも {name}"
    if feature[0] == "title":
        return "一方が、もう一方の題名を挙げている"
    if about == 1:
        return f"一方が取り上げた {name} に、もう一方が言及"
    return f"どちらも {name} {'を取り上げた' if about else 'に言及'}"


def _relation(context: Context, topic: str, relation: Relation) -> Row:
    entries = context.base.by_topic[relation.topic]
    return {
        **context.cards.link(Target("topic", relation.topic)),
        "date": max(node.date for node in entries),
        "reasons": _reasons(context, topic, relation),
    }


def _entry(context: Context, node: EntryNode, level: int, text: list[str]) -> list[str]:
    title = as_shown(node.entry.title.nodes, context.resolve)
    return [
        *_kicker(node),
        "",
        '<div class="kb-note" data-note markdown="1">',
        "",
        title_line(level, title, node.anchor()),
        "",
        *_data(context, node),
        *text,
        "",
        "</div>",
        *_below(context, node),
    ]


def _kicker(node: EntryNode) -> list[str]:
    session = f"[{node.date}]({page_link('session', node.date)})"
    kind = f' <span class="kb-kind">{escape(node.entry.kind)}</span>' if node.entry.kind else ""
    part = node.facts.part.plain
    named = f" {escape(part)}" if part else ""
    return [f"{session}{kind}{named}", "{: .kb-kicker }"]


def _data(context: Context, node: EntryNode) -> list[str]:
    lines: list[str] = []
    people = [_person(context, person, page_id) for person, page_id in node.people]
    if people:
        lines += [" ".join(people), '{: .kb-data data-label="発表者" }', ""]
    for key in SHOWN_DATA:
        values = [write_inline(one.nodes, context.resolve) for one in node.entry.told(key)]
        if shown := guard("<br>".join(values)):
            lines += [shown, f'{{: .kb-data data-label="{key}" }}', ""]
    return lines


def _person(context: Context, person: Person, page_id: str) -> str:
    if context.base.presenters[page_id].hidden:
        return HIDDEN
    return f"[{escape(str(person))}]({page_link('presenter', page_id)})"


def _below(context: Context, node: EntryNode) -> list[str]:
    lines: list[str] = []
    if not node.presenters:
        lines += ["", f"{NOBODY}です", "{: .kb-missing }"]
    for tags, style in ((node.tags, ".kb-tags"), (node.proposed, ".kb-tags .kb-tags--proposed")):
        chips = [f"[#{escape(context.base.tags[one].ja)}]({page_link('tag', one)})" for one in tags]
        if chips:
            lines += ["", " ".join(chips), f"{{: {style} }}"]
    return lines


def topic_list_plans(context: Context) -> Iterator[Plan]:
    """All topics, by the year in which they were last presented."""
    latest = [newest_first(nodes)[0] for nodes in context.base.by_topic.values()]
    return index_of(
        TOPIC,
        by_year(newest_first(latest), lambda node: node.date),
        row=lambda nodes: {"entries": [context.cards.entry(node) for node in nodes]},
        item_key=lambda node: (node, context.base.topics[node.topic].name),
    )
