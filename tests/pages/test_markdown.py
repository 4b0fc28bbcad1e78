"""No word of a note is lost, doubled or changed between the model and the rendered page."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.link import KnowledgeBase, build_base
from kb.model.registry import Paper, Presenter, Registry, Tag, Topic
from kb.pages.cards import newest_first
from kb.pages.context import Context
from kb.pages.sessions import session_page
from kb.pages.topics import topic_page
from tests.support.notes import WILD_NOTES, session_of
from tests.support.rendered import notes_in, render, squeezed, words_of
from tests.support.said import entry_words, outside_words

REGISTRY = Registry(
    presenters=(Presenter("pon", "Pon Taro", ("pon",)), Presenter("shun-ito", "Shun Ito", ("a",))),
    papers=(Paper("sam3", "SAM 3: Segment *Anything*", ids=(("arxiv", "2511.16719"),), aliases=("SAM 3",)),),
    tags=(Tag("memory", "文", "memory"),),
    topics=(Topic("gam", "GAM", ("題",)), Topic("diff", "C#", ("_b_",))),
)
FILES = frozenset(["b.png", "img/図 1.png"])
def leads(url: str) -> bool:
    return bool(Context(build_base([session_of("")], REGISTRY), FILES).resolve(url))


def _check(text):
    session = session_of("# 今週のTOPIC\n\n## 題\n\n" + text)
    base = build_base([session], REGISTRY)
    context = Context(base, FILES)
    leads = lambda url: bool(context.resolve(url))
    for topic, nodes in base.by_topic.items():
        page = topic_page(context, topic).text
        tree = render(page)
        wanted = [squeezed(entry_words(n, leads)) for n in newest_first(nodes)]
        assert [words_of(e) for e in notes_in(tree)] == wanted, page
    page = session_page(context, session, None, None).text
    tree = render(page)
    wanted = squeezed(outside_words(session, leads))
    assert "".join(words_of(e) for e in notes_in(tree)) == wanted, page


@settings(max_examples=3000, deadline=None)
@given(WILD_NOTES)
def test_words(text: str) -> None:
    _check(text)
