"""The sentence around a place in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_SIDE = 70
"""Characters of context on each side of a match; a longer sentence is cut with an ellipsis."""
_REACH = 2 * MAX_SIDE
"""Characters on each side in which its ends are looked for."""

# A point ends a sentence only before a blank (`Veo 3.1`, `arxiv.org`); closing marks belong to it.
_END = re.compile(r"[。！？][」』）]*|．(?![0-9０-９])[」』）]*|\n|[!?.]+[\"'”’)\]]*(?=\s)")
_NEVER = (
    r"al|cf|vs|viz|resp|approx|incl|fig|figs|tab|eq|eqs|eqn|eqns|ref|refs|sec|sect|secs|chap|alg|thm|vol|pp|p"
    r"|ed|eds|ver|dr|mr|mrs|ms|prof|st|dept|univ|proc|conf|trans|int|intl|symp|(?:[a-z]\.){1,4}[a-z]"
)
# The point of `Fig. `, `et al. `, `e.g. `; and of a list's number, `1. `.
_SHORT = re.compile(rf"(?<![^\W_])(?:{_NEVER})$|(?:^|\n)[ \t\u3000]*\d{{1,3}}$", re.IGNORECASE)
# Of `No. 3` and `Inc. and` only what follows tells.
_MAYBE = re.compile(r"(?<![^\W_])(?:no|nos|art|inc|ltd|co|corp|jr|etc)$", re.IGNORECASE)
# An author's initial, before another one or a name: `J. Carbonell`, `J.-P. Vert`, `C. D. Manning`.
_INITIAL = re.compile(r"(?<![^\W_])[^\W\d_a-z]$")
_NAME = re.compile(r"\s+(?:[^\W\d_a-z][\w.'’-]|[^\W\d_a-z]\.|(?:and|et|van|von|de|der|den|di|la|le)\s|&)")
_JAPANESE = re.compile(r"\s+[^\x00-\u024f]")
_SENTENCE = re.compile(r"\s+(?:[A-Z]|[^\x00-\u024f]|$)")
_LOOK_BACK = 12


def sentence_around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Before, match and after within the sentence that holds `text[start:end]`."""
    low, high = max(0, start - _REACH), end + _REACH
    first = max((one.end() for one in _ends(text, low, start)), default=low)
    last = next((one.end() for one in _ends(text, end, high)), min(high, len(text)))
    before, after = text[first:start].lstrip(), text[end:last].rstrip()
    if len(before) > MAX_SIDE:
        before = "…" + before[-MAX_SIDE:]
    if len(after) > MAX_SIDE:
        after = after[:MAX_SIDE] + "…"
    return before, text[start:end], after


def _ends(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return (one for one in _END.finditer(text, start, end) if not _goes_on(text, one))


def _goes_on(text: str, point: re.Match[str]) -> bool:
    """Whether the point belongs to what is before it, and the sentence goes on."""
    if point[0] != ".":
        return False
    at, behind = point.start(), point.end()
    word = text[max(0, at - _LOOK_BACK) : at]
    if _INITIAL.search(word):
        return bool(_NAME.match(text, behind)) and not _JAPANESE.match(text, behind)
    return bool(_SHORT.search(word)) or bool(_MAYBE.search(word) and not _SENTENCE.match(text, behind))
