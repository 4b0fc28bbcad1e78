"""The page of each paper that is presented or named, and the list of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from kb.link.nodes import Target
from kb.model.finding import Span
from kb.model.kinds import PAPER
from kb.model.registry import Paper
from kb.pages.bibtex import bibtex
from kb.pages.cards import Cards, Row, url_of
from kb.pages.context import Context, Page, Plan, head, heading, page
from kb.pages.documents import paper_document
from kb.pages.lists import by_year, index_of
from kb.text.ids import SCHEMES, WorkId, canonical

TYPE_LABELS = {
    "article": "プレプリント",
    "article-journal": "論文誌",
    "article-magazine": "雑誌記事",
    "book": "書籍",
    "chapter": "書籍の章",
    "manuscript": "原稿",
    "paper-conference": "会議論文",
    "report": "レポート",
    "review": "総説",
    "standard": "標準",
    "thesis": "学位論文",
}
"""CSL's types in Japanese."""
LINK_LABELS = {
    "arxiv": "arXiv",
    "doi": "DOI",
    "openreview": "OpenReview",
    "acl": "ACL Anthology",
    "isbn": "ISBN",
    "cvf": "CVF Open Access",
    "neurips": "NeurIPS Proceedings",
    "pmlr": "PMLR",
    "ieee": "IEEE Xplore",
    "pii": "ScienceDirect",
    "s2": "Semantic Scholar",
    "s2corpus": "Semantic Scholar",
}
PDFS = {"arxiv": "https://arxiv.org/pdf/{}", "acl": "https://aclanthology.org/{}.pdf"}


def shown_papers(context: Context) -> list[Paper]:
    """Papers with an entry or a mention; nothing else of the registry has a page."""
    base = context.base
    return [
        paper
        for paper in base.papers.values()
        if paper.id in base.by_source or Target("paper", paper.id) in base.backlinks
    ]


def paper_plans(context: Context) -> Iterator[Plan]:
    """One page for each of them."""
    base = context.base
    for paper in shown_papers(context):
        entries = context.card_keys(base.by_source.get(paper.id, ()))
        backlinks = base.backlinks.get(Target("paper", paper.id), ())
        key = (paper, base.venue_of.get(paper.id), _place(context, paper), entries, backlinks)
        yield Plan(PAPER.path(paper.id), key, partial(_paper_page, context, paper))


def _place(context: Context, paper: Paper) -> Span:
    """Where a paper comes from: its record, or the first entry that presents or names it."""
    base = context.base
    if paper.registered:
        return paper.span
    entries = base.by_source.get(paper.id, ())
    return (entries[0] if entries else base.backlinks[Target("paper", paper.id)][0].entry).span


def _paper_page(context: Context, paper: Paper) -> Iterator[Page]:
    cards = context.cards
    entries = context.base.by_source.get(paper.id, ())
    links = _links(paper)
    venue = context.base.venue_of.get(paper.id, "")
    front = {
        **head("paper", paper.title, f"{paper.title} ({_byline(paper)})", _place(context, paper)),
        "kind_label": TYPE_LABELS.get(paper.type, "") if paper.registered else "",
        "authors": list(map(str, paper.authors)),
        "issued": paper.issued,
        "venue": paper.container_title,
        "venue_url": url_of("venue", venue) if venue else "",
        "publisher": paper.publisher,
        "links": links,
        "aliases": list(paper.aliases),
        "entries": cards.entries(entries),
        "backlinks": cards.backlinks(Target("paper", paper.id)),
        "bibtex": bibtex(paper) if paper.registered else "",
        "registered": paper.registered,
    }
    document = paper_document(context, paper, links)
    yield page(f"{PAPER.path(paper.id)}.md", front, [heading(paper.title)], document)


def _byline(paper: Paper) -> str:
    return "、".join(filter(None, (_first_author(paper), paper.container_title, paper.year))) or PAPER.name


def _first_author(paper: Paper) -> str:
    if not paper.authors:
        return ""
    first = paper.authors[0]
    name = first.family or first.literal
    return f"{name} ほか" if len(paper.authors) > 1 else name


def _links(paper: Paper) -> list[dict[str, str]]:
    """Where the paper itself is: each id, the PDF of an arXiv id, code, and its own page."""
    works = {canonical(scheme, value): scheme for scheme, value in paper.ids}
    links = []
    for work in sorted(works, key=lambda work: SCHEMES.index(work.scheme)):
        links.append({"label": LINK_LABELS[work.scheme], "text": work.label, "url": work.url})
        if work.scheme in PDFS:
            links.append({"label": "PDF", "text": "PDF", "url": PDFS[work.scheme].format(work.value)})
    links += _doi(paper, set(works))
    if paper.url and paper.url not in {link["url"] for link in links}:
        links.append({"label": "ページ", "text": paper.url, "url": paper.url})
    if paper.code:
        links.append({"label": "コード", "text": paper.code, "url": paper.code})
    return links


def _doi(paper: Paper, works: set[WorkId]) -> list[dict[str, str]]:
    # The DOI as registered, also where it is another name of the arXiv or ACL id.
    doi = dict(paper.ids).get("doi", "")
    if not doi or WorkId("doi", doi.lower()) in works:
        return []
    return [{"label": "DOI", "text": f"doi:{doi}", "url": f"https://doi.org/{doi}"}]


def paper_list_plans(context: Context) -> Iterator[Plan]:
    """All papers by year of publication."""
    return index_of(
        PAPER,
        by_year(newest_papers(shown_papers(context)), lambda paper: paper.year),
        row=lambda rows: {"papers": [paper_row(context.cards, one) for one in rows]},
        item_key=lambda paper: (paper, *usage(context.cards, paper)),
        key="groups",
    )


def newest_papers(papers: Iterable[Paper]) -> list[Paper]:
    """By the day of publication downwards, then by title."""
    # Two sorts, for titles go up where days go down.
    ordered = sorted(papers, key=lambda one: one.title.casefold())
    return sorted(ordered, key=lambda one: one.issued, reverse=True)


def usage(cards: Cards, paper: Paper) -> tuple[int, int]:
    """How often a paper was presented, and how often it is spoken of."""
    base = cards.base
    return len(base.by_source.get(paper.id, ())), len(base.backlinks.get(Target("paper", paper.id), ()))


def paper_row(cards: Cards, paper: Paper) -> Row:
    """A paper in a list, with how often it was presented and spoken of."""
    entries, mentions = usage(cards, paper)
    return {
        "text": paper.title,
        "url": url_of("paper", paper.id),
        "authors": _first_author(paper),
        "venue": paper.container_title,
        "entries": entries,
        "mentions": mentions,
    }
