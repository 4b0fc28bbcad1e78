"""What the group has talked about before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kb.check.base import Base
from kb.check.lookup import look_up, placed
from kb.check.note import Note
from kb.check.rule import Rule
from kb.check.rules.sources import clipped
from kb.link import LookedUp, Placed
from kb.link.facts import Facts
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.model.session import REVISIT, SOURCES


def _works(one: Placed) -> frozenset[str]:
    """Its papers and the addresses of its sources, as keys that are equal for equal works."""
    urls = (f"url:{cited.url}" for cited in one.facts.citations if cited.url and not cited.work)
    return frozenset([*urls, *(f"paper:{paper}" for paper in one.sources)])


@lru_cache(maxsize=2)
def _by_work(known: LookedUp) -> Mapping[str, Sequence[Placed]]:
    """The entries on each work, oldest first."""
    found: defaultdict[str, list[Placed]] = defaultdict(list)
    for one in known.placed:
        for work in _works(one):
            found[work].append(one)
    return found


def _earlier(one: Placed, known: LookedUp) -> list[Placed]:
    """The entries of earlier sessions on a work of this one, oldest first."""
    found = {other.id: other for work in _works(one) for other in _by_work(known)[work]}
    earlier = (other for other in found.values() if other.id.date < one.id.date)
    return sorted(earlier, key=lambda other: (other.id.date, other.id.number))


class AlreadyPresented(Rule):
    """A work that somebody presented in an earlier session."""

    code = Code.ALREADY_PRESENTED

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """One for each entry on a work of an earlier session, naming the latest."""
        known = look_up(note, base)
        for one in placed(note, base):
            revisited = any(item.key == REVISIT for item in one.facts.entry.data)
            if not revisited and (before := _earlier(one, known)):
                yield self._tell(note, one.facts, before, known)

    def _tell(self, note: Note, facts: Facts, before: list[Placed], known: LookedUp) -> Finding:
        last = before[-1]
        people = [known.found.people.by_id[who] for _, who in last.people]
        names = ["匿名" if person.hidden else person.name for person in people]
        who = f"{names[0]}さん" if names else ""
        who += f"ほか{len(names) - 1}人" if len(names) > 1 else ""
        who = f"、{who}が" if who else ""
        often = f"、全部で{len(before)}回" if len(before) > 1 else ""
        message = f"{last.id.date} に{who}「{clipped(last.facts.title)}」で取り上げています{often}"
        hint = (
            f"前の発表は /topics/{last.topic}/ です。わかっていてもう一度なら `- 再訪: yes` を足してください"
        )
        return self.finding(note.at(facts.place(SOURCES).first), message, hint)


PRESENTED_RULES: tuple[Rule, ...] = (AlreadyPresented(),)
