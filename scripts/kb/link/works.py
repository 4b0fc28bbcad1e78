"""Which paper is meant by an id, an address or a title."""

from __future__ import annotations

from dataclasses import replace

from kb.model.registry import Paper
from kb.model.session import SOURCES, Entry
from kb.text.fold import name_key
from kb.text.ids import WorkId, canonical, find_ids, url_key
from kb.text.inline import Inline, Link, Marked, Url, parse_inline, plain_text
from kb.text.slug import page_id


def urls_in(source: str) -> list[str]:
    """The addresses in inline Markdown, in order."""
    return _urls(parse_inline(source))


def _urls(nodes: tuple[Inline, ...]) -> list[str]:
    found: list[str] = []
    for node in nodes:
        match node:
            case Url(url):
                found.append(url)
            case Link(label, url):
                found += [url, *_urls(label)]
            case Marked(_, inner):
                found += _urls(inner)
            case _:
                pass
    return found


class Works:
    """Papers by every id, address and title; works that only an id tells of join as they come."""

    def __init__(self, registered: tuple[Paper, ...]) -> None:
        self.by_id = {paper.id: paper for paper in registered}
        self._by_work: dict[WorkId, str] = {}
        self._by_url: dict[str, str] = {}
        self._by_title: dict[str, str] = {}
        for paper in registered:
            self._add(paper)

    def _add(self, paper: Paper) -> None:
        self._by_title.setdefault(name_key(paper.title), paper.id)
        for scheme, value in paper.ids:
            self._by_work.setdefault(canonical(scheme, value), paper.id)
        if paper.url:
            for found in find_ids(paper.url):
                self._by_work.setdefault(found.id, paper.id)
            self._by_url.setdefault(url_key(paper.url), paper.id)

    def of_id(self, work: WorkId) -> str:
        """The paper behind an id, made from the id where none is registered."""
        known = self._by_work.get(work)
        if known:
            return known
        paper = Paper(
            page_id(f"{work.scheme}-{work.value}"),
            work.label,
            ids=((work.scheme, work.value),),
            url=work.url,
            registered=False,
        )
        self.by_id[paper.id] = paper
        self._by_work[work] = paper.id
        return paper.id

    def sources(self, entry: Entry) -> tuple[str, ...]:
        """The papers that an entry is about: by its sources, its title's link and its title."""
        texts = (*entry.values(SOURCES), entry.title)
        cited = [paper for text in texts for paper in self._cited(text)]
        titled = self._by_title.get(name_key(plain_text(entry.title)))
        papers = tuple(dict.fromkeys([*cited, *([titled] if titled else [])]))
        self._name(papers, entry)
        return papers

    def _cited(self, text: str) -> list[str]:
        found = [self.of_id(one.id) for one in find_ids(plain_text(text))]
        for url in urls_in(text):
            ids = find_ids(url)
            known = self._by_url.get(url_key(url))
            if ids:
                found.append(self.of_id(ids[0].id))
            elif known:
                found.append(known)
        return found

    def _name(self, papers: tuple[str, ...], entry: Entry) -> None:
        """A paper known by its id only takes the title of the entry that presents it alone."""
        if len(papers) != 1 or entry.kind != "論文":
            return
        paper = self.by_id[papers[0]]
        if not paper.registered and paper.title == WorkId(*paper.ids[0]).label:
            self.by_id[paper.id] = replace(paper, title=plain_text(entry.title), span=entry.span)
