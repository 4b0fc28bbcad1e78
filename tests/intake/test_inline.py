"""Addresses are changed where the reader of notes finds links and images, and nowhere else."""

from __future__ import annotations

import pytest

from kb.intake.inline import Address, line_starts, readdressed, sole_link


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("[題](a.md) と ![図](b.png)", "[題](新) と ![図](新)"),
        ('![図](b.png "説明")', '![図](新 "説明")'),
        ("[![図](b.png)](a.md)", "[![図](新)](新)"),
        ('<img width=3 src="a b.png">', '<img width=3 src="新">'),
        ("__強__ &amp; \\* <br> [題](<a b.md>)", "__強__ &amp; \\* <br> [題](新)"),
        ("`[題](a.md)` \\[題](a.md)", "`[題](a.md)` \\[題](a.md)"),
        ("[題](javascript:x)", "[題](javascript:x)"),
        ("https://e.org/[a](b) <https://e.org/[a](b)>", "https://e.org/[a](b) <https://e.org/[a](b)>"),
        ("<!-- [題](a.md) -->", "<!-- [題](a.md) -->"),
    ],
)
def test_a_new_address_stands_where_the_old_one_was(source: str, changed: str) -> None:
    assert readdressed(source, lambda _: "新") == changed
    assert readdressed(source, lambda _: None) == source


def test_a_link_may_become_its_words_but_does_not_vanish() -> None:
    assert readdressed("見よ [*題*](a.md)、[](b.md)", lambda _: "") == "見よ *題*、[](b.md)"


def test_what_is_asked_for_is_told_as_it_stands_in_the_source() -> None:
    asked: list[Address] = []
    readdressed('[*題*](a%20b.md "t") ![図](<c d.png>)', asked.append)
    assert asked == [
        Address("*題*", "a%20b.md", False, 'a%20b.md "t"'),
        Address("図", "c d.png", True, "<c d.png>"),
    ]


def test_what_was_a_label_begins_no_block() -> None:
    assert line_starts("# 題\n- 項", "[# 題](a)\n- 項") == "\\# 題\n- 項"
    assert line_starts("```", "[```](a)") == "\\`\\`\\`"
    assert line_starts("語 \n末 ", "語 \n[末 ](a)") == "語\n末"


@pytest.mark.parametrize("text", ["[題](a.md)", "**[題](a.md)**", "[論文] [題](a.md)"])
def test_a_line_that_is_one_link(text: str) -> None:
    link = sole_link(text)
    assert link
    assert (link.label, link.raw) == ("題", "a.md")


@pytest.mark.parametrize("text", ["題", "[題](a.md)。", "[題](a.md) [題](b.md)", "[題](a.md)\n"])
def test_a_line_that_is_more(text: str) -> None:
    assert sole_link(text) is None
