"""The data of entries: names that stand twice. Those that nobody knows are told by the linker."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.check.base import Base, look_up, placed
from kb.check.note import Note
from kb.check.rule import Said, rule
from kb.link.facts import Facts
from kb.model.codes import Code
from kb.model.finding import Span
from kb.model.inline import NO_TEXT
from kb.model.session import PRESENTERS, TAGS, TOPIC, Entry, Person


@rule(Code.TAG_TWICE)
def tag_twice(note: Note, base: Base) -> Iterator[Said]:
    """One tag, two names, one entry."""
    for text, first, span in _twice(note, TAGS, look_up(note, base).found.tags.known):
        message = f"タグ「{text}」は「{first}」と同じタグです"
        yield span, message, f"「{text}」を消してください", text


@rule(Code.PRESENTER_TWICE)
def presenter_twice(note: Note, base: Base) -> Iterator[Said]:
    """One person, two names, one entry."""
    for text, first, span in _twice(note, PRESENTERS, look_up(note, base).found.people.speaker):
        message = f"発表者「{text}」は「{first}」と同じ人です"
        yield span, message, f"「{text}」を消してください", text


def _twice(note: Note, key: str, known: Callable[[str], str]) -> Iterator[tuple[str, str, Span]]:
    """Each further name of what an entry has named under a key, the first name, and where it stands."""
    for facts in note.facts:
        seen: dict[str, str] = {}
        for text, span in _each(facts.entry, key):
            name = Person.from_text(text).name if key == PRESENTERS else text
            one = known(name)
            if one in seen:
                yield text, seen[one], note.find(span, text)
            elif one:
                seen[one] = text


def _each(entry: Entry, key: str) -> Iterator[tuple[str, Span]]:
    """The values of a key as they were typed, each with its line, those that stand twice included."""
    for item in entry.data:
        if item.key == key:
            one = Entry("", NO_TEXT, (item,))  # an entry knows how its values are parted
            yield from ((text, item.span) for text in (one.tags if key == TAGS else map(str, one.presenters)))


@rule(Code.TOPIC_TWICE)
def topic_twice(note: Note, base: Base) -> Iterator[Said]:
    """Two entries of one session on one topic: one for each further entry."""
    first: dict[str, Facts] = {}
    for one in placed(note, base):
        facts = one.facts
        other = first.setdefault(one.topic, facts)
        if other is not facts:
            line = other.entry.span.first
            message = f"トピック `{one.topic}` の発表が、この回に2つあります(もう1つは{line}行目)"
            hint = "1つの発表にまとめるか、別の話題なら `- トピック:` を分けてください"
            # The topic of an entry that names none follows from its title: then its heading is meant.
            span = note.find(note.at(facts.place(TOPIC, facts.topic).first), facts.topic)
            yield span, message, hint, one.topic
