"""Anchors that a topic's page had before, kept where their talks stand now."""

from __future__ import annotations

from collections.abc import Iterator

from kb.link.nodes import EntryNode
from kb.link.places import Place
from kb.model import blocks as b
from kb.pages.context import Context
from kb.pages.markdown import attribute, escape, page_link

Former = tuple[tuple[str, EntryNode], ...]
"""Former anchors of one page, each with its talk."""


def former_anchors(context: Context, topic: str) -> Former:
    """Anchors of a topic's page whose talks have others now, or stand on another page."""
    return tuple(_former_anchors(context, topic))


def _former_anchors(context: Context, topic: str) -> Iterator[tuple[str, EntryNode]]:
    addresses = context.base.addresses
    for anchor in context.moved_from.get(topic, ()):
        place = Place("topic", topic, anchor)
        to = None if addresses.answers(place) else addresses.resolve(place)
        for node in addresses.talks(to)[:1] if to else ():
            yield anchor, node


def former_key(former: Former) -> tuple[object, ...]:
    """What `anchors_here` and `moved_away` are made from."""
    return tuple((anchor, node.topic, node.mark, node.suffix, node.entry.title) for anchor, node in former)


def suffixes_of(former: Former, node: EntryNode) -> tuple[str, ...]:
    """What the anchors of an entry's sections ended in before."""
    return tuple(_suffix(anchor) for anchor, one in former if one.id == node.id)


def anchors_here(former: Former, node: EntryNode) -> list[str]:
    """Lines before an entry by which its former anchors lead to it."""
    return [_mark(anchor) for anchor, one in former if one.id == node.id and anchor]


def moved_away(former: Former, topic: str) -> list[str]:
    """Lines at the end of a page that say where its former talks stand."""
    lines: list[str] = []
    for anchor, node in former:
        if node.topic != topic:
            heads = (one.anchor for one in b.walk(node.blocks) if isinstance(one, b.Heading))
            sections = [f"{one}{_suffix(anchor)}" for one in heads]
            link = f"[{escape(node.entry.title.plain)}]({page_link('topic', node.topic, node.anchor())})"
            marks = map(_mark, [anchor, *sections] if anchor else sections)
            lines += ["", *marks, "", f"この発表は {link} にあります。", "{: .kb-former }"]
    return lines


def _suffix(anchor: str) -> str:
    return f"-{anchor.removeprefix('e-')}" if anchor else ""


def _mark(anchor: str) -> str:
    return f'<div id="{attribute(anchor)}"></div>'
