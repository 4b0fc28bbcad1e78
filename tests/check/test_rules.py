"""Every rule: it is explained, its examples are true, and every code that can be printed is a rule."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kb.check.catalogue import CATALOGUE, RULES
from kb.check.examples import example_bytes, run_example, run_good
from kb.check.rule import FormRule, Rule
from kb.model.codes import Code
from kb.model.finding import SEVERITY_LABELS

MESSAGES = Path(__file__).resolve().parent / "messages"
MAX_MESSAGE = 110
CURES = re.compile(r"^(?:avoid|no|do-not|use|add|fix|check|prefer|require|allow|disallow)-")
"""How a name begins that tells the cure and not the fault: "allow X" has to read well."""

rules = pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())


def test_every_code_is_a_rule_once() -> None:
    assert sorted(rule.code for family in CATALOGUE for rule in family.rules) == sorted(Code)


def test_no_message_is_left_over() -> None:
    assert {file.stem for file in MESSAGES.glob("*.txt")} == {
        code for code, rule in RULES.items() if _where(rule) != "import"
    }


def _where(rule: Rule) -> str:
    return rule.words.told_by


@rules
def test_it_is_named_for_the_fault(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.code)
    assert not CURES.match(rule.code)


@rules
def test_it_is_explained(rule: Rule) -> None:
    assert rule.words.severity in SEVERITY_LABELS
    assert rule.words.title == rule.words.title.strip()
    assert "\n" not in rule.words.title
    assert not rule.words.title.endswith("。")
    assert len(rule.words.why) >= 20
    assert rule.words.why.strip().endswith(("。", "）", "`"))
    assert (
        rule.words.example.bad != rule.words.example.good
        or rule.words.example.encoding != "utf-8"
        or rule.words.example.good_path
    )


@rules
def test_what_is_said_of_its_bad_example(rule: Rule) -> None:
    if _where(rule) == "import":
        pytest.skip("an import prints it")
    found = run_example(rule)
    assert found
    assert {finding.severity for finding in found} == {rule.words.severity}
    printed = "".join(f"{finding}\n" for finding in found)
    file = MESSAGES / f"{rule.code}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(printed, encoding="utf-8")
    assert printed == file.read_text(encoding="utf-8")
    for finding in found:
        assert not finding.message.endswith(("。", ".")), finding.message
        assert len(finding.message) <= MAX_MESSAGE, finding.message
        assert finding.hint or rule.words.severity in ("guess", "loss", "left-out")


@rules
def test_where_the_fault_is_said_to_stand(rule: Rule) -> None:
    example = rule.words.example
    text = example_bytes(example.bad, example.path, example.encoding).decode("utf-8", "replace")
    rows = re.split(r"\r\n|\r|\n", text)
    for finding in run_example(rule):
        span = finding.span
        assert 0 <= span.first <= span.last <= len(rows)
        if span.path == example.path and span.column:
            assert 1 <= span.column <= span.end <= len(rows[span.last - 1]) + 1


@rules
def test_its_good_example_is_good(rule: Rule) -> None:
    assert run_good(rule) == ()


form = pytest.mark.parametrize(
    "rule", [one for one in RULES.values() if isinstance(one, FormRule)], ids=lambda rule: rule.code
)


@form
def test_it_is_mended(rule: FormRule) -> None:
    bad = example_bytes(rule.words.example.bad, rule.words.example.path).decode()
    mended = rule.mend(bad)
    assert mended != bad
    assert mended == example_bytes(rule.words.example.good, rule.words.example.path).decode()
    assert rule.mend(mended) == mended
