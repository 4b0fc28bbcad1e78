"""A session in Notion's enhanced Markdown, which keeps all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from kb.model.blocks import (
    Aligned,
    Block,
    BulletList,
    Callout,
    CodeBlock,
    Comment,
    Divider,
    Heading,
    ListItem,
    Math,
    OrderedList,
    Paragraph,
    Quote,
    Remark,
    Table,
    Toggle,
)
from kb.model.inline import RichText
from kb.model.session import PRESENTERS, Entry, Session
from kb.text.inline import rich_text
from tests.support.written import Blocks, Written, data_of, titled

_ICON = "💡 "


def as_enhanced(session: Session) -> Written:
    """A page as the interface for programs gives it.

    One line is one block, also for a quote; children are indented by a tab; brackets are escaped; a person is
    a mention; colours stand here and there; a line break in a block is a `<br>`.
    """
    lines = [f"# {session.date} {session.title}", "<table_of_contents/>"]
    for part in session.parts:
        lines.append(f'# {part.name.source} {{color="blue"}}')
        for entry in part.entries:
            lines += _entry(entry)
    return Written("2025-12-02.md", "\n".join(lines) + "\n")


def _entry(entry: Entry) -> Iterator[str]:
    for at, person in enumerate(entry.values(PRESENTERS)):
        name = person.source.removeprefix("@")
        yield f'<mention-user url="user://{at}">{name}</mention-user>'
    yield f"## {_escaped(titled(entry))}"
    yield from (f"- {line}" for line in data_of(entry))
    yield from _lines(entry.blocks)


def _lines(blocks: Blocks) -> list[str]:
    return [line for block in blocks for line in _block(block)]


def _children(blocks: Blocks) -> list[str]:
    return ["\t" + line for line in _lines(blocks)]


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph(text):
            return [f'{_text(text)} {{color="gray_bg"}}']
        case Remark(handle, text):
            return [f"\\[{handle}\\] {_text(text)}"]
        case Heading(level, text):
            return [f'{"#" * level} {_escaped(_text(text))} {{toggle="true"}}']
        case BulletList(items):
            return [line for item in items for line in _item("-", item)]
        case OrderedList(start, items):
            return [line for at, item in enumerate(items, start) for line in _item(f"{at}.", item)]
        case CodeBlock(info, text):
            return [f"```{info}", *text.split("\n"), "```"]
        case Math(text):
            return ["$$", *text.split("\n"), "$$"]
        case Table(rows):
            return ['<table header-row="true">', *(_row(row) for row in rows), "</table>"]
        case Quote(blocks):
            head, *below = blocks
            assert isinstance(head, Paragraph)
            return [f"> {_text(head.text)}", *_children(below)]
        case Callout(blocks):
            head, *below = blocks
            assert isinstance(head, Paragraph)
            first = rich_text(head.text.source.removeprefix(_ICON))
            inner = _children((Paragraph(first), *below))
            return ['<callout icon="💡" color="gray_bg">', *inner, "</callout>"]
        case Toggle(summary, blocks):
            return ["<details>", f"<summary>{_text(summary)}</summary>", *_children(blocks), "</details>"]
        case Aligned(_, blocks):
            return _lines(blocks)
        case Divider():
            return ["---"]
        case Comment():
            return []
        case _:
            assert_never(block)


def _item(mark: str, item: ListItem) -> list[str]:
    head, *below = item.blocks
    assert isinstance(head, Paragraph)
    box = "" if item.done is None else "[x] " if item.done else "[ ] "
    return [f"{mark} {box}{_text(head.text)}", *_children(below)]


def _row(cells: tuple[RichText, ...]) -> str:
    return (
        "\t<tr>" + "".join(f"<td>{_text(cell).replace('|', chr(92) + '|')}</td>" for cell in cells) + "</tr>"
    )


def _text(text: RichText) -> str:
    source = text.source.replace("\n", "<br>")
    return source.replace("<u>", '<span underline="true">').replace("</u>", "</span>")


def _escaped(text: str) -> str:
    """A title whose kind stands in escaped brackets."""
    return re.sub(r"^\[([^\]]*)\]", r"\\[\1\\]", text)
