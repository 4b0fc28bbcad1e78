"""The data of an entry stays whole, whatever stands below it and however that is indented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.session import PRESENTERS, SOURCES, TOPIC
from kb.read import read_text
from kb.read.note import person_line
from kb.write import write
from tests.support.notes import examples

_HEAD = "---\ndate: 2025-11-25\n---\n\n# 今週のTOPIC\n\n## [論文] 題\n\n"
_ROWS = {PRESENTERS: "@Shun Ito", SOURCES: "https://arxiv.org/abs/2511.18423", TOPIC: "gam"}
_INDENTS = st.sampled_from(["", "　", "　　", " ", "  ", "    ", "\t"])
_TEXTS = st.sampled_from(
    [
        "本文。",
        "[pon] ひとこと",
        "結果: よい",
        "**強調** の文",
        "=== ",
        "> 引用",
        "| a | b |",
        "1",
        "```",
        "$$",
        "### 節",
    ]
)
_LINES = st.lists(st.tuples(_INDENTS, _TEXTS), min_size=1, max_size=5)


@examples(400)
@given(st.permutations(list(_ROWS)), st.sampled_from(["", "\n"]), _LINES)
def test_text_below_the_data_takes_no_row_with_it(
    keys: list[str], gap: str, lines: list[tuple[str, str]]
) -> None:
    rows = "".join(f"- {key}: {_ROWS[key]}\n" for key in keys)
    text = _HEAD + rows + gap + "".join(f"{indent}{said}\n" for indent, said in lines)
    session = read_text(text, "2025-11-25.md", "note").session
    assert session
    (entry,) = session.parts[0].entries
    assert [(item.key, item.value.source) for item in entry.data] == [(key, _ROWS[key]) for key in keys]
    assert read_text(write(session), "2025-11-25.md", "note").session == session


@pytest.mark.parametrize(
    "line",
    [
        "@Shun Ito",
        "@山田 太郎",
        "@山田はるか",
        "@Takumi Iida (frkake)",
        "@taroさん",
        "@n-kats @さくら",
        "@佐藤がく",
    ],
)
def test_a_name_is_a_presenter(line: str) -> None:
    assert person_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "@taroが急に話し始める",
        "@taro の話",
        "@山田が発表",
        "@taro - CUDA",
        "@taro → @jiro",
        "@taro は",
        "@山田を呼ぶ",
    ],
)
def test_a_sentence_on_somebody_is_none(line: str) -> None:
    assert not person_line(line)
    session = read_text(f"{_HEAD}{line}\n\n## [blog] 次\n\n文\n", "2025-11-25.md", "note").session
    assert session
    assert not any(entry.presenters for entry in session.entries)
