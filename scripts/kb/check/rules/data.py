"""The data of entries: names that nobody knows, and names that stand twice."""

from __future__ import annotations

from collections.abc import Iterator

from kb.check.base import Base
from kb.check.lookup import found_in, look_up, placed
from kb.check.note import Note
from kb.check.rule import Rule
from kb.check.rules.works import WORK_RULES
from kb.link.facts import Facts
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.model.inline import NO_TEXT
from kb.model.session import PRESENTERS, TAGS, TOPIC, Entry, Person


class Linked(Rule):
    """A rule that the linker finds when the site is built; a check says the same words."""

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """What the linker says under this code."""
        return found_in(note, base, self.code)


def _with(line: str, below: str = "") -> str:
    return f"## [論文] General Agentic Memory\n\n- 出典: https://arxiv.org/abs/2511.18423\n{line}{below}"


class PresenterUnknown(Linked):
    """A presenter whom the registry does not name."""

    code = Code.PRESENTER_UNKNOWN


class HandleUnknown(Linked):
    """The handle of a remark that belongs to nobody."""

    code = Code.HANDLE_UNKNOWN


class PaperUnknown(Linked):
    """A paper that is presented and not registered."""

    code = Code.PAPER_UNKNOWN


class TagUnknown(Linked):
    """A tag that the vocabulary does not have."""

    code = Code.TAG_UNKNOWN


class TagNearDuplicate(Linked):
    """A tag that is known in another spelling."""

    code = Code.TAG_NEAR_DUPLICATE


class TopicUnknown(Linked):
    """A topic that is named and not registered."""

    code = Code.TOPIC_UNKNOWN


class SpellingNearDuplicate(Linked):
    """A presenter or a topic that is known in another spelling."""

    code = Code.SPELLING_NEAR_DUPLICATE


class TagTwice(Rule):
    """One tag, two names, one entry."""

    code = Code.TAG_TWICE

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """One for each further name of a tag."""
        tags = look_up(note, base).found.tags
        for facts in note.facts:
            seen: dict[str, str] = {}
            for text in _each(facts.entry, TAGS):
                tag = tags.known(text)
                if tag in seen:
                    message = f"タグ「{text}」は「{seen[tag]}」と同じタグです"
                    span = note.find(facts.place(TAGS, text), text)
                    yield self.finding(span, message, f"「{text}」を消してください")
                elif tag:
                    seen[tag] = text


def _each(entry: Entry, key: str) -> Iterator[str]:
    """The values of a key as they were typed, those that stand twice included."""
    for item in entry.data:
        if item.key == key:
            one = Entry("", NO_TEXT, (item,))
            yield from one.tags if key == TAGS else map(str, one.presenters)


class PresenterTwice(Rule):
    """One person, two names, one entry."""

    code = Code.PRESENTER_TWICE

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """One for each further name of a person."""
        people = look_up(note, base).found.people
        for facts in note.facts:
            seen: dict[str, str] = {}
            for text in _each(facts.entry, PRESENTERS):
                who = people.speaker(Person.from_text(text).name)
                if who in seen:
                    message = f"発表者「{text}」は「{seen[who]}」と同じ人です"
                    place = facts.place(PRESENTERS, Person.from_text(text).name)
                    yield self.finding(note.find(place, text), message, f"「{text}」を消してください")
                elif who:
                    seen[who] = text


class TopicTwice(Rule):
    """Two entries of one session on one topic."""

    code = Code.TOPIC_TWICE

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """One for each further entry of a topic."""
        first: dict[str, Facts] = {}
        for one in placed(note, base):
            facts = one.facts
            other = first.setdefault(one.topic, facts)
            if other is not facts:
                line = other.entry.span.first
                message = f"トピック `{one.topic}` の発表が、この回に2つあります(もう1つは{line}行目)"
                hint = "1つの発表にまとめるか、別の話題なら `- トピック:` を分けてください"
                place = facts.place(TOPIC)
                yield self.finding(note.find(note.at(place.first), facts.topic), message, hint)


DATA_RULES: tuple[Rule, ...] = (
    PresenterUnknown(),
    HandleUnknown(),
    PaperUnknown(),
    TagUnknown(),
    TopicUnknown(),
    TagNearDuplicate(),
    SpellingNearDuplicate(),
    TagTwice(),
    PresenterTwice(),
    TopicTwice(),
    *WORK_RULES,
)
