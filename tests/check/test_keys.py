"""Rows that were meant as data are told with what to write; lists of a text are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.check.catalogue import RULES
from kb.model.session import DATA_KEYS, PRESENTERS, REVISIT, SOURCES, TAGS
from tests.check.noted import found, note_of
from tests.support.hints import hinted
from tests.support.notes import examples

RULE = RULES["data-unread"]
VALUES = {PRESENTERS: "@Shun Ito", TAGS: "rag, sam", REVISIT: "yes"}
ADDRESS = "https://a.example/b"
SLIPS = st.sampled_from(
    [
        *(f"{key} {{}}" for key in DATA_KEYS.values()),
        *(f"【{key}】: {{}}" for key in DATA_KEYS.values()),
        *(f"{key}；{{}}" for key in DATA_KEYS.values()),
        *(
            "出展: {}",
            "タク: {}",
            "発表: {}",
            "ﾀｸﾞ: {}",
            "presentor: {}",
            "souce: {}",
            "再訪",
            "materails: {}",
        ),
    ]
)


def key_of(row: str) -> str:
    slips = {
        "出展": SOURCES,
        "タク": TAGS,
        "ﾀｸﾞ": TAGS,
        "発表:": PRESENTERS,
        "pres": PRESENTERS,
        "souce": SOURCES,
    }
    return next((key for slip, key in slips.items() if row.startswith(slip)), "") or next(
        (key for key in dict.fromkeys(DATA_KEYS.values()) if key in row), "資料"
    )


@examples(80)
@given(SLIPS, st.booleans(), st.sampled_from(["- ", "・", "* ", ""]))
def test_a_row_with_a_slip_becomes_data_as_the_hint_has_it(slip: str, below: bool, mark: str) -> None:
    key = key_of(slip)
    value = VALUES.get(key, ADDRESS)
    head = "## [論文] 題\n\n" + ("- 著者: Shun Ito\n" if below and mark == "- " else "")
    row = mark + slip.format(value)
    text = f"{head}{row}\n- 資料: {ADDRESS}\n"
    (finding,) = found(RULE, text)
    assert note_of(text).line(finding.span.first) == row
    (wanted,) = hinted(finding.hint)
    note = note_of(text.replace(row, wanted))
    assert note.session
    assert (key, value) in [(one.key, one.value.source) for one in note.session.entries[0].data]
    assert not found(RULE, text.replace(row, wanted))


@pytest.mark.parametrize(
    "body",
    [
        "- 手法: 検索を使う\n- 結果: よい\n- コード: 公開されている\n",
        "- 出力: 画像\n- 入力: 文\n",
        "- 要約を蓄積する\n- コード: https://a.example/b\n",
        "- 発表者の考え\n- タグ付けをした\n- 著者らは、よいと言う。\n",
        "- コード\n- 資料\n",
        "発表は来週です。\n",
        "コードは公開されている: https://a.example/b\n",
        "- 再現: yes\n",
        "本文。\n\n- 発表者 @X\n",
        "> 発表者 @X\n",
        "```\n発表者 @X\n```\n",
    ],
)
def test_a_list_of_the_text_is_none(body: str) -> None:
    assert not found(RULE, f"## [論文] 題\n\n{body}")
    assert not found(RULE, f"## [論文] 題\n\n- 発表者: @Shun Ito\n\n{body}")


def test_data_below_what_is_none_is_told() -> None:
    (finding,) = found(RULE, "## [論文] 題\n\n- 投稿日: 2025-01-01\n- 発表者: @X\n- タグ: a\n")
    assert finding.span.first == 7
    assert "見出しのすぐ下に移して" in finding.hint
