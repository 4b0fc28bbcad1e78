"""The note format: front matter, parts (`#`), entries (`##`), their data and text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kb.model.blocks import Block, Blocks, BulletList, Callout, Heading, ListItem, Paragraph, texts, walk
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import NO_TEXT, RichText
from kb.model.session import DATA_KEYS, PRESENTERS, DataItem, Entry, Part, Session
from kb.read import markers
from kb.read.blocks import read_blocks
from kb.read.dates import date_in
from kb.read.front_matter import FrontMatter, read_front_matter
from kb.read.lines import lines_of
from kb.text.inline import rich_text

DEFAULT_TITLE = "機械学習勉強会"
_NAMED = "ファイル名を `2025-11-25.md` の形にしてください"
_DATE_HINT = f"先頭に `---`、`date: 2025-11-25`、`---` の3行を書くか、{_NAMED}"
_DATE_KEY_HINT = f"先頭の `---` の間に `date: 2025-11-25` の行を足すか、{_NAMED}"

_DATA_LINE = re.compile(r"(?P<key>[^:：\n`\[\]]{1,20}?)\s*[:：](?:\s+|(?=[^\s/])|$)(?P<value>.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file: a session where it has one, and what there is to say of it."""

    session: Session | None
    findings: tuple[Finding, ...] = ()
    blocks: tuple[Block, ...] = ()
    """All of a note in its own format as it lies there, headings of parts and entries among them."""
    path: str = ""
    dialect: str = ""


def read_note(text: str, path: str) -> Reading:
    """Read the note format. Only broken front matter and a missing date leave no session."""
    front, rest, findings = read_front_matter(text, path)
    if front is None:
        return Reading(None, findings)
    lines = lines_of(rest, front.lines + 1)
    span = Span(path, 1, lines[-1].number if lines else max(front.lines, 1))
    blocks = read_blocks(lines, path)
    return replace(session_of(front, blocks, span, findings), blocks=blocks)


def session_of(
    front: FrontMatter, blocks: tuple[Block, ...], span: Span, findings: tuple[Finding, ...]
) -> Reading:
    """A session from its front matter and the blocks of its note."""
    left_out: list[Finding] = []
    before, sections = _sections(blocks, left_out)
    title = Heading(1, NO_TEXT)
    if sections and not before and _tells_date(sections[0][0]):
        title, below = sections.pop(0)
        before = below
    parts = _parts(sections)
    named, shown = date_in(span.path.rsplit("/", 1)[-1]), title.text.plain
    # A date in a title may be wrong: it is asked last.
    date = front.date or named or date_in(shown)
    if date is None:
        hint = _DATE_KEY_HINT if front.lines else _DATE_HINT
        return Reading(None, (*findings, no_date(span.path, hint)))
    called = front.title or without_date(shown) or DEFAULT_TITLE
    told = not title.text or (title.text.source == shown and without_date(shown) in ("", called))
    # A heading that says more than date and title, or has markup, stays as a block: nothing is lost.
    before[:0] = [] if told else [title]
    session = Session(date, called, front.extra, tuple(before), parts, span)
    dates = {"front matter の date": front.date, "ファイル名": named, "題": date_in(shown)}
    return Reading(session, (*findings, *left_out, *disagreement(dates, date, span.path)))


def no_date(path: str, hint: str) -> Finding:
    """What to say of a file that tells no date."""
    return Finding(Code.NOTE_DATE_MISSING, "error", Span(path, 1, 1), "勉強会の日付がわかりません", hint)


def disagreement(dates: Mapping[str, dt.date | None], used: dt.date, path: str) -> tuple[Finding, ...]:
    """One warning where file name, front matter and title tell different dates."""
    told = {where: date for where, date in dates.items() if date}
    if len({*told.values(), used}) < 2:
        return ()
    listed = "、".join(f"{where} は {date}" for where, date in told.items())
    hint = "正しい日付にそろえてください"
    message = f"日付が食い違っています({listed})。{used} を使いました"
    return (Finding(Code.NOTE_DATE_DIFFERS, "warning", Span(path, 1, 1), message, hint),)


# A title such as `2025年11月25日(火) 機械学習勉強会` says the date and the day again.
_TITLE_DATE = re.compile(
    r"(?:\d{4}\s*[-/._年／．－]\s*\d{1,2}\s*[-/._月／．－]\s*\d{1,2}日?|(?<!\d)\d{8}(?!\d))"
    r"(?:\s*[(（][日月火水木金土](?:曜日?)?[)）])?"
)
"""A date with the day of the week behind it."""


def without_date(title: str) -> str:
    """A title without the dates in it and the day of the week behind them."""
    rest = _TITLE_DATE.sub(lambda found: " " if date_in(found[0]) else found[0], title)
    return " ".join(rest.split())


