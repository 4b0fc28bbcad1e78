"""What the dialects of `dialects.py` have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace

from kb.model.blocks import Block, CodeBlock, Math, rebuilt
from kb.model.inline import RichText
from kb.model.session import PRESENTERS, Entry, Part, Session

Blocks = Sequence[Block]


@dataclass(frozen=True, slots=True)
class Written:
    """A session in a dialect: the name of its file and its text."""

    name: str
    text: str


def meaning(value: object) -> object:
    """A value of the model by what its texts say: two that mean the same are equal."""
    if isinstance(value, CodeBlock | Math):
        return value
    if isinstance(value, RichText):
        return value.nodes
    if is_dataclass(value):
        compared = (getattr(value, one.name) for one in fields(value) if one.compare)
        return (type(value).__name__, *map(meaning, compared))
    return tuple(map(meaning, value)) if isinstance(value, tuple) else value


def with_blocks(session: Session, change: Callable[[Blocks], tuple[Block, ...]]) -> Session:
    """A session with the blocks of its entries changed."""

    def part(one: Part) -> Part:
        return replace(one, entries=tuple(replace(two, blocks=change(two.blocks)) for two in one.entries))

    return replace(session, parts=tuple(map(part, session.parts)))


def changed_inside(block: Block, change: Callable[[Blocks], tuple[Block, ...]]) -> Block:
    """A block with its inner blocks changed."""
    return rebuilt(block, inner=change)


def titled(entry: Entry) -> str:
    """The heading of an entry."""
    return f"[{entry.kind}] {entry.title.source}" if entry.kind else entry.title.source


def data_of(entry: Entry) -> list[str]:
    """The data of an entry but its presenters, a line each."""
    return [f"{item.key}: {item.value.source}" for item in entry.data if item.key != PRESENTERS]
