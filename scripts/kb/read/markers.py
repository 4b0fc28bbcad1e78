"""What makes a line the beginning of a block: one pattern each, used by reader and writer."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from kb.model.blocks import Alignment

HEADING = re.compile(r"(#{1,6})\s+(\S.*)$")
"""ATX headings with a blank behind the hashes."""
# `##見出し` is a heading by hand; a line with a further hash is words (`#タグ #別のタグ`).
TIGHT_HEADING = re.compile(r"(#{1,6})([^\s#\d!][^#]{0,79})$")
# Hashes without a title, which Notion leaves behind.
EMPTY_HEADING = re.compile(r"#{1,6}(?:\s+#+)?$")
CLOSING_HASHES = re.compile(r"(?:^|\s+)#+$")
DOTS = "・•"  # as typed by Japanese keyboards, and as Notion leaves it in paragraphs
"""Bullets of lists that need no blank behind them."""
BULLET = re.compile(rf"(?:[-*+](?:\s+|$)|[{DOTS}](?:\s*|$))(?P<text>.*)$")
ORDERED = re.compile(r"(?P<number>\d{1,9})[.)](?:\s+|$)(?P<text>.*)$")
TASK = re.compile(r"\[(?P<mark>[ xX])\](?:\s+|$)(?P<text>.*)$", re.DOTALL)
FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
QUOTE = re.compile(r">\s?(?P<text>.*)$")  # Notion ends quotes with `> ` alone
DIVIDER = re.compile(r"(?:\*\s*){3,}$|(?:-\s*){3,}$|(?:_\s*){3,}$")
UNDERLINE = re.compile(r"=+$|-{3,}$")
"""The line below a setext heading."""
TABLE_ROW = re.compile(r"\|.*\|$")
TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
MATH = re.compile(r"\$\$$")
ENVIRONMENT = re.compile(
    r"\\begin\{(?P<name>(?:align|alignat|equation|eqnarray|flalign|gather|multline)\*?)\}", re.ASCII
)
"""What displays a formula in LaTeX without dollar signs around it."""
DISPLAYS = (
    (re.compile(r"\$\$(?P<text>.*)$"), re.compile(r"(?P<text>(?:(?!\$\$).)*)\$\$$")),
    # `\[注\]` are brackets: beside these signs a command has to stand, or nothing.
    (re.compile(r"\\\[(?P<text>|.*\\[A-Za-z].*)$"), re.compile(r"(?P<text>.*)\\\]$")),
)
"""How a displayed formula begins and ends; its first and last line may share theirs with the signs."""


class Tags(NamedTuple):
    """What begins and what ends an element."""

    opening: re.Pattern[str]
    closing: re.Pattern[str]
    counted: re.Pattern[str]
    """Any line that opens an element of this name, for which one has to close it."""


_ATTRIBUTES = r"(?:\s[^>]*)?"
_ALIGNMENT = r"""\s[^>]*?(?:\balign\s*=\s*["']?|\btext-align\s*:\s*)(?P<side>left|center|right)\b[^>]*"""


def _tags(name: str, attributes: str = _ATTRIBUTES) -> Tags:
    # Text and closing tag may share a line; an escaped tag is text.
    return Tags(
        re.compile(rf"<{name}{attributes}>\s*(?P<text>.*)$", re.IGNORECASE),
        re.compile(rf"(?P<text>.*?)\s*(?<!\\)</{name}>$", re.IGNORECASE),
        re.compile(rf"<{name}{_ATTRIBUTES}>", re.IGNORECASE),
    )


BOXES: dict[str, Tags] = {
    **{name: _tags(name) for name in ("aside", "details", "center")},
    **{name: _tags(name, _ALIGNMENT) for name in ("div", "p")},
}
"""The elements that hold blocks (`kb.model.blocks.Box`), by their names."""
SIDES: dict[str, Alignment] = {"left": "left", "center": "center", "right": "right"}
"""What an element may say of where its blocks lie."""
BOX_NAMES = "|".join((*BOXES, "summary"))
"""Their names and that of the line inside one, as a pattern."""
SUMMARY = re.compile(r"<summary>(?P<summary>.*?)</summary>\s*(?P<text>.*)$", re.IGNORECASE | re.DOTALL)
COMMENT_OPEN = re.compile(r"<!--")
MENTION = re.compile(r"[@＠](?=[^\s@＠])")
"""The `@` of a presenter's line."""

KIND_LABEL = re.compile(
    r"[\[［【](?P<kind>[^\[\]［］【】\n]{1,20})[\]］】](?!\()\s*(?P<title>.*)$", re.DOTALL
)
# `[pon](https://…)` is a link and `[図]: …` a label: neither bracket nor colon follows a handle.
HANDLE = re.compile(
    r"[\[［](?P<handle>[^\s\[\]［］()（）:：@＠#`*_<>\\]{1,24})[\]］](?![(\[（:：])\s*(?P<text>.*)$",
    re.DOTALL,
)

KINDS: tuple[str, ...] = ("論文", "blog", "code", "動画", "book", "資料", "ニュース", "ツール", "podcast")
"""The kinds that the group uses. Others are kept and reported."""
KIND_SPELLINGS: dict[str, str] = {
    **{kind.lower(): kind for kind in KINDS},
    **dict.fromkeys(
        ("paper", "papers", "ペーパー", "論文読み", "論文紹介", "論文メモ", "論文まとめ"), "論文"
    ),
    **dict.fromkeys(("ブログ", "記事", "article", "zenn", "qiita"), "blog"),
    **dict.fromkeys(("コード", "github", "repo", "oss"), "code"),
    **dict.fromkeys(("video", "youtube", "ビデオ"), "動画"),
    **dict.fromkeys(("本", "書籍", "ブック"), "book"),
    **dict.fromkeys(("slide", "slides", "スライド"), "資料"),
    **dict.fromkeys(("news",), "ニュース"),
    **dict.fromkeys(("tool", "ライブラリ", "library"), "ツール"),
}
"""Every known spelling of a kind, lower case, with the kind that it stands for."""

# Words in brackets that open a line and are nobody's handle: labels of notes and tokens of models.
_LABELS = ("注", "注意", "注記", "補足", "参考", "追記", "重要", "例", "図", "表", "式")
_TOKENS = ("note", "todo", "fixme", "wip", "nb", "ps", "cls", "sep", "mask", "pad", "bos", "eos", "unk", "x")
_NOT_HANDLES = frozenset((*_LABELS, *_TOKENS))
_FIGURE = re.compile(r"[図表式]\d")


def is_handle(word: str) -> bool:
    """Whether a word in brackets at the beginning of a line is the handle of a speaker."""
    low = word.lower()
    # `> [!NOTE]` is an alert of GitHub's.
    if word.startswith(("!", "！")) or low in KIND_SPELLINGS or low in _NOT_HANDLES or _FIGURE.match(word):
        return False
    return any(map(str.isalpha, word))


def remark(text: str) -> tuple[str, str] | None:
    """Handle and text of a remark, or None for any other text."""
    found = HANDLE.match(text)
    if not found or not is_handle(found["handle"]) or not found["text"].strip():
        return None
    return found["handle"], found["text"].strip()


# What stands at the top of the group's page each week: known, and no content.
_STANDING = (
    r"※?\s*\[論文\]\s*\[blog\]\s*など何に関するTOPICなのかパッと見で分かるようにしましょう。?",
    r"技術的に学びのあるトピックを解説する時間にできると\W*"
    r"\(AIツール紹介等はslack channelでの共有など別機会にて推奨\)",
    r"出典を埋め込みURLにしましょう。?",
)
_STANDING_LINE = re.compile("|".join(f"(?:{rule})" for rule in _STANDING), re.IGNORECASE)

_ICON = re.compile(r"^[^\w※\[]+")
"""A mark before such a line: a dash, or the icon of the callout that it stands in."""


def is_boilerplate(text: str) -> bool:
    """Whether each line of a text is one of the standing instructions."""
    lines = [unicodedata.normalize("NFKC", line).strip().replace("\\", "") for line in text.split("\n")]
    return all(_STANDING_LINE.fullmatch(_ICON.sub("", line)) for line in lines)
