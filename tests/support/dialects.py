"""A session as each dialect gives it, and what each of them keeps of it.

`as_*` writes what Notion (or a member) would hand in for a session. `kept_by_*` says what of the session is
still in it, and is the whole of what a dialect may lose: a test reads the one and expects the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kb.model.blocks import (
    Block,
    BulletList,
    Callout,
    CodeBlock,
    Heading,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    Remark,
    Table,
    Toggle,
)
from kb.model.inline import Break, Inline, Link, Marked, RichText, Text, Url
from kb.model.session import PRESENTERS, Entry, Part, Session
from kb.text.inline import rich_text
from kb.write import write
from kb.write.blocks import write_block
from tests.support.exported_html import as_html, kept_by_html
from tests.support.written import Blocks, Written, changed_inside, data_of, meaning, titled, with_blocks

__all__ = [
    "as_copied",
    "as_html",
    "as_note",
    "as_notion",
    "kept_by_copied",
    "kept_by_html",
    "kept_by_notion",
    "meaning",
]

# A note of ours -------------------------------------------------------------------------------------------


def as_note(session: Session) -> Written:
    """The note format: nothing is lost."""
    return Written("2025-12-02.md", write(session))


# Notion's Markdown export ---------------------------------------------------------------------------------


def as_notion(session: Session) -> Written:
    """A page of the Markdown & CSV export.

    As the exporter writes it: the title, then properties as bare lines; what lies in an item is indented by
    four spaces, and so are the blank lines there; a line break in an item goes on in column 0; a quote ends
    with an empty `> `; a toggle is an item of a list; a callout is an `<aside>`; the page's presenters stand
    above their topic; no line feed at the end.
    """
    head = [
        f"# {session.date} {session.title}",
        "",
        "タグ: HaraPeko部",
        "作成日時: 2022年10月20日 午前 4:43",
    ]
    chunks = ["\n".join(head), *_page(session, _notion)]
    return Written("2025-12-02 機械学習勉強会 0c1e80d29f0ad4a2c1b7e5012bd8c5f1.md", "\n\n".join(chunks))


def _page(session: Session, blocks: Callable[[Blocks], list[str]]) -> Iterator[str]:
    for part in session.parts:
        yield f"# {part.name.source}"
        for entry in part.entries:
            yield from _people(entry)
            yield f"## {titled(entry)}"
            if data := data_of(entry):
                yield "\n".join(f"- {line}" for line in data)
            yield from blocks(entry.blocks)


def _notion(blocks: Blocks) -> list[str]:
    """Chunks of text, which blank lines part."""
    return ["\n".join(_notion_block(block)) for block in _merged(blocks)]


def _notion_block(block: Block) -> list[str]:
    match block:
        case BulletList(items) | OrderedList(_, items):
            start = block.start if isinstance(block, OrderedList) else 0
            marks = (f"{start + at}." if start else "-" for at in range(len(items)))
            return [
                line for mark, item in zip(marks, items, strict=True) for line in _notion_item(mark, item)
            ]
        case Quote(inner):
            return [*(f"> {line}" for line in _lines(inner)), "> "]
        case Callout(inner):
            return ["<aside>", *_lines(inner), "", "</aside>"]
        case Table(rows):
            rule = "| " + " | ".join("---" for _ in rows[0]) + " |"
            header, *others = (
                "| " + " | ".join(cell.source.replace("|", r"\|") for cell in row) + " |" for row in rows
            )
            return [header, rule, *others]
        case _:
            return write_block(block)


def _lines(blocks: Blocks) -> list[str]:
    return "\n\n".join(_notion(blocks)).split("\n") if blocks else []


def _notion_item(mark: str, item: ListItem) -> list[str]:
    head, *below = item.blocks
    box = "" if item.done is None else "[x] " if item.done else "[ ] "
    first, *rest = write_block(head)
    lines = [f"{mark} {box}{first}", *rest]
    inner = _lines(below)
    tight = bool(below) and isinstance(below[0], BulletList | OrderedList | Toggle)
    lines += ["    "] * (bool(inner) and not tight)
    return lines + ["    " + line for line in inner]


def kept_by_notion(session: Session) -> Session:
    """All but the toggles: they are items of a list, and of the list beside them."""
    changed = with_blocks(session, _merged)
    return replace(changed, extra=(("タグ", "HaraPeko部"),))


def _merged(blocks: Blocks) -> tuple[Block, ...]:
    kept: list[Block] = []
    for block in blocks:
        one = block
        if isinstance(block, Toggle):
            one = BulletList((ListItem((Paragraph(block.summary), *block.blocks)),))
        one = changed_inside(one, _merged)
        if kept and isinstance(one, BulletList) and isinstance(above := kept[-1], BulletList):
            kept[-1] = BulletList((*above.items, *one.items))
        else:
            kept.append(one)
    return tuple(kept)


# Text copied from a page ----------------------------------------------------------------------------------


def as_copied(session: Session) -> Written:
    """What is in the clipboard after Select all and Copy, as text.

    As a browser gives it: the title, the contents run together, then a line for each block. Items begin
    with `- `, whatever their depth and their number; tables are lines of cells without a rule; an image or
    an equation is an empty line; code, links and emphasis in a line are bare or gone.
    """
    headings = [text for part in session.parts for text in _copied_headings(part)]
    body = [line for part in session.parts for line in _copied_part(part)]
    lines = [f"{session.date} {session.title}", "".join(headings), *body]
    return Written("2025-12-02.txt", "\n".join(lines))


def _copied_headings(part: Part) -> Iterator[str]:
    yield part.name.source
    for entry in part.entries:
        yield bare(rich_text(titled(entry)))
        yield from (bare(block.text) for block in entry.blocks if isinstance(block, Heading))


def _copied_part(part: Part) -> Iterator[str]:
    yield part.name.source
    for entry in part.entries:
        yield from _people(entry)
        yield bare(rich_text(titled(entry)))
        yield from (f"- {line}" for line in data_of(entry))
        yield from copied_lines(entry.blocks)


def copied_lines(blocks: Blocks) -> Iterator[str]:
    """The lines of blocks, an empty one for what leaves nothing."""
    for block in blocks:
        match block:
            case Paragraph(text) | Heading(_, text):
                yield from bare(text).split("\n")
            case Remark(handle, text):
                yield from f"[{handle}] {bare(text)}".split("\n")
            case BulletList(items) | OrderedList(_, items):
                for item in items:
                    first, *others = copied_lines(item.blocks)
                    yield from (f"- {first}", *others)
            case CodeBlock(_, code):
                yield from code.split("\n")
            case Table(rows):
                yield from ("| " + " | ".join(map(bare, row)) + " |" for row in rows)
            case Quote(inner) | Callout(inner):
                yield from copied_lines(inner)
            case Toggle(summary, inner):
                yield from (bare(summary), *copied_lines(inner))
            case _:
                yield ""


def bare(text: RichText) -> str:
    """A text as a copy has it: words of links and emphasis, no code, no images, no equations."""
    return "".join(map(_bare, text.nodes)).strip()


def _bare(node: Inline) -> str:
    match node:
        case Text(text):
            return text
        case Link(inner) | Marked(_, inner):
            return "".join(map(_bare, inner))
        case Url(url):
            return url
        case Break():
            return "\n"
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a copy keeps of an entry: where it stands, who presented it, and its words in order."""

    part: str
    kind: str
    presenters: tuple[str, ...]
    words: str


def kept_by_copied(session: Session) -> list[Outline]:
    """Parts, kinds, presenters and, for each entry, its title, data and words in order without blanks."""
    return [
        Outline(part.name.source, entry.kind, _people(entry), _squeezed(_copied_entry(entry)))
        for part in session.parts
        for entry in part.entries
    ]


def _people(entry: Entry) -> tuple[str, ...]:
    return tuple(person.source for person in entry.values(PRESENTERS))


def _copied_entry(entry: Entry) -> Iterator[str]:
    yield bare(entry.title)
    yield from data_of(entry)
    yield from (line.removeprefix("- ") for line in copied_lines(entry.blocks))


def _squeezed(lines: Iterator[str]) -> str:
    """Words without blanks, and without the signs that only say what kind of block a line is."""
    return "".join(re.sub(r"^[-|\s]+|\s*\|\s*|\s", "", line) for line in lines)
