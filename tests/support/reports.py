"""Strategies for reports as groups keep them, one file for each."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.support.notes import SPECIALS

QUESTIONS = ("どんなもの？", "先行研究と比べてどこがすごい？", "技術や手法の肝は？", "議論はある？")
_WORDS = st.sampled_from(["速い", "GPU を使う。", "a_b", "C++", "数百~数千", "BERT", "$x_1$", "* 箇条"])
_TEXT = st.lists(_WORDS | SPECIALS, min_size=1, max_size=3).map(lambda words: _line(" ".join(words)))
_NAMES = st.sampled_from(["n-kats", "usako_tail", "山田"])
_ADDRESSES = st.sampled_from(["https://arxiv.org/abs/2303.11366v3", "https://dl.acm.org/doi/10.1145/1?x=1"])


def _line(text: str) -> str:
    return " ".join(["文", *text.replace("\0", " ").split()])


@dataclass(frozen=True, slots=True)
class Report:
    """A report, and what an entry made of it has to say."""

    text: str
    title: str
    presenter: str
    source: str


def _title(title: str, how: str) -> str:
    return {"atx": f"# {title}", "setext": f"{title}\n===", "tight": f"#{title}"}[how]


def _presenter(name: str, how: str) -> str:
    forms = {
        "key": f"発表者: @{name}",
        "brackets": f"(まとめ @{name})",
        "full": f"（まとめ：[@{name}](https://github.com/{name})）",
        "bare": f"@{name}",
        "who": f"まとめた人: {name}",
    }
    return forms[how]


def _source(url: str, how: str) -> str:
    return {"bare": url, "link": f"[{url}]({url})", "key": f"論文: {url}", "angle": f"<{url}>"}[how]


def _report(number: int, marks: tuple[str, str, str, str], name: str, url: str, texts: list[str]) -> Report:
    title, level = f"Paper {number} の話", marks[3]
    head = [_source(url, marks[2]), _presenter(name, marks[1])]
    asked = [f"{level} {question}\n\n{text}" for question, text in zip(QUESTIONS, texts, strict=False)]
    text = "\n\n".join([_title(title, marks[0]), *head, *asked])
    return Report(text + "\n", title, name, url)


def _post(number: int, name: str, url: str, texts: list[str]) -> Report:
    title = f"Paper: {number} の話"
    rows = ["layout: post", f'title: "{title}"', f"author: {name}", f"paper_url: {url}"]
    front = "\n".join([*rows, "tags: [CV, NLP]", "venue: ICLR", "year: 2019"])
    asked = [f"## {question}\n\n{text}" for question, text in zip(QUESTIONS, texts, strict=False)]
    return Report("\n\n".join([f"---\n{front}\n---", *asked]) + "\n", title, name, url)


_MARKS = st.tuples(
    st.sampled_from(["atx", "setext", "tight"]),
    st.sampled_from(["key", "brackets", "full", "bare", "who"]),
    st.sampled_from(["bare", "link", "key", "angle"]),
    st.sampled_from(["#", "##", "###"]),
)
_TEXTS = st.lists(_TEXT, min_size=3, max_size=4)
REPORTS = st.builds(_report, st.integers(0, 99), _MARKS, _NAMES, _ADDRESSES, _TEXTS)
"""Files with a title, a line for the source, one for the presenter, and a section for each question."""
POSTS = st.builds(_post, st.integers(0, 99), _NAMES, _ADDRESSES, _TEXTS)
"""Posts of Jekyll, whose front matter tells what the first lines of a file tell elsewhere."""
