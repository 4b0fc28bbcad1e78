"""The key of a plan: as long as it is the same, so are its pages; and most are, whatever is edited."""

from __future__ import annotations

import pytest

from kb.link import build_base
from kb.model.registry import Paper, Presenter, Registry, Tag, Topic
from kb.pages import Context, Page, all_plans
from kb.read import read_text
from tests.support.worlds import entry

REGISTRY = Registry(
    presenters=(Presenter("ito", "Shun Ito", ("shun",)), Presenter("pon", "Pon Taro", ("pon",))),
    papers=(Paper("ab", "Paper AB", issued="2025", ids=(("arxiv", "2511.00001"),)), Paper("cd", "Paper CD")),
    tags=(
        Tag("above", "上位", "above"),
        Tag("rag", "検索拡張", "RAG", broader="above"),
        Tag("llm", "言語", "LLM"),
    ),
    topics=(Topic("gam", "GAM", ("記憶",), ("old",)), Topic("sam", "SAM3系")),
)
NOTES = {
    "2024-11-26": "# 部\n\n"
    + entry(
        "[論文] 遠い話", "文。GAM の話。", "[pon] 遠い", 発表者="@Shun Ito", タグ="llm", 出典="https://a.b/c"
    ),
    "2025-11-18": "前書き\n\n# 部\n\n"
    + entry(
        "[論文] 記憶の話",
        "一。Paper CD を読む。検索拡張。",
        "[pon] どう",
        発表者="@Shun Ito",
        タグ="rag",
        トピック="gam",
    )
    + entry(
        "[blog] 別の話", "二。Shun Ito さん。", 発表者="@New Face", タグ="fresh", 出典="arXiv:2511.00001"
    ),
    "2025-11-25": "# 部\n\n"
    + entry(
        "分割",
        "三。記憶も、Paper CD も。",
        "### 節",
        "[shun] はい",
        "- G7: 四",
        発表者="@Pon Taro",
        トピック="sam",
    )
    + entry("続き", "五。SAM3系 と Pon Taro。", タグ="rag", トピック="gam"),
    "2025-12-02": "# 部\n\n" + entry("末", "六。"),
}

Pages = dict[str, tuple[object, tuple[Page, ...]]]
"""Key and pages by the name of a plan."""


def plans(notes: dict[str, str]) -> tuple[object, Pages]:
    sessions = []
    for date, text in notes.items():
        title = "" if text.startswith("---") else f"---\ndate: {date}\ntitle: 会\n---\n"
        session = read_text(f"{title}{text}", f"docs/notes/{date}.md", "note").session
        assert session
        sessions.append(session)
    context = Context(build_base(sessions, REGISTRY), frozenset())
    return context.common, {plan.name: (plan.key, tuple(plan.make())) for plan in all_plans(context)}


def titled(date: str, title: str = "会", more: str = "") -> str:
    return f"---\ndate: {date}\ntitle: {title}\n{more}---\n"


