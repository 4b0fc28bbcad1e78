"""Runs of `*`, `_` and `~~` paired up to emphasis, as CommonMark does, but for flanking.

https://spec.commonmark.org/0.31.2/#phase-2-inline-structure
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.model.inline import Inline, Mark, Marked, Text, merge


@dataclass(slots=True)
class Run:
    """A run of emphasis characters that has not found its partner yet."""

    char: str
    count: int
    opens: bool
    closes: bool


def pair(nodes: list[Inline | Run]) -> tuple[Inline, ...]:
    """Turn runs of `*`, `_` and `~~` into emphasis; those without a partner are text."""
    pairing = _Pairing()
    for node in nodes:
        if isinstance(node, Run) and node.closes:
            pairing.close(node)
        if not isinstance(node, Run) or node.count:
            pairing.done.append(node)
    return merge(map(_as_text, pairing.done))


def _as_text(node: Inline | Run) -> Inline:
    return Text(node.char * node.count) if isinstance(node, Run) else node


@dataclass(slots=True)
class _Pairing:
    """What has been read so far, and from where on a partner may still be found in it."""

    done: list[Inline | Run] = field(default_factory=list)
    floors: dict[tuple[str, int], int] = field(default_factory=dict)
    # Each node is looked at once for each key, so that time does not grow with the square of the runs.
    """By character and length of a closing run, the index below which no opener fits."""

    def close(self, closer: Run) -> None:
        """Use up as much of a closing run as there are openers for."""
        done = self.done
        while closer.count:
            index = self._opener(closer)
            if index < 0:
                return
            opener = done[index]
            assert isinstance(opener, Run)
            width = 2 if opener.count >= 2 and closer.count >= 2 else 1
            inner = merge(map(_as_text, done[index + 1 :]))
            opener.count -= width
            closer.count -= width
            keep = index + 1 if opener.count else index
            mark: Mark = "del" if closer.char == "~" else "strong" if width == 2 else "em"
            done[keep:] = [Marked(mark, inner)]
            # What is left of the opener may fit others than before.
            self.floors = {key: min(floor, index) for key, floor in self.floors.items()}

    def _opener(self, closer: Run) -> int:
        key, last = (closer.char, closer.count), len(self.done) - 1
        for index in range(last, self.floors.get(key, 0) - 1, -1):
            node = self.done[index]
            if isinstance(node, Run) and node.opens and node.char == closer.char:
                same = node.count == closer.count or 3 in (node.count, closer.count)
                if same and index < last:
                    return index
        # The last node may be an opener with nothing behind it yet.
        self.floors[key] = max(0, last)
        return -1