_Section = tuple[Heading, list[Block]]
"""A heading of level 1 or 2 with all blocks up to the next one."""


def _sections(blocks: tuple[Block, ...], findings: list[Finding]) -> tuple[list[Block], list[_Section]]:
    before: list[Block] = []
    sections: list[_Section] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= 2:
            sections.append((block, []))
        elif sections and sections[-1][0].level == 2:
            sections[-1][1].append(block)
        else:
            # First of all: a name above such a line is the next topic's presenter, as it is in the note.
            (sections[-1][1] if sections else before).extend(_content(block, findings))
    # In the group's own page `@` lines stand above the topic that they present.
    _hand_over_presenters(before, sections)
    return before, sections


def _hand_over_presenters(before: list[Block], sections: list[_Section]) -> None:
    """Give the `@Name` lines at the end of a section to the entry whose heading follows them."""
    above, level = before, 1
    for heading, blocks in sections:
        first = len(above)
        while first and mentions(above[first - 1]):
            first -= 1
        if first and heads_people(above[first - 1]):  # they stand below a heading of their own
            first = len(above)
        # An entry of nothing but `@` lines keeps them: they are its own presenters.
        if heading.level == 2 and (first or level == 1):
            blocks[:0] = above[first:]
            del above[first:]
        above, level = blocks, heading.level


def _tells_date(heading: Heading) -> bool:
    """Whether the first heading of a note is the session's title rather than a part."""
    return heading.level == 1 and date_in(heading.text.plain) is not None


def _content(block: Block, findings: list[Finding]) -> Blocks:
    """A block without the group's boilerplate, which is told."""
    if _is_standing(block):
        message = "毎回の注意書きなので、内容としては扱いません"
        said = "" if isinstance(block, Paragraph) else "\n".join(_said(block))
        findings.append(Finding(Code.NOTE_BOILERPLATE, "left-out", block.span, message, excerpt=said))
        return ()
    if isinstance(block, Callout):
        inner = tuple(one for inside in block.blocks for one in _content(inside, findings))
        return (replace(block, blocks=inner),)
    return (block,)


def _is_standing(block: Block) -> bool:
    """Whether a paragraph, a list or a callout with its icon is nothing but standing instructions."""
    match block:
        case Paragraph():
            return markers.is_boilerplate(block.text.source)
        case BulletList():
            return all(item.blocks and all(map(_is_standing, item.blocks)) for item in block.items)
        case Callout(blocks):
            told = [one for one in blocks if not (isinstance(one, Paragraph) and _is_icon(one))]
            return bool(told) and all(map(_is_standing, told))
        case _:
            return False


def _is_icon(block: Paragraph) -> bool:
    return not re.search(r"[\w<!]", block.text.source)


def _said(block: Block) -> Iterator[str]:
    for one in walk((block,)):
        yield from (text.source for text in texts(one))


