"""One meeting with two notes is known by what it talks about, whatever else differs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb.link.twins import Meetings
from kb.model.session import Entry, Session
from kb.read.note import read_note
from kb.text.inline import rich_text

TITLES = (
    "SAM3系が色々でた",
    "General Agentic Memory",
    "LyftLearn Evolution",
    "仕様駆動開発",
    "NeMo",
    "Veo 3",
)


def entry(number: int, title: str = "", more: str = "") -> str:
    source = f"https://arxiv.org/abs/2511.{16000 + number}"
    title = title or TITLES[number % len(TITLES)]
    return f"## [論文] {title}\n\n- 発表者: @Shun Ito\n- 出典: {source}\n{more}\n本文{number}。\n\n"


def session(date: str, *entries: str) -> Session:
    found = read_note("# 今週のTOPIC\n\n" + "".join(entries), f"docs/notes/{date}.md").session
    assert found
    return found


def path(one: Session, *others: Session) -> str:
    twin = Meetings(others).twin(one)
    return twin.session.span.path if twin else ""


def other_texts(one: Session, date: dt.date, keep: int) -> Session:
    """The same meeting as another way of reading tells it: without some sources, labels and texts."""

    def changed(at: int, entry: Entry) -> Entry:
        data = entry.data if at < keep else tuple(item for item in entry.data if item.key != "出典")
        wide = entry.title.source.translate({code: code + 0xFEE0 for code in range(0x30, 0x7B)})
        return replace(entry, title=rich_text(wide), kind="", data=data, blocks=())

    (part,) = one.parts
    entries = tuple(changed(at, entry) for at, entry in enumerate(part.entries))
    span = replace(one.span, path=f"docs/notes/{date}.md")
    return replace(one, date=date, parts=(replace(part, entries=entries),), span=span)


@given(count=st.integers(1, 6), keep=st.integers(0, 6), days=st.integers(-900, 900).filter(bool))
def test_a_meeting_is_known_under_any_other_date(count: int, keep: int, days: int) -> None:
    one = session("2025-11-25", *map(entry, range(count)))
    other = other_texts(one, one.date + dt.timedelta(days), keep if count > 1 else 1)
    assert path(other, one) == one.span.path
    assert path(one, one, other) == other.span.path
    assert path(one, one) == ""


@given(count=st.integers(2, 6), again=st.integers(0, 5))
def test_a_week_that_goes_on_with_one_topic_is_another(count: int, again: int) -> None:
    one = session("2025-11-25", *map(entry, range(count)))
    new = [entry(50 + at, f"新しい話 その{at}") for at in range(count - 1)]
    assert path(session("2025-12-02", entry(again % count), *new), one) == ""


def test_most_of_a_meeting_is_the_meeting() -> None:
    one = session("2025-11-25", *map(entry, range(4)))
    assert path(session("2025-12-02", *map(entry, range(3))), one) == one.span.path
    assert path(session("2025-12-02", *map(entry, range(6))), one) == one.span.path
    assert path(session("2025-12-02", *map(entry, range(2))), one) == ""


def test_headings_that_stand_in_every_note_tell_nothing() -> None:
    asked = [
        f"## {title}\n\n答え。\n\n" for title in ("どんなもの？", "先行研究と比べてどこがすごい？", "次は？")
    ]
    assert path(session("2025-12-02", *asked), session("2025-11-25", *asked)) == ""
    said = [f"## {title}\n\n- 発表者: @幹事\n\n" for title in ("連絡", "近況")]
    weeks = [session(f"2025-11-{day:02}", *said) for day in range(1, 9)]
    assert path(session("2025-12-02", *said), *weeks) == ""


def test_other_sources_or_presenters_are_another_talk() -> None:
    one = session("2025-11-25", entry(1, "論文紹介"), entry(2, "輪読"))
    assert path(session("2025-12-02", entry(3, "論文紹介"), entry(4, "輪読")), one) == ""
    two = [entry(1, "論文紹介").replace("Shun Ito", "別の人")]
    assert path(session("2025-12-02", *two), session("2025-11-25", entry(1, "論文紹介"))) == ""


def test_what_is_repeated_knowingly_is_meant() -> None:
    one = session("2025-11-25", *map(entry, range(3)))
    again = [entry(number, more="- 再訪: yes\n") for number in range(3)]
    assert path(session("2025-12-02", *again), one) == ""
