"""What the group has talked about before."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kb.check.base import Base, look_up, placed
from kb.check.note import Note
from kb.check.rule import Said, rule
from kb.check.rules.group import clipped
from kb.link import LookedUp
from kb.link.nodes import EntryId, EntryNode
from kb.link.titles import same_title
from kb.model.codes import Code
from kb.model.finding import Span
from kb.text.fold import bare_key

REGULAR = 3
"""Other sessions in which a title stands that is no talk but a part of each meeting: 連絡, 雑談."""

MOST = 100
"""Earlier entries on a work that are counted; to look at all of them would take a square of the notes."""


@rule(Code.ALREADY_PRESENTED)
def already_presented(note: Note, base: Base) -> Iterator[Said]:
    """A talk that somebody gave before: one for each entry, naming the latest."""
    known = look_up(note, base)
    for one in placed(note, base):
        if not one.facts.entry.revisits and (before := _earlier(one, known)):
            last = before[-1]
            count = f"{MOST}回以上" if len(before) >= MOST else f"{len(before)}回"
            often = f"、全部で{count}" if len(before) > 1 else ""
            who, title = _who(last, known), clipped(last.facts.title)
            same_day = last.date == one.date
            when = f"この回の{last.span.first}行目" if same_day else last.date
            message = f"{when} に{who}「{title}」で取り上げています{often}"
            there = "もう1つ" if same_day else "前"
            again = "わかっていてもう一度なら `- 再訪: yes` を足してください"
            hint = f"{there}の発表は /topics/{last.topic}/ です。{_apart(one, last, known)}{again}"
            yield note.at(_place(one, last, known).first), message, hint, one.facts.title


def _apart(one: EntryNode, last: EntryNode, known: LookedUp) -> str:
    """What to decide where two talks have one source and two titles."""
    if one.topic == last.topic or one.facts.topic or same_title(one.facts.title, last.facts.title):
        return ""
    papers = (known.found.works.by_id[paper] for paper in one.sources if paper in last.sources)
    named = next(
        (f"この出典は、台帳では「{clipped(paper.title)}」です。" for paper in papers if paper.registered), ""
    )
    topic = last.facts.topic
    same = (
        f"同じ話題なら `- トピック: {topic}` を" if topic else "同じ話題なら、どちらにも同じ `- トピック:` を"
    )
    return f"{named}題名が違うので、ページは別々です。{same}、出典のまちがいなら正しい出典を書いてください。"


def _place(one: EntryNode, last: EntryNode, known: LookedUp) -> Span:
    """The source that an earlier entry has, too; the heading where only the title is the same."""
    shared = _keys(one) & _keys(last)
    works = known.found.works
    keys = ((f"url:{cited.url}", f"paper:{works.cited(cited)}", cited.span) for cited in one.facts.citations)
    return next((span for url, paper, span in keys if {url, paper} & shared), one.span)


def _who(one: EntryNode, known: LookedUp) -> str:
    people = [known.found.people.by_id[who] for _, who in one.people]
    names = ["匿名" if person.hidden else person.name for person in people]
    others = f"ほか{len(names) - 1}人" if len(names) > 1 else ""
    return f"、{names[0]}さん{others}が" if names else ""


def _earlier(one: EntryNode, known: LookedUp) -> list[EntryNode]:
    """The entries before this one on its work or with its title, oldest first; of many the latest."""
    found: dict[EntryId, EntryNode] = {}
    for key in _keys(one):
        entries = _by_key(known)[key]  # in their order
        end = bisect_left(entries, _when(one), key=_when)
        found |= {other.id: other for other in entries[max(0, end - MOST) : end]}
    # Two of one session on one topic are told as that.
    told = (other for other in found.values() if (other.date, other.topic) != (one.date, one.topic))
    return sorted(told, key=_when)


def _when(one: EntryNode) -> tuple[dt.date, int]:
    return one.id.date, one.id.number


@lru_cache(maxsize=2)
def _by_key(known: LookedUp) -> Mapping[str, Sequence[EntryNode]]:
    """The entries that are one talk, by what they share."""
    found: defaultdict[str, list[EntryNode]] = defaultdict(list)
    for one in known.placed:
        for key in _keys(one):
            found[key].append(one)
    return defaultdict(list, {key: ones for key, ones in found.items() if not _is_regular(key, ones)})


def _is_regular(key: str, entries: Sequence[EntryNode]) -> bool:
    return key.startswith("title:") and len({one.date for one in entries}) > REGULAR


def _keys(one: EntryNode) -> frozenset[str]:
    """Its papers, the addresses of its sources and its title, as keys that are equal for one talk."""
    # The address of a paper is left out: one paper has several, on arXiv and at its publisher.
    urls = (f"url:{cited.url}" for cited in one.facts.citations if cited.url and not cited.work)
    title = bare_key(one.facts.title)
    titles = [f"title:{title}"] if title else []
    return frozenset([*urls, *titles, *(f"paper:{paper}" for paper in one.sources)])
