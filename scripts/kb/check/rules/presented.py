"""What the group has talked about before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kb.check.base import Base, look_up, placed
from kb.check.note import Note
from kb.check.rule import Said, rule
from kb.check.rules.group import clipped
from kb.link import LookedUp
from kb.link.nodes import EntryNode
from kb.model.codes import Code
from kb.model.finding import Span
from kb.model.session import REVISIT, SOURCES


@rule(Code.ALREADY_PRESENTED)
def already_presented(note: Note, base: Base) -> Iterator[Said]:
    """A work that somebody presented in an earlier session: one for each entry, naming the latest."""
    known = look_up(note, base)
    for one in placed(note, base):
        revisited = any(item.key == REVISIT for item in one.facts.entry.data)
        if not revisited and (before := _earlier(one, known)):
            last = before[-1]
            often = f"、全部で{len(before)}回" if len(before) > 1 else ""
            title = clipped(last.facts.title)
            message = f"{last.id.date} に{_who(last, known)}「{title}」で取り上げています{often}"
            again = "わかっていてもう一度なら `- 再訪: yes` を足してください"
            hint = f"前の発表は /topics/{last.topic}/ です。{again}"
            yield note.at(_place(one, last, known).first), message, hint


def _place(one: EntryNode, last: EntryNode, known: LookedUp) -> Span:
    """The source that an earlier entry has, too."""
    shared = _works(one) & _works(last)
    works = known.found.works
    keys = ((f"url:{cited.url}", f"paper:{works.cited(cited)}", cited.span) for cited in one.facts.citations)
    return next((span for url, paper, span in keys if {url, paper} & shared), one.facts.place(SOURCES))


def _who(one: EntryNode, known: LookedUp) -> str:
    people = [known.found.people.by_id[who] for _, who in one.people]
    names = ["匿名" if person.hidden else person.name for person in people]
    others = f"ほか{len(names) - 1}人" if len(names) > 1 else ""
    return f"、{names[0]}さん{others}が" if names else ""


def _earlier(one: EntryNode, known: LookedUp) -> list[EntryNode]:
    """The entries of earlier sessions on a work of this one, oldest first."""
    found = {other.id: other for work in _works(one) for other in _by_work(known)[work]}
    earlier = (other for other in found.values() if other.id.date < one.id.date)
    return sorted(earlier, key=lambda other: (other.id.date, other.id.number))


@lru_cache(maxsize=2)
def _by_work(known: LookedUp) -> Mapping[str, Sequence[EntryNode]]:
    """The entries on each work."""
    found: defaultdict[str, list[EntryNode]] = defaultdict(list)
    for one in known.placed:
        for work in _works(one):
            found[work].append(one)
    return found


def _works(one: EntryNode) -> frozenset[str]:
    """Its papers and the addresses of its sources, as keys that are equal for equal works."""
    # The address of a paper is left out: one paper has several, on arXiv and at its publisher.
    urls = (f"url:{cited.url}" for cited in one.facts.citations if cited.url and not cited.work)
    return frozenset([*urls, *(f"paper:{paper}" for paper in one.sources)])
