"""One week's note: a session, its parts and its entries."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field

from kb.model.blocks import Block
from kb.model.finding import NOWHERE, Span
from kb.model.inline import NO_TEXT, RichText

PRESENTERS = "発表者"
SOURCES = "出典"
TAGS = "タグ"
TOPIC = "トピック"
AUTHORS = "著者"
CODE = "コード"
MATERIAL = "資料"
REVISIT = "再訪"

DATA_KEYS: dict[str, str] = {
    **{key: key for key in (PRESENTERS, SOURCES, TAGS, TOPIC, AUTHORS, CODE, MATERIAL, REVISIT)},
    **dict.fromkeys(("presenter", "presenters", "speaker", "speakers"), PRESENTERS),
    **dict.fromkeys(("source", "sources", "url"), SOURCES),
    **dict.fromkeys(("tag", "tags"), TAGS),
    "topic": TOPIC,
    **dict.fromkeys(("author", "authors"), AUTHORS),
    "code": CODE,
    **dict.fromkeys(("slide", "slides", "material", "materials"), MATERIAL),
    "revisit": REVISIT,
}
"""Every spelling of a data key, lower case, with the key that `write` uses for it."""

_YES = frozenset(("yes", "y", "true", "ok", "on", "1", "o", "○", "〇", "◯", "✓", "✔", "✅"))
_YES |= {"はい", "ある", "あり", "有", "有り", "する", "した"}
_NO = frozenset(
    ("no", "n", "false", "off", "0", "×", "✗", "-", "いいえ", "ない", "なし", "無", "無し", "しない")
)
"""Words that only switch something on or off, folded: they are for programs."""

# Japanese keyboards give `、` and `，`.
_COMMAS = re.compile(r"\s*[,、，]\s*")
# `#a #b` are two tags; one without marks may have blanks.
_TAG_ENDS = re.compile(r"\s*[,、，]\s*|\s+(?=[#＃])")
# `@Takumi Iida (frkake)` and `@Akira Manda(zunda)` stand in one page.
_PERSON = re.compile(r"[@＠]?\s*(?P<name>.*?)\s*(?:[(（](?P<handle>[^()（）]*)[)）])?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Person:
    """A name as a note spells it, with the handle in brackets behind it, if any."""

    name: str
    handle: str = ""

    @classmethod
    def from_text(cls, text: str) -> Person:
        """Take `@Takumi Iida (frkake)` apart; `@` and the handle may be missing."""
        found = _PERSON.fullmatch(text)
        if not found or not found["name"]:
            return cls(text.strip().lstrip("@＠"))
        return cls(found["name"], (found["handle"] or "").strip())

    def __str__(self) -> str:
        return f"{self.name} ({self.handle})" if self.handle else self.name


@dataclass(frozen=True, slots=True)
class DataItem:
    """One line of an entry's data, `- タグ: agent-memory, retrieval`."""

    key: str
    """One of the keys that `DATA_KEYS` maps to."""
    value: RichText
    """On one line."""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was presented on one topic in one session."""

    kind: str
    """The label before the title without its brackets, or empty."""
    title: RichText
    """On one line."""
    data: tuple[DataItem, ...] = ()
    blocks: tuple[Block, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def values(self, key: str) -> tuple[RichText, ...]:
        """The non-empty values of one data key, in the order of the note."""
        return tuple(item.value for item in self.data if item.key == key and item.value)

    def told(self, key: str) -> tuple[RichText, ...]:
        """Those values of a key that are said to readers: a bare `yes` behind `再訪` is none."""
        values = self.values(key)
        return tuple(one for one in values if _switch(one) not in _YES | _NO) if key == REVISIT else values

    @property
    def revisits(self) -> bool:
        """Whether it repeats an earlier one knowingly: a reason says so, too, and the key by itself."""
        return any(item.key == REVISIT and _switch(item.value) not in _NO for item in self.data)

    @property
    def presenters(self) -> tuple[Person, ...]:
        """Who presented, in the order of the note; empty where the note names nobody."""
        texts = (text for value in self.values(PRESENTERS) for text in _people(value.source))
        return tuple(dict.fromkeys(Person.from_text(text) for text in texts))

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags as a reader sees them."""
        texts = (text for value in self.values(TAGS) for text in _TAG_ENDS.split(value.plain))
        return tuple(dict.fromkeys(text.strip().lstrip("#＃") for text in texts if text.strip("#＃ ")))

    @property
    def topic(self) -> str:
        """The topic's id or name as a reader sees it, or empty."""
        return next(iter(self.values(TOPIC)), NO_TEXT).plain.strip()


def _switch(value: RichText) -> str:
    return unicodedata.normalize("NFKC", value.plain).casefold().strip(" 。.!、,「」\"'`")


def _people(value: str) -> list[str]:
    """Names in one value: parted by commas, or each with its own `@`."""
    parts = re.split(r"\s*[,、，]\s*|\s+(?=[@＠])", value)
    return [part for part in parts if part.strip("@＠ ")]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the session, 今週のTOPIC or メインTOPIC."""

    name: RichText
    """On one line; empty for entries before any part."""
    blocks: tuple[Block, ...] = ()
    """What stands before the first entry."""
    entries: tuple[Entry, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting, as its note tells it."""

    date: dt.date
    title: str
    extra: tuple[tuple[str, str], ...] = ()
    """Further keys of the front matter with their values as YAML on one line."""
    blocks: tuple[Block, ...] = ()
    """What stands before the first part."""
    parts: tuple[Part, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order of the note."""
        return tuple(entry for part in self.parts for entry in part.entries)
