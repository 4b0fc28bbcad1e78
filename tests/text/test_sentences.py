"""Where a sentence begins and ends around a place: Japanese, English, and what only looks like an end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.sentences import MAX_SIDE, sentence_around
from tests.support.steps import steps

HERE = "■"

WHOLE = [
    f"J. Carbonell and J. Goldstein proposed {HERE} in 1998",
    f"C. D. Manning, P. Raghavan, and H. Schütze wrote {HERE}",
    f"J.-P. Vert and L. van der Maaten use {HERE}",
    f"Z. Yang et al. (2019) call it {HERE}",
    f"Yang et al. による {HERE} を使う",
    f"as in Fig. 3, Eq. (2) and Sec. 4.1 of {HERE}",
    f"other models, e.g. BERT, i.e. {HERE}",
    f"cf. 2.1 and {HERE} vs. RNN",
    f"Veo 3.1 and {HERE} 0.5.2 reach 98.3 %",
    f"see https://example.org/a.b?c=1 and {HERE}",
    f"1. {HERE} が最初",
    f"Proc. of the 5th Int. Conf. on {HERE}, vol. 3, pp. 5-9",
    f"Google Inc. and {HERE}",
    f"No. 3 of {HERE}",
    f"３．１節の {HERE}",
]
PARTS = [
    (f"前の文。{HERE} の文。次の文。", f"{HERE} の文。"),
    (f"前の文．{HERE} の文．次の文．", f"{HERE} の文．"),
    (f"「前の文。」{HERE} の文", f"{HERE} の文"),
    (f"One ends. {HERE} is another. And one more.", f"{HERE} is another."),
    (f"It works! {HERE}? Yes.", f"{HERE}?"),
    (f'He said "no." {HERE} went on', f"{HERE} went on"),
    (f"this is plan B. だから {HERE}", f"だから {HERE}"),
    (f"a network with a bias. {HERE} has none", f"{HERE} has none"),
    (f"cats, dogs etc. The {HERE}", f"The {HERE}"),
    (f"made by Google Inc. The {HERE}", f"The {HERE}"),
    (f"the answer is no. Then {HERE}", f"Then {HERE}"),
    (f"line one\n{HERE}\nline three", HERE),
]


def around(text: str) -> str:
    at = text.index(HERE)
    return "".join(sentence_around(text, at, at + 1))


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_one_sentence_stays_one(text: str) -> None:
    assert around(text) == text


@pytest.mark.parametrize(("text", "sentence"), PARTS)
def test_a_sentence_ends_where_it_ends(text: str, sentence: str) -> None:
    assert around(text) == sentence


@given(st.text("aA.。．!? \n1J", max_size=300), st.data())
def test_a_quotation_is_a_piece_of_its_text(text: str, data: st.DataObject) -> None:
    """What is quoted stands there, with the match in it, and no side is longer than it may be."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, match, after = sentence_around(text, start, end)
    assert match == text[start:end]
    assert text[:start].endswith(before.removeprefix("…"))
    assert text[end:].startswith(after.removesuffix("…"))
    assert len(before.removeprefix("…")) <= MAX_SIDE >= len(after.removesuffix("…"))


def test_a_long_text_costs_no_more_than_a_short_one() -> None:
    short, long = ("a. b c " * count for count in (100, 10_000))
    assert steps(lambda: sentence_around(short, 350, 351)) == steps(
        lambda: sentence_around(long, 35_000, 35_001)
    )
