"""Notion's HTML export: what a page says, whatever its markup; the usual shapes are golden folders."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.blocks import (
    Block,
    BulletList,
    Callout,
    CodeBlock,
    Heading,
    ListItem,
    Math,
    OrderedList,
    Paragraph,
    Remark,
    Table,
    walk,
)
from kb.read.blocks import read_blocks
from kb.read.html.parse import MAX_LEVELS
from kb.read.html.reader import is_html, read_html_page
from kb.read.lines import lines_of
from kb.read.page import Page
from kb.text.inline import rich_text
from kb.write.blocks import write_blocks
from tests.support.notes import examples
from tests.support.pages import PAGES, lost, page_of
from tests.support.steps import Work, assert_in_proportion

GOLDEN = sorted((Path(__file__).parents[2] / "golden/html").glob("*/input.html"))


def read(body: str) -> Page:
    return read_html_page(page_of(body), "page.html")


def blocks(body: str) -> tuple[Block, ...]:
    return read(body).blocks


def said(page: Page, code: str) -> list[str]:
    return [finding.excerpt for finding in page.findings if finding.code == code]


class TestRecognition:
    @pytest.mark.parametrize(
        "text",
        [
            "<!DOCTYPE html>",
            "\ufeff\n<html>",
            "<HTML lang='ja'>",
            '<article id="a" class="page sans">',
            '<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml">',
            "<!-- saved from url=(0014)about:internet -->\n<html>",
            "\ufeff<!-- 一つ\n<b> -->\n\n<!-- 二つ --><!DOCTYPE html>",
        ],
    )
    def test_pages(self, text: str) -> None:
        assert is_html(text)

    @pytest.mark.parametrize(
        "text",
        [
            *("", "# 題\n<html>", "<aside>\n💡\n</aside>", "<details>", "<headline>", "---\ndate:"),
            *("<!-- 注 -->\n# 題", "<!-- 注 -->", "<!-- <html> -->", "<!-- <html>", "<!-- 注 --> 文 <html>"),
        ],
    )
    def test_other_texts(self, text: str) -> None:
        assert not is_html(text)


class TestText:
    def test_what_looks_like_markup_is_text(self) -> None:
        for text in (
            "*a*",
            "a_b_c",
            "~~x~~",
            "`",
            "[a](b)",
            "&lt;aside&gt;",
            "&amp;amp;",
            "\\",
            "\\*",
            "![a](b)",
        ):
            (block,) = blocks(f"<p>{text}</p>")
            assert isinstance(block, Paragraph)
            assert block.text.plain == text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def test_emphasis_reads_back_as_it_was(self) -> None:
        for markup, source in (
            ("<strong>a </strong>b", "**a** b"),
            ("あ<em>い</em>う", "あ*い*う"),
            ("<strong><em>a</em></strong>", "***a***"),
            ("<strong>a</strong><strong>b</strong>", "**ab**"),
            ("<strong>a</strong><em>b</em>", "**a***b*"),
            ("<strong>a<br/>b</strong>", "**a**\n**b**"),
            ('<mark class="highlight-red">a<del>*</del></mark>', "a~~*~~"),
            ("<mark>a</mark>", "<mark>a</mark>"),
            ("H<sub>2</sub>O x<sup>2</sup>", "H<sub>2</sub>O x<sup>2</sup>"),
            ("<kbd>Ctrl</kbd><kbd>C</kbd>", "<kbd>Ctrl</kbd><kbd>C</kbd>"),
            ("<ins>a</ins><u>*</u>", "<u>a</u><u>*</u>"),
            ('<span style="border-bottom:0.05em solid">a</span>', "<u>a</u>"),
            ("<code>W<sub>g</sub>x</code>", "<code>W<sub>g</sub>x</code>"),
            ('<code><mark class="highlight-red">a</mark></code>', "`a`"),
            ("<code>a<u></u></code>", "`a`"),
            ("<u> </u>a", "<u> </u>a"),
            ("<u>&lt;/u&gt;a</u>", "<u>\\</u>a</u>"),
            ("<strong><sub>a</sub></strong>", "**<sub>a</sub>**"),
            ("<strong> </strong>a", "a"),
        ):
            assert blocks(f"<p>{markup}</p>") == (Paragraph(rich_text(source)),)

    def test_a_remark_and_a_kind_keep_their_brackets(self) -> None:
        assert blocks("<p>[pon] a*b*</p>") == (Remark("pon", rich_text(r"a\*b\*")),)
        assert blocks("<p>[pon] <strong>a</strong></p>") == (Remark("pon", rich_text("**a**")),)
        assert blocks("<h2>[論文]a*b*c [x](y)</h2>")[0] == Heading(2, rich_text(r"\[論文\]a\*b\*c \[x\](y)"))
        assert blocks("<h2>[論文]a*b*c</h2>")[0] == Heading(2, rich_text(r"[論文]a\*b\*c"))

    def test_an_address_stays_as_it_stands(self) -> None:
        for href in ("a%20b/%E5%9B%B3.png", "x.html?a=1&b=2#c", "a_(b)_c", "a b(c", "#anchor", "x\\y"):
            (block,) = blocks(f'<p><a href="{href.replace("&", "&amp;")}">語</a></p>')
            assert isinstance(block, Paragraph)
            (link,) = block.text.nodes
            assert getattr(link, "url", "") == href

    def test_a_line_feed_is_a_break_but_not_where_the_page_was_laid_out(self) -> None:
        assert blocks("<p>a\nb</p>") == (Paragraph(rich_text("a\nb")),)
        assert blocks("<p>\n    a\n    b\n</p>") == (Paragraph(rich_text("a b")),)

    def test_control_characters_and_wrong_encodings_stay_visible(self) -> None:
        page = read_html_page("<html><body><p>a\0b&#1;\x1f\udc80 縺ゅ＞</p></body></html>", "x.html")
        assert page.blocks == (Paragraph(rich_text(page.words.strip())),)
        assert "縺ゅ＞" in page.words


class TestLists:
    def test_two_kinds_of_list_do_not_become_one(self) -> None:
        task = '<ul class="to-do-list"><li><div class="checkbox checkbox-off"></div> b</li></ul>'
        found = blocks(f"<ul><li>a</li></ul>{task}<ul><li>c</li></ul>")
        item = ListItem((Paragraph(rich_text("b")),), done=False)
        assert found == (
            BulletList((ListItem((Paragraph(rich_text("a")),)),)),
            BulletList((item,)),
            BulletList((ListItem((Paragraph(rich_text("c")),)),)),
        )

    def test_numbers_that_count_on_are_one_list(self) -> None:
        found = blocks(
            '<ol start="3"><li>a</li></ol><ol start="4"><li>b</li></ol><ol start="9"><li>c</li></ol>'
        )
        assert [block.start for block in found if isinstance(block, OrderedList)] == [3, 9]

    def test_lines_with_dots_are_a_list_of_their_own_wherever_they_stand(self) -> None:
        items = tuple(ListItem((Paragraph(rich_text(text)),)) for text in ("a", "b\nc"))
        lines = "<p>・a</p><p>・b<br/>c</p>"
        assert blocks(f"{lines}<ul><li>d</li></ul>")[0] == BulletList(items)
        icon = '<div><span class="icon">💡</span></div>'
        (callout,) = blocks(f'<figure class="callout">{icon}<div>{lines}</div></figure>')
        assert callout == Callout((Paragraph(rich_text("💡")), BulletList(items)))

    def test_what_would_be_a_divider_behind_a_marker_is_text(self) -> None:
        for markup in ("<ul><li>--</li></ul>", "<p>・--</p>", "<ul><li><p>---</p></li></ul>"):
            page = read(markup)
            (found,) = page.blocks
            assert isinstance(found, BulletList)
            _reads_back(page)

    @pytest.mark.parametrize("start", ["", "x", "-1", "99999999999", "１"])
    def test_a_number_that_is_none(self, start: str) -> None:
        (found,) = blocks(f'<ol start="{start}"><li>a</li></ol>')
        assert found == OrderedList(1, (ListItem((Paragraph(rich_text("a")),)),))


class TestEquations:
    @pytest.mark.parametrize(("tex", "block"), [("a\n```\n  b", Math), ("$$\n```\nx", CodeBlock)])
    def test_what_looks_like_the_end_of_code_or_of_an_equation(self, tex: str, block: type[Block]) -> None:
        source = f'<annotation encoding="application/x-tex">{tex}</annotation>'
        page = read(f'<figure class="equation"><span class="katex"><math>{source}</math></span></figure>')
        (found,) = page.blocks
        assert isinstance(found, block)
        assert getattr(found, "text", "") == tex
        _reads_back(page)


class TestTables:
    def test_rows_of_different_length_and_cells_like_rules(self) -> None:
        (table,) = blocks("<table><tr><td>-</td></tr><tr><td>a|b</td><td>c<br>d</td></tr></table>")
        assert table == Table(((rich_text("\\-"),), (rich_text("a|b"), rich_text("c<br>d"))))

    def test_text_beside_the_rows_stays(self) -> None:
        found = blocks("<table><caption>題</caption>x<tr>y<td>a</td></tr></table>")
        assert [block for block in found if isinstance(block, Paragraph)] != []
        assert not lost(read("<table><caption>題</caption>x<tr>y<td>a</td></tr></table>"))


class TestBounds:
    def test_ten_thousand_elements_inside_each_other(self) -> None:
        for opening in (
            "<div>",
            "<blockquote>",
            "<ul><li>",
            "<b>",
            "<details>",
            "<table><tr><td>",
            "<p><span>",
        ):
            page = read(opening * 10_000 + "底" + "<p>後</p>")
            assert "底" in "\n".join(write_blocks(page.blocks))
            assert "html-deep" in [finding.code for finding in page.findings]
            assert not lost(page)

    @pytest.mark.parametrize("opening", ['<figure class="callout"><div>', "<menu><li>", "<aside><ul><li>"])
    def test_containers_that_lie_too_deep_to_be_read_again_are_left_out(self, opening: str) -> None:
        page = read(opening * 30 + "底")
        assert "底" in "\n".join(write_blocks(page.blocks))
        _reads_back(page)

    def test_a_link_lies_as_deep_as_it_likes(self) -> None:
        page = read("<div>" * (MAX_LEVELS + 9) + '<a href="x%20y.png">語</a><img src="z.png">')
        assert "x%20y.png" in str(page.blocks)
        assert "z.png" in str(page.blocks)

    @pytest.mark.parametrize(
        "text", ["", " \n", "<", "<html>", "<!-- x -->", "<!DOCTYPE html>", "\0", "\ufeff"]
    )
    def test_a_page_without_anything(self, text: str) -> None:
        page = read_html_page(text, "x.html")
        assert not lost(page)

    def test_an_empty_page_is_told(self) -> None:
        (finding,) = read_html_page("", "x.html").findings
        assert (finding.code, finding.severity) == ("html-empty", "error")


class TestReport:
    def test_the_contents_are_named_whole(self) -> None:
        page = read('<nav class="table_of_contents"><div><a href="#x">題</a></div></nav><h1 id="x">題</h1>')
        assert said(page, "html-contents") == ["#x 題"]

    def test_lines_are_those_of_the_file(self) -> None:
        text = "<html>\n<body>\n<p>a</p>\n<pre>\nb\nc</pre>\n<x-y>d</x-y></body></html>"
        page = read_html_page(text, "x.html")
        assert [(block.span.first, block.span.path) for block in walk(page.blocks)][:2] == [
            (3, "x.html"),
            (4, "x.html"),
        ]
        assert [finding.span.first for finding in page.findings] == [7]


def _reads_back(page: Page) -> None:
    again = read_blocks(lines_of("\n".join(write_blocks(page.blocks))), "page.html")
    assert again == page.blocks


@examples(250)
@given(PAGES)
def test_whatever_stands_in_a_page_is_read_again_and_accounted_for(html: str) -> None:
    page = read_html_page(html, "page.html")
    _reads_back(page)
    assert not lost(page)


@examples(150)
@given(st.sampled_from(GOLDEN), st.randoms(use_true_random=False))
def test_damaged_pages(file: Path, dice: random.Random) -> None:
    """Real markup, cut, doubled, shuffled: no exception, and nothing lost without a word."""
    page = read_html_page(_damaged(file.read_text(encoding="utf-8"), dice), "page.html")
    _reads_back(page)
    assert not lost(page)


def _damaged(text: str, dice: random.Random) -> str:
    for _ in range(dice.randint(1, 4)):
        first, last = sorted(dice.randint(0, len(text)) for _ in range(2))
        piece = text[first:last]
        match dice.randint(0, 4):
            case 0:
                text = text[:last]
            case 1:
                text = text[:first] + text[last:]
            case 2:
                text = text[:last] + piece[:3000] + text[last:]
            case 3:
                text = piece + text[:first] + text[last:]
            case _:
                text = text[:first] + piece.encode().decode("cp932", "replace") + text[last:]
    return text


GROWING: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda count: "<p>本文 *です*</p>" * count,
    "one paragraph": lambda count: f"<p>{'行<br/>' * count}</p>",
    "emphasis": lambda count: f"<p>{'<strong>a</strong> *b* <em>c</em>' * count}</p>",
    "items": lambda count: '<ul class="bulleted-list"><li>項</li></ul>' * count,
    "nesting": lambda count: "<ul><li>x" * count,
    "links": lambda count: f"<p>{'<a href=u><b>語</b></a>' * count}</p>",
    "rows": lambda count: f"<table>{'<tr><td>a</td><td>b|</td></tr>' * count}</table>",
    "signs": lambda count: f"<p>{'*a`[' * count}</p>",
    "open tags": lambda count: "<b><a href='x'>" * count,
    "code": lambda count: f"<pre><code>{'``` x' * count}</code></pre>",
}


@pytest.mark.parametrize("name", GROWING)
def test_time_is_linear(name: str) -> None:
    """Four times the page takes about four times as long, not sixteen."""

    def reading(count: int) -> Work:
        page = page_of(GROWING[name](count))
        return lambda: read_html_page(page, "x.html")

    assert_in_proportion(reading, 60, 250)
