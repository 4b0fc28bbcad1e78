"""Real inputs, damaged in thousands of ways: no traceback, nothing lost without a word, no hang.

`EXAMPLES=10` tries ten times as many.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from lxml import etree, html

from kb.intake import Brought, Given, RefusedError, bring
from kb.read import read
from tests.intake.mutants import HOME, Piece, archives, mutated, mutated_archive, pieces
from tests.support.steps import steps

DAY = dt.date(2025, 12, 2)
TIMES = int(os.environ.get("EXAMPLES", "1"))
STEPS, STEPS_PER_BYTE = 150_000, 60
"""Several times what an import takes."""
COUNTED = 12
"""Of so many imports the steps of one are counted, which takes long."""
Make = Callable[[random.Random], Piece]


@dataclass(slots=True)
class Told:
    """What became of many imports."""

    results: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, piece: Piece, name: str, chance: random.Random) -> None:
        date = chance.choice([DAY, None])
        try:
            brought = self._brought(piece, name, date)
        except RefusedError as refused:
            self.results["refused"] += 1
            self.wrong += [f"{name}: {refused.message}"] * ("\n" in refused.message)
            return
        self.results["failed" if brought.failed else "brought"] += 1
        self.wrong += (f"{name}: {fault}" for fault in faults(brought))

    def _brought(self, piece: Piece, name: str, date: dt.date | None) -> Brought:
        given = [Given(piece.name, data=piece.data)]
        if self.results.total() % COUNTED:
            return bring(given, date)
        told: list[Brought] = []
        count = steps(lambda: told.append(bring(given, date)))
        if count > STEPS + STEPS_PER_BYTE * len(piece.data):
            self.wrong.append(f"{name}: {count:,} steps for {len(piece.data)} bytes")
        return told[0]


def faults(brought: Brought) -> Iterator[str]:
    """What may never be the case, whatever was given."""
    lost = [finding.message for finding in brought.findings if finding.code == "import-unaccounted"]
    yield from lost
    if brought.failed:
        return
    assert brought.session
    assert brought.account
    again = read(brought.note.encode(), f"{brought.session.date}.md", "note").session
    if again != brought.session:
        yield f"the note reads as another session\n{brought.note}"


def tried(kind: str, count: int, make: Make) -> Told:
    """Import so many mutants, always the same."""
    told = Told()
    for number in range(count * TIMES):
        name = f"{kind}-{number}"
        chance = random.Random(name)
        told.add(make(chance), name, chance)
    return told


PIECES = pieces()
TEXTS = [piece.data for found in PIECES.values() for piece in found]
ARCHIVES = archives()


def _damaged(kind: str) -> Make:
    def make(chance: random.Random) -> Piece:
        piece = chance.choice(PIECES[kind])
        return Piece(piece.name, mutated(piece.data, TEXTS, chance))

    return make


@pytest.mark.parametrize(
    ("kind", "count"), [("copied", 1200), ("note", 1200), ("notion", 1200), ("html", 1200)]
)
def test_damaged_pages(kind: str, count: int) -> None:
    told = tried(kind, count, _damaged(kind))
    assert not told.wrong, "\n".join(told.wrong)
    assert told.results["brought"] > count / 2, "most of what is damaged can still be brought in"
    assert told.results["failed"]


def test_damaged_html_keeps_the_words_that_a_reader_sees() -> None:
    """The account asks the reader what a page says; this asks the parser alone."""
    wrong = []
    for number in range(400 * TIMES):
        chance = random.Random(f"words-{number}")
        piece = chance.choice(PIECES["html"])
        data = mutated(piece.data, [], chance, last=False)
        brought = bring([Given(piece.name, data=data)], DAY)
        told = brought.note + "".join(finding.excerpt for finding in brought.findings)
        lost = _seen(data.decode()) - _letters(told)
        if lost and not brought.failed:
            wrong.append(f"{number}: {''.join(lost.elements())[:60]}")
    assert not wrong, "\n".join(wrong)


def _seen(text: str) -> Counter[str]:
    try:
        tree = html.document_fromstring(
            text.replace("\0", "\ufffd").encode(), parser=html.HTMLParser(encoding="utf-8")
        )
    except etree.ParserError:  # of a page without anything there is none to see
        return Counter()
    etree.strip_elements(tree, "style", "script", "title", "math", etree.Comment, with_tail=False)
    for shown in tree.xpath("//*[contains(@class, 'katex-html')]"):
        if not set("".join(shown.itertext())) - set("LExiαβ=2 "):  # the equation as it looks, and no more
            shown.drop_tree()
    return _letters("".join(tree.itertext()))


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in unicodedata.normalize("NFD", text) if char.isalnum())


def test_damaged_archives() -> None:
    told = tried(
        "zip",
        1200,
        lambda chance: Piece("Export.zip", mutated_archive(chance.choice(ARCHIVES), TEXTS, chance)),
    )
    assert not told.wrong, "\n".join(told.wrong)
    assert min(told.results[one] for one in ("brought", "failed", "refused")) > 50


@pytest.mark.parametrize("file", ["tests/golden/copied/2025-11-25/input.txt", "docs/notes/2025-11-25.md"])
def test_damaged_wholes(file: str) -> None:
    data = (HOME / file).read_bytes()
    told = tried(file, 12, lambda chance: Piece(f"a.{file[-3:]}", mutated(data, TEXTS, chance)))
    assert not told.wrong, "\n".join(told.wrong)
