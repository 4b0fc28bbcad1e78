"""Text copied from a page: the contents line that is cut, and the rules by which lines are titles."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.blocks import Heading, walk
from kb.model.finding import Finding
from kb.model.session import Session
from kb.read import read_text
from kb.read.copied.contents import cut_contents
from kb.read.copied.reader import looks_copied, read_copied
from kb.read.copied.titles import is_author_line, is_marked, title_reason
from kb.read.lines import Line, lines_of
from tests.support.said import block_words
from tests.support.steps import steps

INPUT = Path(__file__).parents[1] / "golden/copied/2025-11-25/input.txt"


def cut(contents: str, *body: str) -> tuple[list[int], int]:
    found = cut_contents(contents, [Line.from_source(number, text) for number, text in enumerate(body)])
    return list(found.lines), found.length


def read(*lines: str) -> tuple[Session, tuple[Finding, ...]]:
    result = read_copied("\n".join(lines), "page.txt")
    assert result.session is not None
    return result.session, result.findings


def said(findings: tuple[Finding, ...], code: str) -> list[int]:
    """The lines of the findings of one rule."""
    return [finding.span.first for finding in findings if finding.code == code]


def titles(session: Session) -> list[str]:
    """Titles of entries and of their sections, by their level."""
    found = []
    for entry in session.entries:
        found.append(entry.title.plain)
        found += [block.text.plain for block in walk(entry.blocks) if isinstance(block, Heading)]
    return found


class TestContents:
    def test_headings_in_order(self) -> None:
        assert cut("ABC", "A", "text", "B", "C", "end") == ([0, 2, 3], 3)

    def test_the_earliest_lines_win(self) -> None:
        """A heading stands before the text that repeats its words."""
        assert cut("AB", "A", "B", "A", "B") == ([0, 1], 2)
        assert cut("サマリー結論サマリー", "サマリー", "結論", "サマリー", "サマリー") == ([0, 1, 2], 10)

    def test_several_cuts_use_it_up(self) -> None:
        """`AB` and `C`, or `A` and `BC`, or all three: the headings that come earliest win."""
        assert cut("ABC", "AB", "C", "A", "BC") == ([0, 1], 3)
        assert cut("ABC", "A", "BC", "AB", "C") == ([0, 1], 3)
        assert cut("ABC", "A", "B", "C", "AB") == ([0, 1, 2], 3)

    def test_a_greedy_cut_would_fail(self) -> None:
        assert cut("トピックとトピック", "トピック", "トピックと", "トピック") == ([1, 2], 9)
        assert cut("AABA", "AA", "A", "ABA") == ([1, 2], 4)

    def test_order_is_kept(self) -> None:
        """Headings that stand in another order than the contents have them are not taken."""
        assert cut("AB", "B", "A") == ([1], 1)

    @pytest.mark.parametrize("line", ["- A", "| A |", "@A", "＠A"])
    def test_lines_that_are_no_headings(self, line: str) -> None:
        assert cut(line + "B", line, "B") == ([], 0)

    @pytest.mark.parametrize(
        ("contents", "found"),
        [
            ("A?BC", ([0], 1)),  # a broken place: as much as can be cut
            ("?ABC", ([], 0)),
            ("ABCD", ([0, 1, 2], 3)),
            ("ABB", ([0, 1], 2)),
            ("A BC", ([0], 1)),
            ("", ([], 0)),
        ],
    )
    def test_damaged_contents(self, contents: str, found: tuple[list[int], int]) -> None:
        assert cut(contents, "A", "B", "C") == found

    def test_a_long_page_takes_little_time(self) -> None:
        assert cut("あ" * 400, *["あ"] * 800)[1] == 400
        few = steps(lambda: cut("あ" * 50, *["あ"] * 100))
        many = steps(lambda: cut("あ" * 200, *["あ"] * 400))
        assert many < 20 * few, "no more than each line held against each place of the contents"

    @given(st.lists(st.text("ab", min_size=1, max_size=3), max_size=7), st.text("ab", max_size=8))
    def test_against_all_choices_of_lines(self, body: list[str], contents: str) -> None:
        """The longest prefix that any choice of lines gives, and the choice that ends earliest."""
        lines, length = cut(contents, *body)
        assert "".join(body[index] for index in lines) == contents[:length]
        assert lines == sorted(set(lines))
        ends: dict[int, int] = {0: -1}
        for size in range(1, len(body) + 1):
            for chosen in combinations(range(len(body)), size):
                text = "".join(body[index] for index in chosen)
                if contents.startswith(text):
                    ends[len(text)] = min(ends.get(len(text), len(body)), chosen[-1])
        assert length == max(ends)
        assert (lines[-1] if lines else -1) == ends[length]


class TestDamagedPages:
    BODY = (
        "今週のTOPIC",
        "@Shun Ito",
        "[論文] 題A",
        "- 一行目",
        "@Takumi Iida (frkake)",
        "題B",
        "説明の文です。",
        "メインTOPIC",
        "題C",
        "結び",
    )
    CONTENTS = "今週のTOPIC[論文] 題A題BメインTOPIC題C"

    def test_whole_contents(self) -> None:
        session, findings = read("2025-11-25 勉強会", self.CONTENTS, *self.BODY)
        assert [part.name.source for part in session.parts] == ["今週のTOPIC", "メインTOPIC"]
        assert titles(session) == ["題A", "題B", "題C"]
        assert said(findings, "copy-contents") == [2]
        assert not said(findings, "copy-heading")

    def test_contents_that_break_off(self) -> None:
        """What was cut is used; the rest is reported, and nothing of the body is lost."""
        session, findings = read("2025-11-25 勉強会", "今週のTOPIC[論文] 題A消えた題", *self.BODY)
        assert titles(session)[0] == "題A"
        assert said(findings, "copy-contents-rest") == [2]

    def test_no_contents(self) -> None:
        """Labels, `@` lines and the names of parts tell the entries; each guess is told."""
        session, findings = read("2025-11-25 勉強会", *self.BODY)
        assert [part.name.source for part in session.parts] == ["今週のTOPIC", "メインTOPIC"]
        assert titles(session)[:2] == ["題A", "題B"]
        assert said(findings, "copy-heading") == [2, 4, 7, 9, 10]
        assert not said(findings, "copy-contents")

    @pytest.mark.parametrize("text", ["", "\n\n", "題", "題\n", "題\n\n\n", "2025-11-25 題\n今週のTOPIC"])
    def test_hardly_anything(self, text: str) -> None:
        result = read_copied(text or "x", "page.txt")
        assert isinstance(result.findings, tuple)

    @given(st.integers(0, 700))
    def test_contents_of_the_real_page_cut_anywhere(self, end: int) -> None:
        """However much of the contents is left, the body's words stay."""
        lines = INPUT.read_text(encoding="utf-8").split("\n")
        contents, body = (
            lines[1],
            [Line.from_source(number, text) for number, text in enumerate(lines[2:], 3)],
        )
        whole, part = cut_contents(contents, body), cut_contents(contents[:end], body)
        assert part.length <= min(end, len(contents))
        shared = sum(1 for one, other in zip(part.lines, whole.lines, strict=False) if one == other)
        assert shared >= len(part.lines) - 1


