"""What a finding says is for people: in other words everything is found, placed and decided alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from kb.check.catalogue import RULES
from kb.check.examples import STOCK, _run, run_example, run_good
from kb.check.run import check_all, check_since
from kb.diff import FORMATS, compare
from kb.github.bring import _errors
from kb.history import revision
from kb.intake import Given, bring, report_json
from kb.model.finding import SEVERITY_LABELS, Finding
from kb.registry import load_registry
from tests.support.repository import commit

NOTE = "docs/notes/2025-12-02.md"
BEFORE = (
    "---\ndate: 2025-12-02\n---\n\n# 今週のTOPIC\n\n## [論分] 題\n\n- 発表者: @Takumi Ida, @Neu Mann\n"
    "- タグ: agent-memmory, AgentMemory\n- トピック: sma3\n- 出典: https://arxiv.org/abs/2511.99999\n\n"
    "[zanda] 声「引用」と `code` と [ラベル]\n"
)
AFTER = BEFORE.replace("[zanda]", "[zonda]").replace(
    "## ", "文\n\n## [blog] 新しい発表\n\n- タグ: 新語\n\n## "
)
WRONG = {"docs/data/topics.yml": "topics:\n  - {name: GAM, color: red, size: 3}\n  - {id: 3}\n"}


@contextmanager
def _reworded() -> Iterator[None]:
    """Every message, hint and label in other words."""
    plain = Finding.__init__

    def other(self: Finding, *given: Any, **named: Any) -> None:
        plain(self, *given, **named)
        told = f"`x`「{len(self.message)}」[y] {self.message[::-1]}"
        object.__setattr__(self, "message", told)
        object.__setattr__(self, "hint", self.hint and "別の手")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Finding, "__init__", other)
        for severity in SEVERITY_LABELS:
            patch.setitem(SEVERITY_LABELS, severity, severity.upper())
        _run.cache_clear()
        yield
    _run.cache_clear()


def _places(findings: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    return [(one.code, one.severity, one.span, one.excerpt, one.value) for one in findings]


def _root(folder: Path) -> Path:
    for path, text in {**STOCK, NOTE: BEFORE}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    commit(folder)
    (folder / NOTE).write_text(AFTER, encoding="utf-8")
    return folder


def test_every_rule_finds_the_same() -> None:
    told = {code: (_places(run_example(rule)), run_good(rule)) for code, rule in RULES.items()}
    with _reworded():
        assert {code: (_places(run_example(rule)), run_good(rule)) for code, rule in RULES.items()} == told
    assert sum(map(len, told.values()))


def test_a_checkout_and_a_change_are_told_the_same(tmp_path: Path) -> None:
    root = _root(tmp_path)
    base = revision(root, "HEAD")
    told = (check_all(root), check_since(root, base), compare(root, base))
    with _reworded():
        again = (check_all(root), check_since(root, base), compare(root, base))
    for one, other in zip(told[:2], again[:2], strict=True):
        assert _places(one.findings) == _places(other.findings) != []
        assert one != other, "they are told in other words"
    assert [form(told[2]) for form in FORMATS.values()] == [form(again[2]) for form in FORMATS.values()]
    assert (told[2].topics, told[2].tags) != ((), ())


def test_a_broken_registry_is_told_the_same(tmp_path: Path) -> None:
    root = _root(tmp_path)
    for path, text in WRONG.items():
        (root / path).write_text(text, encoding="utf-8")
    told = _places(load_registry(root)[1])
    with _reworded():
        assert _places(load_registry(root)[1]) == told
    assert len(told) >= 5


def test_an_import_fails_for_the_same_reasons(tmp_path: Path) -> None:
    given = [Given("a.md", data="---\ndate: いつか\n---\n\n# 題\n\n毎回 - 文\n".encode())]
    file = tmp_path / "report.json"
    shown = []
    for words in (nullcontext, _reworded):
        with words():
            brought = bring(given)
            file.write_text(report_json(brought), encoding="utf-8")
            shown.append((brought.session, brought.failed, len(_errors(file)), _codes(file)))
    assert shown[0] == shown[1]
    assert shown[0][1:3] == (True, 2)


def _codes(report: Path) -> list[tuple[str, ...]]:
    findings = json.loads(report.read_bytes())["findings"]
    return [tuple(one[key] for key in ("code", "severity", "path", "line")) for one in findings]
