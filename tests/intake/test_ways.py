"""The same Markdown is the same session, whether it came as a file, in a zip, in a folder, or pasted."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.intake import Brought, Given, RefusedError, bring
from tests.intake.mutants import ID, zipped
from tests.support.dialects import as_note, as_notion
from tests.support.notes import NOTES, WILD_NOTES, examples
from tests.support.reports import POSTS, REPORTS
from tests.support.sessions import SESSIONS

DAY = dt.date(2025, 12, 2)


def _file(name: str) -> Callable[[str, Path], list[Given]]:
    def make(text: str, folder: Path) -> list[Given]:
        (folder / name).write_bytes(text.encode())
        return [Given.from_path(folder / name)]

    return make


def _folder(text: str, folder: Path) -> list[Given]:
    (folder / "中").mkdir()
    (folder / "中" / "メモ.md").write_bytes(text.encode())
    return [Given.from_path(folder)]


WAYS: dict[str, Callable[[str, Path], list[Given]]] = {
    "pasted": lambda text, _: [Given("(標準入力)", data=text.encode())],
    "the form": _file("ノートの文章.txt"),
    "a file": _file("メモ.md"),
    "a file of Notion's name": _file(f"会 {ID}.md"),
    "a folder": _folder,
    "a zip": lambda text, _: [Given("a.zip", data=zipped({f"会 {ID}.md": text.encode()}))],
    "a zip of a person": lambda text, _: [Given("b.zip", data=zipped({"x/memo.md": text.encode()}))],
    "a zip in a zip": lambda text, _: [
        Given("c.zip", data=zipped({"Export-0a1b2c3d-Part-1.zip": zipped({"会.md": text.encode()})}))
    ],
}


def _brought(text: str, way: str) -> Brought | str:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return bring(WAYS[way](text, Path(folder)), DAY)
        except RefusedError as refused:
            return refused.message


def _same(text: str) -> None:
    told = {way: _brought(text, way) for way in WAYS}
    first = told["pasted"]
    for way, brought in told.items():
        if isinstance(first, str) or isinstance(brought, str):
            assert type(first) is type(brought), way
            continue
        assert brought.note == first.note, way
        assert brought.session == first.session, way
        assert brought.dialect == first.dialect, way
        codes = [[one.code for one in made.findings] for made in (brought, first)]
        assert codes[0] == codes[1], way


TEXTS = st.one_of(
    SESSIONS.map(lambda session: as_note(session).text),
    SESSIONS.map(lambda session: as_notion(session).text),
    REPORTS.map(lambda report: report.text),
    POSTS.map(lambda report: report.text),
    st.builds(
        lambda title, note: f"{title}\n\n{note}", st.sampled_from(["# 会", "会\n==", "#会", ""]), NOTES
    ),
    WILD_NOTES,
)


@example("# 会\n\n## [blog] 題\n\n#タグ\n\n本文")
@example("# 今週のTOPIC\n\n## 題\n\n本文")
@example("# [論文] 題\n\n## 節\n\n本文\n\n# [blog] 題\n\n本文")
@example("# 会\n\n日付: 2025年12月2日\nタグ: a\n\n本文")
@example("# 会\n\n[前の回](2025-11-25.md) ![図](x.png)")
@examples(150)
@given(TEXTS)
def test_the_way_makes_no_difference(text: str) -> None:
    _same(text.encode("utf-8", "replace").decode())


@pytest.mark.parametrize("title", ["# 会", "会\n===", "#会"])
def test_a_title_of_any_spelling_is_the_session_s(title: str) -> None:
    brought = _brought(f"{title}\n\n## [blog] 題\n\n本文", "pasted")
    assert isinstance(brought, Brought)
    assert brought.session
    assert brought.session.title == "会"


@pytest.mark.parametrize("way", WAYS)
def test_the_name_of_a_part_is_no_title(way: str) -> None:
    brought = _brought("# 今週のTOPIC\n\n## 題\n\n本文", way)
    assert isinstance(brought, Brought)
    assert brought.session
    assert [part.name.plain for part in brought.session.parts] == ["今週のTOPIC"]
