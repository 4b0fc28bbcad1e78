"""Which paper is meant by an id, an address or a title."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from kb.link.facts import Citation, Facts
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.registry import Paper
from kb.text.fold import name_key
from kb.text.ids import WorkId, canonical, find_ids, url_key
from kb.text.near import Spellings
from kb.text.slug import page_id


class PaperIndex:
    """The papers of the registry by every id, address and title. It stays as it is made."""

    def __init__(self, registered: tuple[Paper, ...]) -> None:
        self.by_id = {paper.id: paper for paper in registered}
        self.by_work: dict[WorkId, str] = {}
        self.by_url: dict[str, str] = {}
        self.by_title: dict[str, str] = {}
        self.spellings = Spellings()
        for paper in registered:
            self._add(paper)

    def _add(self, paper: Paper) -> None:
        for name in (paper.title, *paper.aliases):
            self.spellings.add(name, paper.id)
        self.by_title.setdefault(name_key(paper.title), paper.id)
        for scheme, value in paper.ids:
            self.by_work.setdefault(canonical(scheme, value), paper.id)
        if paper.url:
            for found in find_ids(paper.url):
                self.by_work.setdefault(found.id, paper.id)
            self.by_url.setdefault(url_key(paper.url), paper.id)


class Works:
    """Registered papers, and works that only an id tells of, which join as they come."""

    def __init__(self, registered: PaperIndex) -> None:
        self.by_id = dict(registered.by_id)
        self._registered = registered
        self._by_work = dict(registered.by_work)
        self.findings: list[Finding] = []
        self._reported: set[tuple[str, str]] = set()

    def of_id(self, work: WorkId) -> str:
        """The paper behind an id, made from the id where none is registered."""
        known = self._by_work.get(work)
        if known:
            return known
        paper = Paper(
            work_page_id(work),
            work.label,
            ids=((work.scheme, work.value),),
            url=work.url,
            registered=False,
        )
        self.by_id[paper.id] = paper
        self._by_work[work] = paper.id
        return paper.id

    def sources(self, facts: Facts) -> tuple[str, ...]:
        """The papers that an entry is about: by its sources, its title's link and its title."""
        places = [(self.cited(one), one.span) for one in facts.citations]
        places.append((self._registered.by_title.get(facts.title_key, ""), facts.entry.span))
        papers = tuple(dict.fromkeys(paper for paper, _ in places if paper))
        self._name(papers, facts)
        for paper, span in places:
            if paper:
                self._report(self.by_id[paper], facts, span)
        return papers

    def cited(self, one: Citation) -> str:
        """The paper that a source is; empty where it is none."""
        return self.of_id(one.work) if one.work else self._registered.by_url.get(one.url, "")

    def page_ids(self) -> dict[str, list[str]]:
        """What each paper's address was, or would be, if nothing but one of its ids were known."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for work, paper in self._by_work.items():
            if (own := work_page_id(work)) != paper:
                found[paper].append(own)
        return found

    def place(self, paper: str, facts: Facts) -> Span:
        """The source by which an entry presents a paper; its heading where only the title tells."""
        return next((one.span for one in facts.citations if self.cited(one) == paper), facts.entry.span)

    def _report(self, paper: Paper, facts: Facts, span: Span) -> None:
        # A paper that is presented deserves a record, each note says so; one that is only named may wait.
        if paper.registered or (paper.id, span.path) in self._reported:
            return
        self._reported.add((paper.id, span.path))
        message = f"論文 `{paper.url}` は登録されていません"
        near = self._registered.spellings.nearest(facts.title)
        hint = f"登録されている `{near}` のことですか? ちがえば、" if near else ""
        hint += "docs/data/papers.yml に書くと、題名・著者・BibTeX が出ます"
        self.findings.append(Finding(Code.PAPER_UNKNOWN, "minor", span, message, hint, value=paper.url))

    def _name(self, papers: tuple[str, ...], facts: Facts) -> None:
        """A paper known by its id only takes the title of the entry that presents it alone."""
        if len(papers) != 1 or facts.entry.kind != "論文":
            return
        paper = self.by_id[papers[0]]
        if not paper.registered and paper.title == WorkId(*paper.ids[0]).label:
            self.by_id[paper.id] = replace(paper, title=facts.title, span=facts.entry.span)


def work_page_id(work: WorkId) -> str:
    """The id of a paper that is known by nothing but one of its ids."""
    return page_id(f"{work.scheme}-{work.value}")
