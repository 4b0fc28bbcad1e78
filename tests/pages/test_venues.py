"""Pages of conferences and journals: what is on them, what leads to them and from them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kb.link import build_base
from kb.link.base import KnowledgeBase
from kb.pages import all_pages
from kb.pages.lists import MAX_ROWS
from kb.sources import Reader
from tests.support.fronts import Front, front_of

PAPERS = """papers:
  - {id: a, title: Alpha of 2026, type: paper-conference, issued: '2025-11', container-title: ICLR 2026}
  - {id: b, title: Beta, type: paper-conference, issued: '2024', container-title: 'Learning Things, vol. 3'}
  - {id: c, title: Gamma, type: article, issued: '2025', container-title: arXiv}
  - {id: d, title: Delta, type: article-journal, issued: '2020', container-title: Big Journal}
  - {id: e, title: Epsilon, type: article-journal, issued: '2020', container-title: Never Named}
"""
VENUES = """venues:
  - {id: iclr, name: ICLR, full: Learning Things, aliases: [old-iclr, L T], url: 'https://iclr.cc/'}
"""
NOTES = {
    "2025-11-18": "# TOPIC\n\n## [論文] Alpha of 2026\n\n本文\n\n"
    "## Two papers\n\n- トピック: two\n\nDelta と Gamma\n",
    "2025-11-25": "# TOPIC\n\n## [論文] Alpha of 2026\n\nもう一度\n\n## [論文] Beta\n\n本文\n",
}


def base_of(root: Path, notes: Mapping[str, str] = NOTES, **files: str) -> KnowledgeBase:
    for name, text in files.items():
        path = root / f"docs/data/{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for date, text in notes.items():
        path = root / f"docs/notes/{date}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ndate: {date}\ntitle: 勉強会\n---\n\n{text}", encoding="utf-8")
    sources = Reader(root).read()
    assert not sources.errors
    return build_base(sources.sessions, sources.registry)


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    return base_of(tmp_path, papers=PAPERS, venues=VENUES)


@pytest.fixture
def fronts(base: KnowledgeBase) -> dict[str, Front]:
    return {page.path: dict(page.front) for page in all_pages(base)}


def test_the_list_counts_papers_and_talks(fronts: dict[str, Front]) -> None:
    assert fronts["venues/index.md"]["venues"] == [
        {"text": "ICLR", "url": "venues/iclr/", "full": "Learning Things", "papers": 2, "entries": 3},
        {"text": "Big Journal", "url": "venues/big-journal/", "full": "", "papers": 1, "entries": 0},
    ]


def test_a_venue_has_its_papers_by_year_with_their_talks(fronts: dict[str, Front]) -> None:
    front = fronts["venues/iclr.md"]
    assert (front["title"], front["full"], front["aliases"]) == (
        "ICLR",
        "Learning Things",
        ["old-iclr", "L T"],
    )
    assert (front["edit_path"], front["edit_line"]) == ("docs/data/venues.yml", 2)
    alpha, beta = front["groups"]
    assert (alpha["year"], alpha["name"], beta["year"]) == ("2026", "2026年", "2024")
    [paper] = alpha["papers"]
    assert (paper["text"], paper["venue"], paper["entries"]) == ("Alpha of 2026", "ICLR 2026", 2)
    assert [card["date"] for card in paper["cards"]] == ["2025-11-25", "2025-11-18"]


def test_links_lead_both_ways(fronts: dict[str, Front]) -> None:
    to_venues = {
        path.removesuffix(".md") + "/": front["venue_url"]
        for path, front in fronts.items()
        if front.get("venue_url")
    }
    from_venues = {
        paper["url"]: path.removesuffix(".md") + "/"
        for path, front in fronts.items()
        if front["page_kind"] == "venue"
        for group in front["groups"]
        for paper in group["papers"]
    }
    assert to_venues == from_venues
    assert set(to_venues) == {"papers/a/", "papers/b/", "papers/d/"}


def test_what_appeared_nowhere_or_is_not_shown_has_no_venue(fronts: dict[str, Front]) -> None:
    assert fronts["papers/c.md"]["venue_url"] == ""
    assert "venues/never-named.md" not in fronts
    assert not [path for path in fronts if "arxiv" in path]


def test_a_long_venue_goes_on_on_pages_of_their_own(tmp_path: Path) -> None:
    papers = [(f"p{at}", f"Paper number {at}", 2000 + at % 4) for at in range(2 * MAX_ROWS)]
    rows = (
        f"  - {{id: {one}, title: {title}, type: article, issued: '{year}', container-title: X}}\n"
        for one, title, year in papers
    )
    names = "\n\n".join(title for _, title, _ in papers)
    notes = {"2025-01-01": f"# T\n\n## E\n\n- トピック: e\n\n{names}\n"}
    base = base_of(tmp_path, notes, papers="papers:\n" + "".join(rows))
    pages = {page.path: page for page in all_pages(base)}
    first, older = front_of(pages["venues/x.md"].text), front_of(pages["venues/x/2000.md"].text)
    assert first["count"] == 2 * MAX_ROWS
    assert [one["url"] for one in first["archive"]] == ["venues/x/2001/", "venues/x/2000/"]
    assert older["title"] == "X 2000年"
    assert older["broader"] == {"text": "X", "url": "venues/x/"}


def test_the_search_narrows_to_papers_of_a_venue_and_talks_on_them(base: KnowledgeBase) -> None:
    documents = [page.document for page in all_pages(base) if page.document]
    belonging = {one.url for one in documents if "venues/iclr/" in one.venues}
    topics = {f"topics/{node.topic}/" for node in base.entries if {"a", "b"} & {*node.sources}}
    assert len(topics) == 2
    assert belonging == {"venues/iclr/", "papers/a/", "papers/b/", *topics}
