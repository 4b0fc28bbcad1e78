"""Notes for tests: strategies that make any note, and the knowledge base of a few texts."""

from __future__ import annotations

import os

from hypothesis import settings
from hypothesis import strategies as st

from kb.link import KnowledgeBase, build_base
from kb.model.registry import Registry
from kb.model.session import Session
from kb.read import read_text

MARKERS = st.sampled_from(
    [
        *("# ", "## ", "### ", "#### ", "#", "##見出し", "- ", "* ", "+ ", "・", "1. ", "2. ", "1) ", "> "),
        *("    ", "  ", " ", "\t", "　", "\n", "\n", "\n\n", "\n    \n", "```", "```python", "~~~", "$$"),
        *("---", "===", "***", "| a | b |", "|---|:-:|", "|", "\\|", "`x|y`", "<aside>", "</aside>"),
        *("<details>", "<summary>題</summary>", "</details>", "<!-- 注 -->", "<!--", "-->"),
        *("[pon] ", "[論文] ", "[x] ", "[ ] ", "[題", "](https://a.b/c)"),
        *("@Shun Ito", "@Akira Manda(zunda)", "＠名前", "発表者: ", "- タグ: ", "- 出典:"),
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
        *("date: 2025-11-25", "title: x"),
        "※ [論文] [blog] など何に関するTOPICなのかパッと見で分かるようにしましょう。",
    ]
)
"""What makes the blocks of a note, and the words that come with it."""
SPECIALS = st.sampled_from(
    [
        *("~~", "~", "~~~~", "^", "==", "++", "((c))", "(c)", "--", "...", ":smile:", "[TOC]", "[[wiki]]"),
        *(
            "{: #x .y onclick=z }",
            "{: .y }",
            "{#id}",
            "{.class}",
            "{{ x }}",
            "{% raw %}",
            "{++a++}",
            "{==b==}",
        ),
        *("<script>", "</script>", "<b onclick=x>", "</b>", "<div>", "</div>", "<p", "<br>", "<br/>", "<hr>"),
        *(
            "</aside",
            "<img src=x.png onerror=y>",
            "<img src='javascript:a'>",
            "<a href=x>",
            "<?php",
            "<![CDATA[",
        ),
        *("<!doctype", "&amp;", "&lt;b&gt;", "&#60;", "&#x3c;", "&", "&nbsp;", "&copy", "\u0002", "\u0003"),
        *("\u0002klzzwxh:0001\u0003", "wzxhzdk:0", "stx", "\x00", "\x0b", "\x0c", "\x85", "\u2028", "\u00a0"),
        *(
            "[a](javascript:b)",
            "[a](JaVaScRiPt&#58;b)",
            "[a](data:text/html,b)",
            "[a](<b c>)",
            "[a](b.png 'c')",
        ),
        *(
            "[a]: https://b.c",
            "[a][b]",
            "[^1]",
            "[^1]: 注",
            "*[HTML]: x",
            "![絵](img/図 1.png)",
            "![](https://a.b/c.png)",
        ),
        *(
            "[a](2025-11-25.md)",
            "[a](x.md)",
            "[](https://a.b)",
            "[a]()",
            "[`c`](https://a.b)",
            "[**b**](https://a.b)",
        ),
        *(
            "https://a.b/c_d_e?f=1&g=(h)",
            "<https://a.b/*c*>",
            "http://",
            "https://arxiv.org/abs/2511.16719v2",
        ),
        *(
            "arXiv:2511.16719",
            "10.1145/3290605.3300233",
            "G1: あ 説明: い",
            "G2：う\n例: え",
            "- G7: お",
            "- [pon] か",
        ),
        *(
            "a_b_c",
            "__init__",
            "2*3*4",
            "**「重要」**です",
            "***",
            "____",
            "`` ` ``",
            "```` ```",
            "\\`",
            "\\\\",
            "\\*",
        ),
        *(
            "$5",
            "$x_1$",
            "$$y$$",
            "| a",
            "a |",
            "|||",
            "| `b|c` | d |",
            "|--|",
            ":--",
            "::: note",
            "!!! note",
            "??? x",
        ),
        *(
            "--8<--",
            "; --8<-- x",
            "/// note",
            "///",
            "    code",
            "\n\n    code",
            "\n: 定義",
            "\n=",
            "\n-",
            "Term\n:   def",
        ),
        *(
            "第1回\n===",
            "SAM 3",
            "GAM",
            "pon",
            "Shun Ito",
            "H~2~O",
            "x^2^",
            "#タグ",
            "- [ ] ",
            "1986. ",
            "0) ",
            "<<",
            ">>",
        ),
        *("&#10;", "&#13;", "&#9;", "&#x2028;", "&NewLine;", "&#2;", "&#0;", "&zwnj;", "&#123;", "&lbrace;"),
    ]
)
"""What Markdown's dialects, HTML and the linker may take for their own."""
FRAGMENTS = MARKERS | SPECIALS | st.text(max_size=6)

