"""All mending at once."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given

from kb.check.catalogue import FORM_RULES
from kb.check.fix import fix
from kb.read import read_text
from tests.check.noted import FRONT, found
from tests.check.test_form import ANY, REAL
from tests.support.notes import examples
from tests.support.steps import Work, assert_in_proportion

BAD = (
    "\ufeff---\r\ndate: 2025-12-02\r\n---\r\n"
    "＃ 今週のTOPIC\r\n##【論文】テ\u3099ータ\r\n- 発表者: ＠Shun Ito\r\n\r\n"
    "解決策:\r\n・要約  \r\n　・検索\r\n\r\n###結果\r\n- a\r\n  - b\r\n"
)
GOOD = (
    "---\ndate: 2025-12-02\n---\n# 今週のTOPIC\n\n## [論文] データ\n\n- 発表者: @Shun Ito\n\n"
    "解決策:\n\n- 要約\n    - 検索\n\n### 結果\n\n- a\n    - b\n"
)


def test_every_fault_of_form_at_once() -> None:
    assert fix(BAD) == (GOOD, tuple(rule.code for rule in FORM_RULES if rule.code != "final-line-end"))
    assert fix(GOOD) == (GOOD, ())


@examples(150)
@given(ANY)
def test_fixing_twice_is_fixing_once(text: str) -> None:
    fixed, codes = fix(FRONT + text)
    assert fix(fixed) == (fixed, ())
    assert bool(codes) == (fixed != FRONT + text)
    assert not [rule.code for rule in FORM_RULES if found(rule, fixed)]


@examples(100)
@given(ANY)
def test_a_fixed_note_can_still_be_read(text: str) -> None:
    before = read_text(FRONT + text, "2025-12-02.md", "note").session
    after = read_text(fix(FRONT + text)[0], "2025-12-02.md", "note").session
    assert (before is None) == (after is None)
    if not set(text) & set("\u3099\u309a＠＃"):
        assert after == before


def test_the_real_note_stays_as_it_is() -> None:
    text = REAL.read_text("utf-8")
    assert fix(text) == (text, ())


def test_mending_takes_time_in_proportion() -> None:
    def mending(times: int) -> Work:
        text = FRONT + "## 題\n文\n- a\n  - b  \n・c\n- d\n###節\n" * times
        return lambda: fix(text)

    assert_in_proportion(mending, 20, 60)


def test_guides_for_people_are_not_notes_but_can_be_fixed() -> None:
    for file in sorted((Path(__file__).parents[2] / "docs" / "guide").glob("*.md")):
        fixed, _ = fix(file.read_text("utf-8"))
        assert fix(fixed)[0] == fixed
