"""An environment of LaTeX displays its formula without dollar signs around it."""

from __future__ import annotations

import pytest

from kb.model.blocks import Math, walk
from kb.read import read_text
from kb.text.mathml import Unread, mathml
from kb.write import write

_HEAD = "---\ndate: 2025-11-25\n---\n\n## [論文] 題\n\n"


def _formulas(text: str) -> list[str]:
    session = read_text(_HEAD + text, "2025-11-25.md", "note").session
    assert session
    assert read_text(write(session), "2025-11-25.md", "note").session == session
    return [one.text for one in walk(session.entries[0].blocks) if isinstance(one, Math)]


@pytest.mark.parametrize("name", ["align", "align*", "equation", "gather"])
@pytest.mark.parametrize("around", ["{}", "最適化は\n{}\nと書ける", "- 式\n{}", "> {}"])
def test_it_is_a_formula(name: str, around: str) -> None:
    tex = f"\\begin{{{name}}} x_1 = y \\end{{{name}}}"
    assert _formulas(around.format(tex)) == [tex]
    assert not isinstance(mathml(tex, display=True), Unread)


def test_it_may_have_several_lines() -> None:
    tex = "\\begin{align}\nx &= 1 \\\\\ny &= 2\n\\end{align}"
    assert _formulas(f"文\n{tex}\n文") == [tex]


@pytest.mark.parametrize(
    "text",
    [
        "\\begin{align}\n終わりがない",
        "\\begin{align}\n\nx\n\n\\end{align}",
        "\\begin{align} x \\end{align} と書く",
        "`\\begin{align} x \\end{align}`",
        "```\n\\begin{align}\nx\n\\end{align}\n```",
        "\\begin{document}\nx\n\\end{document}",
    ],
)
def test_what_has_no_end_or_stands_in_code_or_a_sentence_is_none(text: str) -> None:
    assert not _formulas(text)
