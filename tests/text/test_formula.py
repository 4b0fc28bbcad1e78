"""What is a formula in a line, and what are prices, variables and prompts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.inline import Math, Text, flat, plain
from kb.text.inline import parse_inline
from kb.text.spell import escape_literal, settled, source_of

FORMULAS = {
    "損失$L$は": ["L"],
    "$x_i$と$y_i$": ["x_i", "y_i"],
    "($n$)、「$m$」": ["n", "m"],
    "$k$NN と $n$th": ["k", "n"],
    r"$\alpha$s": [r"\alpha"],
    "$`a_b`$1": ["a_b"],
    "a $$x$$ b": ["x"],
    "式 $$a\n= b$$": ["a = b"],
    "は $$ ||F(G(X)) - X ||_1 $$ や $$ ||G(Y)||_1 $$ を": ["||F(G(X)) - X ||_1", "||G(Y)||_1"],
    r"値は\(x\)と": ["x"],
    r"$2 \times 3$": [r"2 \times 3"],
    "**損失 $a*b*c$ の**": ["a*b*c"],
    "[$x$](https://a.b)": ["x"],
    "$損失 = L$": ["損失 = L"],
    "$p(x|z)$": ["p(x|z)"],
    r"$\$5$": [r"\$5"],
    r"$\text{日本語}$": [r"\text{日本語}"],
    r"$3\times3$の畳み込み": [r"3\times3"],
    "$a$または$b$": ["a", "b"],
    "$0.5$": ["0.5"],
}
TEXTS = (
    *(r"計算量は O\(n^2\)", r"sim\(q, k\) = exp\(q・k / √D\)", r"φ\(q\)", r"p_1\(x\)"),
    *("$5", "$5 and $10", "US$5〜$10", "$5M → $10M", "$100で$200", "$10-$20", "NT$100 と NT$200"),
    *("入力 $3/1M、出力 $15/1M", "$5で買って10$で売る", "costs $5 and that is 20$ more", "$5と10$で"),
    *("$HOME", "$HOME/bin:$PATH", '"$HOME"/"$PATH"', "${HOME}/${USER}", "$MY_VAR/$OTHER", "$(ls) $(pwd)"),
    *(
        "$ ls $HOME",
        "$ x $",
        "$a $b",
        "a$b$c",
        "foo$|bar$",
        "s/$1/$2/",
        "$で始まり$で終わる",
        "$",
        "$$",
        "$$$",
    ),
    *(r"\$x\$", r"\(株\)", "`$x$`", "$x `code` $y", "$x\ny$", "約$1.5Bの$資金"),
)


def _formulas(source: str) -> list[str]:
    return [node.tex for node in flat(parse_inline(source)) if isinstance(node, Math)]


@pytest.mark.parametrize("source", FORMULAS)
def test_formulas(source: str) -> None:
    assert _formulas(source) == FORMULAS[source]


@pytest.mark.parametrize("source", TEXTS)
def test_texts(source: str) -> None:
    assert not _formulas(source)


_SOURCES = st.lists(st.sampled_from([*"$`\\(){}[]*_ \n 5ax", "$$", "損失", "\\alpha", "**"])).map("".join)


@given(_SOURCES)
def test_in_code_nothing_is_mathematics(source: str) -> None:
    code = "".join(source.replace("`", "").split())
    assert not _formulas(f"文 ``{code}`` 文") or not code


@given(_SOURCES)
def test_what_is_written_is_read_as_the_same(source: str) -> None:
    meant = settled(parse_inline(source))
    assert settled(parse_inline(source_of(meant))) == meant


@given(_SOURCES)
def test_words_are_no_formulas_once_they_are_escaped(source: str) -> None:
    assert not _formulas(escape_literal(source.replace("\n", " ")))


@given(st.text(max_size=20).map(lambda text: " ".join(text.split())).filter(bool), st.sampled_from("5a。"))
def test_a_formula_of_an_export_keeps_its_tex(tex: str, below: str) -> None:
    """Whatever stands beside it: as a formula, or where none can say it, as words."""
    said = plain(parse_inline(source_of((Math(tex), Text(below)))))
    assert said.replace("$", "") == (tex + below).replace("$", "")
