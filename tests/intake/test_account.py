"""The account of an import: what is nowhere is told, character by character, and nothing is forgiven."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.intake.account import Account, Things, account_of, unaccounted, with_left, words_of
from kb.model.codes import Code
from kb.model.finding import NOWHERE, Finding
from kb.model.session import Session
from kb.read import read_text
from tests.support.notes import session_of

MARKS = "#-*_>|`~[](){}<!\\&;:+=：［］【】（）"
"""What a dialect spells its structure with; the note has its own marks for it."""
DATE = "2025-11-25"
AROUND = f"{DATE} 部 題"


def settled(source: str, note: str = "", reported: Iterable[str] = (), files: Iterable[str] = ()) -> Account:
    """The account of a page whose words are these and whose note says that in its one entry.

    Date, part and title, which every note has, stand in the page too and are left out of the sum.
    """
    findings = [Finding(Code.COPY_CONTENTS, "loss", NOWHERE, "", excerpt=excerpt) for excerpt in reported]
    account = account_of({"会.md": f"{AROUND}\n{source}"}, noted(note), findings, files, DATE)
    around = len("".join(AROUND.split()))
    return replace(account, source=account.source - around, note=account.note - around)


def noted(text: str) -> Session:
    return session_of(f"# 部\n\n## 題\n\n{text}")


LOST = [
    *("a", "X", "Z", "0", "7", "９", "漢", "あ", "ー", "é", "が", "😀", "½", "²", "Ⅳ", "①"),
    *("。", "、", "「", "」", "・", "%", "@", '"', "'", "?", "/", "^", "$", ",", ".", "→", "\u200b"),
]


@pytest.mark.parametrize("char", LOST)
def test_every_kind_of_character_is_missed(char: str) -> None:
    """Digits as well as letters: only marks are forgiven."""
    kept = "本文とmoreです"
    assert settled(f"{kept}{char}", kept).missing == char
    assert settled(f"{kept}{char}本{char}", f"{kept}本").missing == char * 2
    assert settled(f"{kept}{char}", f"{kept}{char}").missing == ""


@pytest.mark.parametrize("char", MARKS)
def test_marks_are_not_missed_but_counted(char: str) -> None:
    account = settled(f"本文{char}です", "本文です")
    assert (account.missing, account.marks, account.note, account.source) == ("", 1, 4, 5)


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\u3000", "\u00a0", "\r\n"])
def test_blanks_do_not_count(blank: str) -> None:
    account = settled(f"本文{blank}です", "本文です")
    assert (account.missing, account.marks, account.source) == ("", 0, 4)


@pytest.mark.parametrize(
    ("source", "note", "missing"),
    [
        # the number of a list item is a mark, any other number is not
        ("1. 一\n2. 二", "- 一\n- 二", ""),
        ("12) 一", "- 一", ""),
        ("1234567890. 一", "- 一", ".0123456789"),
        ("1.一", "- 一", ".1"),
        ("一 1. 二", "一 二", ".1"),
        ("> 1. - 一", "- 一", ""),
        # boxes, bullets, quote marks
        ("- [x] 一\n- [ ] 二", "- 一\n- 二", ""),
        ("[x] 一", "- 一", ""),
        ("[x]一", "一", "x"),
        ("一 [x] 二", "一 二", "x"),
        ("・一\n• 二", "- 一\n- 二", ""),
        ("一・二", "一二", "・"),
        # elements that a note writes by itself, others not
        ("<aside>\n一\n</aside>", "一", ""),
        ("<details open><summary>一</summary>", "一", ""),
        ("<ASIDE >一</Aside>", "一", ""),
        ("<b>一</b>", "一", "/bb"),
        ("<asides>一", "一", "adeiss"),
        # line ends of every kind begin a line
        ("一\r1. 二\r\n2. 三", "一\n\n- 二\n- 三", ""),
        # a letter and its accent are one character, however they are written
        ("か\u3099", "が", ""),
        ("cafe\u0301", "café", ""),
        ("が", "か", "が"),  # it is told as it stands
        # an accent that stood behind a mark has found its letter
        ("か`\u3099`", "が", ""),
        # once each
        ("一一二", "一二", "一"),
        ("一二", "一一二二", ""),
    ],
)
def test_what_is_missing(source: str, note: str, missing: str) -> None:
    assert settled(source, note).missing == missing


def test_what_the_report_says_is_not_missing() -> None:
    account = settled("一二三12", "一", ["二 1", "三"])
    assert (account.source, account.note, account.report, account.marks, account.missing) == (5, 1, 3, 0, "2")


def test_what_stands_in_the_note_is_not_counted_again_in_the_report() -> None:
    assert settled("一二", "一二", ["一二"]).report == 0


def test_all_parts_of_a_note_say_something() -> None:
    text = (
        "---\ndate: 2025-12-02\ntitle: 表題\n追加: 値\n---\n前\n\n# 部一\n\n部前\n\n## [論文] 題\n\n"
        "- 出典: https://a.b\n\n[pon] 話\n\n```py\nコード\n```\n\n$$\nx^2\n$$\n\n<!-- 覚え -->\n\n"
        "| 表 | 列 |\n|---|---|\n| 甲 | 乙 |\n\n- 項目\n    - 内側\n"
    )
    session = read_text(text, "docs/notes/2025-12-02.md", "note").session
    assert session
    said = words_of(session).split()
    for word in (
        *("追加", "値", "前", "部一", "部前", "題", "https://a.b"),
        *("pon", "話", "py", "コード", "x^2", "覚え", "表", "列", "甲", "乙", "項目", "内側"),
    ):
        assert word in said, word


def test_an_address_that_the_import_made_is_no_word_of_the_page() -> None:
    made = "images/2025-11-25/a-0123abcd.png"
    assert settled("図 image X", f"![図]({made})", files=[made]).missing == "Xaegim"
    assert settled("図 image", f"![図]({made})").missing == ""


def test_the_keys_of_a_front_matter_are_in_the_note_s_own() -> None:
    own = {"a.md": "\n---\ndate: 2025-11-25\ntitle:\n---\nXX"}
    assert account_of(own, noted(""), (), (), DATE).missing == "XX"
    assert settled("date title").missing == "adeeilttt"


@pytest.mark.parametrize("text", ["20251125", "2025-11-25", "2025/11/25", "25 と 11"])
def test_a_date_in_text_is_not_the_note_s_own(text: str) -> None:
    """The note's date stands for one that its head told, and for no digits of the text."""
    own = {"a.md": f"XX {text}"}
    digits = "".join(sorted(char for char in text if char not in "- "))
    assert account_of(own, noted("XX"), (), ()).missing == digits
    assert settled(text).missing == digits


