"""Lines that only say who wrote what and where, and the prose that they must not be taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.references import MAX_LINE, is_reference, lists_references, title_key, titles_in
from tests.support.steps import assert_in_proportion

REFERENCES = [
    "J. Carbonell and J. Goldstein. The Use of MMR. SIGIR 1998.",
    "Vaswani, A., Shazeer, N. (2017). Attention Is All You Need. NeurIPS.",
    "[3] Z. Yang et al. XLNet: Generalized Autoregressive Pretraining. 2019.",
    "Han Zhang (Rutgers University)",
    "Noah Shinn, Federico Cassano, Shunyu Yao",
    "井上昂治, 高梨克也. 対話エンゲージメントの推定. 人工知能学会論文誌, 2018",
    "京都大学 大学院情報学研究科",
    "2016/12/06 Yu Wu(Beihang University), Wei Wu(Microsoft Research)",
    "まとめ @kita",
    "（まとめ：@kita）",
    "Submitted on 2018/02",
    "Accepted by ICCV2021",
    "ICCV 2019",
    "CVPR'19",
    "Attention Is All You Need https://arxiv.org/abs/1706.03762",
    "@inproceedings{dahnert2019,",
    "title={Joint Embedding of 3D Scan and CAD Objects},",
    "In Proceedings of the IEEE Conference, pp. 1-9",
]
PROSE = [
    "ImageNetの1000クラスで FID を比較。",
    "J. Carbonell らの MMR を使う",
    "2017年に Google の人たちが提案した手法",
    "スタンフォード大学のデータで確かめた。",
    "We build on BERT, which was proposed in 2018 by J. Devlin",
    "Scaled Dot-Product Attention",
    "ResNet50",
    "CIFAR10, MNIST, COCO",
    "発表者の実装では速かった。",
    "著者のコードは動かない",
    "GTX 1080",
    "学習率は 0.001",
    "",
]


@pytest.mark.parametrize("line", REFERENCES)
def test_a_reference(line: str) -> None:
    assert is_reference(line)


@pytest.mark.parametrize("line", PROSE)
def test_no_reference(line: str) -> None:
    assert not is_reference(line)


@pytest.mark.parametrize(
    "title", ["参考文献", "References", "引用文献:", "著者", "所属", "Citation", "論文情報", "3. 参考文献"]
)
def test_a_section_that_lists_works(title: str) -> None:
    assert lists_references(title)


@pytest.mark.parametrize(
    "title", ["次に読むべき論文は？", "文献調査の自動化", "手法", "References to memory", ""]
)
def test_a_section_that_does_not(title: str) -> None:
    assert not lists_references(title)


@pytest.mark.parametrize(
    "line",
    [
        "M. Abadi et al. Deep Learning with Differential Privacy. CCS 2016. ACM.",
        "Abadi, M., et al. (2016). Deep learning with differential privacy. In CCS.",
        "「Deep Learning with Differential Privacy」, M. Abadi, CCS 2016",
        "Deep Learning with Differential Privacy, CCS 2016",
        "Deep Learning with Differential Privacy https://doi.org/10.1145/2976749.2978318",
        "Deep Learning with Differential Privacy",
    ],
)
def test_the_title_in_a_reference(line: str) -> None:
    assert title_key("Deep Learning With Differential Privacy") in set(titles_in(line))


def test_what_is_too_short_is_no_title() -> None:
    assert title_key("GAN") == title_key("Introduction") == title_key("BERT 2") == ""


@given(st.text("A. aあ大学,、。@{}=1999\n", max_size=80))
def test_any_text_is_one_or_the_other(line: str) -> None:
    assert is_reference(line) in (True, False)
    assert all(title_key(title) == title for title in titles_in(line))


@pytest.mark.parametrize("piece", ["AB", "Aa", "A. ", "Aa-'", "Aa Bb ", "A.-B. van ", "1999 ", " ", "Aa, "])
def test_a_long_line_takes_time_in_proportion(piece: str) -> None:
    assert_in_proportion(
        lambda count: lambda: [is_reference(piece * count)] * 1, 100, MAX_LINE // 4 // len(piece)
    )
