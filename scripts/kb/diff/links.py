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
    for other in _others(base.by_topic[node.topic], own):
        yield _link(base, node, other, "topic", base.topics[node.topic].name)
    for paper in node.sources:
        for other in _others(base.by_source.get(paper, ()), own):
            yield _link(base, node, other, "paper", base.papers[paper].title)
    for other in dict.fromkeys(other for url in _addresses(node) for other in addresses.get(url, ())):
        yield _link(base, node, other, "source", other.entry.title.plain)
    for mention in node.mentions:
        yield from _mentioned(base, node, mention, own)
    for target in (Target("topic", node.topic), *(Target("paper", one) for one in node.sources)):
        for other in _others((one.entry for one in base.backlinks.get(target, ())), own):
            yield _link(base, node, other, "mentions", _name(base, target))


def _others(nodes: Iterable[EntryNode], own: frozenset[str]) -> Iterator[EntryNode]:
    return (node for node in nodes if node.date not in own)


def _by_address(nodes: Iterable[EntryNode]) -> _Addresses:
    found: defaultdict[str, list[EntryNode]] = defaultdict(list)
    for node in nodes:
        for url in _addresses(node):
            found[url].append(node)
    return found


def _addresses(node: EntryNode) -> frozenset[str]:
    return frozenset(one.url for one in node.facts.citations if one.url)


def _mentioned(
    base: KnowledgeBase, node: EntryNode, mention: Mention, own: frozenset[str]
) -> Iterator[NewLink]:
    """What the entry names: who presented it before, and who else named the same paper."""
    target = mention.target
    if target.kind not in ("topic", "paper"):
        return
    name, entries = _name(base, target), base.by_topic if target.kind == "topic" else base.by_source
    for other in _others(entries.get(target.id, ()), own):
        yield _link(base, node, other, "mentioned", name)
    if target.kind == "paper":
        named = (link.entry for link in base.backlinks.get(target, ()))
        for other in dict.fromkeys(_others(named, own)):
            yield _link(base, node, other, "both", name)


def _name(base: KnowledgeBase, target: Target) -> str:
    return base.topics[target.id].name if target.kind == "topic" else base.papers[target.id].title


def _reference(node: EntryNode) -> EntryRef:
    url = "/" + url_of("topic", node.topic, node.anchor())
    return EntryRef(node.date, node.entry.title.plain, url)


_WAYS: Mapping[str, tuple[Reason, str]] = {
    "topic": ("topic", "「{mine}」は、{when}と同じトピック「{about}」です"),
    "paper": ("paper", "「{mine}」は、{when}と同じ論文「{about}」を取り上げています"),
    "source": ("source", "「{mine}」は、{when}と同じ出典を取り上げています"),
    "mentioned": ("mention", "「{mine}」が触れている「{about}」は、{when}で取り上げられています"),
    "mentions": ("mention", "{date} の「{theirs}」が触れていた「{about}」を、「{mine}」が取り上げています"),
    "both": ("paper", "「{mine}」と {date} の「{theirs}」は、どちらも論文「{about}」に触れています"),
}
"""Each way in which an entry is linked to another: the reason, and the sentence that tells it."""


def _link(base: KnowledgeBase, node: EntryNode, other: EntryNode, way: str, about: str) -> NewLink:
    mine, theirs = _reference(node), _reference(other)
    when = f"{theirs.date} に{_people(base, other)}発表した「{theirs.title}」"
    reason, sentence = _WAYS[way]
    said = sentence.format(mine=mine.title, theirs=theirs.title, date=theirs.date, when=when, about=about)
    return NewLink(mine, theirs, reason, about, said)


def _people(base: KnowledgeBase, node: EntryNode) -> str:
    """`Taro さんが`, or nothing where nobody is named or wants to be."""
    people = (base.presenters[one] for one in node.presenters)
    names = [HIDDEN if one.hidden else f"{one.name} さん" for one in people]
    return "・".join(names) + "が" if names else ""
