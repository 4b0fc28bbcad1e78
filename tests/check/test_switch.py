"""Comments that switch a rule off: for a line, a block, a heading, a note."""

from __future__ import annotations

import pytest

from kb.check.base import Base
from kb.check.rules.shapes import table_ragged
from kb.check.run import check_note
from kb.check.switch import left_on, switch_unknown, switches_of
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from tests.check.noted import NOWHERE, found, note_of, places

TABLE = "| a | b |\n|---|---|\n| c |\n"


def _kept(text: str) -> list[int]:
    """The lines of the ragged rows that are still told; the first line of a text is 1."""
    note = note_of(text)
    rows = table_ragged.find(note, Base(NOWHERE))
    return [one.span.first - 3 for one in left_on(note, rows)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (TABLE, [3]),
        (f"<!-- check: off table-ragged -->\n{TABLE}", []),
        (f"# 題\n<!-- check: off table-ragged -->\n\n{TABLE}\n{TABLE}", [10]),
        (f"# 題\n<!-- check: off html-raw, table-ragged -->\n{TABLE}", []),
        (f"# 題\n<!-- check: off html-raw table-ragged : 写したまま -->\n{TABLE}", []),
        (f"# 題\n<!-- check: off table-ragged — 写したまま -->\n{TABLE}", []),
        (f"# 題\n<!-- check: off html-raw : table-ragged -->\n{TABLE}", [5]),
        (f"# 題\n<!-- 確認しない: table-ragged -->\n{TABLE}", []),
        (f"# 題\n<!-- 確認しない：html-raw、table-ragged -->\n{TABLE}", []),
        (f"# 題\n<!-- check: off html-raw -->\n<!-- check: off table-ragged -->\n{TABLE}", []),
        (f"# 題\n<!-- check: off table-ragged -->\n<!-- check: off html-raw -->\n{TABLE}", []),
        (f"# 題\n\n文 <!-- check: off table-ragged -->\n\n{TABLE}", [7]),
        ("# 題\n\n| a | b |\n|---|---|\n| c <!-- check: off table-ragged --> |\n| d |\n", [6]),
        (f"# 題\n\n```\n<!-- check: off table-ragged -->\n```\n\n{TABLE}", [9]),
        (f"# 題\n\n`<!-- check: off table-ragged -->`\n{TABLE}", [6]),
        (f"<!-- check: off table-ragged -->\n\n文\n\n# 題\n\n{TABLE}", []),
        (f"文\n\n<!-- 確認しない table-ragged -->\n# 題\n\n{TABLE}", []),
        ("- a\n\n    <!-- check: off table-ragged -->\n    | a | b |\n    |---|---|\n    | c |\n", []),
    ],
)
def test_tables_that_are_told(text: str, kept: list[int]) -> None:
    assert _kept(text) == kept


def _switched(text: str, line: int) -> bool:
    note = note_of(text)
    span = Span(note.path, line + 3, line + 3)
    return not list(left_on(note, [Finding(Code.SOURCE_MISSING, "warning", span, "出典")]))


def test_a_switch_above_a_heading_holds_for_it_and_its_data() -> None:
    text = "# 会\n<!-- check: off source-missing -->\n## 題\n\n- 発表者: @A\n- タグ: b\n\n文\n"
    assert [line for line in range(1, 9) if _switched(text, line)] == [2, 3, 4, 5, 6]


def test_a_switch_behind_a_heading_holds_for_it_and_its_data() -> None:
    text = "# 会\n## 題 <!-- check: off source-missing -->\n\n- 発表者: @A\n\n文\n"
    assert [line for line in range(1, 7) if _switched(text, line)] == [2, 3, 4]


def test_errors_of_reading_stay() -> None:
    text = "---\ndate: いつか\n---\n<!-- check: off note-date-unreadable -->\n\n## 題\n\n文\n"
    note = note_of(text)
    errors = [one for one in note.reading.findings if one.severity == "error"]
    assert errors
    assert list(left_on(note, errors)) == list(errors)
    assert set(errors) <= set(check_note(note, Base(NOWHERE)))


def test_names_that_do_not_exist() -> None:
    text = f"# 題\n<!-- check: off table-raged, nonsense-xyzzy, table-ragged -->\n{TABLE}"
    assert places(switch_unknown, text) == ["table-raged", "nonsense-xyzzy"]
    hints = [one.hint for one in found(switch_unknown, text)]
    assert hints == ["`table-ragged` のことですか?", "メッセージに出ている名前を書いてください"]


def test_a_switch_without_a_name() -> None:
    assert places(switch_unknown, "# 題\n文 <!-- check: off -->\n") == ["<!-- check: off -->"]


def test_a_switch_that_switches_nothing_off() -> None:
    text = f"# 題\n<!-- check: off table-ragged -->\n文\n\n{TABLE}"
    assert _unused(text) == ["table-ragged"]
    assert _unused(f"# 題\n<!-- check: off table-ragged -->\n{TABLE}") == []
    assert _unused("# 題\n<!-- check: off switch-unused, no-such-name -->\n文\n") == []
    assert _unused("# 題\n<!-- check: off switch-unused, html-raw -->\n文\n") == []


def _unused(text: str) -> list[str]:
    """The names of which a whole check says that they switch nothing off."""
    note = note_of(text)
    spans = (one.span for one in check_note(note, Base(NOWHERE)) if one.code == Code.SWITCH_UNUSED)
    return [note.line(span.first)[span.column - 1 : span.end - 1] for span in spans]


def test_other_comments_are_no_switches() -> None:
    assert not switches_of(note_of("# 題\n<!-- check this -->\n<!-- offset: check -->\n文\n"))