def _parts(sections: list[_Section]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for heading, blocks in sections:
        if heading.level == 1:
            parts.append(Part(heading.text, tuple(blocks), (), heading.span))
            continue
        if not parts:
            parts.append(Part(NO_TEXT, (), (), heading.span))
        entries = (*parts[-1].entries, read_entry(heading, blocks))
        parts[-1] = replace(parts[-1], entries=entries)
    return tuple(parts)


def read_entry(heading: Heading, blocks: list[Block]) -> Entry:
    """An entry from its heading and what stands below it: `@` lines and data first, then the text."""
    kind, title = split_kind(heading.text.source)
    named = heading.text if title == heading.text.source else rich_text(title)
    data: list[DataItem] = []
    rest = list(blocks)
    listed = False
    # A second list is text, even where it looks like data.
    while rest and not (listed and isinstance(rest[0], BulletList)) and (more := _data(rest[0])):
        listed = listed or isinstance(rest[0], BulletList)
        data += more[0]
        rest[:1] = more[1]
    last = blocks[-1].span.last if blocks else heading.span.last
    return Entry(kind, named, tuple(data), tuple(rest), replace(heading.span, last=last))


def split_kind(text: str) -> tuple[str, str]:
    """`[論文] Title` to its kind and title; a label that is the whole text or a link's is no kind."""
    found = markers.KIND_LABEL.match(text)
    if not found or not found["title"]:
        return "", text
    kind, title = found["kind"].strip(), found["title"]
    if markers.CLOSING_HASHES.match(title):  # `[論文]#`: with a blank between them they would be no title
        title = "\\" + title
    return (markers.KIND_SPELLINGS.get(kind.lower(), kind), title) if kind else ("", text)


def is_labelled(text: str) -> bool:
    """Whether a title begins with a kind that the group uses."""
    return split_kind(text)[0] in markers.KINDS


def _data(block: Block) -> tuple[list[DataItem], list[Block]] | None:
    """The data in a block, and what of the block is not data; None where there is none."""
    if people := mentions(block):
        return [DataItem(PRESENTERS, rich_text(name), block.span) for name in people], []
    if not isinstance(block, BulletList):
        return None
    items: list[DataItem] = []
    below: list[Block] = []
    for index, item in enumerate(block.items):
        found = _data_items(item)
        if not found:
            left = block.items[index:]
            rest = [*below, BulletList(left, replace(left[0].span, last=left[-1].span.last))]
            return (items, rest) if items else None
        items += found[0]
        below += found[1]
    return items, below


def _data_items(item: ListItem) -> tuple[list[DataItem], list[Block]] | None:
    """`key: value` with a known key, and the text below it; a nested list gives the key further values."""
    head = item.blocks[0] if item.blocks else None
    if not isinstance(head, Paragraph) or item.done is not None:
        return None
    row, below = _first_line(head)
    found = _DATA_LINE.match(row)
    # A key may be emphasised: `- **発表者**: …`.
    key = DATA_KEYS.get(rich_text(found["key"]).plain.strip().lower()) if found else None
    if not found or key is None:
        return None
    value = found["value"].strip()
    text = (*below, *item.blocks[1:])
    nested, left = _nested_values(text)
    if nested is None or (left and not (value or nested)):
        return None
    own = replace(head.span, last=head.span.first)
    values = [DataItem(key, rich_text(value), own)] if value or not nested else []
    return values + [DataItem(key, text, span) for text, span in nested], [*map(_out_of_list, left)]


def _first_line(head: Paragraph) -> tuple[str, Blocks]:
    """The first line of a paragraph, and what stands below it."""
    # A list takes a line that begins with a full-width blank, or that no blank line parts from it, for its
    # last item's: below data it begins the entry's text.
    row, _, text = head.text.source.partition("\n")
    if not text:
        return row, ()
    return row, (Paragraph(rich_text(text), replace(head.span, first=head.span.first + 1)),)


def _out_of_list(block: Block) -> Block:
    """A block of an item as it stands below the list."""
    if not isinstance(block, Paragraph):
        return block
    # In a list a line of `=` is text; out of it, it would make a heading of the line above.
    lines = block.text.source.split("\n")
    text = "\n".join("\\" + line if markers.UNDERLINE.match(line) else line for line in lines)
    return replace(block, text=rich_text(text))


def _nested_values(blocks: Blocks) -> tuple[list[tuple[RichText, Span]] | None, Blocks]:
    """The values in a list below a key, and what stands below them; None where the list holds more."""
    if not blocks or not isinstance(blocks[0], BulletList):
        return [], blocks
    values = []
    left: Blocks = ()
    for item in blocks[0].items:
        match item.blocks:
            case (Paragraph() as head,) if item.done is None and not left:
                row, left = _first_line(head)
                values.append((rich_text(row), replace(head.span, last=head.span.first)))
            case _:
                return None, ()
    return values, (*left, *blocks[1:])


# A line that begins like this is a sentence on somebody, `@Shun Ito は`.
_PARTICLE = re.compile(r"[\s　](?:は|が|を|に|で|と|も|へ|の|さん)\s*$")

# And so is one that goes on, `@shunが話し始める`, or that says what somebody does, `@shun - CUDA`.
_SAID = re.compile(
    r"[A-Za-z0-9_][ \u3000]?(?!さん|くん|ちゃん)[ぁ-ん]|[一-龠々ァ-ヶー][がを][^ぁ-ん\s]|\s[-–—→=~〜|/]\s"
)


def person_line(text: str) -> bool:
    """Whether a line is nothing but presenters, `@Takumi Iida (frkake)`."""
    return bool(_PERSON_LINE.match(text)) and not _PARTICLE.search(text) and not _SAID.search(text)


_PERSON_LINE = re.compile(r"(?:[@＠][^@＠:：。、`*]{1,50}?(?:[(（][^()（）]{1,30}[)）])?\s*)+$")


def heads_people(block: Block) -> bool:
    """Whether a block is the heading of a section that names the presenters, `### 発表者`."""
    return isinstance(block, Heading) and DATA_KEYS.get(block.text.plain.strip(" :：").lower()) == PRESENTERS


def mentions(block: Block) -> list[str]:
    """The names in a paragraph of `@Name` lines only; empty for anything else."""
    if not isinstance(block, Paragraph) or not markers.MENTION.match(block.text.source):
        return []
    lines = block.text.source.split("\n")
    if not all(map(person_line, lines)):
        return []
    return [name.strip() for line in lines for name in re.findall(r"[@＠][^@＠]+", line)]
