"""Mending the form: nothing that a note says may change, and mending twice is mending once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.check.catalogue import FORM_RULES
from kb.check.rule import FormRule
from kb.check.rules.form import (
    at_full_width,
    block_touching,
    bullet_middle_dot,
    byte_order_mark,
    decomposed_characters,
    final_line_end,
    heading_tight,
    kind_full_width,
    line_ends,
    nesting_by_two,
    trailing_blanks,
)
from kb.model.codes import Code
from kb.model.session import Session
from kb.read import read_text
from kb.text.inline import rich_text
from tests.check.noted import FRONT, found
from tests.support.notes import DEEP_NOTES, NOTES, WILD_NOTES, examples

REAL = Path(__file__).parents[2] / "docs" / "notes" / "2025-11-25.md"
RULES = st.sampled_from(FORM_RULES)

_FAULTS = st.sampled_from(
    [
        "- a\n  - b\n",
        "・あ\n",
        "  ・い\n",
        "\t- c\n",
        "1. d\n   - e\n",
        "##【論文】題\n",
        "@A\n",
        "＠B\n",
        "文\n",
        "- 発表者: ＠C、＠D\n",
        "###見出し\n",
        "か\u3099\n",
        "は\u309a",
        "\r\n",
        "\r",
        " \n",
        "\u3000\n",
        "\n\n",
        "| a | b |\n|---|---|\n| c | d |\n",
        "> 引用\n",
        "```\ncode  \n```\n",
        "<aside>\n",
        "</aside>\n",
        "    ```\n",
        "- a\n - b\n",
        "続き\n",
        "  続き\n",
        "    続き\n",
        "<!-- 注  \n  注 -->\n",
        "$$\nx  \n$$\n",
        "[論文]題\n",
        "* f\n",
    ]
)
FAULTY = st.lists(_FAULTS, max_size=12).map("".join)
ANY = NOTES | WILD_NOTES | DEEP_NOTES | FAULTY


def _session(text: str) -> Session | None:
    return read_text(text.lstrip("\ufeff"), "docs/notes/2025-12-02.md", "note").session


def _said(rule: FormRule, text: str) -> Session | str | None:
    """What a note says, as far as the rule has to keep it.

    Composed kana can make a key of data, or a name that is known: what is read of them is what is
    read of the text without the fault. Two byte order marks hide the front matter behind the second.
    """
    if rule.code == Code.DECOMPOSED_CHARACTERS:
        return None
    session = _session(text)
    return _half_width(session) if session and rule.code == Code.AT_FULL_WIDTH else session


def _half_width(session: Session) -> Session:
    def entry_of(entry):  # type: ignore[no-untyped-def]
        data = tuple(
            replace(one, value=rich_text(one.value.source.replace("＠", "@"))) if one.key == "発表者" else one
            for one in entry.data
        )
        return replace(entry, data=data)

    parts = (replace(part, entries=tuple(map(entry_of, part.entries))) for part in session.parts)
    return replace(session, parts=tuple(parts))


def _letters(text: str) -> str:
    """All that is not blank, in a form in which no rule changes it."""
    composed = re.sub("[\u3041-\u30ff][\u3099\u309a]", lambda at: unicodedata.normalize("NFC", at[0]), text)
    widths = composed.translate(str.maketrans("＠［］【】・•*", "@[][]---"))
    return "".join(widths.replace("\ufeff", "").split())


@examples(600)
@given(RULES, ANY, st.booleans())
@example(nesting_by_two, "- a\n  ```\n  \tx\n  ```\n", True)
@example(nesting_by_two, "- a\n   <aside>\n   - b\n     - c\n   </aside>\n", True)
@example(bullet_middle_dot, "・a\n- b\n・c\n", True)
def test_a_mended_note_says_the_same(rule: FormRule, text: str, front: bool) -> None:
    text = FRONT + text if front else text
    mended = rule.mend(text)
    assert rule.mend(mended) == mended
    assert _said(rule, mended) == _said(rule, text)
    assert _letters(mended) == _letters(text)
    if rule.code == Code.DECOMPOSED_CHARACTERS:
        assert unicodedata.normalize("NFC", mended) == unicodedata.normalize("NFC", text)


def _untouched(rule: FormRule, text: str) -> list[str]:
    """The lines of a text without what the rule is about."""
    lines = text.split("\n")
    match rule.code:
        case "nesting-by-two":
            return [line.lstrip() for line in lines]
        case "trailing-blanks":
            return [line.rstrip() for line in lines]
        case "block-touching" | "final-line-end":
            return [line for line in lines if line.strip()]
        case "heading-tight":
            return [re.sub(r"(?<=#) (?=[^\s#])", "", line, count=1) for line in lines]
        case "bullet-middle-dot":
            return [re.sub(r"(?:[・•]\s*|[-*] )", "", line, count=1) for line in lines]
        case "kind-full-width" | "at-full-width":
            return [_letters(line) for line in lines]
        case _:
            return [unicodedata.normalize("NFC", line.strip("\ufeff\r")) for line in lines]


@examples(400)
@given(RULES, ANY)
@example(nesting_by_two, "- a\n\n\t```\n\tx\n\t```\n  <!-- b\n       c -->\n")
@example(heading_tight, "##[a\n](https://b.c)\n")
@example(bullet_middle_dot, "* a\n・b\n\n1. c\n    ・d\n")
def test_a_rule_changes_what_it_is_about_and_nothing_else(rule: FormRule, text: str) -> None:
    text = FRONT + line_ends.mend(text)
    assert _untouched(rule, rule.mend(text)) == _untouched(rule, text)


@examples(300)
@given(st.sampled_from([heading_tight, kind_full_width, at_full_width, decomposed_characters]), ANY)
def test_no_line_is_touched_that_no_finding_names(rule: FormRule, text: str) -> None:
    text = FRONT + line_ends.mend(text)
    pairs = zip(text.split("\n"), rule.mend(text).split("\n"), strict=True)
    touched = [number for number, (before, after) in enumerate(pairs, 1) if before != after]
    assert touched == [finding.span.first for finding in found(rule, text)]


@examples(250)
@given(RULES, ANY)
def test_what_is_found_is_mended(rule: FormRule, text: str) -> None:
    if rule.code != Code.LINE_ENDS:  # which `fix` asks before the rules on lines
        text = line_ends.mend(text)
    findings = found(rule, text)
    mended = rule.mend(FRONT + text)
    assert bool(findings) == (mended != FRONT + text)
    assert not found(rule, mended)


@pytest.mark.parametrize("rule", FORM_RULES, ids=lambda rule: rule.code)
def test_the_real_note_is_in_good_form(rule: FormRule) -> None:
    text = REAL.read_text("utf-8")
    assert rule.mend(text) == text


@pytest.mark.parametrize(
    ("rule", "text", "mended"),
    [
        (line_ends, "a\r\nb\rc\n", "a\nb\nc\n"),
        (byte_order_mark, "\ufeff\ufeff## a\n", "## a\n"),
        (final_line_end, "a\n\n \n", "a\n"),
        (final_line_end, "", ""),
        (trailing_blanks, "a  \n```\nb  \n```  \n<!-- c  \n-->\n", "a\n```\nb  \n```  \n<!-- c  \n-->\n"),
        (decomposed_characters, "か\u3099 ｶﾞ ① が", "が ｶﾞ ① が"),
        (decomposed_characters, "`か\u3099` [か\u3099](か\u3099.md)", "`か\u3099` [が](か\u3099.md)"),
        (heading_tight, "##見出し\n#2番\n#タグ #別のタグ\n", "## 見出し\n#2番\n#タグ #別のタグ\n"),
        (heading_tight, "##[題\n](https://a.b)\n", "## [題\n](https://a.b)\n"),
        (heading_tight, "> ###引用の中\n", "> ### 引用の中\n"),
        (kind_full_width, "## ［論文］題\n", "## [論文] 題\n"),
        (kind_full_width, "## [論文]題\n### 【論文】節\n", "## [論文] 題\n### 【論文】節\n"),
        (kind_full_width, "［paper］題\n---\n", "[paper] 題\n---\n"),
        (kind_full_width, "## [題](https://a.b)\n", "## [題](https://a.b)\n"),
        (at_full_width, "＠A ＠B\n## 題\n- 発表者: ＠C\n", "@A @B\n## 題\n- 発表者: @C\n"),
        (at_full_width, "## 題\n- 発表者: ＠C、＠D (d)\n\n文＠E\n", "## 題\n- 発表者: @C、@D (d)\n\n文＠E\n"),
        (bullet_middle_dot, "・a\n　・b\n", "- a\n　- b\n"),
        (bullet_middle_dot, "- a\n\n・b\n", "- a\n\n* b\n"),
        (bullet_middle_dot, "* a\n・b\n", "* a\n- b\n"),
        (bullet_middle_dot, "1. a\n    ・b\n    •  c\n", "1. a\n    - b\n    * c\n"),
        (nesting_by_two, "- a\n  - b\n  続き\n", "- a\n    - b\n  続き\n"),
        (nesting_by_two, "1. a\n   1. b\n      - c\n2. d\n", "1. a\n    1. b\n        - c\n2. d\n"),
        (nesting_by_two, "- a\n\t- b\n\t\t- c\n", "- a\n    - b\n        - c\n"),
        (nesting_by_two, "- a\n続き\n  - b\n", "- a\n続き\n    - b\n"),
        (nesting_by_two, "- a\n - b\n", "- a\n - b\n"),
        (nesting_by_two, "- a\n  ```\n  x\n    y\n  ```\n", "- a\n    ```\n    x\n      y\n    ```\n"),
        (nesting_by_two, "- a\n\n\t```\n\tx\n\t```\n", "- a\n\n\t```\n\tx\n\t```\n"),
        (nesting_by_two, "- a\n  <!-- b\n       c -->\n", "- a\n    <!-- b\n         c -->\n"),
        (nesting_by_two, "1) a\n   * b\n", "1) a\n    * b\n"),
        (nesting_by_two, "> - a\n>   - b\n", "> - a\n>   - b\n"),
        (block_touching, "## a\n文\n- b\n    - c\n## d\n", "## a\n\n文\n\n- b\n    - c\n\n## d\n"),
        (block_touching, "文\n| a |\n|---|\n| b |\n文\n", "文\n\n| a |\n|---|\n| b |\n\n文\n"),
        (block_touching, "```\n# a\n文\n- b\n```\n", "```\n# a\n文\n- b\n```\n"),
        (block_touching, "[pon] a\n[zunda] b\n> c\n", "[pon] a\n[zunda] b\n\n> c\n"),
    ],
)
def test_mended(rule: FormRule, text: str, mended: str) -> None:
    assert rule.mend(text) == mended


def test_broken_front_matter_is_left_to_its_writer() -> None:
    text = "---\ndate: [\n---\n- a\n  - b\n###c  \n"
    assert all(rule.mend(text) == text for rule in FORM_RULES)


def test_front_matter_stays_as_it_is() -> None:
    text = "---\ndate: 2025-12-02\ntitle: か\u3099  \nx:\n  - 1\n---\n\n## a\n\n文\n"
    assert all(rule.mend(text) == text for rule in FORM_RULES)


def test_each_place_of_a_fault_is_found() -> None:
    assert [one.span.first for one in found(trailing_blanks, "a \n\nb \n\nc \n")] == [4, 6, 8]
