"""What git leaves in a file where two changes meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_MARKS = ("<" * 7, "=" * 7, ">" * 7, "|" * 7)


def conflict_marks(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines of marks, from 1, each with its mark."""
    inside = False
    for number, line in enumerate(lines, 1):
        mark = line[:7]
        # Equals signs alone are the underline of a setext heading.
        if mark in _MARKS and line[7:8] in ("", " ") and (inside or mark != "=" * 7):
            inside = mark != ">" * 7
            yield number, mark
