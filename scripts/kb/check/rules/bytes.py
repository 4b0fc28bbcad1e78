"""The form of a file's characters: line ends, byte order mark, composed kana, blanks at ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import FormRule
from kb.check.rules.mending import Edit, LineRule
from kb.model.codes import Code
from kb.model.finding import Finding

BOM = "\ufeff"


class ByteOrderMark(FormRule):
    """A mark of the encoding in front of the text."""

    code = Code.BYTE_ORDER_MARK

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look at the first character."""
        if note.text.startswith(BOM):
            message = "ファイルの先頭にBOM(目に見えない文字)があります"
            yield self.finding(note.at(1, 0, 1), message, "「BOMなしのUTF-8」で保存してください")

    def mend(self, text: str) -> str:
        """Without any mark at the top."""
        return text.lstrip(BOM)


class LineEnds(FormRule):
    """Line ends of Windows, or of old Macs."""

    code = Code.LINE_ENDS

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """One finding for the file, at its first such line."""
        text = note.text
        if "\r" in text:
            both = text.count("\r\n")
            lone = text.count("\r") - both
            kinds = "と".join(name for name, count in (("CRLF", both), ("CR", lone)) if count)
            before = text[: text.index("\r")].count("\n")
            message = f"改行が{kinds}の行が{both + lone}行あります"
            yield self.finding(note.at(before + 1), message, "改行をLFにして保存してください")

    def mend(self, text: str) -> str:
        """Every line end as one line feed."""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class FinalLineEnd(FormRule):
    """No line feed at the end, or empty lines."""

    code = Code.FINAL_LINE_END

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look at the last line."""
        text = note.text
        if self.mend(text) != text:
            missing = not text.endswith(("\n", "\r"))
            message = "ファイルが改行で終わっていません" if missing else "ファイルの終わりに空行があります"
            number = len(note.lines) if missing else len(note.lines) - 1
            yield self.finding(note.at(max(1, number)), message, "最後の行を改行1つで終えてください")

    def mend(self, text: str) -> str:
        """One line feed behind the last line that is not blank; an empty file stays as it is."""
        lines = text.split("\n")
        while lines and not lines[-1].strip():
            lines.pop()
        return "\n".join(lines) + "\n" if lines else text


class TrailingBlanks(LineRule):
    """Blanks at the end of a line."""

    code = Code.TRAILING_BLANKS
    hint = "行末の空白を消してください"
    together = True

    def edits(self, note: Note) -> Iterator[Edit]:
        """Every line outside of code that ends in a blank."""
        for number in range(note.first_line, len(note.lines) + 1):
            line = note.line(number)
            if line.endswith(_BLANKS) and number not in note.verbatim:
                yield {number: line.rstrip("".join(_BLANKS))}


_BLANKS = (" ", "\t", "\u3000", "\u00a0")
_MARKED = re.compile("[\u3041-\u30ff][\u3099\u309a]")
_TARGET = re.compile(r"\]\([^()\n]{0,2000}\)|<img\s[^<>\n]{0,2000}>|https?://[^\s<>]{0,2000}")


class DecomposedCharacters(LineRule):
    """Kana whose voicing mark is a character of its own, as macOS writes file names."""

    code = Code.DECOMPOSED_CHARACTERS

    def edits(self, note: Note) -> Iterator[Edit]:
        """Kana and mark as one character, wherever there is one; front matter, code and targets stay."""
        for number in range(note.first_line, len(note.lines) + 1) if _MARKED.search(note.text) else ():
            new = _composed(note.line(number), note.prose[number - 1])
            if new != note.line(number):
                yield {number: new}

    def sense(self, note: Note) -> object:  # noqa: ARG002
        """Composed kana may make a key of data, or a name that is known: the note says more than before."""
        return None

    def told(self, note: Note, edit: Edit) -> Finding:
        """The finding for a line, at its first such kana."""
        ((number, new),) = edit.items()
        old = note.line(number)
        start = next(at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
        message = f"「{new[start]}」が「{old[start]}」と濁点・半濁点の2文字になっています"
        hint = f"「{new[start]}」と打ち直してください"
        return self.finding(note.at(number, start, start + 2), message, hint)


def _composed(line: str, prose: str) -> str:
    """A line with its kana composed where `prose` shows them, and outside of targets."""
    targets = [found.span() for found in _TARGET.finditer(prose)] if _MARKED.search(prose) else []
    # From the last to the first: what is composed is shorter.
    for found in reversed(list(_MARKED.finditer(prose))):
        whole = unicodedata.normalize("NFC", found[0])
        if len(whole) == 1 and not any(first <= found.start() < last for first, last in targets):
            line = line[: found.start()] + whole + line[found.end() :]
    return line
