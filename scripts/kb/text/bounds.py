"""What a YAML text must not hold, told before anything of it is read."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

MAX_DEPTH = 40
"""Values inside each other. Readers call themselves for each, and the one in C ends the program, too."""


@dataclass(frozen=True, slots=True)
class Unbounded:
    """A value that no memory may hold."""

    line: int
    """In the text, from 0."""
    reason: str


def unbounded(text: str) -> Unbounded | None:
    """The first value that lies too deep, or that an alias puts in a second place, perhaps in itself.

    A few lines of aliases can stand for more than any memory holds. A text that is no YAML has neither
    before the place at which reading it ends.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                return _at(event, "`&` と `*` の別名は使えません")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                return _at(event, f"値が {MAX_DEPTH} より深く入れ子になっています")
    except (yaml.YAMLError, ValueError):
        return None
    return None


def _at(event: yaml.Event, reason: str) -> Unbounded:
    return Unbounded(event.start_mark.line if event.start_mark else 0, reason)
