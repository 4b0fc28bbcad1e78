"""What an entry is about is not mentioned in it; what it only refers to proposes no tag."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.link.nodes import EntryNode
from kb.model.registry import Paper, Presenter, Registry, Tag
from kb.text.ids import find_ids
from tests.link.test_directories import base_with
from tests.support.worlds import entry

OWN = "https://arxiv.org/abs/2511.00001"
OTHER = "https://arxiv.org/abs/2511.00002"
REGISTRY = Registry(
    presenters=(Presenter("kita", "Kita Taro", ("kita",)),),
    papers=(
        Paper("own", "Attention to Graphs of Words", ids=(("arxiv", "2511.00001"),), aliases=("GraphWords",)),
        Paper("other", "Words of Graphs without Attention", ids=(("arxiv", "2511.00002"),)),
    ),
    tags=(Tag("rag", "検索拡張生成", "RAG"), Tag("graph", "グラフ学習", "graph learning")),
)


def node_of(title: str, *lines: str, **data: str) -> EntryNode:
    return base_with(REGISTRY, entry(title, *lines, **data)).entries[0]


def mentioned(node: EntryNode) -> list[str]:
    return [one.target.id for one in node.mentions if one.target.kind != "tag"]


@pytest.mark.parametrize(
    "line",
    [
        "GraphWords は速い",
        "Attention to Graphs of Words",
        "Attention to Graphs of Words, ICML 2026. arXiv:2511.00001",
        f"[論文]({OWN})",
        OWN,
        "まとめ Kita Taro",
        "@article{x, title={Attention to Graphs of Words}}",
    ],
)
def test_an_entry_does_not_mention_its_own_paper_and_presenter(line: str) -> None:
    node = node_of("題", line, "### 節", line, "### 参考文献", f"- {line}", 出典=OWN, 発表者="@Kita Taro")
    assert mentioned(node) == []
    assert node.sources == ("own",)


@pytest.mark.parametrize(
    "line",
    [
        "Words of Graphs without Attention も読む",
        f"- [続き]({OTHER})",
        "- A. Author et al. Words of Graphs without Attention. ICML 2026.",
        "- arXiv:2511.00002",
    ],
)
@pytest.mark.parametrize("section", ["次に読むべき論文は？", "参考文献", "関連研究"])
def test_what_else_it_lists_is_mentioned(line: str, section: str) -> None:
    node = node_of("題", "本文", f"### {section}", line, 出典=OWN)
    assert mentioned(node) == ["other"]


def test_who_else_speaks_of_it_mentions_it() -> None:
    base = base_with(REGISTRY, entry("一", "速い", 出典=OWN), entry("二", "GraphWords より速い", 出典=OTHER))
    (link,) = (one for links in base.backlinks.values() for one in links)
    assert (link.entry.facts.title, link.mention.target.id) == ("二", "own")


@pytest.mark.parametrize(
    ("title", "lines", "sources", "mentions"),
    [
        ("題", (OWN, "まとめ @kita", "### 節", "本文"), ["own"], []),
        ("題", ("著者の名", f"論文: {OWN}", "### 節", OWN), ["own"], []),
        # of several, none is what it presents, nor one that stands in a sentence or below a heading
        ("題", (OWN, OTHER, "### 節"), [], ["own", "other"]),
        ("題", (f"{OWN} を使った話をします。", "### 節"), [], ["own"]),
        ("題", ("話", "### 節", OWN), [], ["own"]),
        # a title that is mostly the paper's
        ("論文紹介: Attention to Graphs of Words", ("GraphWords は",), ["own"], []),
        ("GraphWords を仕事で使って分かったこと", ("GraphWords は",), [], ["own"]),
    ],
)
def test_without_a_source_the_first_lines_tell(
    title: str, lines: tuple[str, ...], sources: list[str], mentions: list[str]
) -> None:
    node = node_of(title, *lines)
    assert list(node.sources) == sources
    assert list(dict.fromkeys(mentioned(node))) == mentions


def test_a_source_that_is_no_paper_is_the_source_all_the_same() -> None:
    node = node_of("題", OWN, "### 節", 出典="https://blog.example.com/1")
    assert (node.sources, mentioned(node)) == ((), ["own"])


PAPER_OF = {"2511.00001": "own", "2511.00002": "other", "2511.00009": "arxiv-2511-00009"}
LINES = st.lists(
    st.sampled_from(
        [
            OWN,
            OTHER,
            "本文です。",
            "### 節",
            f"- [続き]({OTHER})",
            "GraphWords と arXiv:2511.00009",
            "### 参考文献",
        ]
    ),
    max_size=6,
)


@given(LINES, st.booleans())
def test_no_paper_is_lost(lines: list[str], sourced: bool) -> None:
    """Every id in a text leads from its paper to the entry: as its source, or as a mention."""
    node = node_of("題", *lines, **({"出典": OWN} if sourced else {}))
    named = {PAPER_OF[one.id.value] for line in lines for one in find_ids(line)}
    named |= {"own" for line in lines if "GraphWords" in line}
    assert named <= {*node.sources, *mentioned(node)}
    assert set(node.sources).isdisjoint(mentioned(node))


@pytest.mark.parametrize(
    "line",
    [
        "A. Author, B. Author. Graph learning for RAG. ICML 2026.",
        "RAG and graph learning https://arxiv.org/abs/2511.00009",
        "`graph learning` と `RAG`",
        "$RAG + graph learning$ とおく",
        "https://example.org/graph%20learning/RAG",
        "```\nRAG graph learning\n```",
        "RAGシステムとグラフ学習器",
        "rag_index と graph learning-Net",
    ],
)
def test_no_tag_is_proposed_from(line: str) -> None:
    assert node_of("題", line).proposed == ()


def test_no_tag_is_proposed_from_a_list_of_references() -> None:
    assert node_of("題", "### 参考文献", "- RAG の本", "### 節", "グラフ学習の話").proposed == ("graph",)


@pytest.mark.parametrize(
    "line", ["RAG を使う", "RAG、グラフ学習", "**RAG**の話", "[RAG](https://example.org)の話"]
)
def test_a_tag_is_proposed_from_prose(line: str) -> None:
    assert "rag" in node_of("題", line).proposed
