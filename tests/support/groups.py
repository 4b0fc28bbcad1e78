"""Weeks as other study groups write them: their templates, their habits, their faults; from a seed.

Three manners, each as it was seen in real repositories and exports: reports by a fixed set of questions,
notes typed by hand, and pages of a Notion workspace, which are imported. Words are few, forms are many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from random import Random

from kb.intake import Given, bring

PEOPLE = ("n-sato", "kats", "Yuki Tanaka", "usako_tail", "hiro", "M. Ono", "山田", "Ken Mori")
TITLES = (
    "Learning from Local Graphs for Brain Signals",
    "Sparse Window Transformer for Point Clouds",
    "High-Resolution Synthesis with Latent Models",
    "階層的な注意機構による系列変換",
    "One Model to Rule All Segmentation",
    "Bayesian Optimization with Language Models",
    "点群からの物体検出を速くする",
    "Denoising by Random Levels",
)
QUESTIONS = (
    "どんなもの？",
    "先行研究と比べてどこがすごい？",
    "技術や手法の肝は？",
    "どうやって有効だと検証した？",
    "議論はある？",
    "次に読むべき論文は？",
)
SENTENCES = (
    "入力をパッチに分けて、まとめて認識する。",
    "前作の課題は、メモリを使いすぎることだった。",
    "計算量は1/G^2倍になる（同じ次元のとき）。",
    "精度は78.3%から81.0%に上がった。",
    "　電極ごとの特徴を、領域ごとにまとめる。",
    "結局、単純な分け方で十分らしい。",
    "$A_{global}$ を隣接行列だと思って畳み込む。",
    "図の上段が学習、下段が推論。",
    "著者もなぜかは分からないと書いている。",
    "Smith et al. (2019) の結果と合わない。",
)
ITEMS = (
    "複数のカーネルサイズで畳み込む",
    "結果を結合する（後段で使う）",
    "学習データは12万枚",
    "**重み**は共有しない",
    "Wasserstein距離",
    "速い",
    "[実装](https://github.com/example/model)",
)
FILES = ("meta.png", "scores.png", "network overview.png", "Untitled.png", "fig2.png")


def arxiv(rng: Random) -> str:
    """An address on arXiv."""
    return f"https://arxiv.org/abs/{rng.randint(15, 25)}{rng.randint(1, 12):02}.{rng.randint(10_000, 19_999)}"


def _title(rng: Random) -> str:
    """A title that no other talk has: of works, few are presented twice."""
    return f"{rng.choice(TITLES)}: {rng.choice(QUESTIONS)[:-1]} {rng.randint(100, 99_999)}"


def _sentences(rng: Random, most: int = 3) -> str:
    return "\n".join(rng.choice(SENTENCES) for _ in range(rng.randint(1, most)))


def _items(rng: Random, mark: str, indent: int, depth: int = 0) -> list[str]:
    lines: list[str] = []
    for _ in range(rng.randint(2, 4)):
        lines.append(f"{' ' * indent * depth}{mark} {rng.choice(ITEMS)}")
        if depth < 2 and rng.random() < 0.3:
            lines += _items(rng, mark, indent, depth + 1)
    return lines


def _image(rng: Random, folder: str) -> str:
    name = rng.choice(FILES).replace(" ", "%20")
    return rng.choice((f"![]({folder}/{name})", f"![]({folder}/{name})", f"![{name}]({folder}/{name})"))


def _body(rng: Random, mark: str, indent: int, folder: str) -> str:
    """A section: text and lists, often touching each other, and an image."""
    parts = [_sentences(rng)]
    for _ in range(rng.randint(0, 3)):
        shape = rng.random()
        touching = "\n" if rng.random() < 0.5 else "\n\n"
        if shape < 0.5:
            parts.append(touching + "\n".join(_items(rng, mark, indent)))
        elif shape < 0.75:
            parts.append(rng.choice(("\n\n", "\n\n", "\n\n", "\n")) + _image(rng, folder))
        else:
            parts.append("\n\n" + _sentences(rng))
    return "".join(parts)


def _odd(rng: Random) -> str:
    """What a note has now and then, and what a member should hear of."""
    return rng.choice(
        (
            "- 一つめ\n- 二つめ\nすぐ下の行。",
            "**太字のつもり。",
            "| 手法 | 精度 |\n|---|---|\n| A | 0.9 | 速い |",
            "![](https://i.example.com/a.png)",
            '<img src="https://i.example.com/b.png" width="400">',
            "連絡は author@cs.example-univ.ac.jp まで。",
            "[前の回](../20210819_reports/model_2107.14795.md) のおさらい。",
            "1.準備\n2.実行",
            "<center>図1</center>",
            "arXiv:1805.0831 も読む。",
            "[なし]()",
            "##### 省略",
        )
    )


def _section(rng: Random, level: int, title: str, body: str) -> str:
    gap = rng.choice(("\n", "\n\n"))
    return f"{'#' * level} {title}{gap}{body}"


def report(rng: Random, folder: str) -> str:
    """One talk by a fixed set of questions; a question may stay without an answer."""
    address = arxiv(rng)
    title = _title(rng)
    name = f"{folder}/{title.partition(':')[0].split()[0]}"
    by = rng.choice(("(まとめ @{})", "（まとめ @{}）", "- 発表者: @{}", "@{}")).format(rng.choice(PEOPLE))
    source = rng.choice((address, f"[{address}]({address})", f"- 出典: {address}"))
    head = [f"## {rng.choice(('', '', '[論文] '))}{title}", source + rng.choice(("\n", "\n\n")) + by]
    authors = "著者\n" + "\n".join(f"* {rng.choice(PEOPLE)}" for _ in range(rng.randint(2, 9)))
    mark, indent = rng.choice("*-"), rng.choice((2, 2, 2, 4))
    sections = [
        _section(rng, 3, one, "" if rng.random() < 0.04 else _body(rng, mark, indent, name))
        for one in QUESTIONS
    ]
    if rng.random() < 0.3:
        sections.insert(rng.randint(0, len(sections)), _odd(rng))
    return "\n\n".join([*head, authors, *sections])


def typed(rng: Random, folder: str) -> str:
    """One talk of a note that is typed by hand."""
    title = _title(rng)
    head = rng.choice(
        (
            f"## [論文] {title}\n- 発表者: @{rng.choice(PEOPLE)}\n- 出典: {arxiv(rng)}",
            f"@{rng.choice(PEOPLE)}\n\n## [blog]{title}\n- URL: https://blog.example.com/{rng.random()}",
            f"##【論文】[{title}]({arxiv(rng)})\n＠{rng.choice(PEOPLE)}",
        )
    )
    mark, indent = rng.choice("-*・"), rng.choice((2, 2, 4))
    sections = [
        _section(rng, rng.choice((3, 3, 4)), rng.choice(("概要", "手法", "結果", "感想")), body)
        for body in (_body(rng, mark, indent, folder) for _ in range(rng.randint(1, 4)))
    ]
    odd = [_odd(rng)] if rng.random() < 0.3 else []
    return "\n".join([head, "", _body(rng, mark, indent, folder), *sections, *odd])


def _note(rng: Random, date: dt.date, talk: Callable[[Random, str], str]) -> str:
    folder = f"images/{date}"
    talks = "\n\n".join(talk(rng, folder) for _ in range(rng.randint(2, 5)))
    text = f"---\ndate: {date}\n---\n\n# 今週のTOPIC\n\n{talks}"
    blanks = "".join(
        line + ("  " if line and rng.random() < 0.05 else "") + "\n" for line in text.split("\n")
    )
    return rng.choice((blanks, blanks.rstrip("\n"), blanks.replace("\n", "\r\n")))


def exported(rng: Random, date: dt.date) -> str:
    """A page of a Notion workspace as its Markdown export has it, imported."""
    parts = [
        f"# {date} 勉強会\n\n作成日時: {date.year}年{date.month}月{date.day}日 午前 10:12\n\n# 今週のTOPIC"
    ]
    for _ in range(rng.randint(2, 5)):
        parts.append(f"@{rng.choice(PEOPLE)}")
        parts.append(f"## [{rng.choice(('論文', 'blog'))}] [{_title(rng)}]({arxiv(rng)})")
        parts += [_body(rng, "-", 4, f"{date}%20勉強会") for _ in range(rng.randint(1, 4))]
        parts += [_odd(rng)] if rng.random() < 0.3 else []
    return bring([Given("page.md", data="\n\n".join(parts).encode())]).note


def weeks(seed: int, count: int) -> Mapping[str, str]:
    """The notes of a group, by their path; each group keeps to its manner."""
    rng = Random(seed)
    manner = seed % 3
    start = dt.date(2023, 1, 10)
    dates = [start + dt.timedelta(weeks=week) for week in range(count)]
    talks = (report, typed)
    return {
        f"docs/notes/{date}.md": exported(rng, date) if manner == 2 else _note(rng, date, talks[manner])
        for date in dates
    }


def images(notes: Mapping[str, str]) -> Mapping[str, str]:
    """The files that these notes show, most of them: now and then one was forgotten."""
    folders = {f"docs/notes/images/{path[-13:-3]}" for path in notes}
    names = {title.split()[0] for title in TITLES}
    return {
        f"{folder}/{inner}{file}": "PNG"
        for folder in sorted(folders)
        for inner in ("", *(f"{name}/" for name in sorted(names)))
        for file in FILES
    }
