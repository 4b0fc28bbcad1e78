"""Runs of `*`, `_` and `~~` paired up to emphasis, as CommonMark does, but for flanking.

https://spec.commonmark.org/0.31.2/#phase-2-inline-structure
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.text.nodes import Inline, Mark, Marked, Text, merge


@dataclass(slots=True)
class Run:
    """A run of emphasis characters that has not found its partner yet."""

    char: str
    count: int
    opens: bool
    closes: bool


_MARKS: dict[tuple[str, int], Mark] = {
    ("*", 1): "em",
    ("*", 2): "strong",
    ("_", 1): "em",
    ("_", 2): "strong",
    ("~", 2): "del",
}


def pair(nodes: list[Inline | Run]) -> tuple[Inline, ...]:
    """Turn runs of `*`, `_` and `~~` into emphasis; those without a partner are text."""
    done: list[Inline | Run] = []
    for node in nodes:
        if isinstance(node, Run) and node.closes:
            _close(done, node)
        if not isinstance(node, Run) or node.count:
            done.append(node)
    return merge(Text(node.char * node.count) if isinstance(node, Run) else node for node in done)


def _close(done: list[Inline | Run], closer: Run) -> None:
    """Use up as much of a closing run as there are openers for."""
    while closer.count:
        index = _opener(done, closer)
        if index < 0:
            return
        opener = done[index]
        assert isinstance(opener, Run)
        width = 2 if opener.count >= 2 and closer.count >= 2 else 1
        inner = merge(
            Text(node.char * node.count) if isinstance(node, Run) else node for node in done[index + 1 :]
        )
        opener.count -= width
        closer.count -= width
        keep = index + 1 if opener.count else index
        done[keep:] = [Marked(_MARKS[closer.char, width], inner)]


def _opener(done: list[Inline | Run], closer: Run) -> int:
    for index in range(len(done) - 1, -1, -1):
        node = done[index]
        if isinstance(node, Run) and node.opens and node.char == closer.char:
            same = node.count == closer.count or 3 in (node.count, closer.count)
            if same and index < len(done) - 1:
                return index
    return -1
