"""Pages at former addresses that lead to the present ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.model.kinds import TOPIC
from kb.pages.cards import url_of
from kb.pages.context import Context, Page, Plan, head, heading, page
from kb.pages.markdown import escape, page_link


def redirect_plan(context: Context) -> Plan:
    """One page for each former id of a topic that has a page."""
    return Plan("redirects", None, partial(_redirects, context))


def _redirects(context: Context) -> Iterator[Page]:
    for topic in context.base.topics.values():
        if topic.id not in context.base.by_topic:
            continue
        for former in topic.former:
            front = {
                **head("redirect", topic.name, f"「{topic.name}」は移動しました", topic.span),
                "redirect": url_of("topic", topic.id),
                "search": {"exclude": True},
            }
            moved = f"このページは [{escape(topic.name)}]({page_link('topic', topic.id)}) に移動しました。"
            yield page(f"{TOPIC.path(former)}.md", front, [heading(topic.name), "", moved])
