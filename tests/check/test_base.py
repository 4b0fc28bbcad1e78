"""A checkout is read as far as it is asked, and its notes are searched rather than read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kb.check.base import Base
from kb.check.earlier import Earlier
from kb.check.note import Note
from kb.check.run import check_note
from kb.model.session import PRESENTERS, TAGS, TOPIC, Person
from tests.check.checkout import checkout, note_of, week

ROOT = Path(__file__).resolve().parents[2]
BODY = (
    "# 今週のTOPIC\n@Shun Ito\n＠Akira Manda（zunda）\n\n## [論文] A\n\n- 発表者: @pon、@Takumi Iida\n"
    "- Tags: rag, #llm\n* タグ：新語\n- トピック: gam\n\n- 本文の タグ: ではない\n\n[who] 声\n"
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    files = {**week("2025-11-18", BODY), **week("2025-12-09", BODY.replace("rag", "later"))}
    return checkout(tmp_path_factory.mktemp("base"), files)


def test_names_are_taken_from_notes_before(base: Base) -> None:
    earlier, name = base.earlier, "2025-12-02.md"
    assert earlier.values(TAGS, name) == ["新語", "rag, #llm"]
    assert earlier.values(PRESENTERS, name) == ["@pon、@Takumi Iida"]
    assert earlier.values(TOPIC, name) == ["gam"]
    assert earlier.people(name) == [Person("Shun Ito"), Person("Akira Manda", "zunda")]
    assert earlier.spoke("WHO", name)
    assert not earlier.spoke("pon", name)
    assert earlier.values(TAGS, "2025-01-01.md") == []


def test_only_notes_with_the_word_are_read(base: Base) -> None:
    assert [str(one.date) for one in base.earlier.holding(["LATER"], "")] == ["2025-12-09"]
    assert [str(one.date) for one in base.earlier.holding(["who"], "docs/notes/2025-12-09.md")] == [
        "2025-11-18"
    ]
    assert list(base.earlier.holding(["nowhere", ""], "")) == []


def test_a_root_without_anything(tmp_path: Path) -> None:
    base = Base(tmp_path)
    assert base.registry.presenters == ()
    assert base.registry_findings == ()
    assert list(Earlier(tmp_path, base.notes).holding(["a"], "")) == []
    assert check_note(note_of("## [論文] A\n- タグ: b\n"), base)


def test_the_committed_note_breaks_no_rule_of_the_group() -> None:
    path = "docs/notes/2025-11-25.md"
    findings = check_note(Note.from_bytes(path, (ROOT / path).read_bytes()), Base(ROOT))
    assert [str(one) for one in findings] == []


def test_five_hundred_notes_cost_little(tmp_path: Path) -> None:
    text = "\n".join(f"- 本文の{number}行目、SAM 3の工夫点と結果について" for number in range(400))
    files: dict[str, str] = {}
    for number in range(500):
        date = f"{2016 + number // 50}-{number % 50 // 5 + 1:02}-{number % 5 + 10}"
        source = f"https://arxiv.org/abs/{1000 + number}.{number:05}"
        files |= week(date, f"## [論文] A{number}\n- 出典: {source}\n- タグ: t{number}\n\n本文\n\n{text}\n")
    base = checkout(tmp_path, files)
    note = note_of("## [論文] B\n- 出典: https://arxiv.org/abs/1007.00007\n- タグ: t-7\n")
    start = time.process_time()
    codes = {one.code for one in check_note(note, base)}
    assert time.process_time() - start < 2
    assert {"already-presented", "tag-near-duplicate"} <= codes
