"""What old notes are searched for: every way in which a text may name what a change touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.diff.focus import Sought
from kb.link import KnowledgeBase
from kb.link.facts import citations_of
from kb.link.nodes import EntryNode, Target, TargetKind
from kb.model.registry import Paper, Presenter, Registry, Tag, Topic
from kb.text.ids import search_word, url_key

Record = Presenter | Paper | Tag | Topic

SHORTEST = 2
"""Letters that a word must have to be looked for."""


def sought(bases: Iterable[KnowledgeBase], renamed: Iterable[Record], given: Iterable[str]) -> Sought:
    """What links old notes with the entries of these bases and with these records of the registry.

    `given` are topics that old notes name; those count that the entries name, too.
    """
    linking: list[str] = [word for record in renamed for word in record_words(record)]
    telling: list[str] = []
    presenting: list[str] = []
    for base, node in ((one, node) for one in bases for node in one.entries):
        linking += _presented(base, node)
        for target in _named(node):
            words = target_words(base, target)
            if target.kind == "paper":
                linking += words
            elif target.kind == "topic":
                presenting += words
            else:
                telling += words
        telling += (spoken.handle for spoken in node.remarks)
        text = str(node.entry).lower()
        presenting += (name for name in given if name.lower() in text)
    return Sought(_words(linking), _words(telling), _words(presenting))


def _words(texts: Iterable[str]) -> frozenset[str]:
    low = (" ".join(text.lower().split()) for text in texts)
    return frozenset(text for text in low if len(text) >= SHORTEST)


def _presented(base: KnowledgeBase, node: EntryNode) -> Iterator[str]:
    """What an entry is about: its topic, its papers, the addresses of its other sources."""
    yield from target_words(base, Target("topic", node.topic))
    for paper in node.sources:
        yield from target_words(base, Target("paper", paper))
    yield from (search_word(one.url) for one in citations_of(node.entry) if one.url and not one.work)


def _named(node: EntryNode) -> Iterator[Target]:
    yield from (mention.target for mention in node.mentions)
    yield from (Target("presenter", one) for one in node.presenters)
    yield from (Target("presenter", spoken.presenter) for spoken in node.remarks if spoken.presenter)
    yield from (Target("tag", one) for one in (*node.tags, *node.proposed))


def target_words(base: KnowledgeBase, target: Target) -> tuple[str, ...]:
    """Every word that stands for a target in a note."""
    record = records_of(base, target.kind).get(target.id)
    return record_words(record) if record else ()


def records_of(base: KnowledgeBase, kind: TargetKind) -> Mapping[str, Record]:
    """Everything of a kind by its id."""
    match kind:
        case "topic":
            return base.topics
        case "paper":
            return base.papers
        case "presenter":
            return base.presenters
        case "tag":
            return base.tags


def record_words(record: Record) -> tuple[str, ...]:
    """Every word that stands for a record in a note."""
    match record:
        case Presenter():
            return (record.name, *record.aliases, *record.handles)
        case Topic():
            return (record.id, record.name, *record.aliases, *record.former)
        case Tag():
            return (record.id, *record.terms)
        case Paper():
            address = (search_word(url_key(record.url)),) if record.url else ()
            ids = (value for _, value in record.ids)
            return (record.title, *record.aliases, *ids, *address)


def changed_records(before: Registry, after: Registry) -> tuple[Record, ...]:
    """Records that one of the registries has and the other has not, or has otherwise."""
    if before is after:
        return ()
    found: list[Record] = []
    for name in ("presenters", "papers", "tags", "topics"):
        old: dict[str, Record] = {one.id: one for one in getattr(before, name)}
        new: dict[str, Record] = {one.id: one for one in getattr(after, name)}
        for one in dict.fromkeys((*old, *new)):
            if old.get(one) != new.get(one):
                found += [record for record in (old.get(one), new.get(one)) if record]
    return tuple(found)
