"""Where a formula stands in a line: what its dollar signs are, and what are prices and variables.

The rule is pandoc's (https://pandoc.org/MANUAL.html#extension-tex_math_dollars): no blank behind the
first sign nor before the last, and no digit behind it. Japanese touches both (`損失$L$は`). What is left
are amounts, words and shell variables, which look like formulas to that rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A formula holds no backtick, so none reaches into code; the next sign decides, so time grows with the text.
_PIECE = r"[^$\\`\n]|\\[^\n]"
_INLINE = re.compile(rf"\$(?P<tex>(?=[^\s$])(?:{_PIECE})+)\$(?!\d)")
_TICKED = re.compile(r"\$`(?P<tex>[^`\n]+)`\$")
_DOUBLE = re.compile(r"\$\$(?P<tex>(?:[^$\\`]|\\.|\$(?!\$))+)\$\$(?!\$)", re.DOTALL)
_ROUND = re.compile(r"\\\((?P<tex>(?:[^\\`]|\\[^()])+)\\\)", re.DOTALL)
_SAYS = re.compile(r"[A-Za-z0-9\\^_=<>+]")
"""A sign of mathematics: `\\(株\\)` are brackets with backslashes."""
_CALLS = re.compile(r"[A-Za-z0-9\u0370-\u03ff]$")
"""What stands right before brackets with backslashes that hold an argument: `O\\(n^2\\)`."""
_CERTAIN = re.compile(r"\\[A-Za-z]|\^|(?<![A-Za-z0-9])[A-Za-z]_")
"""What only TeX has."""
_JAPANESE = r"[\u3040-\u30ff\u3400-\u9fff]"
_AMOUNT = re.compile(rf"\d[\d,.]*\s*(?:{_JAPANESE}|[A-Za-z]*\s[A-Za-z]{{2}})")
"""`$5で買って10$で売る`, `$5 and another 5$`."""
_WORDS = re.compile(rf"(?=.*{_JAPANESE})[^=+_^{{}}\\]+")
"""Words, of which no formula consists without a sign of one."""
_VARIABLE = re.compile(r"\{?[A-Za-z_]\w\w")
_GOES_ON = re.compile(r"[A-Za-z_{(]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it stands in a source."""

    tex: str
    """On one line."""
    end: int
    """Where the source goes on."""


def formula_at(source: str, at: int) -> Formula | None:
    """The formula that begins at a `$` or a backslash, or None where the sign is text."""
    if source[at] == "\\":
        return None if _CALLS.search(source, max(at - 1, 0), at) else _of(_ROUND.match(source, at))
    # In running text it is inline, as in kramdown; `$$` at the beginning of a line is a block.
    if source.startswith("$$", at):
        return _of(_DOUBLE.match(source, at))
    if found := _TICKED.match(source, at):
        return _of(found)
    # `US$5`, `foo$|bar$`
    if at and source[at - 1].isascii() and (source[at - 1].isalnum() or source[at - 1] == "$"):
        return None
    found = _INLINE.match(source, at)
    return _of(found) if found and not _is_text(found["tex"], source[found.end() : found.end() + 1]) else None


def _of(found: re.Match[str] | None) -> Formula | None:
    tex = " ".join(found["tex"].split()) if found else ""
    return Formula(tex, found.end()) if found and _SAYS.search(tex) else None


def _is_text(tex: str, below: str) -> bool:
    """Whether two dollar signs are amounts or variables with something between them."""
    if tex[-1].isspace():
        return True
    # `$HOME/$USER`, but `$k$NN` and `$n$th`
    glued = bool(_GOES_ON.match(below))
    if glued and _VARIABLE.match(tex):
        return True
    if _CERTAIN.search(tex):
        return False
    return (glued and len(tex) > 1) or bool(_AMOUNT.match(tex) or _WORDS.fullmatch(tex))
