"""A checkout as it is read, and what is known of it for each note."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.check.base import Base, look_up
from kb.check.note import Note
from kb.check.run import check_note
from kb.model.codes import Code
from tests.check.checkout import checkout, note_of, week

ROOT = Path(__file__).resolve().parents[2]
BODY = (
    "# 今週のTOPIC\n@Shun Ito\n＠Akira Manda（zunda）\n\n## [論文] A\n\n- 発表者: @pon、@Somebody New\n"
    "- Tags: rag, #llm\n- タグ：新語\n- トピック: 新題\n\n- 本文の タグ: ではない\n\n[who] 声\n"
)
NEW = "## [論文] B\n- 発表者: @Somebody New\n- タグ: 新語, ではない\n- トピック: 新題\n\n[who] 声\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    files = {**week("2025-11-18", BODY), **week("2025-12-09", BODY.replace("新語", "later"))}
    return checkout(tmp_path_factory.mktemp("base"), files)


def _unknown(base: Base, path: str, body: str = NEW) -> set[tuple[str, str]]:
    """What is unknown in a note, as it is typed."""
    note = note_of(body, path)
    codes = (Code.PRESENTER_UNKNOWN, Code.TAG_UNKNOWN, Code.TOPIC_UNKNOWN, Code.HANDLE_UNKNOWN)
    spans = ((one.code, one.span) for one in check_note(note, base) if one.code in codes)
    return {(code, note.line(span.first)[span.column - 1 : span.end - 1]) for code, span in spans}


def test_what_notes_before_name_is_known(base: Base) -> None:
    assert _unknown(base, "docs/notes/2025-12-02.md") == {("tag-unknown", "ではない")}
    everything = {
        ("presenter-unknown", "Somebody New"),
        ("tag-unknown", "新語"),
        ("tag-unknown", "ではない"),
        ("topic-unknown", "新題"),
        ("handle-unknown", "[who]"),
    }
    assert _unknown(base, "docs/notes/2025-11-11.md") == everything
    assert _unknown(base, "docs/notes/2025-11-18.md") == everything, "a note is not its own past"


def test_a_note_elsewhere_stands_in_the_place_of_that_of_its_date(base: Base) -> None:
    assert ("tag-unknown", "新語") in _unknown(base, "/elsewhere/2025-11-18.md")
    assert _unknown(base, "/elsewhere/2025-12-02.md") == {("tag-unknown", "ではない")}


def test_notes_of_a_checkout_are_looked_up_once(base: Base) -> None:
    paths = ("docs/notes/2025-11-18.md", "docs/notes/2025-12-09.md")
    one, other = (Note.from_bytes(path, (base.root / path).read_bytes()) for path in paths)
    assert look_up(one, base) is look_up(other, base)
    assert look_up(note_of(NEW), base) is not look_up(one, base)


def test_a_root_without_anything(tmp_path: Path) -> None:
    base = Base(tmp_path)
    assert base.sources.registry.presenters == ()
    assert base.sources.findings == ()
    assert check_note(note_of("## [論文] A\n- タグ: b\n"), base)


def test_the_committed_note_breaks_no_rule_of_the_group() -> None:
    path = "docs/notes/2025-11-25.md"
    findings = check_note(Note.from_bytes(path, (ROOT / path).read_bytes()), Base(ROOT))
    assert [str(one) for one in findings] == []
