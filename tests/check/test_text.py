"""The rules on the text, one line or two at a time: what is told, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from kb.check.base import Base
from kb.check.rule import Rule
from kb.check.rules.characters import ControlCharacter, HtmlRaw, MergeMarker
from kb.check.rules.images import ImageAltMissing, ImageElsewhere, ImageLarge, ImageMissing
from kb.check.rules.links import LinkEncodedTwice, LinkMissing, LinkNotionBroken, LinkNotionPrivate
from kb.check.rules.listing import ListAmbiguous
from kb.check.rules.private import PRIVATE_RULES
from kb.check.rules.sections import HeadingJump, SectionEmpty
from kb.check.rules.shapes import EmphasisUnclosed, FenceUnclosed, TableRagged
from kb.check.rules.text import TEXT_RULES
from tests.check.noted import FRONT, NOWHERE, found, note_of, places
from tests.check.test_form import ANY, REAL
from tests.support.notes import examples
from tests.support.steps import Work, assert_in_proportion

ID = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("rule", "text", "told"),
    [
        (HeadingJump(), "# a\n## b\n### c\n#### d\n## e\n", []),
        (HeadingJump(), "## b\n#### d\n##### e\n", ["#### d"]),
        (HeadingJump(), "# a\n### c\n\n文\n", ["### c"]),
        (HeadingJump(), "## b\n```\n#### d\n```\n", []),
        (SectionEmpty(), "# a\n\n# b\n## c\n- タグ: x\n## d\n### e\n### f\n文\n", ["# a", "### e"]),
        (SectionEmpty(), "# a\n## b\n", ["## b"]),
        (SectionEmpty(), "# a\n## b\n### c\n<!-- 注 -->\n", ["### c"]),
        (SectionEmpty(), "# a\n## b\n### c\n#### d\n文\n", []),
        (TableRagged(), "| a | b |\n| c |\n| d | e |\n", ["| c |"]),
        (TableRagged(), "| a | b |\n|---|---|---|\n| c | d |\n", ["|---|---|---|"]),
        (TableRagged(), "| a | b |\n|---|---|\n| `c\\|d` | e\\|f |\n", []),
        (FenceUnclosed(), "```\na\n```\n\n~~~\nb\n~~~\n$$\nx\n$$\n", []),
        (FenceUnclosed(), "```python\na\n", ["```"]),
        (FenceUnclosed(), "````\na\n```\n", ["````", "```"]),
        (FenceUnclosed(), "- a\n    ~~~\n    b\n", ["~~~"]),
        (FenceUnclosed(), "> $$\n> x\n", ["$$"]),
        (FenceUnclosed(), "```a``` は行の中のコード。$$x$$ も\n", []),
        (EmphasisUnclosed(), "**a** `**b` \\*\\*c 2**3 a ** b\n", []),
        (EmphasisUnclosed(), "**a と b\n", ["**"]),
        (EmphasisUnclosed(), "文\n\n- a\n    - **kwargs を渡す\n", ["**"]),
        (EmphasisUnclosed(), "**teamwork** **and ****honesty ****by\n", ["**", "****", "****"]),
        (EmphasisUnclosed(), "**「重要」**です。***a***\n", []),
        (LinkNotionBroken(), "[a](https://www.notion.soundefined)\n", ["notion.soundefined"]),
        (LinkNotionBroken(), "`notion.soundefined`\n```\nnotion.soundefined\n```\n", []),
        (LinkEncodedTwice(), "[a](%25E3%2581%2582.md)\n", ["%25E3%2581%2582.md"]),
        (LinkEncodedTwice(), "https://a.b/%E3%81%82?u=https%253A%252F%252Fc.d\n", []),
        (LinkEncodedTwice(), "[a](https://a.b/100%25off)\n", []),
        (LinkNotionPrivate(), f"https://www.notion.so/a-{ID}\n", [f"https://www.notion.so/a-{ID}"]),
        (LinkNotionPrivate(), "- 出典: x\n\n[a](https://x.notion.site/b)\n", ["https://x.notion.site/b"]),
        (LinkNotionPrivate(), "https://app.notion.com/p/x\n", ["https://app.notion.com/p/x"]),
        (LinkNotionPrivate(), "https://www.notion.so/help https://www.notion.com/blog/a\n", []),
        (LinkNotionPrivate(), f"`https://www.notion.so/{ID}`\n", []),
        (LinkMissing(), "[a](x.md) [b](#c) [d](https://e.f) [g](mailto:h@i.j)\n", ["x.md"]),
        (LinkMissing(), "[a](../guide/index.md)\n", ["../guide/index.md"]),
        (ImageMissing(), "![a](b.png) ![c](https://d.e/f.png)\n", ["b.png"]),
        (ImageMissing(), "`![a](b.png)`\n", []),
        (ImageElsewhere(), "![c](https://d.e/f.png)\n", ["https://d.e/f.png"]),
        (ImageAltMissing(), "![](a.png)\n\n![Untitled](b.png)\n\n![図1: 精度](c.png)\n", ["a.png", "b.png"]),
        (ImageAltMissing(), "![image 3.png](d.png)\n", ["d.png"]),
        (HtmlRaw(), "<div>a</div> <br> <img src=a.png> <!-- <b> --> `<p> <aside>`\n", ["<div>"]),
        (HtmlRaw(), "<aside>\n💡 a\n</aside>\n\n<details>\n<summary>b</summary>\n\nc\n\n</details>\n", []),
        (HtmlRaw(), "<aside>a</aside>\n\n- b\n\n    <aside>\n    c\n    </aside>\n", []),
        (
            HtmlRaw(),
            "<aside>\na\n\nb <details>\n\n</summary> \\<aside>\n",
            ["<aside>", "<details>", "</summary>"],
        ),
        (HtmlRaw(), "<s> <think> <mask> Vec<T> a < b > c \\<div> <https://a.b>\n", []),
        (HtmlRaw(), "a</p>\n<script src='x'>\n", ["</p>", "<script src='x'>"]),
        (MergeMarker(), "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n", ["<<<<<<< HEAD", "=======", ">>>>>>> c"]),
        (MergeMarker(), "題\n=======\n\n<<<<<<<< a\n", []),
        (ControlCharacter(), "a\u200bb\nc\x0bd\n```\ne\u202ef\n```\n", ["\u200b", "\x0b", "\u202e"]),
        (ControlCharacter(), "👨\u200d👩\u200d👧 が\ufe0f \u3000\t\u00a0\n", []),
        (ControlCharacter(), "\ufeff---\ndate: 2025-12-02\n---\na\n", []),
        (ControlCharacter(), "a\x00b\n", ["\x00"]),
    ],
)
def test_told(rule: Rule, text: str, told: list[str]) -> None:
    assert places(rule, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n    - b\n1. c\n2. d\n", []),
        ("-準備\n-5度\n->矢印\n--\n", ["-"]),
        ("-`code` を\n", ["-"]),
        ("1.準備\n2.実行\n\n1.5倍\n3.章\n", ["1.", "2.", "3."]),
        ("－準備\nー準備\n— 名言\n−5度\nーーー\n", ["－", "ー", "— "]),
        ("- a\n - b\n", [" - b"]),
        ("- a\n    - b\n  - c\n", ["  - c"]),
        ("- a\n以上です\n", ["以上です"]),
        ("- a\n    続き\n\n以上です\n", []),
        ("1. a\n3. b\n", ["3. b"]),
        ("1. a\n\n文\n\n3. b\n", []),
        ("```\n-a\n－b\n```\n", []),
        ("> - a\n>   - b\n", []),
    ],
)
def test_lists_that_look_otherwise(text: str, told: list[str]) -> None:
    assert places(ListAmbiguous(), text) == told


def test_a_wide_table_and_its_numbers() -> None:
    (one,) = found(TableRagged(), "| a | b |\n|---|---|\n| c | d | e |\n")
    assert one.message == "表のこの行はセルが3個で、見出しの行は2個です"


def test_characters_are_named() -> None:
    (one,) = found(ControlCharacter(), "a\u200bb\u200bc\u202ed\n")
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
    assert not found(ImageMissing(), text, tmp_path)
    assert not found(LinkMissing(), text, tmp_path)
    assert ["2.3 MB" in one.message for one in found(ImageLarge(), text, tmp_path)] == [True, True]
    assert places(LinkMissing(), "[a](../../secret.md) [b](img)\n", tmp_path) == ["../../secret.md", "img"]


def test_a_file_of_another_case_is_named(tmp_path: Path) -> None:
    (_notes(tmp_path) / "img" / "Loss.PNG").write_bytes(b"x")
    (one,) = found(ImageMissing(), "![a](img/loss.png)\n", tmp_path)
    assert "`Loss.PNG` ならあります" in one.hint


@pytest.mark.parametrize("url", ["\\0", "a" * 5000, "%00", "//[", "http://[", "/", "..", "%"])
def test_odd_targets_do_no_harm(url: str) -> None:
    for rule in TEXT_RULES:
        found(rule, f"[a]({url}) ![b]({url})\n")


@pytest.mark.parametrize("rule", [*TEXT_RULES, *PRIVATE_RULES], ids=lambda rule: rule.code)
def test_the_real_note_gives_no_false_alarm(rule: Rule) -> None:
    assert not found(rule, REAL.read_text("utf-8"))


@examples(80)
@given(ANY)
def test_no_text_breaks_a_rule(text: str) -> None:
    for rule in (*TEXT_RULES, *PRIVATE_RULES):
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
        return lambda: [list(rule.find(note, Base(NOWHERE))) for rule in (*TEXT_RULES, *PRIVATE_RULES)]

    assert_in_proportion(finding, 500, 2_000)