@pytest.mark.parametrize(
    ("source", "note", "missing"),
    [
        ("発表者: @a", "- 発表者: @a", ""),
        ("**発表者**： @a", "- 発表者: @a", ""),
        ("@a", "- 発表者: @a", ""),
        ("@a 発表者", "- 発表者: @a", "発者表"),
    ],
)
def test_a_key_that_the_note_made_stands_for_no_word(source: str, note: str, missing: str) -> None:
    assert set(settled(source, note).missing) == set(missing)


def test_pages_that_were_left_out_count() -> None:
    account = with_left(
        account_of({"a.md": "一二"}, noted("一二"), (), ()), ["三 四", "五"], Things(3, 2), Things(1)
    )
    assert (account.source, account.note, account.left) == (5, 2, 3)
    assert "入れなかったページ 3 字" in str(account)
    assert "ページ 3 個 = ノートに入れたもの 1 個" in account.things
    assert account.numbers["pages_left"] == 2


def test_several_pages_are_one_account() -> None:
    sources = {"a.md": "一二", "b.md": "二三"}
    account = account_of(sources, noted("一二二"), (), ())
    assert (account.source, account.note, account.missing) == (4, 3, "三")


def test_an_account_says_its_sum() -> None:
    told = "原文 1,234 字 = ノート 1,000 字 + この報告に書いたもの 200 字 + 見出しや箇条書きの記号 34 字"
    assert str(Account(1234, 1000, 200, 34)) == told
    assert str(Account(1234, 1000, 200, 34, "あい")) == f"{told} + 不明 2 字"


