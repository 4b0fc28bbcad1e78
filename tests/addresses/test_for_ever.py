"""Whatever people change, each address of each earlier state answers, and with the same talk."""

from __future__ import annotations

import copy
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kb.check.addresses import Kept
from kb.check.examples import compared
from kb.registry.moved import moved_file
from tests.addresses.town import Files, Site, Talk, Town

DATES = [f"2025-{month:02}-02" for month in range(1, 13)]
TITLES = ["記憶の話", "記憶の話: 続き", "SAMを読む", "SAMを試す", "雑談"]
WORKS = ["2511.00001", "2511.00002", "2511.00003"]
SOURCES = ["", *(f"https://arxiv.org/abs/{one}" for one in WORKS), "https://a.example/post"]
PEOPLE = ["", "@Shun Ito", "@Shun Itou", "@Pon"]
TOPICS = ["", "", "メモリ", "分割", "memory", "split"]
TAGS = ["", "評価", "検索", "eval"]
NUMBER = st.integers(0, 10**6)
RECORDS: dict[tuple[str, str], dict[str, object]] = {
    ("papers", "one2025"): {"type": "article", "title": "P1", "ids": {"arxiv": WORKS[0]}},
    ("papers", "two2025"): {"type": "article", "title": "P2", "ids": {"arxiv": WORKS[1]}},
    ("tags", "evaluation"): {"ja": "評価", "en": "evaluation", "aliases": ["eval"]},
    ("tags", "retrieval"): {"ja": "検索", "en": "retrieval"},
    ("topics", "memory"): {"name": "メモリ", "aliases": ["記憶"]},
    ("topics", "split"): {"name": "分割"},
    ("presenters", "shun-ito"): {"name": "Shun Ito", "aliases": ["Shun Itou"]},
    ("presenters", "ito-shun"): {"name": "伊藤", "handles": ["pon"]},
}
_SUBJECT = re.compile(r"topics/(?!\d{4}-|arxiv-|\w+2025)[^/]+/")
"""The page of what has a name. Its talks may come and go, and each has an address of its own."""


def kept(then: Files, now: Files) -> Kept:
    with tempfile.TemporaryDirectory() as folder:
        return compared(Path(folder), then, now)


class ForEver(RuleBasedStateMachine):
    """Changes one after the other, each followed by what `fix --since` writes."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Town(records={name: {} for name in ("papers", "tags", "topics", "presenters")})
        self.count = 0
        self.seen: dict[str, set[int]] = {}
        """The talks that an address showed when it was first there."""
        self.files: Files = {}

    # ---- what people do

    def _talks(self) -> list[tuple[str, Talk]]:
        return [(date, one) for date, talks in self.town.notes.items() for one in talks]

    def _change(self, edit: Callable[[], None]) -> None:
        before = copy.deepcopy(self.town)
        edit()
        if not self._talks():
            self.town = before
            return
        now = self.town.files()
        told = kept(self.files, now)
        if told.lost:  # somebody has to take another id
            self.town = before
            return
        if told.gone:
            self.town.moved = moved_file(told.rows)
        self._check(self.town.files())

    def _check(self, now: Files) -> None:
        assert [str(one.place) for one in kept(self.files, now).gone] == []
        site, alive = Site(now), {one.mark for _, one in self._talks()}
        for address, marks in self.seen.items():
            # The sections of a talk that is no more are nowhere: then the page is enough.
            there = site.marks(address if marks & alive else address.partition("#")[0])
            if "#" not in address and address.startswith("topics/"):
                assert not marks & alive or marks & site.shown(address), address
                # A page of several talks, or of a subject, goes on with what it shows.
                if there and (len(marks | there) > 1 or _SUBJECT.fullmatch(address)):
                    self.seen[address] = there
            elif "#" in address:
                assert not marks & alive or marks & there, address
        for address in site.addresses():
            self.seen.setdefault(address, site.marks(address))
        self.files = now

    def _one(self, number: int) -> tuple[str, Talk]:
        talks = self._talks()
        return talks[number % len(talks)]

    def _new(self, number: int) -> Talk:
        self.count += 1
        return Talk(
            self.count,
            TITLES[number % 5],
            PEOPLE[number // 5 % 4],
            SOURCES[number // 20 % 5],
            TOPICS[number // 100 % 6],
            TAGS[number // 600 % 4],
        )

    @initialize(numbers=st.lists(NUMBER, min_size=3, max_size=6))
    def begin(self, numbers: list[int]) -> None:
        for number in numbers:
            self.town.notes.setdefault(DATES[6 + number % 3], []).append(self._new(number))
        self._check(self.town.files())

    @rule(number=NUMBER, top=st.booleans(), date=st.sampled_from(DATES))
    def present(self, number: int, top: bool, date: str) -> None:
        """A talk at the end or the top of a note, which may be older than all others."""

        def edit() -> None:
            talks = self.town.notes.setdefault(date, [])
            talks.insert(0 if top else len(talks), self._new(number))

        self._change(edit)

    @rule(number=NUMBER, change=st.sampled_from(["title", "people", "source", "topic", "tag"]), to=NUMBER)
    def edit_a_talk(self, number: int, change: str, to: int) -> None:
        pools = {"title": TITLES, "people": PEOPLE, "source": SOURCES, "topic": TOPICS, "tag": TAGS}
        talk = self._one(number)[1]
        self._change(lambda: setattr(talk, change, pools[change][to % len(pools[change])]))

    @rule(number=NUMBER)
    def reorder(self, number: int) -> None:
        self._change(self.town.notes[self._one(number)[0]].reverse)

    @rule(number=NUMBER)
    def take_out(self, number: int) -> None:
        date, talk = self._one(number)

        def edit() -> None:
            self.town.notes[date].remove(talk)
            if not self.town.notes[date]:
                del self.town.notes[date]

        self._change(edit)

    @rule(number=NUMBER, to=st.sampled_from(DATES))
    def mend_a_date(self, number: int, to: str) -> None:
        date = self._one(number)[0]

        def edit() -> None:
            self.town.notes.setdefault(to, []).extend(self.town.notes.pop(date))

        if to != date:
            self._change(edit)

    @rule(key=st.sampled_from(sorted(RECORDS)))
    def register_or_not(self, key: tuple[str, str]) -> None:
        name, one = key
        rows = self.town.records[name]

        def edit() -> None:
            if rows.pop(one, None) is None and rows.pop(f"new-{one}", None) is None:
                rows[one] = dict(RECORDS[key])

        self._change(edit)

    @rule(key=st.sampled_from(sorted(RECORDS)), told=st.booleans())
    def rename(self, key: tuple[str, str], told: bool) -> None:
        """Another id, with the former one told or forgotten."""
        name, one = key

        def edit() -> None:
            row = self.town.records[name].pop(one)
            self.town.records[name][f"new-{one}"] = {**row, "former": [one]} if told else row

        if one in self.town.records[name] and f"new-{one}" not in self.town.records[name]:
            self._change(edit)

    @rule(old=st.sampled_from(TOPICS[2:]), new=st.sampled_from(TOPICS[2:]))
    def merge_topics(self, old: str, new: str) -> None:
        def edit() -> None:
            for _, talk in self._talks():
                talk.topic = new if talk.topic == old else talk.topic

        self._change(edit)

    @invariant()
    def there_is_something_to_see(self) -> None:
        assert not self.files or self.seen


ForEver.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=12,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
test_for_ever = ForEver.TestCase
