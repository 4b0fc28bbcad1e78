"""No word of a note is lost, doubled or changed between the model and the rendered page."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from lxml import html

from kb.link import KnowledgeBase, build_base
from kb.model.registry import Paper, Presenter, Registry, Tag, Topic
from kb.model.session import Session
from kb.pages.cards import newest_first
from kb.pages.context import Context
from kb.pages.sessions import session_page
from kb.pages.topics import topic_page
from tests.support.notes import WILD_NOTES, session_of
from tests.support.rendered import notes_in, render, words_of
from tests.support.said import entry_words, outside_words, squeezed

REGISTRY = Registry(
    presenters=(Presenter("pon", "Pon Taro", ("pon",)), Presenter("shun-ito", "Shun Ito", ("a",))),
    papers=(Paper("sam3", "SAM 3: Segment *Anything*", ids=(("arxiv", "2511.16719"),), aliases=("SAM 3",)),),
    tags=(Tag("memory", "文", "memory"),),
    topics=(Topic("gam", "GAM", ("題",)), Topic("diff", "C#", ("_b_",))),
)
FILES = frozenset(["b.png", "img/図 1.png"])

ELEMENTS = frozenset(
    "div span p h1 h2 h3 h4 h5 h6 a aside b strong em del code pre br hr img ul ol li blockquote"
    " details summary table thead tbody tr th td label input".split()
)
CLASSES = re.compile(
    r"headerlink|highlight|filename|kb-[\w-]+|task-list(?:-item|-control|-indicator)?"
)
ATTRIBUTES = {
    "class": CLASSES,
    "href": re.compile(r"(?:https?://|mailto:|\.\./(?:topics|papers|presenters|sessions|tags|notes)/|#).*"),
    "src": re.compile(r"\.\./notes/(?:b\.png|img/%E5%9B%B3%201\.png)"),
    "style": re.compile(r"text-align: (?:left|right|center);"),
    "type": re.compile("checkbox"),
    "start": re.compile(r"\d+"),
    **dict.fromkeys(("id", "title", "alt", "data-speaker", "data-label"), re.compile(r"(?s).*")),
    **{name: re.compile(name) for name in ("data-note", "disabled", "checked")},
}


def _context(session: Session) -> Context:
    return Context(build_base([session], REGISTRY), FILES)


def _assert_harmless(tree: html.HtmlElement) -> None:
    for element in tree.xpath("//article/*/descendant-or-self::*"):
        if not isinstance(element.tag, str):
            continue
        assert element.tag in ELEMENTS
        coloured = element.getparent().tag == "code"
        for name, value in element.attrib.items():
            for one in value.split() if name == "class" else [value]:
                assert coloured or ATTRIBUTES[name].fullmatch(one), (element.tag, name, value)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def _check(text: str) -> None:
    session = session_of("# 今週のTOPIC\n\n## 題\n\n" + text)
    context = _context(session)

    for topic, nodes in context.base.by_topic.items():
        page = topic_page(context, topic).text
        tree = render(page)
        wanted = [squeezed(entry_words(n, context.resolve)) for n in newest_first(nodes)]
        assert [words_of(e) for e in notes_in(tree)] == wanted, page
        _assert_harmless(tree)
        ids = frozenset(tree.xpath("//@id"))
        for node in nodes:
            assert ids >= {node.anchor(), *(one + node.suffix for one in node.anchors)}
    page = session_page(context, session, None, None).text
    tree = render(page)
    wanted = squeezed(outside_words(session, context.resolve))
    assert "".join(words_of(e) for e in notes_in(tree)) == wanted, page
    _assert_harmless(tree)


@settings(max_examples=3000, deadline=None)
@given(WILD_NOTES)
def test_words(text: str) -> None:
    _check(text)
