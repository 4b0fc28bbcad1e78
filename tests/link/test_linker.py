"""What the linker makes of two small notes, `corpus/docs/notes`: mentions, backlinks, relations, ids."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.link import KnowledgeBase, build_base
from kb.link.nodes import EntryNode, Mention, Target
from kb.model.blocks import Heading, texts, walk
from kb.model.inline import Inline, Marked, RichText
from kb.model.inline import Mention as Linked
from kb.pages import Page, all_pages
from kb.sources import Reader
from tests.support.fronts import front_of
from tests.support.rendered import notes_in, render, words_of
from tests.support.worlds import talk_id

CORPUS = Path(__file__).resolve().parent / "corpus"
REPORT = CORPUS / "report.txt"
SAM3, GAM, COT = Target("topic", "sam3"), Target("topic", "gam"), Target("paper", "wei2022-cot")


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    sources = Reader(CORPUS).read()
    assert sources.findings == ()
    return build_base(sources.sessions, sources.registry)


@pytest.fixture(scope="module")
def pages(base: KnowledgeBase) -> dict[str, Page]:
    return {page.path: page for page in all_pages(base)}


def entry(base: KnowledgeBase, place: str) -> EntryNode:
    """The entry of a date with a number there, `2025-11-25-3`."""
    return next(node for node in base.entries if f"{node.date}-{node.id.number}" == place)


ARTICLE = talk_id("2025-11-25", "記事")
AGAIN = talk_id("2025-11-25", "同じ記事")


def told(mention: Mention) -> tuple[str, str, str]:
    """Where a mention is, and its sentence with the words that name something in angle brackets."""
    said = mention.quotation
    return mention.target.id, mention.section, f"{said.before}<{said.match}>{said.after}"


def linked(nodes: tuple[Inline, ...]) -> Iterator[Linked]:
    """The links that the linker put in."""
    for node in nodes:
        if isinstance(node, Linked):
            yield node
        elif isinstance(node, Marked):
            yield from linked(node.inner)


def texts_of(node: EntryNode) -> list[RichText]:
    """The texts of an entry, mentions put in."""
    return [text for block in walk(node.blocks) for text in texts(block)]


class TestMentions:
    def test_each_target_once_in_a_section_with_its_sentence(self, base: KnowledgeBase) -> None:
        assert [told(one) for one in entry(base, "2025-11-18-1").mentions if one.target.kind != "tag"] == [
            ("gam", "", "<GAM>の記憶は使わない。"),
            ("gam", "GAMとの比較", "<GAM>はここでまた出る。"),
            ("wei2022-cot", "GAMとの比較", "<連鎖的思考>とエージェントメモリの話もあり、SAMとは違う。"),
            ("kirillov2023-sam", "GAMとの比較", "連鎖的思考とエージェントメモリの話もあり、<SAM>とは違う。"),
            ("hiromu-nakamura", "結果", "<中村>"),
            ("gam", "結果", "<GAM>"),
        ]

    def test_what_is_mentioned_is_linked_and_nothing_else(self, base: KnowledgeBase) -> None:
        for node in base.entries:
            mentioned = {one.target.id for one in node.mentions if one.target.kind != "tag"}
            assert {one.id for text in texts_of(node) for one in linked(text.nodes)} == mentioned
            assert node.topic not in mentioned

    def test_headings_are_not_linked(self, base: KnowledgeBase) -> None:
        node = entry(base, "2025-11-18-1")
        headings = [block.text for block in walk(node.blocks) if isinstance(block, Heading)]
        assert len(headings) == 2
        assert not any(list(linked(text.nodes)) for text in headings)

    def test_code_links_and_addresses_stay_as_they_are(self, base: KnowledgeBase) -> None:
        text = texts_of(entry(base, "2025-11-18-1"))[1]
        assert "GAM" in text.plain
        assert not list(linked(text.nodes))

    def test_a_mention_in_a_remark_knows_the_speaker(self, base: KnowledgeBase) -> None:
        (mention,) = (one for one in entry(base, "2025-11-18-2").mentions if one.target == COT)
        assert mention.speaker == "shun"

    def test_an_id_in_running_text_is_its_paper(self, base: KnowledgeBase) -> None:
        text = texts_of(entry(base, "2025-11-25-2"))[0]
        assert [(one.text, one.id) for one in linked(text.nodes)] == [
            ("連鎖的思考", "wei2022-cot"),
            ("arXiv:2501.00001", "arxiv-2501-00001"),
        ]

    def test_a_topic_without_any_entry_is_not_linked(self, base: KnowledgeBase) -> None:
        """It has no page to lead to."""
        node = entry(base, "2025-11-25-5")
        assert "話されない主題" in texts_of(node)[0].plain
        assert node.mentions == ()

    def test_tags_are_proposed_where_their_term_stands(self, base: KnowledgeBase) -> None:
        node = entry(base, "2025-11-18-1")
        assert node.tags == ("segmentation",)
        assert node.proposed == ("agent-memory",)
        (mention,) = base.backlinks[Target("tag", "agent-memory")]
        assert told(mention.mention)[2] == "連鎖的思考と<エージェントメモリ>の話もあり、SAMとは違う。"


class TestBacklinks:
    def test_every_mention_is_found_from_its_target(self, base: KnowledgeBase) -> None:
        there = [(node.id, mention) for node in base.entries for mention in node.mentions]
        back = [(one.entry.id, one.mention) for links in base.backlinks.values() for one in links]
        assert sorted(there, key=repr) == sorted(back, key=repr)

    def test_a_backlink_tells_date_presenters_section_and_sentence(self, pages: dict[str, Page]) -> None:
        assert front_of(pages["topics/gam.md"].text)["backlinks"][0] == {
            "date": "2025-11-25",
            "session_url": "sessions/2025-11-25/",
            "source": {
                "text": "SAM 3の続き",
                "url": "topics/sam3/#gam%E3%81%A8%E3%81%AE%E6%AF%94%E8%BC%83-2025-11-25",
            },
            "section": "GAMとの比較",
            "presenters": [{"text": "Dare Ka", "url": "presenters/dare-ka/"}],
            "before": "",
            "match": "GAM",
            "after": "の話の続き。",
        }

    def test_the_newest_comes_first(self, pages: dict[str, Page]) -> None:
        dates = [one["date"] for one in front_of(pages["topics/gam.md"].text)["backlinks"]]
        assert dates == ["2025-11-25", "2025-11-18", "2025-11-18", "2025-11-18"]


class TestTopics:
    def test_entries_on_one_paper_share_a_topic(self, base: KnowledgeBase) -> None:
        """One gives an arXiv address and the topic, the other the DOI of the same paper and nothing."""
        assert [(node.date, node.id.number) for node in base.by_topic["sam3"]] == [
            ("2025-11-18", 1),
            ("2025-11-25", 1),
        ]

    def test_entries_on_one_address_share_a_topic(self, base: KnowledgeBase) -> None:
        assert entry(base, "2025-11-25-3").topic == entry(base, "2025-11-25-4").topic == ARTICLE

    def test_an_unnamed_topic_has_the_id_of_its_source_or_its_place(self, base: KnowledgeBase) -> None:
        assert entry(base, "2025-11-25-2").topic == "openreview-abcdef123"

    def test_earlier_anchors_stay_when_a_topic_comes_again(self, pages: dict[str, Page]) -> None:
        sources = Reader(CORPUS).read()
        alone = build_base(sources.sessions[:1], sources.registry)
        before = {page.path: page for page in all_pages(alone)}
        assert [node.anchor() for node in alone.entries] == ["e-2025-11-18", "e-2025-11-18"]
        for path in ("topics/sam3.md", "topics/gam.md"):
            ids, earlier = (set(render(one[path].text).xpath("//@id")) for one in (pages, before))
            assert earlier - {"sam-3ファミリー"} <= ids, path

    def test_entries_of_one_day_on_one_topic_have_anchors_apart(self, base: KnowledgeBase) -> None:
        anchors = [
            [
                node.anchor(),
                *(node.anchor(block.anchor) for block in walk(node.blocks) if isinstance(block, Heading)),
            ]
            for node in base.by_topic[ARTICLE]
        ]
        assert anchors == [[f"e-{ARTICLE}", "結果"], [f"e-{AGAIN}", f"結果-{AGAIN}"]]


class TestRelations:
    def test_why_two_topics_are_related(self, pages: dict[str, Page]) -> None:
        related = front_of(pages["topics/sam3.md"].text)["related"]
        assert [(one["text"], one["url"], one["date"]) for one in related] == [
            ("GAM", "topics/gam/", "2025-11-18"),
            ("知らない論文", "topics/openreview-abcdef123/", "2025-11-25"),
        ]
        assert [one["reasons"] for one in related] == [
            [
                "一方が取り上げた GAM に、もう一方が言及",
                "一方が取り上げた SAM 3ファミリー に、もう一方が言及",
                "どちらも Chain-of-Thought Prompting に言及",
            ],
            ["どちらも #新しいタグ", "どちらも Chain-of-Thought Prompting に言及"],
        ]

    def test_two_hops_over_what_both_name(self, base: KnowledgeBase) -> None:
        hops = {hop.via: hop.topics for hop in base.related.two_hops["openreview-abcdef123"]}
        assert hops[("paper", "wei2022-cot")] == ("sam3", "gam")

    def test_what_shares_nothing_is_not_related(self, base: KnowledgeBase) -> None:
        assert base.related.relations[ARTICLE] == ()
        assert base.related.two_hops["新しい主題"] == ()


class TestUnregistered:
    def test_each_has_a_page(self, pages: dict[str, Page]) -> None:
        assert pages.keys() >= {
            "presenters/dare-ka.md",
            "presenters/who.md",
            "tags/新しいタグ.md",
            "papers/openreview-abcdef123.md",
            "papers/arxiv-2501-00001.md",
            "papers/arxiv-2511-18423.md",
            "topics/新しい主題.md",
        }

    def test_each_is_reported_once_with_its_line(self, base: KnowledgeBase) -> None:
        report = "".join(f"{finding}\n" for finding in base.findings)
        if os.environ.get("UPDATE_GOLDEN"):
            REPORT.write_text(report, encoding="utf-8")
        assert report == REPORT.read_text(encoding="utf-8")

    def test_a_paper_takes_the_title_of_its_only_entry(self, base: KnowledgeBase) -> None:
        assert base.papers["arxiv-2511-18423"].title == "記憶の論文"
        assert base.papers["arxiv-2501-00001"].title == "arXiv:2501.00001"

    def test_what_nobody_speaks_of_has_no_page(self, pages: dict[str, Page]) -> None:
        assert not any("nobody2020" in path or "unused" in path for path in pages)

    def test_a_broader_tag_has_a_page(self, pages: dict[str, Page]) -> None:
        assert "tags/vision.md" in pages


class TestHidden:
    def test_no_page_and_no_name_but_in_running_text(self, pages: dict[str, Page]) -> None:
        assert "presenters/hana-kakushi.md" not in pages
        places = [
            (path, line)
            for path, page in pages.items()
            for line in page.text.split("\n")
            if re.search("hana|かくし花|Kakushi", line, re.IGNORECASE)
        ]
        assert places == [("topics/sam3.md", "かくし花さんにも聞いた。")]

    def test_presents_and_speaks_without_a_name(self, pages: dict[str, Page]) -> None:
        (note,) = notes_in(render(pages["topics/gam.md"].text))
        assert "匿名これは難しい。" in words_of(note)
        assert words_of(notes_in(render(pages["topics/sam3.md"].text))[1]).count("匿名") == 1
