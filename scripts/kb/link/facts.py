"""What the data of an entry tells by itself, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.model.blocks import Remark, walk
from kb.model.finding import NOWHERE, Span
from kb.model.inline import NO_TEXT, Link, RichText, Url, flat
from kb.model.session import SOURCES, DataItem, Entry, Person, Session
from kb.text.fold import name_key
from kb.text.ids import WorkId, find_ids, url_key


@dataclass(frozen=True, slots=True)
class Citation:
    """A work that an entry cites as its source: by id, by address, or both."""

    work: WorkId | None
    url: str
    """The address as `url_key` folds it, or empty."""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """An entry with its data taken apart."""

    part: RichText
    entry: Entry
    title: str
    """The title as a reader sees it."""
    title_key: str
    topic: str
    """The topic as the note gives it, or empty."""
    people: tuple[Person, ...]
    tags: tuple[str, ...]
    citations: tuple[Citation, ...]
    """What it cites as its source, in its data and in its title, each work or address once."""
    handles: tuple[tuple[str, Span], ...] = field(compare=False)
    """Handles of remarks with their places, of which no page depends."""

    def place(self, key: str, value: str = "") -> Span:
        """Where the note gives a data key, with that value among others; the entry where it does not."""
        items = [item for item in self.entry.data if item.key == key]
        if not items:
            return self.entry.span
        # One name may be a part of another, in a line of its own.
        own = next((item.span for item in items if value and len(items) > 1 and value in _values(item)), None)
        return own or next((one.span for one in items if value in one.value.source), items[0].span)


def facts_of(session: Session) -> tuple[Facts, ...]:
    """The facts of each entry of a session, in its order."""
    return tuple(_facts(part.name, entry) for part in session.parts for entry in part.entries)


def _facts(part: RichText, entry: Entry) -> Facts:
    title = entry.title.plain
    data = ((item.value, item.span) for item in entry.data if item.key == SOURCES)
    cited = (*data, (entry.title, entry.span))
    remarks = (block for block in walk(entry.blocks) if isinstance(block, Remark))
    return Facts(
        part=part,
        entry=entry,
        title=title,
        title_key=name_key(title),
        topic=entry.topic,
        people=entry.presenters,
        tags=entry.tags,
        citations=tuple(dict.fromkeys(one for text, span in cited for one in _citations(text, span))),
        handles=tuple((remark.handle, remark.span) for remark in remarks),
    )


def _values(item: DataItem) -> tuple[str, ...]:
    """The names that one line of data gives."""
    one = Entry("", NO_TEXT, (item,))  # an entry knows how its values are parted
    return (*one.tags, *(person.name for person in one.presenters), one.topic)


def _citations(text: RichText, span: Span) -> list[Citation]:
    urls = [node.url for node in flat(text.nodes) if isinstance(node, Url | Link)]
    found = [Citation(_work(url), url_key(url), span) for url in urls]
    known = {one.work for one in found}
    ids = (one.id for one in find_ids(text.plain))
    return found + [Citation(work, "", span) for work in dict.fromkeys(ids) if work not in known]


def _work(url: str) -> WorkId | None:
    found = find_ids(url)
    return found[0].id if found else None
