"""Whether two titles are one: spelled otherwise, or the one without the other's subtitle."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.text.fold import bare_key

_SUBTITLE = re.compile(r"\s*(?::\s|：|\s[-–—―|｜]\s|[(（【「『\[<〜]).*", re.DOTALL)
"""What begins a subtitle: a colon, a dash between blanks, a bracket."""
_SHORTEST = 2
"""Characters that have to be left: `A: …` and `A: …` are no title of two talks."""


def same_title(one: str, other: str) -> bool:
    """Whether two titles are those of one talk; no title is that of none."""
    first, second = _keys(one), _keys(other)
    return first[0] in second or second[0] in first


@lru_cache(maxsize=65536)
def _keys(title: str) -> tuple[str, ...]:
    """A title's key as a whole, then that without its subtitle, where there is one."""
    short = bare_key(_SUBTITLE.sub("", title))
    return (bare_key(title), short) if len(short) >= _SHORTEST else (bare_key(title),)
