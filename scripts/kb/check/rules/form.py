"""The form of a note: its characters, the marks in its lines, and where its blocks stand.

`words/form.yml` has these rules in the order in which `fix` mends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import FormRule, Said
from kb.check.rules.mending import Edit, LineForm, Row, beside, better, line_rule, siblings
from kb.model import blocks as b
from kb.model.codes import Code
from kb.model.session import PRESENTERS
from kb.read import markers
from kb.read.lines import Line
from kb.read.lists import NEST

_BOM = "\ufeff"
# U+3000 is what the space bar of a Japanese keyboard gives.
_BLANKS = " \t\u3000\u00a0"
_MARKED = re.compile("[\u3041-\u30ff][\u3099\u309a]")
_TARGET = re.compile(r"\]\([^()\n]{0,2000}\)|<img\s[^<>\n]{0,2000}>|https?://[^\s<>]{0,2000}")
# A full-width blank behind the hashes is none to GitHub.
_TIGHT = re.compile(r"^[\s>]*#{1,6}(?:(?=[^\s#])|[ \t]*[\u3000\u00a0]\s*)")
_WIDE_HASH = re.compile(
    r"^(?P<lead>[\s>]*)(?=#*＃)(?P<hashes>[#＃]{1,6})(?:\s+(?=\S)|(?<=[#＃]{2})(?=[^\s#＃])|(?=[\[［【]))"
)
_AT = re.compile(r"(?:(?<=[\s,、，:：])|^)＠(?=[^\s@＠])")
# Other pages of the group have `・` for bullets.
_DOT = re.compile(r"^(?P<lead>\s*)[・•]\s*")


def _marked(note: Note, _: Base) -> Iterator[Said]:
    if note.text.startswith(_BOM):
        message = "ファイルの先頭にBOM(目に見えない文字)があります"
        yield note.at(1, 0, 1), message, "「BOMなしのUTF-8」で保存してください"


def _foreign_ends(note: Note, _: Base) -> Iterator[Said]:
    """One for the file, at its first such line."""
    text = note.text
    if "\r" in text:
        both = text.count("\r\n")
        lone = text.count("\r") - both
        kinds = "と".join(name for name, count in (("CRLF", both), ("CR", lone)) if count)
        before = text[: text.index("\r")].count("\n")
        message = f"改行が{kinds}の行が{both + lone}行あります"
        yield note.at(before + 1), message, "改行をLFにして保存してください"


def _bad_end(note: Note, _: Base) -> Iterator[Said]:
    if _ended(note.text) != note.text:
        missing = not note.text.endswith(("\n", "\r"))
        message = "ファイルが改行で終わっていません" if missing else "ファイルの終わりに空行があります"
        # Behind the last line feed `lines` has an empty one.
        number = len(note.lines) if missing else len(note.lines) - 1
        yield note.at(max(1, number)), message, "最後の行を改行1つで終えてください"


def _ended(text: str) -> str:
    """One line feed behind the last line that is not blank; an empty file stays as it is."""
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines) + "\n" if lines else text


# A second mark would hide the front matter behind it.
byte_order_mark = FormRule(Code.BYTE_ORDER_MARK, _marked, lambda text: text.lstrip(_BOM))
line_ends = FormRule(
    Code.LINE_ENDS, _foreign_ends, lambda text: text.replace("\r\n", "\n").replace("\r", "\n")
)
final_line_end = FormRule(Code.FINAL_LINE_END, _bad_end, _ended)


def _trailing(note: Note) -> Iterator[Edit]:
    for number in range(note.first_line, len(note.lines) + 1):
        line = note.line(number)
        if line.endswith(tuple(_BLANKS)) and number not in note.verbatim:
            yield {number: line.rstrip(_BLANKS)}


trailing_blanks = line_rule(Code.TRAILING_BLANKS, LineForm(_trailing, "行末の空白を消してください"))


def _decomposed(note: Note) -> Iterator[Edit]:
    """Kana and mark as one character, wherever there is one; front matter, code and targets stay."""
    for number in range(note.first_line, len(note.lines) + 1) if _MARKED.search(note.text) else ():
        new = _composed(note.line(number), note.prose[number - 1])
        if new != note.line(number):
            yield {number: new}


def _composed(line: str, prose: str) -> str:
    """A line with its kana composed where `prose` shows them, and outside of targets."""
    # A file that macOS has named is found by the name that it has.
    targets = [found.span() for found in _TARGET.finditer(prose)] if _MARKED.search(prose) else []
    # From the last to the first: what is composed is shorter.
    for found in reversed(list(_MARKED.finditer(prose))):
        whole = unicodedata.normalize("NFC", found[0])
        if len(whole) == 1 and not any(first <= found.start() < last for first, last in targets):
            line = line[: found.start()] + whole + line[found.end() :]
    return line


def _told_kana(note: Note, edit: Edit) -> Said:
    """What is said of a line, at its first such kana."""
    ((number, new),) = edit.items()
    old = note.line(number)
    start = next(at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    message = f"「{new[start]}」が「{old[start]}」と濁点・半濁点の2文字になっています"
    return note.at(number, start, start + 2), message, f"「{new[start]}」と打ち直してください"


# Composed kana may make a key of data, or a name that is known: the note may say more than before.
decomposed_characters = line_rule(
    Code.DECOMPOSED_CHARACTERS, LineForm(_decomposed, tell=_told_kana, sense=lambda _: None)
)


def _loose(typed: str, written: str) -> str:
    """A blank behind the hashes of what is written with one."""
    # `#タグ` at the start of a line is no heading, and `write` has it as it was typed.
    found = _TIGHT.match(typed)
    if not found or _TIGHT.match(written):
        return typed
    return f"{found[0].rstrip()} {typed[found.end() :]}"


def _wide(note: Note) -> Iterator[Edit]:
    """Lines that begin with full-width hashes, as headings; one hash before a word may be a tag."""
    for number in range(note.first_line, len(note.lines) + 1) if "＃" in note.text else ():
        line = note.line(number)
        if number not in note.verbatim and (found := _WIDE_HASH.match(line)):
            hashes = "#" * len(found["hashes"])
            yield {number: f"{found['lead']}{hashes} {line[found.end() :].lstrip()}"}


# What was text becomes a heading: the note says more than before.
heading_full_width = line_rule(
    Code.HEADING_FULL_WIDTH,
    LineForm(
        _wide,
        "半角の `#` と空白で書いてください",
        "行の始めの `＃` が全角なので、見出しにならず文章になります",
        sense=lambda _: None,
    ),
)
heading_tight = line_rule(
    Code.HEADING_TIGHT,
    LineForm(
        better(_loose),
        "`# 見出し` のように、`#` の後ろに空白を入れてください",
        "見出しの `#` の後ろに半角の空白がないので、GitHubでは見出しになりません",
    ),
)


def _kind_half(typed: str, written: str) -> str:
    """The label of an entry in the usual form; the word in it is its writer's."""
    text = typed.lstrip("# \t\u3000\u00a0")
    label = markers.KIND_LABEL.match(text)
    if not written.startswith("## [") or not label or not label["title"]:
        return typed
    # On the group's page a label may touch its title.
    gap = text[label.end("kind") + 1 : label.start("title")] or " "
    return f"{typed.removesuffix(text)}[{label['kind'].strip()}]{gap}{label['title']}"


