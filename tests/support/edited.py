"""A few notes that name each other, and what people may change in them, one place at a time."""

from __future__ import annotations

from functools import cache

from kb.model.registry import Paper, Presenter, Registry, Tag, Topic
from kb.model.session import Session
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


@cache
def _session(date: str, text: str) -> Session:
    front = "" if text.startswith("---") else titled(date)
    session = read_text(f"{front}{text}", f"docs/notes/{date}.md", "note").session
    assert session
    return session


def sessions_of(notes: dict[str, str]) -> list[Session]:
    """The sessions of notes by date; a note that is the same is the same session."""
    return [_session(date, text) for date, text in notes.items()]


def titled(date: str, title: str = "会", more: str = "") -> str:
    """The front matter of a note."""
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
    """All notes with something in one of them replaced, or with something put at its beginning."""
    assert old in NOTES[date]
    return {**NOTES, date: NOTES[date].replace(old, new, 1) if old else new + NOTES[date]}
