"""What a check costs: in proportion to the notes, and to each note, whatever is wrong with them."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from kb.check.formats import text
from kb.check.run import check_all, check_since
from kb.history import revision
from tests.support.repository import commit
from tests.support.steps import steps

Lines = Callable[[int, int], str]
"""A hostile part of a note, by the numbers of the note and of the part."""


def _people(note: int, part: int) -> str:
    names = ", ".join(f"@Person {note:03}{part:02}{at:02}" for at in range(60))
    return f"## [論文] 題 {note} {part}\n\n- 発表者: {names}\n\n[k{note}{part}q] 声\n"


def _tags(note: int, part: int) -> str:
    # Far from each other: none is so near that the search could stop.
    names = ", ".join(sha256(bytes((note, part, at))).hexdigest()[:20] for at in range(60))
    return f"## [論文] 題 {note} {part}\n\n- タグ: {names}\n- トピック: a topic number {note} {part}\n"


def _same(_note: int, part: int) -> str:
    source = f"- 出典: https://example.com/same/{part % 2}\n- 出典: https://arxiv.org/abs/2401.00001"
    return f"## [論文] 同じ題名\n\n- 発表者: @Somebody\n- タグ: same\n{source}\n"


def _faults(_note: int, part: int) -> str:
    return (
        f"##【論文】題{part}  \n- 出典: 本\n文 **太字 <b>x</b> a@b.co.jp 090-1234-5678 10.1.2.3 \u200b\n"
        "- a\n  - b\n - c\nつづき\n-項目\n| a | b |\n|---|---|\n| c |\n![](no.png)\n[a](b.md)\n<<<<<<< HEAD\n"
        f"password=x7Q{part}mZ2pLw9 https://www.notion.so/a-0123456789abcdef0123456789abcdef\n#### 見出し\n\n"
    )


def _switches(_note: int, part: int) -> str:
    names = "source-missing, presenter-missing, email-address, kind-unknwon"
    return f"## 題{part}\n\n<!-- check: off {names} -->\n<!-- check: off html-raw -->\n<b>文</b> a@b.co.jp\n"


HOSTILE: dict[str, Lines] = {
    "people": _people,
    "tags": _tags,
    "same": _same,
    "faults": _faults,
    "switches": _switches,
}


def _note(day: int, lines: Lines, parts: int) -> str:
    date = dt.date(2015, 1, 6) + dt.timedelta(days=day)
    body = "\n".join(lines(day, part) for part in range(parts))
    return f"---\ndate: {date}\n---\n\n# 今週のTOPIC\n\n{body}"


def _written(root: Path, lines: Lines, notes: int, parts: int) -> Path:
    folder = root / "docs/notes"
    folder.mkdir(parents=True)
    for day in range(notes):
        date = dt.date(2015, 1, 6) + dt.timedelta(days=day)
        (folder / f"{date}.md").write_text(_note(day, lines, parts), encoding="utf-8")
    return root


def _assert_linear(counts: list[int]) -> None:
    """From n to 2n and on to 4n: what is added is twice as much, whatever is there from the start."""
    few, more, many = counts
    assert many - more < 2.4 * (more - few), counts


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_as_many_notes_take_twice_as_long(kind: str, tmp_path: Path) -> None:
    roots = [_written(tmp_path / str(count), HOSTILE[kind], count, 2) for count in (2, 5, 10, 20)]
    text(check_all(roots[0]))  # what is made once is made now
    _assert_linear([steps(lambda root=root: text(check_all(root))) for root in roots[1:]])  # type: ignore[misc]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_note_twice_as_long_takes_twice_as_long(kind: str, tmp_path: Path) -> None:
    roots = [_written(tmp_path / str(parts), HOSTILE[kind], 1, parts) for parts in (2, 5, 10, 20)]
    text(check_all(roots[0]))
    _assert_linear([steps(lambda root=root: text(check_all(root))) for root in roots[1:]])  # type: ignore[misc]


def test_a_change_of_twice_as_many_notes_takes_twice_as_long(tmp_path: Path) -> None:
    counts = []
    for notes in (2, 4, 8, 16):
        root = _written(tmp_path / str(notes), _people, notes, 1)
        commit(root)
        for file in (root / "docs/notes").glob("*.md"):
            file.write_text(file.read_text(encoding="utf-8") + "\n文  \n", encoding="utf-8")
        change = revision(root, "HEAD")
        counts.append(steps(lambda root=root, change=change: text(check_since(root, change))))  # type: ignore[misc]
    _assert_linear(counts[1:])


def test_of_a_note_nothing_stays_but_what_was_found(tmp_path: Path) -> None:
    """Notes without faults take the memory of one, however many they are."""
    body = "\n\n".join(f"文が{number}つめの段落です。" for number in range(400))

    def most(notes: int) -> int:
        good = f"## [blog] 題\n\n- 発表者: @A\n- 出典: https://example.com/a\n- 再訪: yes\n\n{body}\n"
        root = _written(tmp_path / str(notes), lambda _note, _part: good, notes, 1)
        tracemalloc.start()
        check_all(root)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(1)
    few, many = most(5), most(25)
    assert many < 2 * few
