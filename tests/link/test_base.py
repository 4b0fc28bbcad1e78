"""What the knowledge base knows of each thing, and what topics share."""

from __future__ import annotations

from kb.model.registry import Registry
from tests.link.test_directories import PEOPLE, TAGS, TOPICS, WORKS, base_with
from tests.support.notes import base_of
from tests.support.worlds import entry


def test_everything_knows_its_entries_in_the_order_of_dates() -> None:
    registry = Registry(
        presenters=PEOPLE.presenters, papers=WORKS.papers, tags=TAGS.tags, topics=TOPICS.topics
    )
    data = {"発表者": "@Shun Ito", "出典": "arXiv:2511.00001", "タグ": "rag", "トピック": "gam"}
    later = "# 部\n\n" + entry("三", "[pon] う", **data)
    earlier = "# 部\n\n" + entry("一", "[pon] あ", **data) + entry("二", "[pon] い", "[誰] え", **data)
    base = base_of(registry, d2025_11_25=later, d2025_11_18=earlier)
    titles = ["一", "二", "三"]
    for group in (base.by_presenter["ito"], base.by_source["ab"], base.by_tag["rag"], base.by_topic["gam"]):
        assert [node.entry.title.source for node in group] == titles
    assert [node.entry.title.source for node in base.entries] == titles
    assert [len(nodes) for nodes in base.by_session.values()] == [2, 1]
    assert list(base.by_session) == ["2025-11-18", "2025-11-25"]
    assert [spoken.text for _, spoken in base.remarks["pon"]] == ["あ", "い", "う"]
    assert set(base.remarks) == {"pon"}


def test_topics_are_related_by_sources_tags_mentions_and_words() -> None:
    """Each feature that two topics have stands among the reasons, once."""
    registry = Registry(papers=WORKS.papers, tags=TAGS.tags, topics=TOPICS.topics)
    source = {"出典": "https://arxiv.org/abs/2511.00001, https://arxiv.org/abs/2511.00002"}
    base = base_with(
        registry,
        entry("一", "Paper U と SAM とグラフモデル", "グラフモデル", タグ="rag", トピック="gam", **source),
        entry("二", "Paper U と記憶とグラフモデル", "グラフモデル", タグ="rag", トピック="sam", **source),
    )
    (relation,) = base.related.relations["gam"]
    assert relation.topic == "sam"
    assert set(relation.shared) == {
        ("paper", "ab"),
        ("paper", "pdf"),
        ("paper", "url"),
        ("tag", "rag"),
        ("topic", "gam"),
        ("topic", "sam"),
        ("word", "グラフモデル"),
    }