kind_full_width = line_rule(
    Code.KIND_FULL_WIDTH,
    LineForm(better(_kind_half), "`[論文] 題` のように、半角のかっこと空白で書いてください"),
)


def _at_half(note: Note) -> Iterator[Edit]:
    """Lines that the reader takes for presenters, and no other: `write` leaves names as they are."""
    entries = note.session.entries if note.session else ()
    spans = (item.span for entry in entries for item in entry.data if item.key == PRESENTERS)
    for number in {number for span in spans for number in span.lines}:
        new = _AT.sub("@", note.line(number))
        if new != note.line(number):
            yield {number: new}


at_full_width = line_rule(Code.AT_FULL_WIDTH, LineForm(_at_half, "半角の `@` で書いてください"))


def _bullet(typed: str, written: str) -> str:
    """The bullet that a list beside its neighbours has, where a dot was typed for it."""
    return typed if _DOT.match(written) else _DOT.sub(rf"\g<lead>{written.lstrip()[:1]} ", typed)


bullet_middle_dot = line_rule(
    Code.BULLET_MIDDLE_DOT,
    LineForm(
        better(_bullet, whole=True),
        "`- ` で書いてください",
        "`・` の箇条書きは、GitHubでは箇条書きになりません",
    ),
)


def _nesting(note: Note) -> Iterator[Edit]:
    """One edit for each list that lies in no other, and whose items stand below each other."""
    for block, rows in beside(note):
        if isinstance(block, b.BulletList | b.OrderedList) and _is_even(note, block):
            yield _nested(note, block, rows)


