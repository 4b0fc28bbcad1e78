"""The rows of a page as lines of a note: blocks apart, children where a note has them, tags as marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kb.model.codes import Code
from kb.read import markers
from kb.read.blocks import MAX_NESTING
from kb.read.enhanced.inline import Inline, icon_of
from kb.read.enhanced.rows import (
    DIRECTIVE_LINE,
    SILENT_LINE,
    SUMMARY_LINE,
    Row,
    paired,
)
from kb.read.enhanced.tables import table_rows
from kb.read.enhanced.tags import LIST, attributes_of
from kb.read.enhanced.told import Told
from kb.read.lines import Line
from kb.read.starts import escape_start

_ELEMENTS = {"callout": "aside", "details": "details"}
"""What a note writes for a container; of all others it has what is in them."""
_LAYOUTS = {
    "columns": "段組みを、左の段から順に並べました",
    "tabs": "タブを、順に並べました",
    **dict.fromkeys(("synced_block", "synced_block_reference"), "同期ブロックを、ふつうの文章にしました"),
    "meeting-notes": "会議メモの題、要約、メモ、文字起こしを、順に並べました",
}
_INDENT = "    "
# As deep as notes are read; the lines of what lies deeper would only grow.
_DEEPEST = MAX_NESTING * len(_INDENT)


@dataclass(slots=True)
class _Frame:
    """A block whose children may follow."""

    indent: int
    lead: str
    """What stands before each line of its children."""
    name: str = ""
    """Of a container, which its tag closes and nothing else."""
    element: str = ""
    """What a note writes for it."""
    is_text: bool = False


@dataclass(slots=True)
class Outline:
    """Writes the lines of one page."""

    inline: Inline
    told: Told
    lines: list[Line] = field(default_factory=list)
    _frames: list[_Frame] = field(default_factory=list)
    _open: Counter[str] = field(default_factory=Counter)
    _icon: str = ""
    """The emoji that belongs before the next words."""
    _in_list: bool = False
    """Whether the line above is an item."""

    def write(self, rows: Sequence[Row]) -> list[Line]:
        """The lines of a note that say what the rows say."""
        partnered = paired(rows)
        for at, row in enumerate(rows):
            if row.kind:
                self._together(row)
            elif name := row.opens:
                self._enter(row.lines[0], name, is_real=at in partnered)
            elif name := row.closes:
                self._leave(name, row.lines[0].number)
            else:
                self._line(row.lines[0])
        self._flush(rows[-1].lines[-1].number if rows else 1)
        return self.lines

    # Where a line stands

    @property
    def _lead(self) -> str:
        return self._frames[-1].lead if self._frames else ""

    def _fall(self, indent: int) -> None:
        """Leave the blocks of which a line with this indentation is no child."""
        while self._frames and not self._frames[-1].name and self._frames[-1].indent >= indent:
            self._frames.pop()

    def _push(self, indent: int, mark: str, *, is_text: bool = False) -> None:
        lead = self._lead
        deeper = lead + mark if len(lead) < _DEEPEST else lead
        self._frames.append(_Frame(indent, deeper, is_text=is_text))

    def _emit(self, number: int, text: str, *, item: bool = False, tight: bool = False) -> None:
        lead = self._lead
        if self.lines and not tight and not (item and self._in_list):
            self.lines.append(Line.from_source(number, lead))
        self.lines.append(Line.from_source(number, lead + text))
        self._in_list = item

    def _flush(self, number: int) -> None:
        if self._icon:
            icon, self._icon = self._icon, ""
            self._emit(number, icon)

    # Containers

    def _enter(self, line: Line, name: str, *, is_real: bool) -> None:
        attributes = attributes_of(line.text)
        self._fall(line.indent)
        self._flush(line.number)
        if "color" in attributes:
            self.told.colour(line.number)
        if name in _LAYOUTS:
            self.told.layout(line.number, _LAYOUTS[name])
        named = DIRECTIVE_LINE.match(line.text)
        element = _ELEMENTS.get(named["name"] if named else name, "") if is_real else ""
        if element:
            self._emit(line.number, f"<{element}>")
        if is_real:
            self._frames.append(_Frame(line.indent, self._lead, name, element))
            self._open[name] += 1
        self._icon = icon_of(attributes)
        if attributes.get("icon") and not self._icon:
            message = "コールアウトのアイコン(Notion の画像)を除きました"
            self.told.say_once(Code.NOTION_ICON, "left-out", line.number, message)
        if notice := attributes.get("notice"):
            self._emit(line.number, escape_start(notice))

    def _leave(self, name: str, number: int) -> None:
        if not self._open[name]:
            return
        self._flush(number)
        while (frame := self._frames.pop()).name != name:
            self._close(frame, number)
        self._close(frame, number)

    def _close(self, frame: _Frame, number: int) -> None:
        if frame.name:
            self._open[frame.name] -= 1
        if not frame.element:
            return
        if self.lines[-1].text.endswith(f"<{frame.element}>"):
            self.lines.pop()  # a box with nothing in it
        else:
            self._emit(number, f"</{frame.element}>")

    # Blocks

    def _together(self, row: Row) -> None:
        first = row.lines[0]
        self._fall(first.indent)
        self._flush(first.number)
        if row.kind == "table":
            self._table(row)
            return
        lead = self._lead
        for line in row.lines:
            text = line.dedent(first.indent).source if row.kind == "verbatim" else self._text(line)
            if line is first:
                self._emit(line.number, text)
            else:
                self.lines.append(Line.from_source(line.number, lead + text))

    def _table(self, row: Row) -> None:
        number, text = row.lines[0].number, "\n".join(line.text for line in row.lines)
        rows, beside = table_rows(text, lambda cell: self.inline.text(cell, number))
        if ' color="' in text:
            self.told.colour(number)
        if 'header-row="true"' not in row.lines[0].text and rows:
            self.told.layout(number, "見出し行のない表です。1行目を見出しにしました")
        if beside:
            self._emit(number, escape_start(self.inline.text(beside, number)))
        for at, line in enumerate(rows):
            self._emit(number, line, tight=at > 0)

    def _text(self, line: Line) -> str:
        return self.inline.text(line.text, line.number)

    def _line(self, line: Line) -> None:
        self._fall(line.indent)
        if found := SILENT_LINE.match(line.text):
            if found["name"] != "empty-block":
                self.told.layout(line.number, "目次を除きました。見出しから作り直せます")
            return
        if found := SUMMARY_LINE.match(line.text):
            self._summary(line, found["text"])
            return
        if found := LIST.search(line.text):
            if "color=" in found[0]:
                self.told.colour(line.number)
            line = Line(line.number, line.indent, line.text[: found.start()])
        if self._frames and self._frames[-1].is_text:
            self.told.layout(line.number, "字下げされたブロックを、字下げなしで並べました")
        self._block(line)

    def _summary(self, line: Line, title: str) -> None:
        text = self.inline.text(title, line.number)
        if self._frames and self._frames[-1].name == "details":
            self._emit(line.number, f"<summary>{text}</summary>", tight=True)
        else:
            self._emit(line.number, escape_start(text))

    def _block(self, line: Line) -> None:
        text = line.text
        if markers.DIVIDER.match(text):
            self._flush(line.number)
            self._emit(line.number, text)
        elif markers.EMPTY_HEADING.match(text):
            message = f"題のない見出し `{text}` を除きました"
            self.told.say(Code.NOTION_EMPTY, "left-out", line.number, message)
        elif found := markers.HEADING.match(text):
            self._marked(line, self.inline.title, found.start(2), "")
        elif found := _item(text):
            self._marked(line, self.inline.words, found.start("text"), _INDENT)
        elif found := markers.QUOTE.match(text):
            self._marked(line, self.inline.words, found.start("text"), "> ")
        else:
            self._paragraph(line)

    def _marked(self, line: Line, spelled: Callable[[str, int], str], start: int, mark: str) -> None:
        """A block whose text stands behind a mark."""
        self._flush(line.number)
        text = line.text[:start] + spelled(line.text[start:], line.number)
        self._emit(line.number, text, item=mark == _INDENT)
        self._push(line.indent, mark)

    def _paragraph(self, line: Line) -> None:
        source = self.inline.paragraph(line)
        # What was read as text here is text there, but for people, remarks and lists with dots.
        if source and source[0] not in f"@\\{markers.DOTS}" and not markers.remark(source):
            source = escape_start(source)
        if source:
            said, self._icon = f"{self._icon} {source}" if self._icon else source, ""
            self._emit(line.number, said)
        self._push(line.indent, "", is_text=True)


def _item(text: str) -> re.Match[str] | None:
    """The marker of an item; a line with a dot in front is text for Notion."""
    return markers.ORDERED.match(text) or (markers.BULLET.match(text) if text[0] in "-*+" else None)
