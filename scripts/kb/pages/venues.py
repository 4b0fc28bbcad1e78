"""The page of each conference and journal with the papers that appeared there, and the list of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kb.link.nodes import Target
from kb.link.venues import year_of
from kb.model.kinds import VENUE
from kb.model.registry import Paper, Venue
from kb.pages.cards import Row, url_of
from kb.pages.context import Context, Plan, head
from kb.pages.documents import venue_document
from kb.pages.lists import Index, by_year
from kb.pages.papers import newest_papers, paper_row, shown_papers, usage


def shown_venues(context: Context) -> dict[str, list[Paper]]:
    """The papers of each venue, as far as they have pages; a venue without one has none either."""
    shown: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in shown_papers(context):
        if venue := context.base.venue_of.get(paper.id):
            shown[venue].append(paper)
    return dict(shown)


def venue_plans(context: Context) -> Iterator[Plan]:
    """One page for each of them, and pages for the years that do not fit on it."""
    for venue, papers in shown_venues(context).items():
        index = _index(context, context.base.venues[venue], papers)
        # By the year of the venue, which may be later than that of the paper.
        ordered = sorted(newest_papers(papers), key=year_of, reverse=True)
        yield from index.plans(by_year(ordered, year_of))


def _index(context: Context, venue: Venue, papers: list[Paper]) -> Index[Paper]:
    base, cards = context.base, context.cards
    path, span = VENUE.path(venue.id), venue.span if venue.registered else papers[0].span
    front = {
        **head("venue", venue.name, f"{venue.name} の論文と、その発表", span),
        "full": venue.full,
        "aliases": list(venue.aliases),
        "url": venue.url,
        "registered": venue.registered,
    }

    def row(paper: Paper) -> Row:
        return {**paper_row(cards, paper), "cards": cards.entries(base.by_source.get(paper.id, ()))}

    def key(paper: Paper) -> tuple[object, ...]:
        talks = context.card_keys(base.by_source.get(paper.id, ()))
        return venue, span, paper, usage(cards, paper), talks

    return Index(
        *(front, path, path),
        row=lambda rows: {"papers": [row(one) for one in rows]},
        item_key=key,
        key="groups",
        above=cards.link(Target("venue", venue.id)),
        document=venue_document(venue),
    )


def venue_list(context: Context) -> Row:
    """All venues, those first whose papers were presented most."""
    rows = [_row(context, one, papers) for one, papers in shown_venues(context).items()]
    rows.sort(key=lambda row: (-row["entries"], -row["papers"], row["text"].casefold()))
    return {"venues": rows}


def _row(context: Context, venue: str, papers: list[Paper]) -> Row:
    record = context.base.venues[venue]
    # A talk on two of its papers is one.
    talks = {node.id for paper in papers for node in context.base.by_source.get(paper.id, ())}
    return {
        "text": record.label,
        "url": url_of("venue", venue),
        "full": record.full,
        "papers": len(papers),
        "entries": len(talks),
    }
