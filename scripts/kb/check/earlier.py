"""The notes of a checkout, searched without being read.

Ten years are 500 notes, and reading them takes seconds. A rule that asks for earlier notes names a few
words that have to stand in them; the notes that have one are read, and of them only the outline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from kb.link.facts import Facts, facts_of
from kb.model.session import DATA_KEYS, Person, Session
from kb.read import read_text
from kb.read.outline import outline

_DATA = re.compile(r"\s*[-*+]\s+(?P<key>[^\s:：]{1,40})\s*[:：](?P<value>.+)")
"""An item of data on one line."""


_Named = list[tuple[str, tuple[str, ...]]]
"""For each note its name and what is found in it."""


def _marks(key: str) -> tuple[bytes, ...]:
    """Words of which one stands in every spelling of a data key: `tag` is in `tags`."""
    spellings = sorted((one for one, known in DATA_KEYS.items() if known == key), key=len)
    kept: list[str] = []
    for one in spellings:
        if not any(word in one for word in kept):
            kept.append(one)
    return tuple(word.encode() for word in kept)


def _lines_with(word: bytes, folded: bytes, data: bytes) -> Iterator[str]:
    """The lines of a file in whose folded form a word stands. No pattern is as fast as this."""
    at = folded.find(word)
    while at >= 0:
        end = folded.find(b"\n", at + len(word))
        end = end if end >= 0 else len(folded)
        yield data[folded.rfind(b"\n", 0, at + 1) + 1 : end].decode("utf-8", "replace").strip()
        at = folded.find(word, end)


MAX_LINE = 200
"""Characters of a line of presenters; a longer one is a sentence."""


class Earlier:
    """The notes of a folder by their paths below the root; files are read when they are first needed."""

    def __init__(self, root: Path, folder: Path) -> None:
        """Nothing is read yet."""
        self._root, self._folder = root, folder
        self._known: dict[str, _Named] = {}
        self._facts: dict[str, tuple[Facts, ...]] = {}

    @cached_property
    def _files(self) -> dict[str, bytes]:
        files = sorted(path for path in self._folder.glob("*.md") if path.is_file())
        return {path.relative_to(self._root).as_posix(): path.read_bytes() for path in files}

    @cached_property
    def _folded(self) -> dict[str, bytes]:
        return {path: data.lower() for path, data in self._files.items()}

    def holding(self, words: Iterable[str], but: str) -> Iterator[Session]:
        """Outlines of all notes with one of these words (ASCII counts in any case), but for one path."""
        wanted = [word.encode().lower() for word in dict.fromkeys(words) if word]
        for path, data in self._folded.items():
            if path != but and any(word in data for word in wanted):
                session = _outlined(path, self._files[path])
                if session:
                    yield session

    def facts(self, session: Session) -> tuple[Facts, ...]:
        """The facts of the entries of an outline from here."""
        path = session.span.path
        if path not in self._facts:
            self._facts[path] = facts_of(session)
        return self._facts[path]

    def _gathered(self, what: str, gather: Callable[[bytes, bytes], Iterator[str]]) -> _Named:
        """What is found in each note by the note's name; found once for all who ask."""
        if what not in self._known:
            files = zip(self._folded.items(), self._files.values(), strict=True)
            self._known[what] = [
                (path.rpartition("/")[2], tuple(gather(folded, data))) for (path, folded), data in files
            ]
        return self._known[what]

    def values(self, key: str, name: str) -> list[str]:
        """What notes before the one of that name have under a data key on one line, each once."""
        return _before(name, self._gathered(key, lambda folded, data: _values(key, folded, data)))

    def people(self, name: str) -> list[Person]:
        """Whom notes before the one of that name have in `@` lines, each once."""
        return list(map(Person.from_text, _before(name, self._gathered("@", _mentioned))))

    def spoke(self, handle: str, name: str) -> bool:
        """Whether a handle stands in brackets in a note before the one of that name."""
        word = f"[{handle}]".encode().lower()
        return any(word in folded for path, folded in self._folded.items() if path.rpartition("/")[2] < name)


def _before(name: str, named: _Named) -> list[str]:
    """What notes have whose names come before a name, as those of earlier weeks do; each once."""
    return list(dict.fromkeys(text for other, texts in named if other < name for text in texts))


def _values(key: str, folded: bytes, data: bytes) -> Iterator[str]:
    for word in _marks(key):
        for line in _lines_with(word, folded, data):
            item = _DATA.fullmatch(line)
            if item and DATA_KEYS.get(item["key"].lower()) == key:
                yield item["value"].strip()


def _mentioned(folded: bytes, data: bytes) -> Iterator[str]:
    for word in ("\n@", "\n＠"):
        for line in _lines_with(word.encode(), folded, data):
            if len(line) < MAX_LINE:
                yield from re.findall(r"[@＠][^@＠]+", line)


@lru_cache(maxsize=1024)
def _outlined(path: str, data: bytes) -> Session | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return read_text(outline(text), path, "note").session
