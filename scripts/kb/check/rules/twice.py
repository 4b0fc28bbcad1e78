"""A meeting that has two notes, one of them under a wrong date."""

from __future__ import annotations

from collections.abc import Iterator

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Said, rule
from kb.link.twins import Twin
from kb.model.codes import Code

_HINT = (
    "日付のまちがいなら、まちがっている方のノートを消してください。"
    "わかっていてもう一度なら、くり返す発表に `- 再訪: yes` を足してください"
)


@rule(Code.WEEK_TWICE)
def week_twice(note: Note, base: Base) -> Iterator[Said]:
    """A note that says what another one says; at both of them, for either may be the new one."""
    if note.session and (twin := base.meetings.twin(note.session)):
        yield note.at(_date_line(note)), told(twin), _HINT


def told(twin: Twin, path: str = "") -> str:
    """What is said of a session with a twin; `path` is the twin's, where it is not read from its root."""
    count = f"発表{twin.entries}件のうち{twin.alike}件" if twin.entries > 1 else "発表"
    return f"{count}が `{path or twin.session.span.path}` と同じです"


def _date_line(note: Note) -> int:
    lines = range(1, note.first_line)
    return next((number for number in lines if note.line(number).startswith("date")), 1)