@given(st.text(max_size=30), st.text(max_size=30), st.lists(st.text(max_size=6), max_size=2))
def test_the_sum_is_right_and_nothing_is_forgiven(source: str, words: str, reported: list[str]) -> None:
    """Whatever the note holds: source = note + report + marks + missing, and only marks are let go."""
    note = "".join(char for char in words if char.isalnum())
    text = f"本{source}"
    account = settled(text, note, reported)
    assert account.source == account.note + account.report + account.marks + len(account.missing)
    bare = unicodedata.normalize("NFD", "".join(text.split()))
    told = unicodedata.normalize("NFD", "".join([note, *reported]))
    lost = Counter(bare) - Counter(told)
    assert all(set(unicodedata.normalize("NFD", char)) & set(lost) for char in account.missing)
    letters = {char for char in lost if char.isalpha()} - set("xXacdeilmnprstuvy")  # boxes and elements
    assert letters <= set(unicodedata.normalize("NFD", account.missing))


# ---- what is told


def test_nothing_is_told_where_nothing_is_missing() -> None:
    assert list(unaccounted(Account(2, 2, 0, 0), {"a.md": "一二"}, "一二")) == []


def test_the_error_names_the_characters_and_their_lines() -> None:
    sources = {"a.md": "残る\n消えた1\n残る", "b.md": "ここも1"}
    account = Account(13, 6, 0, 0, "1えこここここも消")
    (found,) = unaccounted(account, sources, "残る\nここ は 残る")
    assert (found.code, found.severity) == ("import-unaccounted", "error")
    assert (found.span.path, found.span.first, found.span.last) == ("a.md", 2, 2)
    assert found.message == "原文の 9 字(1えこも消)がノートにも報告にもありません(2、1 行目)"
    assert found.hint == "このページの読み方に誤りがあります。元のファイルを添えて知らせてください"


def test_a_line_that_stands_in_the_note_is_not_where_it_was_lost() -> None:
    (found,) = unaccounted(Account(3, 2, 0, 0, "一"), {"a.md": "- 一 二\n一 三"}, "一二")
    assert found.message.endswith("(2 行目)")


def test_where_no_line_is_to_blame_the_page_is() -> None:
    (found,) = unaccounted(Account(3, 2, 0, 0, "一"), {"a.md": "一"}, "一")
    assert (found.span.path, found.span.first, found.span.last) == ("a.md", 0, 0)
    assert found.message.endswith("(不明 行目)")


def test_a_long_error_is_cut() -> None:
    chars = "".join(chr(ord("一") + number) for number in range(30))
    (found,) = unaccounted(Account(60, 30, 0, 0, chars), {"a.md": "\n".join(chars)}, "")
    assert f"原文の 30 字({chars[:24]})" in found.message
    assert found.message.endswith("(1、2、3、4、5、6、7、8 行目)")


def test_only_so_many_lines_are_looked_at() -> None:
    """A page of ten thousand lines is not searched through for each of them."""
    text = "".join("一\n" for _ in range(399))
    (near,) = unaccounted(Account(1, 0, 0, 0, "一"), {"a.md": f"{text}一二"}, "一")
    (far,) = unaccounted(Account(1, 0, 0, 0, "一"), {"a.md": f"{text}一\n一二"}, "一")
    assert (near.span.first, far.span.first) == (400, 0)
