"""What is remembered of the registry says what reading it again would say, or is not used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.registry import load_registry
from kb.registry.cache import FOLDER

TAGS = "tags:\n  - {id: rag, ja: 検索拡張生成, en: RAG, aliases: [R]}\n  - {id: LLM, ja: L, en: L}\n"
TOPICS = "topics:\n  - {id: gam, name: GAM}\n  - {id: gam, name: G}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    data = tmp_path / "docs" / "data"
    data.mkdir(parents=True)
    (data / "tags.yml").write_text(TAGS, encoding="utf-8")
    (data / "topics.yml").write_text(TOPICS, encoding="utf-8")
    return tmp_path


def test_the_second_time_says_the_same_without_parsing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_registry(root, cached=True)
    assert first == load_registry(root)
    assert {finding.code for finding in first[1]} == {"registry-schema", "registry-id-twice"}
    monkeypatch.setattr("kb.registry.load.load_document", None)
    again = load_registry(root, cached=True)
    assert again == first
    assert [tag.span for tag in again[0].tags] == [tag.span for tag in first[0].tags]


def test_a_changed_file_is_read_again(root: Path) -> None:
    load_registry(root, cached=True)
    (root / "docs/data/tags.yml").write_text(TAGS.replace("RAG", "Rag"), encoding="utf-8")
    assert load_registry(root, cached=True) == load_registry(root)
    assert load_registry(root, cached=True)[0].tags[0].en == "Rag"


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff", b'{"digest": 1}', b"null", b"[" * 100_000])
def test_a_broken_memory_is_no_memory(root: Path, broken: bytes) -> None:
    expected = load_registry(root, cached=True)
    (root / FOLDER / "tags.json").write_bytes(broken)
    assert load_registry(root, cached=True) == expected


@pytest.mark.parametrize("rows", [[[1, []]], [[1]], 3, [["x", {}]]])
def test_a_memory_of_another_shape_is_no_memory(root: Path, rows: object) -> None:
    expected = load_registry(root, cached=True)
    file = root / FOLDER / "tags.json"
    known = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**known, "findings": rows}), encoding="utf-8")
    assert load_registry(root, cached=True) == expected


def test_where_nothing_can_be_written_everything_is_read(root: Path) -> None:
    (root / ".cache").write_text("a file where the folder should be", encoding="utf-8")
    assert load_registry(root, cached=True) == load_registry(root)


def test_nothing_is_left_behind_without_being_asked(root: Path) -> None:
    load_registry(root)
    assert not (root / ".cache").exists()
