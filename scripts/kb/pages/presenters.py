"""The page of each person who presented or spoke, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kb.link.nodes import EntryNode, Spoken, Target
from kb.model.kinds import PRESENTER
from kb.model.registry import Presenter
from kb.pages.cards import Row, url_of
from kb.pages.context import Context, Page, Plan, head
from kb.pages.documents import presenter_document
from kb.pages.lists import paged

MAX_REMARK = 160
"""Characters of a remark that are shown in the list of a speaker's remarks."""


def shown_presenters(context: Context) -> list[Presenter]:
    """People with an entry, a remark or a mention, but for those who asked not to be shown."""
    base = context.base
    return [
        one
        for one in base.presenters.values()
        if not one.hidden
        and (
            one.id in base.by_presenter
            or one.id in base.remarks
            or Target("presenter", one.id) in base.backlinks
        )
    ]


def presenter_plans(context: Context) -> Iterator[Plan]:
    """One page for each of them, with further pages where the lists are long."""
    base = context.base
    for one in shown_presenters(context):
        entries = context.card_keys(base.by_presenter.get(one.id, ()))
        backlinks = base.backlinks.get(Target("presenter", one.id), ())
        # Places are no part of equality, but the edit button leads to them.
        key = (one, one.span, entries, base.remarks.get(one.id, ()), backlinks)
        yield Plan(PRESENTER.path(one.id), key, partial(_pages, context, one))


def _pages(context: Context, presenter: Presenter) -> Iterator[Page]:
    base, cards = context.base, context.cards
    entries = base.by_presenter.get(presenter.id, ())
    remarks = base.remarks.get(presenter.id, ())
    front = {
        **head("presenter", presenter.name, f"{presenter.name} の発表とコメント", presenter.span),
        "handles": list(presenter.handles),
        "aliases": list(presenter.aliases),
        "reading": presenter.reading,
        "tags": cards.counts("tag", (tag for node in entries for tag in node.tags)),
        "partners": cards.counts("presenter", _partners(context, presenter)),
        "registered": presenter.registered,
    }
    lists = {
        "entries": cards.entries(entries),
        "remarks": [_remark(context, node, said) for node, said in reversed(remarks)],
        "backlinks": cards.backlinks(Target("presenter", presenter.id)),
    }
    stem, document = PRESENTER.path(presenter.id), presenter_document(presenter)
    return paged(stem, front, lists, presenter.name, document)


def _remark(context: Context, node: EntryNode, said: Spoken) -> Row:
    text = said.text if len(said.text) <= MAX_REMARK else said.text[:MAX_REMARK] + "…"
    return {**context.cards.place(node, said.anchor, said.section), "match": text}


def _partners(context: Context, presenter: Presenter) -> Iterator[str]:
    """Everyone who presented or spoke in an entry in which this person did, once per entry."""
    base = context.base
    nodes = {node.id: node for node in base.by_presenter.get(presenter.id, ())}
    nodes |= {node.id: node for node, _ in base.remarks.get(presenter.id, ())}
    for node in nodes.values():
        speakers = (said.presenter for said in node.remarks if said.presenter)
        for other in dict.fromkeys((*node.presenters, *speakers)):
            if other != presenter.id and not base.presenters[other].hidden:
                yield other


def presenter_list(context: Context) -> Row:
    """All people, those who presented most recently first."""
    people = [_row(context, one) for one in shown_presenters(context)]
    return {"people": sorted(people, key=lambda row: (row["latest"], row["text"]), reverse=True)}


def _row(context: Context, presenter: Presenter) -> Row:
    entries = context.base.by_presenter.get(presenter.id, ())
    remarks = context.base.remarks.get(presenter.id, ())
    dates = [node.date for node in entries] + [node.date for node, _ in remarks]
    return {
        "text": presenter.name,
        "url": url_of("presenter", presenter.id),
        "handles": list(presenter.handles),
        "entries": len(entries),
        "remarks": len(remarks),
        "latest": max(dates, default=""),
    }
