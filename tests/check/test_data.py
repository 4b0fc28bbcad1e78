"""Names, tags, topics and numbers in the data of entries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.check.base import Base
from kb.check.rules.works import arxiv_fault, doi_fault, far_apart, isbn_fault
from kb.link import build_base
from kb.text.near import Spellings, distance, loose_key
from tests.check.checkout import checkout, note_of, says, week
from tests.support.notes import examples
from tests.support.steps import steps


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    before = week(
        "2025-11-18",
        "## [論文] A\n- 発表者: @Neu Mann\n- タグ: mixture-of-experts, 新語\n- トピック: 新しい主題\n\n"
        "[who] 声\n\n"
        "@Other Body\n\n## [blog] B\n",
    )
    later = week("2025-12-09", "## [論文] A\n- タグ: later-tag\n")
    return checkout(tmp_path_factory.mktemp("data"), {**before, **later})


@pytest.mark.parametrize(
    ("code", "line", "near"),
    [
        ("presenter-unknown", "- 発表者: @Takumi Ida", "@Takumi Iida"),
        ("presenter-unknown", "- 発表者: @Iida Takumi", "@Takumi Iida"),
        ("tag-unknown", "- タグ: agent-memmory", "agent-memory"),
        ("tag-unknown", "- タグ: segmentatoin", "segmentation"),
        ("topic-unknown", "- トピック: sma3", "sam3"),
        ("handle-unknown", "\n[frkakee] 声", "[frkake]"),
    ],
)
def test_the_nearest_registered_name_is_proposed(base: Base, code: str, line: str, near: str) -> None:
    (finding,) = says(base, code)(f"## [論文] 題\n{line}\n")
    assert f"{near}` のことですか" in finding.hint or f"{near} のことですか" in finding.hint


def test_nothing_is_proposed_for_what_is_far(base: Base) -> None:
    (finding,) = says(base, "tag-unknown")("## [論文] 題\n- タグ: quantum-annealing\n")
    assert "ですか" not in finding.hint
    assert (finding.span.column, finding.span.end) == (7, 24)


@pytest.mark.parametrize(
    "tag", ["Agent Memories", "agentmemory", "ＡＧＥＮＴ＿ＭＥＭＯＲＹ", "エージェントメモリー"]
)
def test_a_tag_that_is_spelled_otherwise(base: Base, tag: str) -> None:
    (finding,) = says(base, "tag-near-duplicate")(f"## [論文] 題\n- タグ: {tag}\n")
    assert finding.hint == "`agent-memory` と書いてください"
    assert says(base, "tag-unknown")(f"## [論文] 題\n- タグ: {tag}\n") == []


def test_a_tag_that_an_earlier_note_spells_otherwise(base: Base) -> None:
    (finding,) = says(base, "tag-near-duplicate")("## [論文] 題\n- タグ: MixtureOfExperts\n")
    assert "mixture-of-experts" in finding.hint


def test_what_earlier_notes_named_is_not_told_again(base: Base) -> None:
    note = (
        "## [論文] 題\n- 発表者: @Neu Mann, @Other Body\n- タグ: 新語\n- トピック: 新しい主題\n\n[who] 声\n"
    )
    for code in ("presenter-unknown", "tag-unknown", "topic-unknown", "handle-unknown"):
        assert says(base, code)(note) == []
    assert len(says(base, "tag-unknown")("## [論文] 題\n- タグ: later-tag\n")) == 1


def test_a_topic_that_is_spelled_otherwise(base: Base) -> None:
    (finding,) = says(base, "spelling-near-duplicate")("## [論文] 題\n- トピック: SAM3ファミリ\n")
    assert "`sam3`" in finding.hint


def test_a_paper_that_is_presented_is_asked_for(base: Base) -> None:
    (finding,) = says(base, "paper-unknown")(
        "## [論文] SAM 3: Segment Anythin with Concepts\n- 出典: https://arxiv.org/abs/2511.99999\n"
    )
    assert "`carion2025-sam3` のことですか?" in finding.hint


def test_a_build_says_the_same(base: Base) -> None:
    """What the linker says of the notes is what the rules say, and nothing is said by one alone."""
    body = (
        "## [論分] 題\n- 発表者: @Takumi Ida\n- タグ: agent-memmory, AgentMemory\n- トピック: sma3\n"
        "- 出典: https://arxiv.org/abs/2511.99999\n\n[zanda] 声\n"
    )
    note = note_of(body)
    assert note.session is not None
    linked = build_base([note.session], base.sources.registry)
    built = {(one.code, one.message, one.hint) for one in linked.findings}
    codes = {code for code, _, _ in built}
    assert len(codes) == 7
    assert {(one.code, one.message, one.hint) for code in codes for one in says(base, code)(body)} == built


@pytest.mark.parametrize(
    ("code", "data", "count"),
    [
        ("tag-twice", "- タグ: rag, 検索拡張生成", 1),
        ("tag-twice", "- タグ: rag\n- タグ: RAG", 1),
        ("tag-twice", "- タグ: rag, agent-memory", 0),
        ("presenter-twice", "- 発表者: @Hiromu Nakamura, @pon", 1),
        ("presenter-twice", "- 発表者: @Hiromu Nakamura (pon), @Shun Ito", 0),
    ],
)
def test_one_thing_twice(base: Base, code: str, data: str, count: int) -> None:
    assert len(says(base, code)(f"## [論文] 題\n{data}\n")) == count


def test_two_entries_on_one_source_are_one_topic(base: Base) -> None:
    find = says(base, "topic-twice")
    source = "- 出典: https://arxiv.org/abs/2511.18423\n"
    (finding,) = find(f"## [論文] GAM\n{source}## [code] GAM: 実装\n{source}")
    assert "4行目" in finding.message
    assert find(f"## [論文] A\n{source}## [code] B\n- 出典: https://a.b/c\n## [code] C\n") == []


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("1805.08318", ""),
        ("1805.08318v3", ""),
        ("1805.08318.pdf", ""),
        ("1412.6980", ""),
        ("0704.0001", ""),
        ("hep-th/9901001", ""),
        ("math.GT/0309136", ""),
        ("1805.0831", "5桁"),
        ("1412.69800", "4桁"),
        ("2513.16719", "月"),
        ("2500.16719", "月"),
        ("hep-th/9913001", "月"),
        ("2511.167190", "5桁"),
        ("251116719", "番号の形"),
    ],
)
def test_arxiv_numbers(number: str, wrong: str) -> None:
    assert wrong in arxiv_fault(number)
    assert bool(arxiv_fault(number)) == bool(wrong)


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("10.1145/3290605.3300233", True),
        ("10.1145%2F3290605.3300233", True),
        ("10.1145", False),
        ("10.11453290605", False),
        ("3290605.3300233", False),
    ],
)
def test_dois(number: str, *, good: bool) -> None:
    assert (doi_fault(number) == "") == good


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("978-4-87311-758-4", True),
        ("978-4-87311-758-5", False),
        ("4873117585", True),
        ("4873117584", False),
        ("0-8044-2957-X", True),
        ("12345678901", False),
    ],
)
def test_isbns(number: str, *, good: bool) -> None:
    assert (isbn_fault(number) == "") == good


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("arXiv:1805.0831 を読んだ", ["1805.0831"]),
        ("[題](https://doi.org/10.1145) と doi:10.1145/a.", ["10.1145"]),
        ("ISBN 978-4-87311-758-5", ["978-4-87311-758-5"]),
        ("`arXiv:1805.0831`\n\n```\narXiv:1805.0831\n```", []),
        ("https://arxiv.org/abs/1805.08318, 1805.0831 と 10.5", []),
        ("https://arxiv.org/list/cs.CV/recent と arXiv: 投稿した", []),
    ],
)
def test_numbers_are_found_where_they_stand(base: Base, line: str, told: list[str]) -> None:
    body = f"## [論文] 題\n\n{line}\n"
    note = note_of(body)
    spans = [one.span for one in says(base, "work-id-malformed")(body)]
    assert [note.line(one.first)[one.column - 1 : one.end - 1] for one in spans] == told


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Video models are zero-shot learners", "General Agentic Memory Via Deep Research", True),
        ("General Agentic Memory (GAM)", "General Agentic Memory Via Deep Research", False),
        ("SAM 3", "Attention Is All You Need", False),
        ("動画モデルのゼロショット推論", "General Agentic Memory Via Deep Research", False),
        ("Attention is all you need を読む", "General Agentic Memory Via Deep Research", True),
    ],
)
def test_titles_that_cannot_be_one_works(one: str, other: str, *, apart: bool) -> None:
    assert far_apart(one, other) == apart


NAMES = st.text("abcdeé -ー・アイウＡＢ", max_size=12)


@examples(100)
@given(NAMES, NAMES)
def test_distance_is_a_distance(one: str, other: str) -> None:
    far = distance(one, other, 99)
    assert (far == 0) == (one == other)
    assert far == distance(other, one, 99) <= max(len(one), len(other))
    assert distance(one, other, 2) == min(far, 3)


@examples(100)
@given(NAMES)
def test_a_known_name_is_its_own_nearest(name: str) -> None:
    spellings = Spellings([("xxxxxxxxxxxx", "no"), (name, "yes")])
    if len(loose_key(name)) >= 3:
        assert spellings.nearest(name) == "yes"
        assert spellings.twin(name.upper()) in ("yes", "") or name != name.upper()


def test_a_name_is_not_held_against_every_other() -> None:
    """Among three thousand names a search takes fewer steps than a comparison with each would take."""
    spellings = Spellings(
        (f"name-{number * 7919 % 100_003}-of-a-tag", str(number)) for number in range(3_000)
    )
    spellings.nearest("prepare")
    one = steps(lambda: distance("nmae-1-of-tag", "name-1-of-a-tag", 2))
    assert steps(lambda: spellings.nearest("nmae-1-of-tag")) < 3_000 * one / 4


LONG_NAMES = st.lists(st.text("abcdefghij -", min_size=3, max_size=20), min_size=1, max_size=300, unique=True)


@examples(60)
@given(LONG_NAMES, st.data())
def test_one_slip_is_always_understood(names: list[str], data: st.DataObject) -> None:
    """However many names are known: a name with one slip has a known one that is one slip away."""
    meant = data.draw(st.sampled_from(names))
    at = data.draw(st.integers(0, len(meant) - 1))
    slip = data.draw(st.sampled_from([meant[:at] + meant[at + 1 :], meant[:at] + "x" + meant[at:]]))
    if min(len(loose_key(meant)), len(loose_key(slip))) < 3:
        return
    told = Spellings((name, name) for name in names).nearest(slip)
    assert told
    assert distance(loose_key(told), loose_key(slip), 9) <= max(
        1, distance(loose_key(meant), loose_key(slip), 9)
    )


SYLLABLES = [f"{one}{two}{three}shi" for one in "kstnhmyrw" for two in "aiueo" for three in ("ko", "ta")]


def test_two_slips_are_understood_among_thousands() -> None:
    names = [f"{one} {other}" for one in SYLLABLES for other in SYLLABLES]
    spellings = Spellings((name, name) for name in [*names, "Takumi Iidabashi"])
    assert len(names) > 3_000
    assert spellings.nearest("Tkumi Iidabsahi") == "Takumi Iidabashi"
    assert spellings.nearest("zzzzzzzzzz") == ""
