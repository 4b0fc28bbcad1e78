"""Anchors that a topic's page had before, kept where their talks stand now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.link.nodes import EntryNode
from kb.link.places import Place
from kb.model import blocks as b
from kb.pages.context import Context
from kb.pages.markdown import attribute, escape, page_link


@dataclass(frozen=True, slots=True)
class Former:
    """An anchor of a page whose talk has another one now, stands on another page, or is no more."""

    anchor: str
    """Empty for the anchors of its sections."""
    to: Place
    talk: EntryNode | None

    @property
    def suffix(self) -> str:
        """What the anchors of its sections ended in."""
        return f"-{self.anchor.removeprefix('e-')}" if self.anchor else ""

    @property
    def key(self) -> tuple[object, ...]:
        """What is shown of it."""
        return (self.anchor, self.to, self.talk and (self.talk.suffix, self.talk.entry.title))


def former_anchors(context: Context, topic: str) -> tuple[Former, ...]:
    """The former anchors of a topic's page."""
    return tuple(_former_anchors(context, topic))


def _former_anchors(context: Context, topic: str) -> Iterator[Former]:
    addresses = context.base.addresses
    for anchor in addresses.moved_from.get(topic, ()):
        place = Place("topic", topic, anchor)
        to = None if addresses.answers(place) else addresses.resolve(place)
        if to:
            yield Former(anchor, to, next(iter(addresses.talks(to)), None))


def suffixes_of(former: tuple[Former, ...], node: EntryNode) -> tuple[str, ...]:
    """What the anchors of an entry's sections ended in before."""
    return tuple(one.suffix for one in former if one.talk and one.talk.id == node.id)


def anchors_here(former: tuple[Former, ...], node: EntryNode) -> list[str]:
    """Lines before an entry by which its former anchors lead to it."""
    return [_mark(one.anchor) for one in former if one.anchor and one.talk and one.talk.id == node.id]


def moved_away(former: tuple[Former, ...], topic: str) -> list[str]:
    """Lines at the end of a page that say where its former talks stand."""
    return [line for one in former if one.to != Place("topic", topic, one.to.anchor) for line in _moved(one)]


def _moved(one: Former) -> list[str]:
    blocks = b.walk(one.talk.blocks) if one.talk else ()
    sections = [f"{block.anchor}{one.suffix}" for block in blocks if isinstance(block, b.Heading)]
    if one.talk:
        link = page_link("topic", one.talk.topic, one.talk.anchor())
        told = f"この発表は [{escape(one.talk.entry.title.plain)}]({link}) にあります。"
    else:
        link = page_link(one.to.kind, one.to.id or "index")
        told = f"ここにあった発表は、今はありません ([{one.to.id or '一覧'}]({link}))。"
    marks = map(_mark, [one.anchor, *sections] if one.anchor else sections)
    return ["", *marks, "", told, "{: .kb-former }"]


def _mark(anchor: str) -> str:
    return f'<div id="{attribute(anchor)}"></div>'
