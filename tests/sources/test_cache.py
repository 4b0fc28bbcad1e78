"""What is remembered of a file says what reading it again would say, or is not used."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given

from kb.link import Linker
from kb.model.blocks import Remark
from kb.model.registry import Registry
from kb.read import Reading, read
from kb.sources import Cache, Reader, Sources, source_files
from kb.sources.cache import FOLDER, _decoded, _encoded
from tests.support.notes import DEEP_NOTES, WILD_NOTES, examples
from tests.support.rendered import HOME

NOTE = "docs/notes/2025-12-02.md"
FILES = {
    NOTE: (
        "---\ndate: 2025-12-02\nplace: 3階\n---\n\n## [論文] 題 `x`\n\n- 発表者: @Shun Ito (p)\n"
        "- 出典: https://arxiv.org/abs/2511.18423\n\n**強く** 文\n\n> [pon] 声\n\n"
        "| a | b |\n|---|--:|\n| 1 | <br> |\n\n```py\nx\n```\n\n1. [x] 一\n    - 二\n"
    ),
    "docs/notes/2025-12-09.md": "---\ndate: いつか\n---\n\n## 題\n\n文\n",
    "docs/data/tags.yml": (
        "tags:\n  - {id: rag, ja: 検索拡張生成, en: RAG, aliases: [R]}\n  - {id: LLM, ja: L, en: L}\n"
    ),
    "docs/data/topics.yml": "topics:\n  - {id: gam, name: GAM}\n  - {id: gam, name: G}\n",
    "docs/data/papers.yml": (
        "papers:\n  - {id: a, type: article, title: A, author: [{family: B}], ids: {arxiv: '2511.18423'}}\n"
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def _all(root: Path, *, texts: bool = True) -> dict[str, object]:
    """Everything that is read, lines and all."""
    return asdict(Reader(root, Cache(root), texts=texts).read())


def _unread(*_: object) -> object:
    raise AssertionError("a file was read again")


@pytest.mark.parametrize("texts", [True, False])
def test_the_second_time_says_the_same_without_reading(
    root: Path, monkeypatch: pytest.MonkeyPatch, *, texts: bool
) -> None:
    first = _all(root, texts=texts)
    if texts:
        assert first == asdict(Reader(root).read())
    assert {finding["code"] for finding in first["findings"]} >= {  # type: ignore[attr-defined]
        "registry-schema",
        "registry-id-twice",
        "note-date-unreadable",
    }
    monkeypatch.setattr("kb.sources.reader.read", _unread)
    monkeypatch.setattr("kb.sources.reader.read_records", _unread)
    assert _all(root, texts=texts) == first


def test_without_texts_all_that_data_tells_is_there(root: Path) -> None:
    whole, outlined = Reader(root).read(), Reader(root, texts=False).read()
    assert [block for entry in outlined.sessions[0].entries for block in entry.blocks if block] != []
    assert all(isinstance(block, Remark) for entry in outlined.sessions[0].entries for block in entry.blocks)
    assert _known(whole) == _known(outlined)


def _known(sources: Sources) -> object:
    found = Linker().look_up(sources.sessions, sources.registry)
    told = [(one.id, one.topic, one.people, one.tags, one.sources, one.facts.handles) for one in found.placed]
    return told, found.findings, sources.registry, sources.findings


@pytest.mark.parametrize(
    ("path", "old", "new"), [(NOTE, "強く", "弱く"), ("docs/data/tags.yml", "RAG", "Rag")]
)
def test_a_changed_file_is_read_again(root: Path, path: str, old: str, new: str) -> None:
    before = _all(root)
    (root / path).write_text(FILES[path].replace(old, new), encoding="utf-8")
    after = _all(root)
    assert after == asdict(Reader(root).read()) != before


def test_other_code_remembers_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Reader(root, Cache(root)).read()
    monkeypatch.setattr("kb.sources.cache._version", lambda: b"other")
    assert Cache(root).recall(NOTE, FILES[NOTE].encode(), 1) is None


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff", b"\n\n", b"null", b"[" * 100_000])
def test_a_broken_memory_is_no_memory(root: Path, broken: bytes) -> None:
    expected = _all(root)
    for file in (root / FOLDER).iterdir():
        file.write_bytes(broken)
    assert _all(root) == expected


@pytest.mark.parametrize(
    "value", ["", "{", "[" * 100_000, "3", "null", "[]", "[0]", "[99]", "[-99]", "[5,1]", '["x"]', "[[0]]"]
)
def test_a_memory_of_another_shape_is_no_memory(root: Path, value: str) -> None:
    expected = _all(root)
    for file in (root / FOLDER).iterdir():
        digest = file.read_text(encoding="utf-8").split("\n")[0]
        file.write_text("\n".join((digest, value, value)), encoding="utf-8")
    assert _all(root) == expected


def test_where_nothing_can_be_written_everything_is_read(root: Path) -> None:
    (root / ".cache").write_text("a file where the folder should be", encoding="utf-8")
    assert _all(root) == asdict(Reader(root).read())


def test_nothing_is_left_behind_without_being_asked(root: Path) -> None:
    Reader(root).read()
    assert not (root / ".cache").exists()


def _again(reading: Reading) -> Reading:
    told = json.loads(json.dumps(_encoded(reading, reading.path)))
    again = _decoded(told, reading.path)
    assert isinstance(again, Reading)
    return again


@examples(100)
@given(WILD_NOTES | DEEP_NOTES)
def test_any_note_comes_back_as_it_was(text: str) -> None:
    reading = read(text.encode("utf-8", "replace"), NOTE, "note")
    assert asdict(_again(reading)) == asdict(reading)


def test_the_committed_note_comes_back_as_it_was() -> None:
    for path, data in source_files(HOME).items():
        if path.endswith(".md"):
            reading = read(data, path, "note")
            assert asdict(_again(reading)) == asdict(reading)


def test_two_states_share_what_they_have_in_common(root: Path) -> None:
    reader, now = Reader(root), source_files(root)
    then = {path: data for path, data in now.items() if path != "docs/notes/2025-12-09.md"}
    old, new = reader.read(then), reader.read(now)
    assert old.sessions[0] is new.sessions[0]
    assert old.registry is new.registry
    assert reader.read({}).registry == Registry()
