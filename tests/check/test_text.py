"""The rules on the text, one line or two at a time: what is told, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from kb.check.base import Base
from kb.check.catalogue import CATALOGUE
from kb.check.rule import Rule
from kb.check.rules.characters import control_character, html_raw, merge_marker
from kb.check.rules.links import (
    image_alt_missing,
    image_elsewhere,
    image_large,
    image_missing,
    link_encoded_twice,
    link_missing,
    link_notion_broken,
    link_notion_private,
)
from kb.check.rules.shapes import (
    emphasis_unclosed,
    fence_unclosed,
    heading_jump,
    list_ambiguous,
    list_continued,
    list_untidy,
    section_empty,
    table_ragged,
)
from tests.check.noted import FRONT, NOWHERE, found, note_of, places
from tests.check.test_form import ANY, REAL
from tests.support.notes import examples
from tests.support.steps import Work, assert_in_proportion

ID = "0123456789abcdef0123456789abcdef"
RULES = [rule for family in CATALOGUE if family.id in ("text", "private") for rule in family.rules]


@pytest.mark.parametrize(
    ("rule", "text", "told"),
    [
        (heading_jump, "# a\n## b\n### c\n#### d\n## e\n", []),
        (heading_jump, "## b\n#### d\n##### e\n", ["#### d"]),
        (heading_jump, "# a\n### c\n\n文\n", ["### c"]),
        (heading_jump, "## b\n```\n#### d\n```\n", []),
        (section_empty, "# a\n\n# b\n## c\n- タグ: x\n## d\n### e\n### f\n文\n", ["# a", "### e"]),
        (section_empty, "# a\n## b\n", ["## b"]),
        (section_empty, "# a\n## b\n### c\n<!-- 注 -->\n", ["### c"]),
        (section_empty, "# a\n## b\n### c\n#### d\n文\n", []),
        (section_empty, "## a\n### 議論はある?\n\n### 次は?\n文\n## b\n### 議論はある？\n文\n", []),
        (section_empty, "## a\n### 議論はある?\n\n### 次は?\n文\n## b\n### 感想\n文\n", ["### 議論はある?"]),
        (table_ragged, "| a | b |\n| c |\n| d | e |\n", ["| c |"]),
        (table_ragged, "| a | b |\n|---|---|---|\n| c | d |\n", ["|---|---|---|"]),
        (table_ragged, "| a | b |\n|---|---|\n| `c\\|d` | e\\|f |\n", []),
        (fence_unclosed, "```\na\n```\n\n~~~\nb\n~~~\n$$\nx\n$$\n", []),
        (fence_unclosed, "```python\na\n", ["```"]),
        (fence_unclosed, "````\na\n```\n", ["````", "```"]),
        (fence_unclosed, "- a\n    ~~~\n    b\n", ["~~~"]),
        (fence_unclosed, "> $$\n> x\n", ["$$"]),
        (fence_unclosed, "```a``` は行の中のコード。$$x$$ も\n", []),
        (emphasis_unclosed, "**a** `**b` \\*\\*c 2**3 a ** b\n", []),
        (emphasis_unclosed, "**a と b\n", ["**"]),
        (emphasis_unclosed, "文\n\n- a\n    - **kwargs を渡す\n", ["**"]),
        (emphasis_unclosed, "**teamwork** **and ****honesty ****by\n", ["**", "****", "****"]),
        (emphasis_unclosed, "**「重要」**です。***a***\n", []),
        (link_notion_broken, "[a](https://www.notion.soundefined)\n", ["notion.soundefined"]),
        (link_notion_broken, "`notion.soundefined`\n```\nnotion.soundefined\n```\n", []),
        (link_encoded_twice, "[a](%25E3%2581%2582.md)\n", ["%25E3%2581%2582.md"]),
        (link_encoded_twice, "https://a.b/%E3%81%82?u=https%253A%252F%252Fc.d\n", []),
        (link_encoded_twice, "[a](https://a.b/100%25off)\n", []),
        (link_notion_private, f"https://www.notion.so/a-{ID}\n", [f"https://www.notion.so/a-{ID}"]),
        (link_notion_private, "- 出典: x\n\n[a](https://x.notion.site/b)\n", ["https://x.notion.site/b"]),
        (link_notion_private, "https://app.notion.com/p/x\n", ["https://app.notion.com/p/x"]),
        (link_notion_private, "https://www.notion.so/help https://www.notion.com/blog/a\n", []),
        (link_notion_private, f"`https://www.notion.so/{ID}`\n", []),
        (link_missing, "[a](x.md) [b](#c) [d](https://e.f) [g](mailto:h@i.j)\n", ["x.md"]),
        (link_missing, "[a](../guide/index.md)\n", ["../guide/index.md"]),
        (image_missing, "![a](b.png) ![c](https://d.e/f.png)\n", ["b.png"]),
        (image_missing, "`![a](b.png)`\n", []),
        (image_elsewhere, "![c](https://d.e/f.png)\n", ["https://d.e/f.png"]),
        (image_alt_missing, "![](a.png)\n\n![Untitled](b.png)\n\n![図1: 精度](c.png)\n", ["a.png", "b.png"]),
        (image_alt_missing, "![image 3.png](d.png)\n", ["d.png"]),
        (html_raw, "<div>a</div> <br> <img src=a.png> <!-- <b> --> `<p> <aside>`\n", ["<div>"]),
        (html_raw, "<aside>\n💡 a\n</aside>\n\n<details>\n<summary>b</summary>\n\nc\n\n</details>\n", []),
        (html_raw, "<aside>a</aside>\n\n- b\n\n    <aside>\n    c\n    </aside>\n", []),
        (
            html_raw,
            "<aside>\na\n\nb <details>\n\n</summary> \\<aside>\n",
            ["<aside>", "<details>", "</summary>"],
        ),
        (html_raw, "<s> <think> <mask> Vec<T> a < b > c \\<div> <https://a.b>\n", []),
        (html_raw, "a</p>\n<script src='x'>\n", ["</p>", "<script src='x'>"]),
        (html_raw, "H<sub>2</sub>O <b>a</b> `<i>` \\<u>\n\n<center>\n\na\n\n</center>\n", []),
        (html_raw, '<p align="center">\n<img src="a.png">\n</p>\n\n| <kbd>a</kbd> |\n|---|\n', []),
        (html_raw, "<b>a\n\n<i>b</i> <u>c</u></u>\n\n<center>d\n", ["<b>", "</u>", "<center>"]),
        (merge_marker, "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n", ["<<<<<<< HEAD", "=======", ">>>>>>> c"]),
        (merge_marker, "題\n=======\n\n<<<<<<<< a\n", []),
        (control_character, "a\u200bb\nc\x0bd\n```\ne\u202ef\n```\n", ["\u200b", "\x0b", "\u202e"]),
        (control_character, "👨\u200d👩\u200d👧 が\ufe0f \u3000\t\u00a0\n", []),
        (control_character, "\ufeff---\ndate: 2025-12-02\n---\na\n", []),
        (control_character, "a\x00b\n", ["\x00"]),
    ],
)
def test_told(rule: Rule, text: str, told: list[str]) -> None:
    assert places(rule, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n    - b\n1. c\n2. d\n", []),
        ("- a\n - b\n", [" - b"]),
        ("- a\n    - b\n  - c\n", ["  - c"]),
        ("> - a\n>   - b\n", []),
        ("-準備\n\n- a\n以上です\n\n1. a\n3. b\n", []),
    ],
)
def test_items_between_two_levels(text: str, told: list[str]) -> None:
    assert places(list_ambiguous, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n以上です\n", ["以上です"]),
        ("- a\n    続き\n\n以上です\n", []),
        ("- a\n - b\n", []),
    ],
)
def test_lines_that_become_part_of_an_item(text: str, told: list[str]) -> None:
    assert places(list_continued, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n    - b\n1. c\n2. d\n", []),
        ("-準備\n-5度\n->矢印\n--\n", ["-"]),
        ("-`code` を\n", ["-"]),
        ("1.準備\n2.実行\n\n1.5倍\n3.章\n", ["1.", "2.", "3."]),
        ("－準備\nー準備\n— 名言\n−5度\nーーー\n", ["－", "ー", "— "]),
        ("- a\n - b\n以上です\n", []),
        ("1. a\n3. b\n", ["3. b"]),
        ("1. a\n\n文\n\n3. b\n", []),
        ("```\n-a\n－b\n```\n", []),
    ],
)
def test_lines_that_only_look_like_items(text: str, told: list[str]) -> None:
    assert places(list_untidy, text) == told


def test_a_wide_table_and_its_numbers() -> None:
    (one,) = found(table_ragged, "| a | b |\n|---|---|\n| c | d | e |\n")
    assert one.message == "表のこの行はセルが3個で、見出しの行は2個です"


def test_characters_are_named() -> None:
    (one,) = found(control_character, "a\u200bb\u200bc\u202ed\n")
    assert "U+200B(幅のない空白)、U+202E(文字の向きを変える)(3か所)" in one.message


def _notes(root: Path) -> Path:
    folder = root / "docs" / "notes"
    (folder / "img").mkdir(parents=True)
    return folder


def test_files_beside_the_note(tmp_path: Path) -> None:
    folder = _notes(tmp_path)
    (folder / "img" / "図 1.png").write_bytes(b"x" * 2_345_678)
    (folder / "2025-11-25.md").write_text("a", encoding="utf-8")
    (tmp_path / "secret.md").write_text("a", encoding="utf-8")
    text = "![a](img/図%201.png) ![b](img/図 1.png) [c](2025-11-25.md#d) [e](./img/図%201.png)\n"
    assert not found(image_missing, text, tmp_path)
    assert not found(link_missing, text, tmp_path)
    assert ["2.3 MB" in one.message for one in found(image_large, text, tmp_path)] == [True, True]
    assert places(link_missing, "[a](../../secret.md) [b](img)\n", tmp_path) == ["../../secret.md", "img"]


def test_a_file_of_another_case_is_named(tmp_path: Path) -> None:
    (_notes(tmp_path) / "img" / "Loss.PNG").write_bytes(b"x")
    (one,) = found(image_missing, "![a](img/loss.png)\n", tmp_path)
    assert "`Loss.PNG` ならあります" in one.hint


@pytest.mark.parametrize("url", ["\\0", "a" * 5000, "%00", "//[", "http://[", "/", "..", "%"])
def test_odd_targets_do_no_harm(url: str) -> None:
    for rule in RULES:
        found(rule, f"[a]({url}) ![b]({url})\n")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_real_note_gives_no_false_alarm(rule: Rule) -> None:
    assert not found(rule, REAL.read_text("utf-8"))


@examples(80)
@given(ANY)
def test_no_text_breaks_a_rule(text: str) -> None:
    for rule in RULES:
        found(rule, text)


@examples(80)
@given(ANY)
def test_prose_has_the_lines_and_columns_of_the_note(text: str) -> None:
    note = note_of(text)
    assert list(map(len, note.prose)) == list(map(len, note.lines))


@pytest.mark.parametrize(
    "piece", ["`a``", "<b ", "**a", "- a\n  - b\n", "a@b.c-", "![a](", "eyJa-", "0-1-", "<!--"]
)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    def finding(length: int) -> Work:
        note = note_of(FRONT + "## 題\n\n" + piece * (length // len(piece)))
        note.blocks, note.prose, note.inlines  # noqa: B018  the reader's own time is not the rules'
        return lambda: [list(rule.find(note, Base(NOWHERE))) for rule in RULES]

    assert_in_proportion(finding, 500, 2_000)
