"""Rows below a heading that were meant as data and are text: a key with a slip, or without its colon."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Said, rule
from kb.check.rules.group import clipped
from kb.model import blocks as b
from kb.model.codes import Code
from kb.model.session import (
    AUTHORS,
    CODE,
    DATA_KEYS,
    MATERIAL,
    PRESENTERS,
    REVISIT,
    SOURCES,
    TAGS,
    TOPIC,
    Entry,
)
from kb.text.inline import rich_text
from kb.text.near import distance
from kb.text.spell import code_span

_SLIPS: dict[str, str] = {
    **dict.fromkeys(("発表", "発表社", "発表者名", "発表担当", "発表担当者", "話者"), PRESENTERS),
    **dict.fromkeys(
        ("出展", "出点", "出店", "出処", "出所", "出典元", "出典先", "典拠", "しゅってん"), SOURCES
    ),
    **dict.fromkeys(("タク", "ダグ", "たぐ", "タッグ", "#タグ"), TAGS),
    **dict.fromkeys(("著書", "著者名", "著物", "筆者"), AUTHORS),
    **dict.fromkeys(("コート", "こーど", "ソースコード"), CODE),
    **dict.fromkeys(("資科", "史料", "試料"), MATERIAL),
    **dict.fromkeys(("トピク", "トビック", "トピックス", "とぴっく"), TOPIC),
    **dict.fromkeys(("再訪問", "再放", "再報", "再方"), REVISIT),
}
"""What is typed for a key of so few letters that another word is one letter away from it."""
_NEAR = 5
"""Letters that a key must have before one wrong letter tells which was meant."""
_ROW = re.compile(r"(?P<key>[^:：\n]{1,24}?)\s*[:：]\s*(?P<value>.*)$", re.DOTALL)
# `発表者 @X`, `発表者；@X`, `発表者=@X`
_NO_COLON = re.compile(r"(?P<key>[^\s;；=＝→|｜]{1,20})(?:\s*[;；=＝→|｜]\s*|\s+|$)(?P<value>.*)$", re.DOTALL)
_MARKS = re.compile(r"^[\s*＊＋●○■□▪◦◆◇]+")
_ADDRESS = re.compile(r"https?:|\]\(|\barxiv\b|\bdoi\b|www\.", re.IGNORECASE)
_BULLETS = ("- ", "* ", "+ ", "・")
_DASHES = tuple("-－ー−‐–—")
_LONGEST = 80
"""Characters of a value: a longer one, or a sentence, is text."""


class Meant(NamedTuple):
    """A row of data as it was probably meant."""

    key: str
    value: str
    exact: bool
    """Whether it is written as data is: then what stands above it is why it was not read."""

    def __str__(self) -> str:
        value = self.value or ("yes" if self.key == REVISIT else "")
        return f"- {self.key}: {value}"

    @property
    def fits(self) -> bool:
        """Whether the value is one of this key, and not the end of a sentence."""
        if self.key in (SOURCES, CODE, MATERIAL):
            return bool(_ADDRESS.search(self.value))
        if self.key == PRESENTERS:
            return self.value.startswith(("@", "＠"))
        return (
            len(self.value) <= _LONGEST and "。" not in self.value and bool(self.value or self.key == REVISIT)
        )


def meant(row: str) -> Meant | None:
    """The data that a row of text may have been meant as."""
    row = row.split("\n", maxsplit=1)[0].strip()
    found = _ROW.match(row)
    if found and (key := _key(found["key"])):
        return Meant(key, found["value"].strip(), rich_text(found["key"]).plain.strip().lower() in DATA_KEYS)
    found = _NO_COLON.match(row)
    key = DATA_KEYS.get(_folded(found["key"]), "") if found else ""
    return Meant(key, found["value"].strip(), exact=False) if found and key else None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", rich_text(text).plain).casefold()
    return plain.strip(" []【】「」()<>・*_-")


def _key(text: str) -> str:
    """The key that was meant by a word; empty for a word of its own."""
    word = _folded(text)
    known = DATA_KEYS.get(word) or _SLIPS.get(word, "")
    near = (key for key in DATA_KEYS if len(key) >= _NEAR and distance(word, key, 1) == 1)
    return known or next((DATA_KEYS[key] for key in near), "")


@rule(Code.DATA_UNREAD)
def data_unread(note: Note, _: Base) -> Iterator[Said]:
    """The first row of an entry that is data but for a slip: what stands below it is not read either."""
    for facts in note.facts:
        for number, row in _unread(facts.entry):
            typed = clipped(note.line(number).strip())
            message, hint = (
                f"「{typed}」は、データとして読まれません",
                f"{code_span(str(row))} と書いてください",
            )
            if row.exact and typed.startswith(_BULLETS):
                message += "(上の行がデータではないため)"
                hint = "この行を、見出しのすぐ下に移してください"
            yield note.at(number), message, hint
            break


def _unread(entry: Entry) -> Iterator[tuple[int, Meant]]:
    """Line and meaning of each such row: below the heading, or below data without a gap."""
    block = entry.blocks[0] if entry.blocks else None
    above = max((item.span.last for item in entry.data), default=0)
    if block is not None and (not above or block.span.first <= above + 1):
        yield from _in_list(block) if isinstance(block, b.BulletList) else _in_text(block)


def _in_list(block: b.BulletList) -> Iterator[tuple[int, Meant]]:
    """As long as all rows have keys: in a list of anything a row with a key is text."""
    for item in block.items:
        head = item.blocks[0] if item.blocks and item.done is None else None
        if not isinstance(head, b.Paragraph):
            return
        if (one := meant(head.text.source)) and one.fits:
            yield head.span.first, one
        elif not _ROW.match(head.text.source):
            return


def _in_text(block: b.Block) -> Iterator[tuple[int, Meant]]:
    """Rows without a mark, or with one that makes no list; other rules tell of dashes, and of sources."""
    if isinstance(block, b.Paragraph):
        for number, row in enumerate(block.text.source.split("\n"), block.span.first):
            one = None if row.startswith(_DASHES) else meant(_MARKS.sub("", row))
            if one and one.fits and not (one.exact and one.key == SOURCES):
                yield number, one
