"""The guide's pages of all rules: made with the others, their examples run when code has changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.check.guide import INDEX, rules_pages
from kb.site import rules
from kb.site.generate import generate


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs/guide").mkdir(parents=True)
    return tmp_path


def _made(root: Path) -> dict[str, str]:
    assert generate(root).written
    pages = (root / "docs/guide/rules").glob("*.md")
    return {page.relative_to(root / "docs").as_posix(): page.read_text(encoding="utf-8") for page in pages}


def test_they_are_made_and_kept_up_to_date(root: Path) -> None:
    wanted = dict(rules_pages())
    assert _made(root) == wanted
    (root / "docs/guide/rules/former.md").write_text("of a family that is no more\n", encoding="utf-8")
    (root / "docs" / INDEX).unlink()
    assert _made(root) == wanted


def test_a_corpus_without_a_guide_gets_none(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    assert _made(tmp_path) == {}
    assert not (tmp_path / "docs/guide").exists()


def test_examples_run_only_when_code_has_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = _made(root)

    def again() -> dict[str, str]:
        raise LookupError

    monkeypatch.setattr(rules, "rules_pages", again)
    assert _made(root) == wanted
    monkeypatch.setattr(rules, "_fingerprint", lambda: "of another code")
    with pytest.raises(LookupError):
        generate(root)


@pytest.mark.parametrize("folder", [".cache", rules.CACHE])
def test_where_nothing_can_be_kept_the_pages_are_made(root: Path, folder: str) -> None:
    if folder == rules.CACHE:
        (root / folder).mkdir(parents=True)
    else:
        (root / folder).write_text("a file where the folder should be", encoding="utf-8")
    assert _made(root) == dict(rules_pages())


def test_what_somebody_else_kept_is_no_page(root: Path) -> None:
    pages = dict(rules_pages())
    (root / ".cache").mkdir()
    for foreign in (pages | {"guide/index.md": "mine now"}, pages | {INDEX: 3}, [*pages]):
        kept = json.dumps({"code": rules._fingerprint(), "pages": foreign})
        (root / rules.CACHE).write_text(kept, encoding="utf-8")
        assert _made(root) == pages


def test_the_words_of_rules_are_part_of_what_pages_are_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def kept(file: Path) -> bytes:
        read.append(file)
        return b""

    monkeypatch.setattr(Path, "read_bytes", kept)
    rules._fingerprint()
    assert {file.suffix for file in read} == {".py", ".yml", ".json"}
    assert any(file.parent.name == "words" for file in read)


@pytest.mark.parametrize("kept", ["", "[]", "{}", json.dumps({"code": "", "pages": {}})])
def test_a_cache_that_is_broken_or_of_another_code_is_left_alone(root: Path, kept: str) -> None:
    (root / ".cache").mkdir()
    (root / rules.CACHE).write_text(kept, encoding="utf-8")
    assert _made(root) == dict(rules_pages())
