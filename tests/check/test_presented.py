"""What was presented before, however it is spelled."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.check.base import Base
from kb.check.catalogue import RULES
from tests.check.checkout import checkout, note_of, says, week

GAM = (
    "## [論文] General Agentic Memory\n- 発表者: @Shun Ito, @pon\n"
    "- 出典: https://arxiv.org/abs/2511.18423\n- トピック: gam\n"
)
OTHERS = (
    "\n## [blog] NeMo\n\n- 発表者: @Takumi Iida\n- 出典: https://zenn.dev/turing_motors/articles/81cf3128b22c63\n"
    "\n## [動画] 動画\n\n- 出典: https://www.youtube.com/watch?v=dQw4w9WgXcQ\n"
    "\n## [blog] 日本語\n\n- 出典: https://example.com/%E8%A8%98%E4%BA%8B/%E6%9C%AC\n"
    "\n## [論文] 知らない\n\n- 出典: https://doi.org/10.1145/3290605.3300233\n"
    "\n## [blog] 本文だけ\n\n- 出典: https://a.example/b\n\nhttps://named.example/only-in-text を見た\n"
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    files = {**week("2025-11-25", "# 今週のTOPIC\n" + GAM + OTHERS), **week("2025-12-09", GAM)}
    return checkout(tmp_path_factory.mktemp("presented"), files)


@pytest.mark.parametrize(
    "source",
    [
        "https://arxiv.org/abs/2511.18423",
        "http://www.arxiv.org/pdf/2511.18423v3.pdf",
        "https://arxiv.org/html/2511.18423v1",
        "https://www.alphaxiv.org/overview/2511.18423",
        "https://huggingface.co/papers/2511.18423",
        "https://doi.org/10.48550/arXiv.2511.18423",
        "arXiv:2511.18423",
        "https://zenn.dev/turing_motors/articles/81cf3128b22c63/?utm_source=x#top",
        "http://www.zenn.dev/turing_motors/articles/81cf3128b22c63",
        "https://youtu.be/dQw4w9WgXcQ?si=abc&t=10",
        "https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ",
        "[題](https://www.example.com/記事/本/)",
        "https://DOI.org/10.1145/3290605.3300233",
        "https://dx.doi.org/10.1145%2F3290605.3300233",
    ],
)
def test_the_same_work_in_another_spelling(base: Base, source: str) -> None:
    (finding,) = says(base, "already-presented")(f"## [論文] 題\n- 出典: {source}\n")
    assert finding.message.startswith("2025-11-25 に")
    assert finding.span.first == 5


@pytest.mark.parametrize(
    "source",
    [
        "https://arxiv.org/abs/2511.18424",
        "https://zenn.dev/turing_motors/articles/81cf3128b22c64",
        "https://zenn.dev/turing_motors/articles/81cf3128b22c63/comments",
        "https://www.youtube.com/watch?v=another1234",
        "https://named.example/only-in-text",
        "https://arxiv.org/abs/2511.16719",
    ],
)
def test_what_is_another_work_or_was_only_named(base: Base, source: str) -> None:
    assert says(base, "already-presented")(f"## [論文] 題\n- 出典: {source}\n") == []


def test_date_presenters_title_and_link_are_told(base: Base) -> None:
    (finding,) = says(base, "already-presented")("## [論文] 題\n- 出典: https://arxiv.org/abs/2511.18423\n")
    assert finding.message == (
        "2025-11-25 に、Shun Itoさんほか1人が「General Agentic Memory」で取り上げています"
    )
    assert "/topics/gam/" in finding.hint
    assert "`- 再訪: yes`" in finding.hint


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("NeMo", 1),
        ("[論文] ＮｅＭｏ", 1),
        ("NeMo!", 1),
        ("nemo", 1),
        ("NeMo 2", 0),
        ("NeMoの話", 0),
    ],
)
def test_the_same_title_is_the_same_talk(base: Base, title: str, count: int) -> None:
    """Folded, and whatever its label; without any source."""
    found = says(base, "already-presented")(f"## {title}\n")
    assert [one.span.first for one in found] == [4] * count


def test_what_stands_in_each_meeting_is_no_talk(tmp_path: Path) -> None:
    weeks = {
        path: text for day in range(10, 14) for path, text in week(f"2025-11-{day}", "## 連絡\n").items()
    }
    files = {**weeks, **week("2025-11-14", "## 一度だけ\n")}
    found = says(checkout(tmp_path, files), "already-presented")("## 連絡\n## 一度だけ\n")
    assert [one.span.first for one in found] == [5]


@pytest.mark.parametrize(
    ("second", "lines"),
    [
        ("## [blog] A\n- 出典: https://x.example/a\n", []),  # one topic, which is told as that
        ("## [blog] B\n- 出典: https://x.example/a\n", [7]),
        ("## [code] Ａ\n- 出典: https://x.example/b\n", [6]),
        ("## [code] B\n- 出典: https://x.example/a\n- 再訪: yes\n", []),
        ("## [code] B\n- 出典: https://x.example/b\n", []),
    ],
)
def test_the_same_talk_twice_in_one_session(base: Base, second: str, lines: list[int]) -> None:
    found = says(base, "already-presented")(f"## [blog] A\n- 出典: https://x.example/a\n{second}")
    assert [one.span.first for one in found] == lines
    assert all(one.message.startswith("この回の4行目 に「A」") for one in found)


def test_two_titles_of_one_source_are_somebody_s_to_decide(base: Base) -> None:
    """The finding says which title it has; their pages stay apart."""
    find = says(base, "already-presented")
    source = "- 出典: https://arxiv.org/abs/2511.18423\n"
    (finding,) = find(f"## [論文] 別の題\n{source}")
    assert "台帳では「General Agentic Memory Via Deep Research」です" in finding.hint
    assert "ページは別々" in finding.hint
    (finding,) = find("## [論文] 別の題\n- 出典: https://doi.org/10.1145/3290605.3300233\n")
    assert "「知らない」" in finding.message
    assert "ページは別々" in finding.hint
    for same in (f"## [論文] General Agentic Memory: 副題\n{source}", f"## 別\n{source}- トピック: gam\n"):
        (finding,) = find(same)
        assert "ページは別々" not in finding.hint


def test_a_title_of_the_registry_is_its_paper(base: Base) -> None:
    assert len(says(base, "already-presented")("## [論文] General Agentic Memory Via Deep Research\n")) == 1


@pytest.mark.parametrize("value", ["yes", "実装して試した", "", "はい", "true", "ｙｅｓ", "はい。"])
def test_who_means_it_says_so(base: Base, value: str) -> None:
    body = f"## [論文] 題\n- 出典: https://arxiv.org/abs/2511.18423\n- 再訪: {value}\n"
    assert says(base, "already-presented")(body) == []


def test_who_does_not_mean_it_is_told(base: Base) -> None:
    body = "## [論文] 題\n- 出典: https://arxiv.org/abs/2511.18423\n- 再訪: no\n"
    assert len(says(base, "already-presented")(body)) == 1


def test_a_later_session_is_not_an_earlier_one(base: Base) -> None:
    rule = RULES["already-presented"]
    assert list(rule.find(note_of(GAM, "docs/notes/2025-11-18.md"), base)) == []
    (finding,) = rule.find(note_of(GAM, "docs/notes/2025-12-16.md"), base)
    assert finding.message.startswith("2025-12-09 に")
    assert finding.message.endswith("、全部で2回")


def test_a_note_is_not_its_own_past(base: Base) -> None:
    assert list(RULES["already-presented"].find(note_of(GAM, "docs/notes/2025-11-25.md"), base)) == []


def test_who_is_hidden_is_not_named(tmp_path: Path) -> None:
    hidden = "presenters:\n  - {id: shun-ito, name: Shun Ito, hidden: true}\n"
    base = checkout(tmp_path, {**week("2025-11-25", GAM), "docs/data/presenters.yml": hidden})
    (finding,) = says(base, "already-presented")(GAM)
    assert "匿名" in finding.message
    assert "Shun" not in finding.message + finding.hint


def test_a_file_that_is_no_text_is_passed_over(tmp_path: Path) -> None:
    base = checkout(tmp_path, week("2025-11-25", GAM))
    (tmp_path / "docs/notes/2025-11-18.md").write_bytes(b"\xff\xfe 2511.18423")
    assert len(says(base, "already-presented")(GAM)) == 1