def test_the_real_page() -> None:
    """16 headings in its contents; two parts, eight entries."""
    text = INPUT.read_text(encoding="utf-8")
    contents, *body = lines_of(text)[1:]
    found = cut_contents(contents.text, body)
    assert found.length == len(contents.text)
    assert [body[index].text for index in found.lines] == [
        "今週のTOPIC",
        "[blog] NVIDIA NeMoを利用したGPT-OSSの学習",
        "[論文] General Agentic Memory Via Deep Research",
        "[blog] Introducing advanced tool use on the Claude Developer Platform",
        "SAM3系が色々でた",
        "[論文]Guidelines for Human-AI Interaction",
        "[blog] Spec-Driven Development: The Waterfall Strikes Back",
        "LyftLearn Evolution: Rethinking ML Platform Architecture",
        "メインTOPIC",
        "Video models are zero-shot learners and reasoners",
        "サマリー",
        "1. Introduction",
        "2. Methods",
        "3. Qualitative results: Sparks of visual intelligence? / 定性的な実験結果集",
        "4. Quantitative results / 定量的な評価実験",
        "5. Discussion",
    ]
    session = read_text(text, "page.txt").session
    assert session is not None
    assert [len(part.entries) for part in session.parts] == [7, 1]


LIST, TABLE = "- 項目", "| 問題 | 内容 |"
LONG = "これは小見出しのすぐ下に続く、二十五文字よりも長い本文の行です"


@pytest.mark.parametrize(
    ("rule", "title", "following"),
    [
        ("_list_follows", "代替案", LIST),
        ("_list_follows", "課題1:環境の再現", "・項目"),
        ("_table_follows", "SDDの問題点(著者の主張)", TABLE),
        ("_text_follows", "多芸は無芸か?", LONG),
        ("_latin_above_japanese", "Why Veo?", "なぜか"),
        ("_latin_above_japanese", "Modeling: intuitive physics & world models", "原理"),
    ],
)
def test_what_is_a_title(rule: str, title: str, following: str) -> None:
    assert title_reason(title, following), rule


