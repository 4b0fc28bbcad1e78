"""The page of each tag in use, and the tree of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from kb.link.nodes import Target
from kb.model.kinds import TAG
from kb.model.registry import Tag
from kb.pages.cards import Row, url_of
from kb.pages.context import Context, Page, Plan, head
from kb.pages.documents import tag_document
from kb.pages.lists import paged

Tree = dict[str, list[str]]
"""The ids of the narrower tags of each tag; the roots under the empty id."""


def shown_tags(context: Context) -> dict[str, Tag]:
    """Tags that an entry has or whose term stands in one, and the broader tags above them."""
    base = context.base
    shown: dict[str, Tag] = {}
    for tag in base.tags.values():
        if tag.id in base.by_tag or tag.id in base.by_proposal or Target("tag", tag.id) in base.backlinks:
            above: str = tag.id
            while above and above not in shown:
                shown[above] = base.tags[above]
                above = base.tags[above].broader
    return shown


def _tree(shown: dict[str, Tag]) -> Tree:
    tree: Tree = defaultdict(list)
    for tag in shown.values():
        tree[tag.broader].append(tag.id)
    return tree


def tag_plans(context: Context) -> Iterator[Plan]:
    """One page for each tag that has something to show, with further pages for long lists."""
    base, shown = context.base, shown_tags(context)
    tree = _tree(shown)
    for tag in shown.values():
        given = context.card_keys(base.by_tag.get(tag.id, ()))
        proposed = context.card_keys(base.by_proposal.get(tag.id, ()))
        narrower = tuple((one, len(base.by_tag.get(one, ()))) for one in tree.get(tag.id, ()))
        backlinks = base.backlinks.get(Target("tag", tag.id), ())
        # Places are no part of equality, but the edit button leads to them.
        key = (tag, tag.span, given, proposed, narrower, backlinks)
        yield Plan(TAG.path(tag.id), key, partial(_pages, context, tag, tree))


def _pages(context: Context, tag: Tag, tree: Tree) -> Iterator[Page]:
    base, cards = context.base, context.cards
    front = {
        **head("tag", f"#{tag.ja}", f"タグ「{tag.ja}」({tag.en}) の発表", tag.span),
        "ja": tag.ja,
        "en": tag.en if tag.registered else "",
        "aliases": list(tag.aliases),
        "broader": cards.link(Target("tag", tag.broader)) if tag.broader else None,
        "narrower": [_count(context, one) for one in tree.get(tag.id, ())],
        "registered": tag.registered,
    }
    lists = {
        "entries": cards.entries(base.by_tag.get(tag.id, ())),
        "proposed": cards.entries(base.by_proposal.get(tag.id, ())),
        "backlinks": cards.backlinks(Target("tag", tag.id)),
    }
    return paged(TAG.path(tag.id), front, lists, f"#{tag.ja}", tag_document(tag))


def _count(context: Context, tag: str) -> Row:
    return {**context.cards.link(Target("tag", tag)), "count": len(context.base.by_tag.get(tag, ()))}


def tag_list(context: Context) -> Row:
    """The vocabulary in use as a tree, and the tags that are not registered."""
    shown = shown_tags(context)
    tree = _tree({one: tag for one, tag in shown.items() if tag.registered})
    unregistered = [_count(context, tag.id) for tag in shown.values() if not tag.registered]
    unregistered.sort(key=lambda row: (-row["count"], row["text"]))
    branches = [_branch(context, tag, tree) for tag in tree[""]]
    return {"tree": branches, "unregistered": unregistered}


def _branch(context: Context, tag: str, tree: Tree) -> Row:
    record = context.base.tags[tag]
    return {
        "text": record.ja,
        "en": record.en if record.en != record.ja else "",
        "url": url_of("tag", tag),
        "count": len(context.base.by_tag.get(tag, ())),
        "children": [_branch(context, one, tree) for one in tree.get(tag, ())],
    }
