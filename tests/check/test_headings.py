"""Headings that are none to GitHub, or to anybody: each is told, and mended without a guess."""

from __future__ import annotations

import pytest

from kb.check.catalogue import RULES
from kb.check.fix import fix
from tests.check.noted import found, note_of

FULL, TIGHT, INSIDE = (RULES[f"heading-{name}"] for name in ("full-width", "tight", "inside"))


@pytest.mark.parametrize("hashes", ["＃＃", "#＃", "＃#"])
@pytest.mark.parametrize("gap", [" ", "　", "", "　 "])
@pytest.mark.parametrize("lead", ["", "  ", "　"])
def test_an_entry_with_full_width_hashes_is_told_and_mended(hashes: str, gap: str, lead: str) -> None:
    text = f"{lead}{hashes}{gap}[論文] 題\n\n- 発表者: @Shun Ito\n"
    assert len(found(FULL, text)) == 1
    mended, _ = fix(text)
    session = note_of(mended).session
    assert session
    assert [(one.kind, one.title.source, len(one.data)) for one in session.entries] == [("論文", "題", 1)]


@pytest.mark.parametrize(
    "text", ["＃タグ ＃別のタグ\n", "文 ＃＃ 文\n", "```\n＃＃ 題\n```\n", "`＃＃ 題`\n"]
)
def test_what_is_no_heading_in_full_width(text: str) -> None:
    assert not found(FULL, text)


@pytest.mark.parametrize("gap", ["　", " 　", "\u00a0", ""])
def test_a_heading_without_a_blank_of_github_is_told_and_mended(gap: str) -> None:
    text = f"##{gap}題\n\n文。\n"
    assert len(found(TIGHT, text)) == 1
    assert fix(text)[0] == "## 題\n\n文。\n"


@pytest.mark.parametrize("item", ["- 項目\n\n    {}", "- {}", "1. 項目\n   {}", "- 項目\n    - {}"])
def test_an_entry_in_a_list_is_told(item: str) -> None:
    text = "## [論文] 一\n\n" + item.format("## [論文] 二") + "\n"
    (finding,) = found(INSIDE, text)
    assert "## [論文] 二" in note_of(text).line(finding.span.first)


@pytest.mark.parametrize("text", ["- 項目\n\n    ### 節\n", "> ## 引用\n", "   ## [論文] 題\n", "題\n---\n"])
def test_what_is_read_as_it_is_meant(text: str) -> None:
    assert not found(INSIDE, f"## [論文] 一\n\n{text}")
