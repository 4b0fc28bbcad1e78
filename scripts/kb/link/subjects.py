"""Which topic an entry belongs to, and which tags it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sized

from kb.link.facts import Facts
from kb.link.identity import unlike
from kb.link.nodes import EntryId
from kb.link.records import FreeIds, as_record
from kb.link.titles import same_title
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.registry import Tag, Topic
from kb.model.session import REVISIT, TAGS, TOPIC
from kb.text.fold import name_key
from kb.text.near import Spellings
from kb.text.slug import page_id
from kb.text.spell import code_span


class Topics:
    """Topics by id, former id, name and alias.

    An entry without a topic joins the topic of an earlier entry on the same source, if both have one
    title or it says that it comes again; else it makes one. Its id is the source's for the first entry
    on a source, and the entry's identity for others.
    """

    def __init__(self, registered: tuple[Topic, ...], moved: Collection[str] = ()) -> None:
        """`moved` are ids from which a talk has moved: no other talk gets them by itself."""
        self.by_id = {topic.id: topic for topic in registered}
        self._moved = moved
        self._by_name: dict[str, str] = {}
        self._by_source: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._spellings = Spellings()
        self._ids = FreeIds("topic", lambda one: one in self.by_id or name_key(one) in self._by_name)
        self.findings: list[Finding] = []
        for topic in registered:
            for name in (topic.id, topic.name, *topic.aliases, *topic.former):
                self._by_name.setdefault(name_key(name), topic.id)
                self._spellings.add(name, topic.id)

    def of(self, facts: Facts, place: EntryId, sources: tuple[str, ...]) -> str:
        """The topic's id. Entries have to come in the order of their dates."""
        source = _source_key(facts, sources)
        earlier = self._by_source[source] if source else []
        if facts.topic:
            known = self._by_name.get(name_key(facts.topic))
            topic = known or self._new(page_id(facts.topic), facts.topic, facts)
        else:
            again = any(item.key == REVISIT for item in facts.entry.data)
            joined = (one for title, one in earlier if again or same_title(title, facts.title))
            topic = next(joined, "") or self._new(self._own(place, sources, earlier), facts.title, facts)
        earlier.append((facts.title, topic))
        return topic

    def _own(self, place: EntryId, sources: tuple[str, ...], earlier: Sized) -> str:
        """An id that no other talk has, or had."""
        free = sources and not earlier and sources[0] not in self._moved
        return sources[0] if free else unlike(str(place), self._moved.__contains__)

    def _new(self, topic_id: str, name: str, facts: Facts) -> str:
        shown = " ".join(name.split()) or topic_id
        topic = Topic(topic_id, shown, registered=False, span=facts.entry.span)
        if facts.topic:
            self.findings.append(self._unknown(name, facts.place(TOPIC, facts.topic)))
        self.by_id.setdefault(topic_id, topic)
        if facts.topic:
            self._by_name[name_key(name)] = topic_id
            self._spellings.add(name, name)
        return topic_id

    def _unknown(self, name: str, span: Span) -> Finding:
        if twin := self._spellings.twin(name):
            message = f"トピック「{name}」は「{twin}」と書き方だけが違います"
            hint = f"{code_span(twin)} と書いてください"
            return Finding(Code.SPELLING_NEAR_DUPLICATE, "warning", span, message, hint, value=name)
        near = self._spellings.nearest(name)
        hint = f"{code_span(near)} のことですか? ちがえば、" if near else ""
        free, own = self._ids.of(name)
        hint += as_record("topics", id=free, name=name)
        hint += "" if own else "。id は、英語の短い名前に直してください"
        message = f"トピック「{name}」は登録されていません"
        return Finding(Code.TOPIC_UNKNOWN, "warning", span, message, hint, value=name)

    def named(self) -> list[tuple[str, str]]:
        """Every name under which a topic may be spoken of, with its id."""
        names = [
            (name, topic.id)
            for topic in self.by_id.values()
            if topic.registered
            for name in (topic.name, *topic.aliases)
        ]
        given = [(self.by_id[one].name, one) for one in self._by_name.values()]
        return [(name, one) for name, one in dict.fromkeys(names + given) if len(name) > 1]


def _source_key(facts: Facts, sources: tuple[str, ...]) -> str:
    """What entries on one source share: its paper, or the address of the first source."""
    if sources:
        return f"paper:{sources[0]}"
    return next((f"url:{one.url}" for one in facts.citations if one.url), "")


class Tags:
    """Tags by id and term; tags that are not registered join as they come."""

    def __init__(self, registered: tuple[Tag, ...]) -> None:
        self.by_id = {tag.id: tag for tag in registered}
        self._by_term: dict[str, str] = {}
        self._spellings = Spellings()
        self._ids = FreeIds("tag", lambda one: one in self.by_id or name_key(one) in self._by_term)
        self.findings: list[Finding] = []
        for tag in registered:
            for term in (tag.id, *tag.terms, *tag.former):
                self._by_term.setdefault(name_key(term), tag.id)
                self._spellings.add(term, tag.id)

    def of(self, facts: Facts) -> tuple[str, ...]:
        """The ids of the tags that the note gives."""
        return tuple(dict.fromkeys(self._tag(text, facts.place(TAGS, text)) for text in facts.tags))

    def known(self, text: str) -> str:
        """The id of the tag that a text names, or empty."""
        return self._by_term.get(name_key(text), "")

    def _tag(self, text: str, span: Span) -> str:
        if known := self.known(text):
            return known
        self.findings.append(self._unknown(text, span))
        tag = Tag(page_id(text), text, text, registered=False, span=span)
        self.by_id.setdefault(tag.id, tag)
        self._by_term[name_key(text)] = tag.id
        self._spellings.add(text, text)
        return tag.id

    def _unknown(self, text: str, span: Span) -> Finding:
        if twin := self._spellings.twin(text):
            message = f"タグ「{text}」は「{twin}」と書き方だけが違います"
            hint = f"{code_span(twin)} と書いてください"
            return Finding(Code.TAG_NEAR_DUPLICATE, "warning", span, message, hint, value=text)
        near = self._spellings.nearest(text)
        hint = f"{code_span(near)} のことですか? ちがえば、" if near else ""
        free, own = self._ids.of(text)
        hint += as_record("tags", id=free, ja=text, en=text)
        hint += "" if own else "。id と en は、英語の呼び名に直してください"
        message = f"タグ「{text}」は登録されていません"
        return Finding(Code.TAG_UNKNOWN, "warning", span, message, hint, value=text)

    def terms(self) -> list[tuple[str, str]]:
        """Every term of the registered vocabulary, with the tag's id."""
        return [(term, tag.id) for tag in self.by_id.values() if tag.registered for term in tag.terms]
