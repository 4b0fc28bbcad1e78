"""TeX becomes MathML that is well-formed and harmless, or is refused; never an end of the program."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from kb.text.mathml import MAX_LENGTH, Unread, inert, mathml
from tests.support.notes import examples

PAPERS = Path(__file__).with_name("formulas.txt").read_text(encoding="utf-8").splitlines()
"""Formulas as papers on machine learning have them."""
ELEMENTS = re.compile(
    "math|semantics|annotation|m(?:row|i|o|n|s|text|space|sub|sup|subsup|under|over|underover|frac|sqrt|root"
    "|table|tr|td|padded|phantom|style|enclose)|b|i|code|span"
)
ATTRIBUTES = re.compile(
    "display|alttext|encoding|stretchy|accent|accentunder|movablelimits|symmetric|displaystyle|largeop"
    "|separator|fence|lspace|rspace|width|height|depth|minsize|maxsize|voffset|linethickness|form|scriptlevel"
    "|mathvariant|notation|style"
)


def _checked(tex: str, *, display: bool) -> str | Unread:
    made = mathml(tex, display=display)
    if isinstance(made, str):
        tree = etree.fromstring(made)
        for element in tree.iter():
            assert isinstance(element.tag, str)
            assert ELEMENTS.fullmatch(element.tag), element.tag
            for name, value in element.attrib.items():
                assert ATTRIBUTES.fullmatch(name), name
                assert name == "alttext" or not re.search(r"[()<>\"'&;:]", value) or name == "style"
                assert name != "style" or "(" not in value
        (source,) = tree.iter("annotation")
        assert source.text == tex
        assert "\n" not in made
    return made


@pytest.mark.parametrize("tex", PAPERS)
def test_what_papers_write_is_read(tex: str) -> None:
    assert isinstance(_checked(tex, display=True), str)


@pytest.mark.parametrize(
    ("tex", "at"),
    [
        (r"a + \foo{x}", r"\foo"),
        (r"損失 \Loss", r"\Loss"),
        (r"\begin{tikzpicture}\end{tikzpicture}", "{tikzpicture}"),
        (r"\frac{1}", ""),
        (r"\sqrt{x", ""),
        ("x}", "}"),
        ("x^a^b", "^"),
        (r"\href{javascript:alert(1)}{x}", r"\href"),
        (r"\style{color:red}{x}", r"\style"),
        (r"\class{a}{x}", r"\class"),
        ("a\x00b", ""),
        ("", ""),
    ],
)
def test_what_cannot_be_read_says_where(tex: str, at: str) -> None:
    assert _checked(tex, display=False) == Unread(at)


_WORDS = (
    *(
        r"\frac",
        r"\left(",
        r"\right)",
        r"\text{",
        r"\begin{aligned}",
        r"\end{aligned}",
        r"\\",
        r"\color{red}",
    ),
    *(
        r"\href{javascript:a}",
        r"\class{a}",
        r"\style{a:b}{c}",
        "<script>",
        "&lt;",
        "日本",
        r"\mathbb",
        r"\hat",
    ),
    *(r"\tag{1}", r"\label{a}", r"\ref{a}", "\n", "\u0002", r"\newcommand{\a}{\a\a}", r"\a", r"\hspace{1em}"),
    *(r"\operatorname*{", r"\substack{", r"\limits", *r"{}[]()^_&\ $%#<>'|*`~a1=", '"'),
)
_SIGNS = st.sampled_from(_WORDS)


@examples(1000)
@given(st.lists(_SIGNS, max_size=16).map("".join))
@example(r"\text{<script>alert(1)</script>}")
@example(r"\operatorname{<b onclick=x>}")
def test_no_tex_becomes_markup(tex: str) -> None:
    _checked(tex, display=False)
    _checked(tex, display=True)


@examples(300)
@given(st.text(max_size=30))
def test_any_text_is_answered(tex: str) -> None:
    _checked(tex, display=True)


@given(st.text())
def test_inert_text_means_itself(text: str) -> None:
    kept = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", "", text)
    assert etree.fromstring(f"<a b='{inert(kept)}'/>").get("b") == kept
    assert not re.search(r"[^\w\s&#;]", inert(kept), re.ASCII) or not inert(kept).isascii()


NESTS = (
    *("{", "x^{", r"\sqrt{", r"\sqrt ", r"\frac1", r"\left(", r"\begin{matrix}", r"\hat ", r"\mathbb "),
    *(r"\sqrt[", r"\not", r"\color{red}", r"{\rm ", r"\displaystyle ", r"\overset a", r"\mathop ", "[", "("),
    *(r"\underset{", r"\text{", "'", r"\substack{", r"\middle|", r"\big", "$", r"\\", "&", "_", r"\tag"),
    *(r"\langle ", r"(\sin ", "{(}", r"\bigl("),
)
CLOSINGS = {"{": "}", r"\left(": r"\right)", r"\begin{matrix}": r"\end{matrix}", r"\sqrt[": "]{y}"}
PATIENCE = 60
"""Seconds after which a program that does not end is ended."""


def convert_nests() -> None:
    """As deep as they come, with a quarter of the stack that a program has: run as a program of its own."""
    for opening in NESTS:
        closing = CLOSINGS.get(opening, "}" * (opening.count("{") - opening.count("}")))
        for count in sorted({*range(8, 64, 8), 300, 600, MAX_LENGTH // len(opening + closing), 10_000}):
            _checked(opening * count + "x" + closing * count, display=True)
            _checked(opening * count, display=True)


def test_a_nest_ends_no_program_and_no_patience() -> None:
    code = (
        "import threading; from tests.text.test_mathml import convert_nests; "
        "threading.stack_size(2 << 20); "
        "thread = threading.Thread(target=convert_nests); thread.start(); thread.join(); print('done')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "done\n", "")
