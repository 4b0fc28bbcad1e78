"""How findings are told: repeats once with their places, form in a line a file, nothing left out."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.check.catalogue import RULES
from kb.check.formats import FORMATS, as_json, github, text
from kb.check.matters import each, matters
from kb.check.rule import FormRule
from kb.check.run import Checked, check_files
from kb.model.codes import Code
from kb.model.finding import SEVERITY_LABELS, Finding, Span
from tests.check.checkout import HERE, checkout
from tests.support.notes import examples

FORM = "\n".join(f"文{number}\n\n- a\n  - b\n文  \n" for number in range(30))
NOTE = (
    "---\ndate: 2025-12-02\n---\n\n# 今週のTOPIC\n\n"
    + "".join(f"## 題{number}\n\n- 発表者: @Neu Mann\n- タグ: 新語\n\n" for number in range(9))
    + "## 題\n\n- 発表者: @Zwei Mann\n\n![](a.png) ![](b.png)\n\n"
)


def _checked(root: Path, body: str) -> Checked:
    checkout(root, {HERE: body})
    return check_files(root, [root / HERE])


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return _checked(tmp_path_factory.mktemp("note"), NOTE + FORM)


def test_repeats_of_a_rule_are_one_matter_with_its_places(checked: Checked) -> None:
    told = {one.finding.code: one for one in checked.told}
    assert [span.first for span in told[Code.KIND_MISSING].places] == [7, *range(12, 48, 5), 52]
    assert "ほか 9 か所: 12、17、22" in text(checked)


def test_each_name_is_a_matter_of_its_own_however_often_it_stands_there(checked: Checked) -> None:
    unknown = [one.finding.value for one in checked.told if one.finding.code == Code.PRESENTER_UNKNOWN]
    assert unknown == ["Neu Mann", "Zwei Mann"]


def test_each_picture_and_each_command_is_one_of_its_own(tmp_path: Path) -> None:
    body = "## [論文] 題\n\n" + "![図](a.png) ![図](b.png) $\\foo$ $\\bazz$ ![図](a.png) $\\foo$\n\n" * 2
    told = [one.finding for one in _checked(tmp_path, body).told]
    for code, values in ((Code.IMAGE_MISSING, ["a.png", "b.png"]), (Code.MATH_UNREAD, ["\\foo", "\\bazz"])):
        assert sorted(one.value for one in told if one.code == code) == sorted(values)


def test_form_is_one_line_a_file(checked: Checked) -> None:
    found = Counter(one.code for one in checked.findings)
    mended = sum(count for code, count in found.items() if isinstance(RULES[code], FormRule))
    line = f"{HERE}: `fix` で整えられる書き方が {mended} か所、手で整えられるところが 2 か所("
    assert mended >= 60
    assert [row for row in text(checked).splitlines() if row.startswith(line)]
    assert not [row for row in text(checked).splitlines() if "ヒント[" in row]
    rows = github(checked).splitlines()
    assert [row for row in rows if row.startswith("::notice")] == [rows[-1]]
    assert f"{mended} か所" in rows[-1]
    assert len(rows) == 1 + sum(not one.is_minor for one in checked.told)


def test_the_numbers_of_a_line_add_up(tmp_path: Path) -> None:
    sources = "".join(f"- 出典: https://arxiv.org/abs/2511.0000{at}\n" for at in range(1, 4))
    checked = _checked(
        tmp_path, f"---\ndate: 2025-12-02\n---\n\n## [論文] 題\n\n{sources}\n![](a.png)\n\n{FORM}"
    )
    (row,) = (one for one in text(checked).splitlines() if one.startswith(f"{HERE}: `fix`"))
    whole, _, kinds = row.partition("(")
    assert "paper-unknown 3" in kinds
    assert sum(map(int, re.findall(r"(\d+) か所", whole))) == sum(map(int, re.findall(r" (\d+)", kinds)))


def test_programs_get_every_place_and_what_mends_it(checked: Checked) -> None:
    rows = json.loads(as_json(checked))
    places = [(one["code"], at["line"], at["column"]) for one in rows for at in one["places"]]
    found = [(one.code, one.span.first, one.span.column) for one in checked.findings]
    assert sorted(places) == sorted(found)
    for one in rows:
        assert one["mended"] == isinstance(RULES[one["code"]], FormRule)
        assert not one["mended"] or one["severity"] == "minor"
    assert {one["code"]: len(one["places"]) for one in rows}[Code.NESTING_BY_TWO] == 30


def test_all_of_them_are_shown_where_that_is_asked(checked: Checked) -> None:
    apart = replace(checked, apart=True)
    heads = re.findall(rf"^{re.escape(HERE)}:\d\S* ?\S*\[([a-z-]+)\]", text(apart), re.MULTILINE)
    assert heads == [one.code for one in checked.findings]
    assert len(github(apart).splitlines()) == len(json.loads(as_json(apart))) == len(checked.findings)
    assert "か所: " not in text(apart)


def test_only_form_is_nothing_to_care_about(tmp_path: Path) -> None:
    data = "- 発表者: @Shun Ito\n- 出典: https://example.com/a"
    body = f"---\ndate: 2025-12-02\n---\n\n## [blog] 題\n\n{data}\n\n文\n- a\n"
    said = text(_checked(tmp_path, body))
    assert "`fix` で整えられる書き方が 1 か所(block-touching 1)" in said
    assert "気になるところはありません" in said
    assert f"書き方は、次のコマンドで整えられます: .venv/bin/python scripts/week.py fix {HERE}" in said
    assert "注意[" not in said


FINDINGS = st.lists(
    st.builds(
        lambda code, severity, path, line, value: Finding(
            code, severity, Span(path, line, line), f"{code}です", "こう", value=value
        ),
        st.sampled_from((Code.KIND_MISSING, Code.TAG_UNKNOWN, Code.PAPER_UNKNOWN, Code.BLOCK_TOUCHING)),
        st.sampled_from(("error", "warning", "minor")),
        st.sampled_from(("a.md", "b.md")),
        st.integers(0, 30),
        st.sampled_from(("", "x", "y")),
    ),
    max_size=40,
)


@examples(200)
@given(FINDINGS)
def test_nothing_is_lost_and_no_error_hides_behind_another(findings: list[Finding]) -> None:
    told = matters(findings)
    assert sorted(str(one) for each_ in told for one in (each_.finding, *each_.others)) == sorted(
        map(str, findings)
    )
    for one in told:
        assert not one.others or one.finding.severity != "error"
        kin = {(other.span.path, other.code, other.severity) for other in (one.finding, *one.others)}
        assert len(kin) == 1
    assert len(each(findings)) == len(findings)


@examples(60)
@given(FINDINGS)
def test_every_format_tells_each_matter_once(findings: list[Finding]) -> None:
    ordered = tuple(sorted(findings, key=lambda one: (one.span.path, one.span.first)))
    checked = Checked(ordered, 2, lambda _path, _line: "")
    for name, form in {"text": text, **FORMATS}.items():
        said = form(checked)
        named = sum(f"{one.finding.code}" in said for one in checked.told)
        assert named == len(checked.told), name
    labels = re.findall(r"(エラー|注意)\[", text(checked))
    counts = Counter(one.finding.severity for one in checked.told)
    assert Counter(labels) == Counter(
        {SEVERITY_LABELS[one]: counts[one] for one in ("error", "warning") if counts[one]}
    )
