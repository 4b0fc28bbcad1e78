"""Copied text to the lines of a note, which are then read like any other note.

Headings get their `#`, paragraphs their blank lines, and what Markdown would take for markup its
backslash. Each line keeps its number, so that blocks and messages point into the copied text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kb.model.codes import Code
from kb.model.finding import Finding, Severity, Span
from kb.read import markers
from kb.read.blocks import read_blocks
from kb.read.copied.contents import cut_contents
from kb.read.copied.losses import blank_runs, cut_cells, holes
from kb.read.copied.titles import is_author_line, is_marked, is_sentence, title_reason
from kb.read.front_matter import FrontMatter
from kb.read.lines import Line, lines_of
from kb.read.note import Reading, is_labelled, person_line, session_of
from kb.read.starts import escape_start
from kb.read.tables import split_cells
from kb.text.spell import escape_literal

# The group writes `今週のTOPIC` and `メインTOPIC`, in half and full width.
PART = re.compile(r"(?:今週の|メイン|main\s*)?\s*(?:topics?|トピック)s?", re.IGNORECASE)
"""Names of parts; in copied text nothing else tells a part from an entry."""
# `- G16: …` goes on in the next line with `説明: …`.
CONTINUES = re.compile(r"(?:説明|例|理由|補足|備考)\s*[:：]")
"""A label that goes on with the list item above it."""

MIN_CONTENTS = 2
"""Headings that the second line must name to be a table of contents."""


def is_part(text: str) -> bool:
    """Whether a line is the name of a part, in half or full width."""
    return bool(PART.fullmatch(unicodedata.normalize("NFKC", text)))


def looks_copied(text: str) -> bool:
    """Whether a text has no Markdown heading outside of fences, or else what no note has."""
    # A copy of code has lost its fences, so a comment in it, `# …`, looks like a heading.
    fenced = False
    lines = lines_of(text)
    for line in lines:
        if markers.FENCE.match(line.text):
            fenced = not fenced
        elif not fenced and markers.HEADING.match(line.text):
            return any(is_part(line.text) for line in lines) or _has_contents(lines)
    return True


def _has_contents(lines: list[Line]) -> bool:
    """Whether the second line that is not blank is made of later lines and of nothing else."""
    body = [line for line in lines if not line.blank][1:]
    if not body:
        return False
    cut = cut_contents(body[0].text, body[1:])
    return len(cut.lines) >= MIN_CONTENTS and cut.length == len(body[0].text)


@dataclass(slots=True)
class _Copy:
    """A copied page on its way to a note."""

    path: str
    body: list[Line]
    levels: dict[int, int] = field(default_factory=dict)
    """Heading level by index of the body's line."""
    named: frozenset[int] = frozenset()
    """Indexes of the headings that the contents name."""
    guessed_from: int = 0
    """Index of the first line for which the contents do not tell whether it is a heading."""
    findings: list[Finding] = field(default_factory=list)
    out: list[Line] = field(default_factory=list)
    above: list[Line | None] = field(default_factory=list)
    """For each line of the body the nearest one above it that is not blank."""
    fenced: list[bool] = field(default_factory=list)
    """For each line of the body whether a fence above it is open."""

    def look_around(self) -> None:
        """Note what stands above each line of the body."""
        self.above, self.fenced = [], []
        above: Line | None = None
        fenced = False
        for line in self.body:
            self.above.append(above)
            self.fenced.append(fenced)
            fenced ^= bool(markers.FENCE.match(line.text))
            above = above if line.blank else line

    def say(self, code: Code, severity: Severity, line: Line, message: str, hint: str = "") -> None:
        span = Span(self.path, line.number, line.number)
        self.findings.append(Finding(code, severity, span, message, hint))


def read_copied(text: str, path: str) -> Reading:
    """Read text copied from a Notion page."""
    lines = lines_of(text)
    first = next((index for index, line in enumerate(lines) if not line.blank), 0)
    copy = _Copy(path, lines[first + 1 :])
    _name_headings(copy)
    _guess_titles(copy)
    _write_lines(copy)
    title = Line(lines[first].number, 0, "# " + escape_literal(lines[first].text))
    blocks = read_blocks([title, *copy.out], path)
    copy.findings.extend(blank_runs(_without_ends(copy), path))
    span = Span(path, 1, lines[-1].number)
    result = session_of(FrontMatter(), blocks, span, tuple(copy.findings))
    return replace(result, findings=tuple(sorted(result.findings, key=lambda finding: finding.span.first)))


def _without_ends(copy: _Copy) -> list[Line]:
    """The body without the blank lines that stand before a heading or an `@` line."""
    kept: list[Line] = []
    for index, line in enumerate(copy.body):
        if index in copy.levels or markers.MENTION.match(line.text):
            while kept and kept[-1].blank:
                kept.pop()
        kept.append(line)
    return kept


def _name_headings(copy: _Copy) -> None:
    """Take the headings from the contents line, or from labels and `@` lines where there is none."""
    at = next((index for index, line in enumerate(copy.body) if not line.blank), None)
    if at is None:
        copy.look_around()
        return
    contents = copy.body[at]
    cut = cut_contents(contents.text, copy.body[at + 1 :])
    if len(cut.lines) >= MIN_CONTENTS:
        copy.body = copy.body[at + 1 :]
        copy.named = frozenset(cut.lines)
        whole = cut.length == len(contents.text)
        copy.guessed_from = len(copy.body) if whole else cut.lines[-1] + 1
        _report_contents(copy, contents, cut.length)
    copy.look_around()
    _set_levels(copy)


