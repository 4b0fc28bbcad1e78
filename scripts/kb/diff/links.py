"""Links between the entries of a change and those of other sessions, each in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.diff.model import EntryRef, NewLink, Reason
from kb.link import KnowledgeBase
from kb.link.nodes import EntryNode, Mention, Target
from kb.model.registry import HIDDEN
from kb.pages.cards import url_of

_ORDER: tuple[Reason, ...] = ("topic", "paper", "source", "mention")
"""Of several links between two entries the first is told."""


def links_of(base: KnowledgeBase, dates: Iterable[str]) -> tuple[NewLink, ...]:
    """Every link between an entry of these sessions and an entry of any other, each pair once."""
    told: dict[tuple[EntryRef, EntryRef], NewLink] = {}
    own = frozenset(dates)
    addresses = _by_address(_others(base.entries, own))
    for date in sorted(own):
        for node in base.by_session.get(date, ()):
            for link in _links(base, node, own, addresses):
                pair = (link.source, link.target)
                known = told.get(pair)
                if known is None or _ORDER.index(link.reason) < _ORDER.index(known.reason):
                    told[pair] = link
    return tuple(told.values())


_Addresses = Mapping[str, Sequence[EntryNode]]


def _links(
    base: KnowledgeBase, node: EntryNode, own: frozenset[str], addresses: _Addresses
) -> Iterator[NewLink]:
    yield from (
        _link(base, node, other, "topic", base.topics[node.topic].name)
        for other in _others(base.by_topic[node.topic], own)
    )
    for paper in node.sources:
        others = _others(base.by_source.get(paper, ()), own)
        yield from (_link(base, node, other, "paper", base.papers[paper].title) for other in others)
    for other in dict.fromkeys(other for url in _addresses(node) for other in addresses.get(url, ())):
        yield _link(base, node, other, "source", other.entry.title.plain)
    for mention in node.mentions:
        yield from _mentioned(base, node, mention, own)
    for target in (Target("topic", node.topic), *(Target("paper", one) for one in node.sources)):
        for backlink in base.backlinks.get(target, ()):
            if backlink.entry.date not in own:
                yield _spoken_of(base, node, backlink.entry, target)


def _others(nodes: Iterable[EntryNode], own: frozenset[str]) -> Iterator[EntryNode]:
    return (node for node in nodes if node.date not in own)


def _by_address(nodes: Iterable[EntryNode]) -> _Addresses:
    found: defaultdict[str, list[EntryNode]] = defaultdict(list)
    for node in nodes:
        for url in _addresses(node):
            found[url].append(node)
    return found


def _addresses(node: EntryNode) -> frozenset[str]:
    return frozenset(one.url for one in node.citations if one.url)


def _mentioned(
    base: KnowledgeBase, node: EntryNode, mention: Mention, own: frozenset[str]
) -> Iterator[NewLink]:
    """What the entry names: who presented it before, and who else named the same paper."""
    target = mention.target
    if target.kind == "topic":
        presented = base.by_topic.get(target.id, ())
        name = base.topics[target.id].name
        yield from (_link(base, node, other, "mention", name) for other in _others(presented, own))
    elif target.kind == "paper":
        name = base.papers[target.id].title
        presented = base.by_source.get(target.id, ())
        yield from (_link(base, node, other, "mention", name) for other in _others(presented, own))
        named = (link.entry for link in base.backlinks.get(target, ()))
        for other in dict.fromkeys(named):
            if other.date not in own:
                yield _both_name(node, other, name)


def _reference(node: EntryNode) -> EntryRef:
    url = "/" + url_of("topic", node.topic, node.anchor())
    return EntryRef(node.date, node.entry.title.plain, url)


def _link(base: KnowledgeBase, node: EntryNode, other: EntryNode, reason: Reason, about: str) -> NewLink:
    mine, theirs = _reference(node), _reference(other)
    when = f"{theirs.date} に{_people(base, other)}発表した「{theirs.title}」"
    sentence = {
        "topic": f"「{mine.title}」は、{when}と同じトピック「{about}」です",
        "paper": f"「{mine.title}」は、{when}と同じ論文「{about}」を取り上げています",
        "source": f"「{mine.title}」は、{when}と同じ出典を取り上げています",
        "mention": f"「{mine.title}」が触れている「{about}」は、{when}で取り上げられています",
    }[reason]
    return NewLink(mine, theirs, reason, about, sentence)


def _people(base: KnowledgeBase, node: EntryNode) -> str:
    """`Taro さんが`, or nothing where nobody is named or wants to be."""
    people = (base.presenters[one] for one in node.presenters)
    names = [HIDDEN if one.hidden else f"{one.name} さん" for one in people]
    return "・".join(names) + "が" if names else ""


def _spoken_of(base: KnowledgeBase, node: EntryNode, other: EntryNode, target: Target) -> NewLink:
    mine, theirs = _reference(node), _reference(other)
    name = base.topics[target.id].name if target.kind == "topic" else base.papers[target.id].title
    sentence = (
        f"{theirs.date} の「{theirs.title}」が触れていた「{name}」を、「{mine.title}」が取り上げています"
    )
    return NewLink(mine, theirs, "mention", name, sentence)


def _both_name(node: EntryNode, other: EntryNode, name: str) -> NewLink:
    mine, theirs = _reference(node), _reference(other)
    sentence = (
        f"「{mine.title}」と {theirs.date} の「{theirs.title}」は、どちらも論文「{name}」に触れています"
    )
    return NewLink(mine, theirs, "paper", name, sentence)
