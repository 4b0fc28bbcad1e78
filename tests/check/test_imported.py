"""What an import says: the examples of its messages are imported, and say what the page of rules shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.check.catalogue import RULES
from kb.check.rule import Rule
from kb.intake import Brought, Given, bring
from kb.intake.given import NotFetchedError, Picture
from kb.model.finding import Finding

NEVER = "import-unaccounted"
"""Said where the program has a fault, so no page is known that makes it say so; see tests/intake."""
TWICE = "export-twice"
"""Said where one file is given two times."""
FAILED = "import-image-failed"
"""Said where an image was to be fetched."""

IMPORTED = [rule for rule in RULES.values() if rule.words.told_by == "import"]
rules = pytest.mark.parametrize(
    "rule", [rule for rule in IMPORTED if rule.code != NEVER], ids=lambda rule: rule.code
)


def _brought(rule: Rule, folder: Path) -> Brought:
    """What comes of the bad example with the files beside it, as a folder that Notion gave."""
    example = rule.words.example
    for name, text in {**example.files, example.path: example.bad}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    fetch = _not_found if rule.code == FAILED else None
    return bring([Given.from_path(folder)] * (2 if rule.code == TWICE else 1), fetch=fetch)


def _not_found(url: str) -> Picture:
    raise NotFetchedError("開けませんでした(404)")


def _said(rule: Rule, brought: Brought) -> list[Finding]:
    return [finding for finding in brought.findings if finding.code == rule.code]


@rules
def test_an_import_says_what_is_explained(rule: Rule, tmp_path: Path) -> None:
    found = _said(rule, _brought(rule, tmp_path))
    assert rule.words.example.said in [finding.message for finding in found]
    assert {finding.severity for finding in found} == {rule.words.severity}


@rules
def test_the_note_is_as_shown(rule: Rule, tmp_path: Path) -> None:
    brought = _brought(rule, tmp_path)
    assert brought.failed == (rule.words.severity == "error")
    assert rule.words.example.good in brought.note


def test_every_import_rule_tells_its_message() -> None:
    assert all(rule.words.example.said for rule in IMPORTED)
    assert NEVER in RULES
