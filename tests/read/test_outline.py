"""The outline of a note tells the same entries as the note, but for their text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.model.session import Entry, Session
from kb.read import read_text
from kb.read.outline import STUB, outline
from tests.support.notes import DEEP_NOTES, INLINE, NOTES, WILD_NOTES, examples

ROOT = Path(__file__).resolve().parents[2]
REAL = (ROOT / "docs/notes/2025-11-25.md").read_text(encoding="utf-8")
FRONT = "---\ndate: 2025-12-02\n---\n"
PATH = "docs/notes/2025-12-02.md"


def bare(entry: Entry) -> tuple[Entry, int]:
    """An entry without its text, and the line on which it stands."""
    return replace(entry, blocks=()), entry.span.first


def told(session: Session | None) -> object:
    """What an outline keeps of a session."""
    if session is None:
        return None
    parts = [
        (replace(part, blocks=(), entries=()), [bare(one) for one in part.entries]) for part in session.parts
    ]
    return session.date, session.title, session.extra, parts


def data_lines(session: Session | None) -> list[int]:
    return [item.span.first for entry in session.entries for item in entry.data] if session else []


def assert_same(text: str) -> None:
    short = outline(text)
    whole, less = (read_text(one, PATH, "note") for one in (text, short))
    assert told(less.session) == told(whole.session), short
    assert data_lines(less.session) == data_lines(whole.session)
    assert outline(short) == short


def test_the_real_note_is_cut_to_a_fraction() -> None:
    assert_same(REAL)
    assert len(outline(REAL)) < len(REAL) / 4
    assert outline(REAL).count("\n") == REAL.count("\n")


@pytest.mark.parametrize(
    "body",
    [
        "## A\n- 出典: https://a.b\n\n```\n## no heading\n- タグ: x\n```\n\n## B\ntext",
        "## A\ntext\n@Shun Ito\n\n## B\ntext",
        "## A\ntext\n\n@Shun Ito\n@pon\n\n##\n## B\n@zunda\n- タグ: a\n- b\n  c\n\n@who\n\ntext",
        "## A\n@Shun Ito\n## B\n- x\n- タグ: a",
        "# P\ntext\n\n@Shun Ito\n\n## B\n<aside>\n## no\n</aside>\n- タグ: a",
        "@Shun Ito\n\n## A\n- 出典:\n    - https://a.b\n    - https://c.d\n\n* body\n\n  ## inside\n\n## B",
        "Title\n===\ntext\n\nB\n---\n- タグ: x\n> ## no\n\n<details>\n\n## no\n\n</details>\n## C",
        "# 2025-11-25 会\n\n出典を埋め込みURLにしましょう\n\n# P\n## A\n\n$$\n## no\n$$",
        "## A\n- x | y\n|---|---|\n| a | b |\n- タグ: a\n",
        "## A\n- タグ: a\n- x\n- タグ: b\n\n@pon\n\n## B",
        "## A\ntext\n\ntitle\n---\n- タグ: b",
        "## A\ntext\n\n- x\n  ## no\n## B\n- タグ: b",
        "## A\ntext\n\n- x\n\n  @pon\n\n@pon\n## B\n- タグ: b",
        "## A\r\n- タグ: a\r\n\r\ntext\r\n\r\n@pon\r\n\r\n## B\r\n",
    ],
)
def test_what_looks_like_a_heading_or_data_and_is_none(body: str) -> None:
    assert_same(FRONT + body)
    assert_same(body)


@pytest.mark.parametrize("text", ["", "\n", "---\ndate: [\n---\n## A\ntext", "---\nx: 1\n", "## A", "text"])
def test_anything_is_taken(text: str) -> None:
    assert_same(text)


def test_text_is_left_out_and_nothing_else() -> None:
    note = "## [論文] A\n\n- タグ: a\n\n本文\n\n- 項目\n\n### 節\n\n本文\n\n@pon\n\n## B\n"
    kept = outline(note).split("\n")
    assert [(a, b) for a, b in zip(note.split("\n"), kept, strict=True) if a != b] == [
        ("本文", STUB),
        ("- 項目", ""),
        ("### 節", ""),
        ("本文", ""),
    ]


_LINES = st.lists(
    st.sampled_from(
        [
            "## A",
            "# P",
            "### s",
            "@Shun Ito",
            "- タグ: a",
            "- 出典:",
            "",
            "- x",
            "  ## B",
            " # B",
            "    - b",
            "* c",
            "",
            "text",
            "##",
        ]
    )
    | INLINE,
    max_size=14,
).map("\n".join)


@examples(300)
@given(_LINES)
@example("@a\n##\n@b\n## A")
def test_of_lines_in_any_order(body: str) -> None:
    assert_same(FRONT + body)


@examples(150)
@given(NOTES | WILD_NOTES | DEEP_NOTES)
def test_of_any_note(body: str) -> None:
    assert_same(FRONT + "## A\n" + body + "\n\n## B\n" + body)
    assert_same(body)
