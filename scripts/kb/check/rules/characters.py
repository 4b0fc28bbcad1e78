"""Characters that nobody meant to write: tags, marks of a merge, what cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Said, rule
from kb.model.blocks import Box, Toggle
from kb.model.codes import Code
from kb.model.inline import Text, flat
from kb.read.markers import BOX_NAMES
from kb.text.conflict import conflict_marks
from kb.text.tags import NAMES, TAG

# Bounded, as in all patterns here: a `<` that nothing closes must not cost the rest of its line.
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,15})(?=[\s/>])[^<>]{0,400}>")
_ELEMENTS = frozenset(
    """
    a abbr acronym address applet area article audio b base big blockquote body button canvas
    caption center cite code col colgroup dd del dfn dialog div dl dt em embed fieldset figcaption
    figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe input ins
    kbd label legend li link main map mark marquee meta meter nav noscript object ol optgroup option
    output p param picture pre progress q rp rt ruby samp script section select small source span
    strike strong style sub sup svg table tbody td template textarea tfoot th thead tr track tt u ul
    var video wbr
    """.split()  # noqa: SIM905
)
"""Elements of HTML but for those that a note may use. `<s>` is a token of models, as is `<mask>`."""
_INSTEAD = {
    "a": "`[言葉](アドレス)`",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "`### 見出し`"),
    **dict.fromkeys(("ul", "ol", "li"), "`- 項目`"),
    **dict.fromkeys(("table", "tr", "td", "th", "thead", "tbody"), "`| セル | セル |`"),
    **dict.fromkeys(NAMES, "開くタグと閉じるタグの組"),
    **dict.fromkeys(("div", "p", "section"), "タグを消した、ただの文章"),
    "pre": "`` ``` `` で囲んだコード",
    "hr": "`---`",
    "blockquote": "`> 引用`",
}
_BOX = re.compile(rf"<(/?)({BOX_NAMES})(?:\s[^<>]{{0,400}})?>", re.IGNORECASE)


@rule(Code.HTML_RAW)
def html_raw(note: Note, _: Base) -> Iterator[Said]:
    """A tag that the site shows as text: a known element, or one that has no partner."""
    left = _left(note)
    for number, line in enumerate(note.prose, 1):
        opened: set[str] = set()
        for found in _TAG.finditer(line) if "<" in line else ():
            name = found[1].lower()
            escaped = line[: found.start()].endswith("\\")
            if name not in _ELEMENTS or escaped or name in opened:
                continue
            if name in NAMES and found[0] not in left[number]:
                continue
            opened.add(name)  # its closing tag on the same line goes without saying
            message = f"`{_short(found[0])}` は、サイトでは文字のまま出ます"
            hint = (
                f"{_INSTEAD.get(name, 'Markdownの書き方')}にするか、タグの話なら `` ` `` ではさんでください"
            )
            yield note.at(number, *found.span()), message, hint, name
    for number, start, end in _lone(note):
        shown = _short(note.line(number)[start:end])
        message = f"`{shown}` に組になるタグがないので、サイトでは文字のまま出ます"
        hint = "開くタグと閉じるタグを、それぞれ行の始めに書いてください"
        yield note.at(number, start, end), message, hint, shown


def _left(note: Note) -> dict[int, set[str]]:
    """By line, the tags that could have formatted, and are words."""
    left: dict[int, set[str]] = defaultdict(set)
    for span, text in note.inlines:
        if "<" not in text.source:
            continue
        words = "\n".join(node.text for node in flat(text.nodes) if isinstance(node, Text))
        for number in span.lines:
            left[number].update(found[0] for found in TAG.finditer(words))
    return left


def _lone(note: Note) -> Iterator[tuple[int, int, int]]:
    """Line, begin and end of each tag of a callout or toggle that has no partner, and so is text."""
    boxes = [block.span for block in note.blocks if isinstance(block, Box)]
    # Of tags with a partner the reader has made a block: they stand on its first and its last line.
    opened, closed = {span.first for span in boxes}, {span.last for span in boxes}
    inside = {line for block in note.blocks if isinstance(block, Toggle) for line in block.span.lines}
    for number, line in enumerate(note.prose, 1):
        for found in _BOX.finditer(line) if "<" in line else ():
            if found[2].lower() in NAMES:
                continue  # told already
            known = inside if found[2].lower() == "summary" else closed if found[1] else opened
            if number not in known and not line[: found.start()].endswith("\\"):
                yield number, *found.span()


def _short(tag: str) -> str:
    return tag if len(tag) <= 30 else tag[:29] + "…>"


@rule(Code.MERGE_MARKER)
def merge_marker(note: Note, _: Base) -> Iterator[Said]:
    """What git leaves in a file where two changes meet."""
    for number, mark in conflict_marks(note.lines):  # those of code too: a conflict may lie there
        hint = "残すほうを選んで、`<<<<<<<` `=======` `>>>>>>>` の行を消してください"
        yield note.at(number), f"gitの競合のしるし `{mark}` が残っています", hint


_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028\u2029\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
_NAMES = {
    0x00: "NUL",
    0x08: "バックスペース",
    0x0B: "垂直タブ",
    0x0C: "改ページ",
    0x1B: "エスケープ",
    0x7F: "DEL",
    0x85: "NEL",
    0xAD: "ソフトハイフン",
    0x200B: "幅のない空白",
    0x200C: "幅のない非結合子",
    0x200D: "幅のない結合子",
    0x2028: "行区切り",
    0x2029: "段落区切り",
    0x2060: "単語結合子",
    0xFEFF: "幅のない空白、BOM",
}
_JOINER = "\u200d"


@rule(Code.CONTROL_CHARACTER)
def control_character(note: Note, _: Base) -> Iterator[Said]:
    """A character that cannot be seen, or turns the direction of a line: one finding a line, at the first."""
    if not _CONTROL.search(note.text):
        return
    for number, line in enumerate(note.lines, 1):
        found = [at.start() for at in _CONTROL.finditer(line) if not _is_meant(line, at.start(), number)]
        if found:
            names = "、".join(_named(char) for char in dict.fromkeys(line[at] for at in found))
            times = f"({len(found)}か所)" if len(found) > 1 else ""
            message = f"目に見えない文字があります: {names}{times}"
            yield note.at(number, found[0], found[0] + 1), message, "その文字を消してください"


def _is_meant(line: str, at: int, number: int) -> bool:
    """A byte order mark at the top has its own rule; emoji are joined to families, and Indic letters."""
    if line[at] == "\ufeff":
        return number == 1 and not line[:at].strip("\ufeff")
    if line[at] != _JOINER or at == 0 or at + 1 == len(line):
        return False
    return all(unicodedata.category(char) in ("So", "Sk", "Mn") for char in (line[at - 1], line[at + 1]))


def _named(char: str) -> str:
    code = ord(char)
    # Text that reads otherwise than it is stored: https://trojansource.codes/
    turns = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or code in (0x200E, 0x200F, 0x061C)
    name = _NAMES.get(code) or ("文字の向きを変える" if turns else "")
    return f"U+{code:04X}({name})" if name else f"U+{code:04X}"
