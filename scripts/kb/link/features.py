"""What a topic may share with others: what it is about, what it speaks of, what it only names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from kb.link.nodes import EntryNode
from kb.link.reasons import Feature
from kb.link.related import Features
from kb.link.words import words_of
from kb.text.references import title_key


def features_of(topic: str, nodes: Sequence[EntryNode]) -> Features:
    """The features of all entries of a topic."""
    words = [words_of(node.entry) for node in nodes]
    main = dict.fromkeys(chain(_about(topic, nodes), *(_words(one.title) for one in words)))
    side = dict.fromkeys(chain(_named(nodes), *(_words(one.often) for one in words)))
    side |= dict.fromkeys(("title", title) for one in words for title in one.cited)
    rest = dict.fromkeys(chain(_proposed(nodes), *(_words(one.once) for one in words)))
    return Features(
        of=tuple(nodes),
        main=tuple(main),
        side=tuple(one for one in side if one not in main),
        rest=tuple(one for one in rest if one not in main and one not in side),
        forms=tuple(dict.fromkeys(form for one in words for form in one.forms)),
    )


def _about(topic: str, nodes: Iterable[EntryNode]) -> Iterator[Feature]:
    """The topic itself, its sources, and of its tags the first one and those that its titles name."""
    yield "topic", topic
    for node in nodes:
        yield from (("paper", paper) for paper in node.sources)
        if title := title_key(node.facts.title):
            yield "title", title
        given = node.tags or node.titled
        yield from (("tag", tag) for tag in given if tag == given[0] or tag in node.titled)


def _proposed(nodes: Iterable[EntryNode]) -> Iterator[Feature]:
    return (("tag", tag) for node in nodes for tag in node.proposed)


def _words(words: Iterable[str]) -> Iterator[Feature]:
    return (("word", word) for word in words)


def _named(nodes: Iterable[EntryNode]) -> Iterator[Feature]:
    """The other tags, and the papers and topics that the texts name."""
    for node in nodes:
        yield from (("tag", tag) for tag in node.tags)
        for target in (mention.target for mention in node.mentions):
            if target.kind == "paper" or target.kind == "topic":  # noqa: PLR1714  mypy narrows these alone
                yield target.kind, target.id
