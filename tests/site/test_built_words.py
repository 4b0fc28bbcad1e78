"""Built pages say what their notes say, word for word, whatever the notes hold; a strict build stands it.

`tests/pages/test_markdown.py` holds the same for many more texts, without templates and engines.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from corpus import write_corpus
from kb.pages import Context
from kb.pages.cards import newest_first
from kb.site.links import broken_links
from kb.sources import Reader
from tests.site.conftest import LOOKED_AT, PIXEL, Built, build
from tests.site.test_documents import assert_documents_say_what_is_shown
from tests.support.harmless import assert_harmless
from tests.support.notes import STRINGS
from tests.support.rendered import notes_in, words_of
from tests.support.said import entry_words, outside_words, squeezed

SESSIONS = 12
ENTRIES = 4
PIECES = 30
KEPT_WEEKS = 6
"""Weeks of the generated year that are built; the others would only take time."""


def wild_texts(chance: random.Random) -> Iterator[str]:
    """Texts of anything, then those that once went wrong; NUL makes a file one that is no text."""
    strings = [*STRINGS["markers"], *STRINGS["specials"], "\n", "\n", "\n\n", "\n- ", "\n    - ", "\n### "]
    for _ in range(SESSIONS * ENTRIES - len(STRINGS["regressions"])):
        yield "".join(chance.choice(strings) for _ in range(PIECES)).replace("\0", "")
    yield from (text.replace("\0", "") for text in STRINGS["regressions"])


def wild_root(root: Path) -> Path:
    """A year's last weeks as people write them, and weeks that nobody would write."""
    write_corpus(root, 1, seed=11)
    notes = root / "docs/notes"
    for path in sorted(notes.glob("*.md"))[:-KEPT_WEEKS]:
        path.unlink()
    texts = wild_texts(random.Random(25))
    for week in range(SESSIONS):
        date = dt.date(2026, 1, 6) + dt.timedelta(weeks=week)
        entries = (f"## 題 {number}\n\n{next(texts)}\n" for number in range(ENTRIES))
        note = f"---\ndate: {date}\n---\n\n# 今週のTOPIC\n\n" + "\n".join(entries)
        (notes / f"{date}.md").write_text(note, encoding="utf-8")
    (notes / "img").mkdir()
    for name in ("b.png", "img/図 1.png"):
        (notes / name).write_bytes(PIXEL)
    return root


@pytest.fixture(scope="module")
def wild_sites(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    return cache(lambda engine: build(wild_root(tmp_path_factory.mktemp(f"wild-{engine}")), engine))


@pytest.fixture(params=LOOKED_AT)
def wild(request: pytest.FixtureRequest, wild_sites: Callable[[str], Built]) -> Built:
    return wild_sites(request.param)


def test_every_word_of_every_note_is_on_its_page(wild: Built) -> None:
    context = Context(wild.base, Reader(wild.root).read().files)
    words = 0
    for topic, nodes in wild.base.by_topic.items():
        wanted = [squeezed(entry_words(node, context.resolve)) for node in newest_first(nodes)]
        assert list(map(words_of, notes_in(wild.tree(f"topics/{topic}")))) == wanted, topic
        words += sum(map(len, wanted))
    for session in wild.base.sessions:
        found = map(words_of, notes_in(wild.tree(f"sessions/{session.date}")))
        assert "".join(found) == squeezed(outside_words(session, context.resolve)), session.date
    assert words > 20_000


def test_the_search_is_given_these_words(wild: Built) -> None:
    assert_documents_say_what_is_shown(wild)


def test_nothing_that_a_note_made_is_alive(wild: Built) -> None:
    for tree in wild.pages.values():
        for note in notes_in(tree):
            whole = html.fromstring("<article></article>")
            whole.append(html.fromstring(html.tostring(note, encoding="unicode")))
            assert_harmless(whole)


def test_no_link_is_broken(wild: Built) -> None:
    assert list(broken_links(wild.site)) == []


def test_no_anchor_stands_twice_on_a_page(wild: Built) -> None:
    for page, tree in wild.pages.items():
        ids: list[str] = [str(one) for one in tree.xpath("//article//@id")]
        twice = [one for one, count in Counter(ids).items() if count > 1]
        assert not twice, page
