"""Notes of other weeks, read no further than a change can reach them.

A base of ten years takes many seconds to read. A change reaches an old entry only through a name, an
id or an address that stands in it; so the old notes are searched for those as texts, and only the
entries in which one stands are read. Of the rest of such a note only the headings are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import ahocorasick

from kb.model.session import Session
from kb.read.focus import read_focused
from kb.sources import note_files

ENOUGH = 3
"""Entries that are read to see that something has been named before."""

_HEAD = re.compile(r"[ \t]*(?:#|\S.*[:：])")
"""A line that may be a heading or tell an entry's data."""
_TOPIC_LINE = re.compile(
    r"^[ \t]*[-*+・][ \t]*(?:トピック|topic)[ \t]*[:：][ \t]*(\S.*?)[ \t]*$", re.I | re.M
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for in old notes, as words in lower case."""

    linking: frozenset[str] = frozenset()
    """Every entry with one of these is read: what the change presents, and what it renames."""
    telling: frozenset[str] = frozenset()
    """The first entries with one of these are read, which tell that the thing is not new."""
    presenting: frozenset[str] = frozenset()
    """Entries with one of these in a heading or in a list's `key: value` are read: what the change names."""

    @property
    def words(self) -> frozenset[str]:
        """Everything that is looked for."""
        return self.linking | self.telling | self.presenting

    def insisting(self, words: frozenset[str]) -> Sought:
        """The same, but every entry with one of these words is read."""
        return Sought(self.linking | words, self.telling - words, self.presenting)


@dataclass(frozen=True, slots=True)
class OldNotes:
    """The texts of all notes that a change leaves alone, by path."""

    texts: Mapping[str, str] = field(repr=False)

    @classmethod
    def below(cls, root: Path, changed: Iterable[str]) -> OldNotes:
        """Read the files, but do not parse them."""
        skipped = frozenset(changed)
        paths = ((path.relative_to(root).as_posix(), path) for path in note_files(root))
        return cls(
            {
                name: path.read_bytes().decode("utf-8-sig", "replace")
                for name, path in paths
                if name not in skipped
            }
        )

    def topics(self) -> frozenset[str]:
        """What old notes give as their topics: names that perhaps no registry has."""
        return frozenset(name for text in self.texts.values() for name in _TOPIC_LINE.findall(text))

    def reached(self, sought: Sought) -> tuple[Session, ...]:
        """The sessions in which something of what is sought stands, as far as they have to be read."""
        hits = self._hits(sought)
        sessions = (read_focused(self.texts[path], path, lines) for path, lines in hits.items())
        return tuple(session for session in sessions if session)

    def _hits(self, sought: Sought) -> dict[str, set[int]]:
        """Numbers of the lines in which something stands, by path, newest note first."""
        automaton = ahocorasick.Automaton()
        for word in sought.words:
            automaton.add_word(word, word)
        if not len(automaton):
            return {}
        automaton.make_automaton()
        told: Counter[str] = Counter()
        found: dict[str, set[int]] = {}
        for path in sorted(self.texts, reverse=True):
            low = self.texts[path].lower()
            ends = [
                end
                for end, word in automaton.iter(low)
                if _alone(low, end - len(word) + 1, end + 1) and _wanted(word, low, end, sought, told)
            ]
            if ends:
                found[path] = set(_lines(low, ends))
        return found


def _wanted(word: str, text: str, end: int, sought: Sought, told: Counter[str]) -> bool:
    if word in sought.linking:
        return True
    if word in sought.presenting and _HEAD.match(text, text.rfind("\n", 0, end) + 1, end + 1):
        return True
    told[word] += word in sought.telling
    return 0 < told[word] <= ENOUGH


def _lines(text: str, ends: list[int]) -> Iterator[int]:
    """The numbers of the lines of ascending positions."""
    line, before = 1, 0
    for end in ends:
        line += text.count("\n", before, end)
        before = end
        yield line


def _alone(text: str, start: int, end: int) -> bool:
    """Whether Latin letters do not go on before or behind."""
    return not (
        (start and _latin(text[start]) and _latin(text[start - 1]))
        or (end < len(text) and _latin(text[end - 1]) and _latin(text[end]))
    )


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