NOTES = st.lists(MARKERS | st.text(max_size=6), max_size=40).map("".join)
"""What people may have typed."""
WILD_NOTES = st.lists(FRAGMENTS, max_size=30).map("".join)
"""What nobody would have typed, but somebody will paste."""

_WORDS = st.sampled_from(
    ["あ", "文。", "word", "G1: い 説明: う", "G2: え", "[pon] お", "**太**", "1. ", "- "]
)
_LINE = st.lists(_WORDS | SPECIALS | MARKERS, min_size=1, max_size=3).map("".join)
INLINE = _LINE.map(lambda text: " ".join(text.split("\n")))
"""One line of a note with anything in it."""
Lines = list[str]


def _indented(lines: Lines) -> Lines:
    return ["    " + line if line else "" for line in lines]


def _stacked(blocks: list[Lines]) -> Lines:
    return [line for block in blocks for line in ("", *block)][1:]


def _items(rows: list[tuple[str, list[Lines]]], *, numbered: bool) -> Lines:
    lines: Lines = []
    for number, (text, below) in enumerate(rows, 1):
        lines.append(f"{number}. {text}" if numbered else f"- {text}")
        for block in below:
            lines += ["", *_indented(block)]
    return lines


def _containers(inner: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    blocks = st.lists(inner, min_size=1, max_size=3)
    rows = st.lists(st.tuples(INLINE | st.just(""), st.lists(inner, max_size=2)), min_size=1, max_size=3)
    return st.one_of(
        blocks.map(_stacked),
        st.builds(lambda rows, numbered: _items(rows, numbered=numbered), rows, st.booleans()),
        blocks.map(lambda found: ["> " + line for line in _stacked(found)]),
        blocks.map(lambda found: ["<aside>", "", *_stacked(found), "", "</aside>"]),
        st.builds(
            lambda found, title: [
                "<details>",
                f"<summary>{title}</summary>",
                "",
                *_stacked(found),
                "",
                "</details>",
            ],
            blocks,
            INLINE,
        ),
    )


_ROW = st.lists(INLINE.map(lambda text: text.replace("|", "")), min_size=1, max_size=3)
_LEAVES: st.SearchStrategy[Lines] = st.one_of(
    st.lists(INLINE, min_size=1, max_size=2),
    INLINE.map(lambda text: ["### " + text]),
    INLINE.map(lambda text: ["[pon] " + text]),
    st.lists(INLINE, max_size=3).map(lambda lines: ["```python:a b", *lines, "```"]),
    INLINE.map(lambda text: ["$$", text, "$$"]),
    st.lists(_ROW, min_size=1, max_size=3).map(
        lambda rows: (
            ["|" + "|".join(row) + "|" for row in rows[:1]]
            + ["|" + "---|" * len(rows[0])]
            + ["|" + "|".join(row) + "|" for row in rows[1:]]
        )
    ),
    st.just(["---"]),
)
DEEP_NOTES = st.recursive(_LEAVES, _containers, max_leaves=8).map("\n".join)
"""Blocks inside blocks, as deep as they come."""


def examples(count: int) -> settings:
    """Settings for so many examples; the variable EXAMPLES multiplies them."""
    return settings(max_examples=count * int(os.environ.get("EXAMPLES", "1")))


def session_of(text: str, date: str = "2025-11-25") -> Session:
    """The session of a note's text without its front matter."""
    session = read_text(f"---\ndate: {date}\n---\n{text}", f"docs/notes/{date}.md", "note").session
    assert session is not None
    return session


def base_of(registry: Registry, **notes: str) -> KnowledgeBase:
    """A knowledge base from texts by date, `d2025_11_25="…"`."""
    sessions = [session_of(text, date[1:].replace("_", "-")) for date, text in notes.items()]
    return build_base(sessions, registry)
