"""No word of a note is lost, doubled or changed between the model and the rendered page.

The expected words come from the model alone (`tests.support.said`), the found ones from the HTML that
Python-Markdown makes of the generated page with the extensions of `mkdocs.yml`.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from lxml import html

from kb.link import build_base
from kb.link.nodes import EntryNode
from kb.model.blocks import Code, Math, walk
from kb.model.registry import Paper, Presenter, Registry, Tag, Topic
from kb.model.session import Session
from kb.pages.cards import newest_first
from kb.pages.context import Context
from kb.pages.sessions import session_page
from kb.pages.topics import topic_page
from tests.support.notes import DEEP_NOTES, WILD_NOTES, examples, session_of
from tests.support.rendered import notes_in, render, words_of
from tests.support.said import entry_words, outside_words, shapes, squeezed

REGISTRY = Registry(
    presenters=(Presenter("pon", "Pon Taro", ("pon",)), Presenter("shun-ito", "Shun Ito", ("a",))),
    papers=(Paper("sam3", "SAM 3: Segment *Anything*", ids=(("arxiv", "2511.16719"),), aliases=("SAM 3",)),),
    tags=(Tag("memory", "文", "memory"),),
    topics=(Topic("gam", "GAM", ("題",)), Topic("diff", "C#", ("_b_",))),
)
FILES = frozenset(["b.png", "img/図 1.png"])

ELEMENTS = re.compile(
    "div|span|p|h[1-6]|a|aside|b|strong|em|del|code|pre|br|hr|img|ul|ol|li|blockquote"
    "|details|summary|table|thead|tbody|tr|th|td|label|input"
)
ATTRIBUTES = {
    "class": re.compile(r"headerlink|highlight|filename|kb-[\w-]+|task-list(?:-item|-control|-indicator)?"),
    "href": re.compile(r"(?:https?://|mailto:|\.\./(?:topics|papers|presenters|sessions|tags|notes)/|#).*"),
    "src": re.compile(r"\.\./notes/(?:b\.png|img/%E5%9B%B3%201\.png)"),
    "style": re.compile(r"text-align: (?:left|right|center);"),
    "type": re.compile("checkbox"),
    "start": re.compile(r"\d+"),
    **dict.fromkeys(("id", "title", "alt", "data-speaker", "data-label"), re.compile(r"(?s).*")),
    **{name: re.compile(name) for name in ("data-note", "disabled", "checked")},
}
"""Every attribute that a page may have, with what it may say. None of them comes from a note's markup."""

REGRESSIONS = (
    "## C#",
    "# ```# ",
    "## &nbsp;",
    "## <!-- 注 -->",
    "# &nbsp;\n\n文",
    "- 出典: &nbsp;",
    "[題![](https://a.b/c.png)](https://d.e/)",
    "[題 https://a.b/c [内](https://f.g)](https://d.e/)",
    "[ ](https://a.b/c)",
    "## http://[pon] ",
    "http://&#10",
    "[題](https://a.b/?x=1&copy=2&section=3)",
    "a&section;b &copy; &notit;",
    "a&#10;# b&#13;- c",
    "- a\n\n  b\n- c",
    "- a\n\n  b\n  - c\n",
    "- a\n  1. b\n\n  - c",
    "- \n  1. b\n\n  3. c",
    "> a\n\n\n> b",
    "- <aside>a</aside>\n  <aside>b</aside>",
    "```a&b \"c\" 'd' {e}.py\nx\n```",
    "```日本語:\nx\n```",
    "```\n\x00\x02\x03\n```",
    "### `__init__` と ___x___",
    "<details>\n\n### ____3_\n\n</details>",
    "<details>\n<summary>&#9;</summary>\n\n文\n\n</details>",
    "![](2025-11-25.md)",
    "|  |\n|--|",
    "# A\n\n### 結果\n\n- G1: a\n\n# B\n\n### 結果\n\n- G1: b",
)
"""Notes whose words once went wrong."""


def _assert_harmless(tree: html.HtmlElement) -> None:
    """No element, attribute or address that only a note can have made, and no id twice."""
    for element in tree.xpath("//article/*/descendant-or-self::*"):
        assert ELEMENTS.fullmatch(element.tag)
        coloured = element.getparent().tag == "code"
        for name, value in element.attrib.items():
            for one in value.split() if name == "class" else [value]:
                assert coloured or ATTRIBUTES[name].fullmatch(one), (element.tag, name, value)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def _assert_shaped(element: html.HtmlElement, node: EntryNode) -> None:
    """A list is a list, a table a table, and code keeps its indentation."""
    wanted = shapes(node.entry.blocks)
    tags = ("ul", "ol", "li", "table", "tr", "pre", "hr")
    assert {tag: len(element.findall(f".//{tag}")) for tag in tags} == {tag: wanted[tag] for tag in tags}
    codes = [block.text for block in walk(node.entry.blocks) if isinstance(block, Code | Math)]
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
        tree = render(topic_page(context, topic).text)
        ordered, found = newest_first(nodes), notes_in(tree)
        wanted = [squeezed(entry_words(node, context.resolve)) for node in ordered]
        assert list(map(words_of, found)) == wanted
        for node, element in zip(ordered, found, strict=True):
            _assert_shaped(element, node)
            anchors = {node.anchor(), *(one + node.suffix for one in node.anchors)}
            assert anchors <= set(element.xpath(".//@id"))
        _assert_harmless(tree)
    for session in sessions:
        tree = render(session_page(context, session, None, None).text)
        assert "".join(map(words_of, notes_in(tree))) == squeezed(outside_words(session, context.resolve))
        _assert_harmless(tree)


@pytest.mark.parametrize("text", REGRESSIONS)
def test_what_once_went_wrong(text: str) -> None:
    assert_pages_say(session_of("# 今週のTOPIC\n\n## 題\n\n" + text))


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
