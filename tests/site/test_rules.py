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


@pytest.mark.parametrize("kept", ["", "[]", "{}", json.dumps({"code": "", "pages": {}})])
def test_a_cache_that_is_broken_or_of_another_code_is_left_alone(root: Path, kept: str) -> None:
    (root / ".cache").mkdir()
    (root / rules.CACHE).write_text(kept, encoding="utf-8")
    assert _made(root) == dict(rules_pages())