def _report_contents(copy: _Copy, contents: Line, used: int) -> None:
    message = f"目次の行です。{len(copy.named)} 個の見出しを読み取りました"
    copy.say(Code.COPY_CONTENTS, "left-out", contents, message)
    if rest := contents.text[used:]:
        message = f"目次の「{rest[:40]}」以降が本文の行と合いません。以降の見出しは推測します"
        copy.say(Code.COPY_CONTENTS_REST, "guess", contents, message, "見出しが正しいか確かめてください")


def _set_levels(copy: _Copy) -> None:
    """Parts are known by name; an entry has a label or an `@` line above, or is first in its part."""
    first_in_part = True
    for index, line in enumerate(copy.body):
        if not _may_be_heading(copy, index):
            continue
        if is_part(line.text):
            copy.levels[index], first_in_part = 1, True
        elif _presented(copy.above[index]) or is_labelled(line.text) or first_in_part:
            copy.levels[index], first_in_part = 2, False
        else:
            copy.levels[index] = 3


def _may_be_heading(copy: _Copy, index: int) -> bool:
    if index < copy.guessed_from:
        return index in copy.named
    text = copy.body[index].text
    if not text or is_marked(text) or markers.is_boilerplate(text):
        return False
    found = (
        is_part(text)
        or is_labelled(text)
        or _presented(copy.above[index])
        or _opens_part(copy.above[index], text)
    )
    if found:
        why = "目次と合わないため" if copy.named else "目次がないため"
        message = f"「{text[:40]}」を見出しと推測しました({why}、[種類] や @ の行から)"
        copy.say(Code.COPY_HEADING, "guess", copy.body[index], message)
    return found


def _opens_part(above: Line | None, text: str) -> bool:
    """Whether a line right below a part's name is no sentence: the main topic has no `@` line."""
    return above is not None and is_part(above.text) and not is_sentence(text)


def _presented(above: Line | None) -> bool:
    """Whether an `@Name` line stands right above; blank lines may lie between."""
    return above is not None and person_line(above.text)


def _guess_titles(copy: _Copy) -> None:
    """Recognise sub-headings that the contents do not name, and say so for each."""
    guessed = -2
    level = 2
    for index, line in enumerate(copy.body):
        if index in copy.levels:
            level = copy.levels[index]
            continue
        # Two titles below each other are rather lines of a list that has lost its dashes.
        if level < 2 or guessed == index - 1 or copy.fenced[index] or _names_authors(copy, index):
            continue
        if reason := title_reason(line.text, _following(copy, index)):
            copy.levels[index] = level + 1
            guessed = index
            message = f"「{line.text}」を小見出しと推測しました({reason})"
            copy.say(Code.COPY_TITLE, "guess", line, message)


def _names_authors(copy: _Copy, index: int) -> bool:
    """Whether a line right below an entry's title names the authors of its paper."""
    return copy.levels.get(index - 1) == 2 and is_author_line(copy.body[index].text)


def _following(copy: _Copy, index: int) -> str | None:
    after = index + 1
    if after >= len(copy.body) or after in copy.levels or person_line(copy.body[after].text):
        return None
    return copy.body[after].text


def _write_lines(copy: _Copy) -> None:
    """Put down the lines of the note that the copy stands for."""
    for index, line in enumerate(copy.body):
        verbatim = line.blank or copy.fenced[index] or markers.FENCE.match(line.text)
        copy.out.extend([line] if verbatim else _line(copy, index))


def _line(copy: _Copy, index: int) -> Iterator[Line]:
    line, above = copy.body[index], copy.out[-1] if copy.out else None
    number, text = line.number, line.text
    copy.findings.extend(holes(line, copy.path))
    if index in copy.levels:
        yield Line(number, 0, "")
        found = markers.KIND_LABEL.match(text) if is_labelled(text) else None
        label = text[: found.start("title")] if found else ""
        yield Line(number, 0, f"{'#' * copy.levels[index]} {label}{escape_literal(text[len(label) :])}")
    elif markers.TABLE_ROW.match(text):
        copy.findings.extend(cut_cells(line, copy.path))
        # A cell that ends in the middle of a word stays so: it is told, not mended.
        yield Line(number, line.indent, _row(text))
    elif found := markers.BULLET.match(text):
        yield Line(number, line.indent, f"- {escape_literal(found['text'].strip())}".rstrip())
    elif above and not above.blank and CONTINUES.match(text) and _in_list(copy, index):
        yield Line(number, line.indent, escape_start(escape_literal(text)))
    else:
        yield Line(number, 0, "")
        yield Line(number, 0, _paragraph(copy, index))


def _row(text: str) -> str:
    """A row of a table whose cells say exactly what the copy says."""
    if markers.TABLE_RULE.match(text):
        return text
    cells = (escape_literal(cell).replace("|", "\\|") for cell in split_cells(text))
    return f"| {' | '.join(cells)} |"


def _in_list(copy: _Copy, index: int) -> bool:
    above = copy.body[index - 1].text
    return bool(markers.BULLET.match(above) or CONTINUES.match(above))


def _paragraph(copy: _Copy, index: int) -> str:
    line = copy.body[index]
    if person_line(line.text):
        return line.text
    if _names_authors(copy, index):
        copy.say(Code.COPY_AUTHORS, "guess", line, "論文の著者の行と推測しました")
        return f"- 著者: {escape_literal(line.text)}"
    if markers.is_boilerplate(line.text):
        return line.text
    if spoken := markers.remark(line.text):
        return f"[{spoken[0]}] {escape_literal(spoken[1])}"
    return escape_start(escape_literal(line.text))
