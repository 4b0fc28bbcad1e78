"""`read(write(session)) == session`, for whatever can be read."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.read import read_text
from kb.write import write

FRAGMENTS = st.sampled_from(
    [
        *("# ", "## ", "### ", "#### ", "#", "##見出し", "- ", "* ", "+ ", "・", "1. ", "2. ", "1) ", "> "),
        *("    ", "  ", " ", "\t", "　", "\n", "\n", "\n\n", "\n    \n", "```", "```python", "~~~", "$$"),
        *(
            "---",
            "===",
            "***",
            "| a | b |",
            "|---|:-:|",
            "|",
            "\\|",
            "`x|y`",
            "<aside>",
            "</aside>",
            "<details>",
        ),
        *(
            "<summary>題</summary>",
            "</details>",
            "<!-- 注 -->",
            "<!--",
            "-->",
            "[pon] ",
            "[論文] ",
            "[x] ",
            "[ ] ",
        ),
        *(
            "[題",
            "](https://a.b/c)",
            "@Shun Ito",
            "@Akira Manda(zunda)",
            "＠名前",
            "発表者: ",
            "- タグ: ",
            "- 出典:",
        ),
        *(
            "2025-11-25",
            "第1回",
            "数百~数千",
            "*強調*",
            "**",
            "_",
            "`",
            "\\",
            "C#",
            " ##",
            "説明:",
            "文。",
            "a",
        ),
        *(
            "date: 2025-11-25",
            "title: x",
            "※ [論文] [blog] など何に関するTOPICなのかパッと見で分かるようにしましょう。",
        ),
    ]
)
NOTES = st.lists(FRAGMENTS | st.text(max_size=6), max_size=40).map("".join)


@settings(max_examples=1500, deadline=None)
@given(NOTES)
def test_what_was_read_is_read_again(text: str) -> None:
    first = read_text("---\ndate: 2025-11-25\n---\n" + text, "2025-11-25.md", "note").session
    assert first is not None
    assert read_text(write(first), "2025-11-25.md", "note").session == first


@settings(max_examples=700, deadline=None)
@given(NOTES)
def test_copied_text_becomes_a_note(text: str) -> None:
    first = read_text("2025-11-25 勉強会\n" + text, "2025-11-25.txt", "copied").session
    assert first is not None
    assert read_text(write(first), "2025-11-25.md", "note").session == first