def _is_even(note: Note, block: b.Block) -> bool:
    columns = ({_indent(note.line(item.span.first)) for item in one.items} for one in _lists(block))
    return all(len(found) == 1 for found in columns)


def _indent(line: str) -> int:
    return Line.from_source(0, line).indent


def _lists(block: b.Block) -> Iterator[b.BulletList | b.OrderedList]:
    """A list and those in it, but for quoted ones: their lines begin with marks of their own."""
    if isinstance(block, b.BulletList | b.OrderedList):
        yield block
    for inner in () if isinstance(block, b.Quote) else b.children(block):
        yield from _lists(inner)


def _nested(note: Note, block: b.Block, rows: list[Row]) -> Edit:
    """The lines of a list in the columns of `write`; what lies in code moves with its fence."""
    moved: dict[int, str] = {}
    least, shift = _least(note, block), 0
    for number, typed, written in rows:
        column, verbatim = _indent(typed), number in note.verbatim
        if not (verbatim and number - 1 in note.verbatim):
            shift = _indent(written) - column
        # Tabs in code are the code's own: they stay where its fence stays.
        if shift if verbatim else column >= least.get(number, 0):
            moved[number] = " " * max(0, column + shift) + typed.lstrip()
    return {number: line for number, line in moved.items() if line != note.line(number)}


def _least(note: Note, block: b.Block) -> dict[int, int]:
    """The column from which a line below the first of an item is surely meant to be in it."""
    # Notion exports a line break in an item as a line at the margin; it may have been meant otherwise.
    return {
        number: _indent(note.line(item.span.first)) + NEST
        for one in _lists(block)
        for item in one.items
        for number in item.span.lines[1:]
    }


nesting_by_two = line_rule(
    Code.NESTING_BY_TWO,
    LineForm(
        _nesting,
        "1段ごとに半角空白4つで字下げしてください",
        "箇条書きの入れ子の字下げが、半角空白4つになっていません",
    ),
)


def _apart(note: Note) -> Iterator[Edit]:
    """A blank line between neighbours of which one is such a block."""
    for blocks in siblings(note.outline):
        for above, block in pairwise(blocks):
            first = block.span.first
            if above.span.last + 1 == first and _need_gap(above, block):
                yield {first: f"\n{note.line(first)}"}


def _need_gap(above: b.Block, below: b.Block) -> bool:
    """Whether some Markdown joins one of the two to the other, as text does not to text."""
    pair = (above, below)
    # A comment belongs to what it stands at: that is how a switch says for which block it holds.
    if any(isinstance(one, b.Comment) for one in pair):
        return False
    alike = (b.BulletList | b.OrderedList, b.Paragraph | b.Remark | b.Divider)
    return not any(all(isinstance(one, kinds) for one in pair) for kinds in alike)


block_touching = line_rule(
    Code.BLOCK_TOUCHING,
    LineForm(_apart, "この行の前に空行を1つ入れてください", "前の行との間に空行がありません"),
)
