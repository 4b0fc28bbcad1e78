"""No word of a note is lost, doubled or changed between the model and the rendered page.

The expected words come from the model alone (`tests.support.said`), the found ones from the HTML that
Python-Markdown makes of the generated page with the extensions of `mkdocs.yml`.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given
from lxml import html

from kb.link import build_base
from kb.link.nodes import EntryNode
from kb.model.blocks import CodeBlock, Heading, Math, walk
from kb.model.registry import Paper, Presenter, Registry, Tag, Topic
from kb.model.session import Session
from kb.pages.cards import newest_first
from kb.pages.context import Context
from kb.pages.sessions import session_page
from kb.pages.topics import topic_page
from tests.support.harmless import assert_harmless
from tests.support.notes import DEEP_NOTES, STRINGS, WILD_NOTES, examples, session_of
from tests.support.rendered import notes_in, render, words_of
from tests.support.said import entry_words, is_code, outside_words, shapes, squeezed

REGISTRY = Registry(
    presenters=(Presenter("pon", "Pon Taro", ("pon",)), Presenter("shun-ito", "Shun Ito", ("a",))),
    papers=(Paper("sam3", "SAM 3: Segment *Anything*", ids=(("arxiv", "2511.16719"),), aliases=("SAM 3",)),),
    tags=(Tag("memory", "文", "memory"),),
    topics=(Topic("gam", "GAM", ("題",)), Topic("diff", "C#", ("_b_",))),
)
FILES = frozenset(["b.png", "img/図 1.png"])


def _assert_shaped(element: html.HtmlElement, node: EntryNode) -> None:
    """A list is a list, a table a table, and code keeps its indentation."""
    wanted = shapes(node.entry.blocks)
    tags = ("ul", "ol", "li", "table", "tr", "pre", "hr")
    assert {tag: len(element.findall(f".//{tag}")) for tag in tags} == {tag: wanted[tag] for tag in tags}
    codes = [
        block.text
        for block in walk(node.entry.blocks)
        if isinstance(block, CodeBlock | Math) and is_code(block)
    ]
    found = [str(pre.text_content()) for pre in element.findall(".//pre")]
    assert list(map(_code_lines, found)) == list(map(_code_lines, codes))


def _code_lines(code: str) -> list[str]:
    """Lines of code, each with its indentation; blank ones at the ends do not count."""
    rows = code.expandtabs(4).split("\n")
    lines = [row[: len(row) - len(row.lstrip(" "))] + squeezed(row) for row in rows]
    return "\n".join(line if line.strip() else "" for line in lines).strip("\n").split("\n")


def assert_pages_say(*sessions: Session) -> None:
    """Compare every topic's and session's page with what the notes say."""
    context = Context(build_base(sessions, REGISTRY), FILES)
    for topic, nodes in context.base.by_topic.items():
        tree = render(next(topic_page(context, topic)).text)
        ordered, found = newest_first(nodes), notes_in(tree)
        wanted = [squeezed(entry_words(node, context.resolve)) for node in ordered]
        assert list(map(words_of, found)) == wanted
        for node, element in zip(ordered, found, strict=True):
            _assert_shaped(element, node)
            headings = [block for block in walk(node.blocks) if isinstance(block, Heading)]
            anchors = {node.anchor(), *(node.anchor(heading.anchor) for heading in headings)}
            assert anchors <= set(element.xpath(".//@id"))
        assert_harmless(tree)
    for session in sessions:
        tree = render(next(session_page(context, session, None, None)).text)
        assert "".join(map(words_of, notes_in(tree))) == squeezed(outside_words(session, context.resolve))
        assert_harmless(tree)


@pytest.mark.parametrize("text", STRINGS["regressions"])
def test_what_once_went_wrong(text: str) -> None:
    assert_pages_say(session_of("# 今週のTOPIC\n\n## 題\n\n" + text))


def _rendered(text: str) -> html.HtmlElement:
    context = Context(build_base([session_of(f"# 今週のTOPIC\n\n## 題\n\n{text}")], REGISTRY), FILES)
    return render(next(topic_page(context, next(iter(context.base.by_topic)))).text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("<code>W<sub>g</sub>x</code>", "//p/code[.='Wgx']/sub[.='g']"),
        ("a<sup>2</sup> <kbd style='x'>C</kbd>", "//p[sup]/kbd[not(@*)]"),
        ("<b>太**い**</b>", "//strong[.='太い']/strong"),
        ("<u>a</u><mark>b</mark><small>c</small>", "//p[u and mark]/small"),
        ('<font color="red">赤</font>い', "//p[.='赤い' and not(*)]"),
        ('<div align="center"><img src="b.png"></div>', "//div[@class='kb-center']/p/img"),
        ("<center>\n\n- 項目\n\n</center>", "//div[@class='kb-center']/ul/li"),
        ("| <center>a<sub>1</sub></center> |\n|---|\n| b |", "//th[.='a1' and not(center)]/sub"),
        ("- 項目\n    <div align='right'>\n    右\n    </div>", "//li[not(.//div)]/p[.='右']"),
        ("<b>a\n\nb</b>", "//p[.='<b>a']"),
    ],
)
def test_tags_that_only_format_are_elements_of_the_page(text: str, path: str) -> None:
    tree = _rendered(text)
    assert tree.xpath(path), html.tostring(tree)
    assert_harmless(tree)


@examples(700)
@given(WILD_NOTES)
@example("")
def test_pages_say_what_any_text_says(text: str) -> None:
    assert_pages_say(session_of("# 今週のTOPIC\n\n## 題\n\n" + text))


@examples(500)
@given(DEEP_NOTES)
def test_pages_say_what_nested_blocks_say(text: str) -> None:
    assert_pages_say(session_of("# 今週のTOPIC\n\n## 題\n\n" + text))


@examples(200)
@given(WILD_NOTES, DEEP_NOTES)
def test_two_entries_share_a_page_and_no_anchor(first: str, second: str) -> None:
    data = "## 題\n\n- トピック: gam\n- 発表者: @Shun Ito (a), pon\n- 資料: "
    assert_pages_say(
        session_of(f"{data}a\n\n文\n\n### G1\n\n{first}", "2025-11-18"),
        session_of(f"{data}b\n\n文\n\n### G1\n\n{second}\n\n{data}c\n\n文\n\n{first}", "2025-11-25"),
    )