EDITS: dict[str, tuple[str, str, str]] = {
    "the title of a session": ("2025-11-18", "", titled("2025-11-18", "特別回")),
    "all lines move": ("2025-11-18", "", titled("2025-11-18", more="source: 写し\n")),
    "the first lines move": ("2024-11-26", "", titled("2024-11-26", more="source: 写し\n")),
    "the name of a part": ("2025-11-18", "# 部", "# 別の部"),
    "what stands before the parts": ("2025-11-18", "前書き", "別の前書き"),
    "the title of an entry": ("2025-11-18", "記憶の話", "思い出の話"),
    "the title of an entry without a topic": ("2025-12-02", "## 末", "## 結び"),
    "a kind": ("2025-11-18", "[blog]", "[code]"),
    "a presenter": ("2025-11-25", "@Pon Taro", "@Shun Ito"),
    "a presenter's spelling": ("2025-11-18", "@Shun Ito", "@shun ito"),
    "a tag": ("2025-11-18", "タグ: rag", "タグ: llm"),
    "a tag that was proposed": ("2025-11-18", "検索拡張。", "検索。"),
    "a topic": ("2025-11-25", "トピック: sam", "トピック: gam"),
    "a source": ("2025-11-18", "arXiv:2511.00001", "https://x.y/z"),
    "a remark": ("2025-11-18", "[pon] どう", "[pon] そう"),
    "another remark": ("2025-11-18", "[pon] どう", "[pon] どう\n\n[pon] ね"),
    "a remark of somebody else": ("2025-11-25", "[shun] はい", "[pon] はい"),
    "a section": ("2025-11-25", "### 節", "### 項"),
    "a label": ("2025-11-25", "G7: 四", "G8: 四"),
    "a sentence": ("2025-11-25", "三。", "三と四。"),
    "a sentence around a mention": ("2025-11-25", "記憶も、", "記憶もまた、"),
    "a mention of a topic less": ("2025-11-25", "記憶も、", ""),
    "a mention of a paper less": ("2025-11-18", "Paper CD を読む。", ""),
    "a mention of a person less": ("2025-11-18", "二。Shun Ito さん。", "二。"),
    "a mention of a paper more": ("2025-12-02", "六。", "六。Paper CD も Paper AB も。"),
    "a mention of a tag more": ("2025-12-02", "六。", "六。検索拡張も。"),
    "the order of entries": (
        "2025-11-25",
        NOTES["2025-11-25"],
        "# 部\n\n## 続き" + NOTES["2025-11-25"].partition("## 続き")[2] + "## 分割"
        + NOTES["2025-11-25"].partition("## 分割")[2].partition("## 続き")[0],
    ),
    "an entry less": ("2025-11-25", NOTES["2025-11-25"], NOTES["2025-11-25"].partition("## 続き")[0]),
}  # fmt: skip


def edited(date: str, old: str, new: str) -> dict[str, str]:
    assert old in NOTES[date]
    return {**NOTES, date: NOTES[date].replace(old, new, 1) if old else new + NOTES[date]}


@pytest.mark.parametrize("edit", EDITS)
def test_pages_with_the_same_key_are_the_same(edit: str) -> None:
    before, after = plans(NOTES), plans(edited(*EDITS[edit]))
    nothing = (None, ())
    changed = {name for name, (_, made) in after[1].items() if made != before[1].get(name, nothing)[1]}
    assert changed, "an edit changes something"
    if before[0] == after[0]:  # where what all pages share has changed, all are made anew
        assert not changed & same_keys(before[1], after[1])


def same_keys(before: Pages, after: Pages) -> set[str]:
    return {name for name, (key, _) in after.items() if key and name in before and before[name][0] == key}


@pytest.mark.parametrize("edit", ["a sentence", "a remark", "a kind", "the title of a session", "a label"])
def test_what_an_edit_does_not_reach_keeps_its_key(edit: str) -> None:
    before, after = plans(NOTES), plans(edited(*EDITS[edit]))
    assert before[0] == after[0]
    assert same_keys(before[1], after[1]) >= {"topics/2024-11-26-1", "tags/llm"}


def test_names_of_plans_are_apart_and_pages_too() -> None:
    _, made = plans(NOTES)
    paths = [page.path for _, pages in made.values() for page in pages]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@New Face", "@Newer Face"),
        ("タグ: fresh", "タグ: fresher"),
        ("arXiv:2511.00001", "arXiv:2512.00099"),
        ("[pon] どう", "[guest] どう"),
        ("[pon] どう", "[shun] どう"),
    ],
)
def test_names_that_only_notes_give_are_shared_by_all_pages(old: str, new: str) -> None:
    """A page may show any of them, so with them all pages are made anew."""
    after = plans(edited("2025-11-18", old, new))[0]
    assert (after == plans(NOTES)[0]) == (new == "[shun] どう")


def test_dates_and_files_are_shared_by_all_pages() -> None:
    """A link to another week or to an image works once it is there."""
    without = {date: text for date, text in NOTES.items() if date != "2025-12-02"}
    assert plans(without)[0] != plans(NOTES)[0]
    base = build_base((), REGISTRY)
    assert Context(base, frozenset(["a.png"])).common != Context(base, frozenset()).common
