"""Hints as their readers see them."""

from __future__ import annotations

import re

_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


def hinted(hint: str) -> list[str]:
    """What a reader of a hint sees as code: https://spec.commonmark.org/0.31.2/#code-spans"""
    spans = ((len(found[1]), found[2]) for found in _SPAN.finditer(hint))
    return [text[1:-1] if ticks > 1 and text[0] == text[-1] == " " else text for ticks, text in spans]