@pytest.mark.parametrize(
    ("rule", "text", "following"),
    [
        ("_list_follows", "3D物体の方", "図"),
        ("_list_follows", "代替案", None),
        ("_table_follows", "問題点", "| 問題"),
        ("_text_follows", "同じ色を結ぶ", "nano banana pro でもできた"),
        ("_text_follows", "同じ色を結ぶ", "A Title of Its Own in Latin Script"),
        ("_latin_above_japanese", "nano banana", "なぜか"),  # no capital
        ("_latin_above_japanese", "Why, Veo?", "なぜか"),  # a comma
        ("_latin_above_japanese", "A B C D E F G H I", "なぜか"),  # too many words
        ("_latin_above_japanese", "Why Veo?", "Because"),
        ("_too_long", "長" * 49, LIST),
        ("_ends_like_a_sentence", "製品仕様書を作る。", LIST),
        ("_ends_like_a_sentence", "解決策:", LIST),
        ("_ends_like_a_sentence", "解決策：", TABLE),
        ("_ends_like_a_sentence", "すごい!", LIST),
        ("_ends_like_a_sentence", "「引用」", LIST),
        ("_holds_a_sentence", "終わった。次へ", LIST),
        ("_holds_a_sentence", "→物体認識", LIST),
        ("_holds_a_sentence", "代表例: Kiro と Tessl と他", LIST),
        ("_holds_a_sentence", "詳細は https://a.b", LIST),
        ("_long_predicate", "これはとても長い述語で終わっているので見出しではないと考えられている", LIST),
        ("is_marked", "- 項目", LIST),
        ("is_marked", "", LIST),
    ],
)
def test_what_is_no_title(rule: str, text: str, following: str | None) -> None:
    assert title_reason(text, following) == "", rule


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        ("_too_long", "長" * 48),
        ("_ends_like_a_sentence", "多芸は無芸か?"),
        ("_ends_like_a_sentence", "まとめ(案)"),
        ("_holds_a_sentence", "Modeling: intuitive physics"),
        ("_holds_a_sentence", "課題1:環境の再現"),
        ("_long_predicate", "パフォーマンスは下限である"),
        ("_long_predicate", "長い体言で終わる見出しであればそれが三十文字を超えていても題名"),
    ],
)
def test_what_a_refusal_lets_pass(rule: str, title: str) -> None:
    assert title_reason(title, LIST), rule


def test_no_title_right_below_a_guessed_title() -> None:
    above = ("2025-11-25 勉強会", "今週のTOPIC", "[論文] 題A")
    assert said(read(*above, "代替案", "- 項目")[1], "copy-title") == [4]
    assert said(read(*above, "Why Veo?", "代替案", "- 項目")[1], "copy-title") == [4]


def test_reasons_tell_rules_apart() -> None:
    reasons = {
        title_reason("案", LIST),
        title_reason("案", TABLE),
        title_reason("案", LONG),
        title_reason("Why", "短い"),
    }
    assert len(reasons) == 4


@pytest.mark.parametrize(
    "text", ["- a", "・a", "* a", "| a | b |", "> a", "```", "@Shun Ito", "＠Shun Ito", "[pon] a", "[pon]a"]
)
def test_marked_lines(text: str) -> None:
    assert is_marked(text)


@pytest.mark.parametrize("text", ["a", "-a", "[論文] a", "[注] a", "[1] a", "| a", "a@b", "5. Discussion"])
def test_unmarked_lines(text: str) -> None:
    assert not is_marked(text)


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Ada Lovelace, Alan Turing", True),
        ("Thaddäus Wiedemer, Shixiang Shane Gu, Been Kim", True),
        ("Ada Lovelace and Alan Turing", True),
        ("Ludwig van Beethoven, Grace B. Hopper, Conan O'Brien", True),
        ("Ada Lovelace", False),
        ("Ada, Alan", False),
        ("ada lovelace, alan turing", False),
        ("著者 太郎, Ada Lovelace", False),
        ("Search Tool, 検索", False),
        ("", False),
        (",", False),
    ],
)
def test_author_lines(text: str, authors: bool) -> None:
    assert is_author_line(text) is authors


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("題\n目次\n本文", True),
        ("```\n# コメント\n```", True),
        ("#タグ", True),
        ("# 題\n本文", False),
        ("題\n\n## 見出し", False),
    ],
)
def test_which_texts_look_copied(text: str, copied: bool) -> None:
    assert looks_copied(text) is copied


def test_a_remark_an_author_line_and_what_would_be_markup() -> None:
    session, findings = read(
        "2025-11-25 勉強会",
        "メインTOPICVideo models",
        "メインTOPIC",
        "Video models",
        "Ada Lovelace, Alan Turing",
        "[pon]*これ*は<b>__init__</b>",
        "1986. 年の話だった。",
        "- `a` と [b](c)",
    )
    (entry,) = session.entries
    assert [value.source for value in entry.values("著者")] == ["Ada Lovelace, Alan Turing"]
    assert said(findings, "copy-authors") == [5]
    assert list(block_words(entry.blocks, str)) == [
        "pon*これ*は<b>__init__</b>",
        "1986. 年の話だった。",
        "`a` と [b](c)",
    ]


def test_what_the_copy_lost_is_told() -> None:
    _, findings = read(
        "2025-11-25 勉強会",
        "今週のTOPIC題",
        "今週のTOPIC",
        "題",
        "モデルIDは、Veo 3が、Veo 2がである。",
        "",
        "",
        "| 地獄 | ミスのチェッ |",
        "終わり",
    )
    assert said(findings, "copy-lost") == [5, 6, 8]
