"""The group's own rules: kind, source, presenter."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.check.base import Base
from kb.check.rules.group import mended_address
from tests.check.checkout import checkout, says


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return checkout(tmp_path_factory.mktemp("group"), {})


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("https://arxiv.org/abs/2511.16719", "論文"),
        ("https://github.com/facebookresearch/sam3", "code"),
        ("https://youtu.be/abcdefghijk", "動画"),
        ("https://speakerdeck.com/a/b", "資料"),
        ("https://zenn.dev/a/b", "blog"),
    ],
)
def test_a_kind_is_proposed_from_the_source(base: Base, source: str, kind: str) -> None:
    (finding,) = says(base, "kind-missing")(f"## 題\n\n- 出典: {source}\n")
    assert f"`[{kind}]`" in finding.hint
    assert finding.span.first == 4


def test_a_kind_is_missing_in_the_main_topic_too(base: Base) -> None:
    assert len(says(base, "kind-missing")("# メインTOPIC\n## 題\n")) == 1
    assert says(base, "kind-missing")("# メインTOPIC\n## [論文] 題\n## ［blog］題\n") == []


@pytest.mark.parametrize(
    ("kind", "meant"),
    [("論分", "[論文]"), ("blogs", "[blog]"), ("ぶろぐ", "使えるのは"), ("Youtuube", "[動画]")],
)
def test_an_unknown_kind_gets_the_nearest(base: Base, kind: str, meant: str) -> None:
    (finding,) = says(base, "kind-unknown")(f"## [{kind}] 題\n")
    assert meant in finding.hint
    assert (finding.span.column, finding.span.end) == (4, 4 + len(kind) + 2)


@pytest.mark.parametrize(
    "entry",
    [
        "## [blog] 題\n\n- 出典: https://a.b/c\n",
        "## [blog] 題\n\n- 出典: [題](https://a.b/c)\n",
        "## [blog] 題\n\n- 出典: **[題](https://a.b/c)**\n",
        "## [blog] [題](https://a.b/c)\n",
        "## [論文] 題\n\n- 出典: arXiv:2511.16719\n",
        "## [論文] 題\n\n- 出典: doi:10.1145/3290605.3300233\n",
        "## [book] 題\n\n- 出典: ISBN 978-4-87311-758-4\n",
        "## [code] 題\n\n- コード: https://github.com/a/b\n",
        "## [資料] 題\n\n- 資料: https://speakerdeck.com/a/b\n",
        "## [blog] 題\n\n- 出典:\n    - https://a.b/c\n    - https://a.b/d\n",
    ],
)
def test_a_source_that_is_fine(base: Base, entry: str) -> None:
    assert says(base, "source-missing")(entry) == []
    assert says(base, "source-bare")(entry) == []


@pytest.mark.parametrize(
    ("value", "mended"),
    [
        ("arxiv.org/abs/2511.16719", "https://arxiv.org/abs/2511.16719"),
        ("htp://zenn.dev/a/b", "https://zenn.dev/a/b"),
        ("ttps://zenn.dev/a/b", "https://zenn.dev/a/b"),
        ("https：//zenn.dev/a/b", "https://zenn.dev/a/b"),
        ("https:／／zenn.dev/a/b", "https://zenn.dev/a/b"),
        ("https//zenn.dev/a/b", "https://zenn.dev/a/b"),
        ("NVIDIA (developer.nvidia.com/blog)", "https://developer.nvidia.com/blog)"),
    ],
)
def test_a_broken_address_is_mended_in_the_hint(base: Base, value: str, mended: str) -> None:
    (finding,) = says(base, "source-bare")(f"## [blog] 題\n\n- 出典: {value}\n")
    assert "リンクになりません" in finding.message
    assert mended.rstrip(")") in finding.hint
    assert says(base, "source-missing")(f"## [blog] 題\n\n- 出典: {value}\n") == []


def test_a_source_without_any_address(base: Base) -> None:
    (finding,) = says(base, "source-bare")("## [blog] 題\n\n- 出典: NVIDIAのブログ\n")
    assert finding.message == "出典「NVIDIAのブログ」にアドレスがありません"
    assert (finding.span.first, finding.span.column, finding.span.end) == (6, 7, 17)


@pytest.mark.parametrize(
    "line", ["出典: https://a.b/c", "- 出典：https://a.b/c", "https://a.b/c", "- <https://a.b/c>"]
)
def test_a_source_in_the_text_is_told_once(base: Base, line: str) -> None:
    entry = f"## [blog] 題\n\n本文。\n\n{line}\n"
    assert says(base, "source-missing")(entry) == []
    (finding,) = says(base, "source-bare")(entry)
    assert "- 出典: https://a.b/c" in finding.hint
    assert finding.span.first == 8


def test_an_address_in_a_sentence_is_no_source(base: Base) -> None:
    entry = "## [blog] 題\n\nくわしくは https://a.b/c を参照。\n"
    assert says(base, "source-bare")(entry) == []
    assert len(says(base, "source-missing")(entry)) == 1


def test_presenters_are_not_asked_for_in_the_main_topic(base: Base) -> None:
    find = says(base, "presenter-missing")
    assert find("# メインTOPIC\n## [論文] 題\n") == []
    assert len(find("# 今週のTOPIC\n## [論文] 題\n")) == 1
    assert find("# 今週のTOPIC\n@Shun Ito\n## [論文] 題\n") == []


@pytest.mark.parametrize("text", ["", "題", "NVIDIAのブログ", "3.5", "GPT-4.1 の話", "a.b"])
def test_what_is_no_address_is_not_mended(text: str) -> None:
    assert mended_address(text) == ""


def test_long_lines_cost_little(base: Base, tmp_path: Path) -> None:
    for char in ("a.", "a/", "h:", "-", "／", "10.1"):
        says(base, "source-bare")(f"## [blog] 題\n\n- 出典: {char * 20_000}\n")
