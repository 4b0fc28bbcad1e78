"""TeX as MathML that a page can hold, or where it cannot be read.

The one place that knows the library (https://github.com/tmke8/math-core). What it answers is taken apart
again: only the elements, attributes and values below come through, and each sign of a text is written as
a character reference, which no Markdown takes for markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from math_core import LatexError, LatexToMathML

MAX_LENGTH = 6_000
_MAX_COMMANDS = 600
_MAX_DEPTH = 40
"""The library calls itself for each of these, so without a bound a note could end the whole program."""

_MAX_ELEMENTS = 150
"""Elements inside each other; readers of HTML have bounds of their own, at 256 and 512."""

_ELEMENT = re.compile(
    "m(?:ath|row|i|o|n|s|text|space|sub|sup|subsup|under|over|underover|frac|sqrt|root|table|tr|td"
    "|padded|phantom|style|enclose|multiscripts|prescripts)|b|i|code|span"
)
_VALUES = {
    **dict.fromkeys(("stretchy", "accent", "accentunder", "movablelimits", "symmetric"), "true|false"),
    **dict.fromkeys(("displaystyle", "largeop", "separator", "fence"), "true|false"),
    **dict.fromkeys(("lspace", "rspace", "width", "height", "depth"), r"[-+\d.]+(?:em|ex|pt|px|%)?"),
    **dict.fromkeys(("minsize", "maxsize", "voffset", "linethickness"), r"[-+\d.]+(?:em|ex|pt|px|%)?"),
    "form": "infix|prefix|postfix",
    "scriptlevel": r"[-+]?\d",
    "mathvariant": "normal",
    "notation": "[a-z ]+",
    # Widths, sides, `#RRGGBB` and `currentcolor`: no bracket, so nothing is fetched.
    "style": r"[a-z-]+:[-a-zA-Z0-9.#% ]+(?:;[a-z-]+:[-a-zA-Z0-9.#% ]+)*;?",
}
"""What the value of an attribute has to be; all others are left out."""
_ALLOWED = {name: re.compile(value) for name, value in _VALUES.items()}
_PART = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z0-9]+)(?P<attributes>[^<>]*?)/?>|(?P<text>[^<]+)|(?P<bad><)"
)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SIGN = re.compile(r"[\t!-/:-@\[-`{-~\n]")

# What papers and editors of formulas know and the library does not.
_MACROS = {
    **dict.fromkeys(("mathbbm", "mathds", "mathbbmss"), r"\mathbb{#1}"),
    **dict.fromkeys(("mbox", "hbox", "textup", "textnormal"), r"\text{#1}"),
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "pmb": r"\boldsymbol{#1}",
    "nicefrac": "{#1}/{#2}",
    "hdots": r"\ldots",
    "smash": "{#1}",
    "mathstrut": "{}",
}
_CONVERTER = LatexToMathML(macros=_MACROS, allow_unreliable_rendering=True, fancy_error=False)
_REWRITES = (
    (re.compile(r"\\(begin|end)\{(?:split|alignedat)\}(?:\{\d+\})?"), r"\\\1{aligned}"),
    (re.compile(r"\\begin\{eqnarray\*?\}"), r"\\begin{array}{rcl}"),
    (re.compile(r"\\end\{eqnarray\*?\}"), r"\\end{array}"),
    (re.compile(r"\\(begin|end)\{smallmatrix\}"), r"\\\1{matrix}"),
    (re.compile(r"\\label\{[^{}]*\}"), ""),
    (re.compile(r"(?<=\})\\limits(?![A-Za-z])"), ""),
    # Only inside of `\text` can a formula stand in a formula.
    (re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$"), r"}\1\\text{"),
)
_NUMBERED = re.compile(r"\\begin\{(?:equation|align|gather|multline)\*?\}")


@dataclass(frozen=True, slots=True)
class Unread:
    """TeX that stays TeX."""

    at: str
    """The command or sign at which reading ended; empty for the end of the formula, or one too large."""


@lru_cache(maxsize=1 << 14)
def mathml(tex: str, *, display: bool) -> str | Unread:
    """A formula as one `<math>` element on one line, with its TeX beside it."""
    if not tex.strip() or _CONTROL.search(tex) or _is_large(tex):
        return Unread("")
    made = _converted(_prepared(tex, display=display), display=display)
    if isinstance(made, Unread):
        return made
    parts = [*_PART.finditer(made)]
    if not all(found["text"] or _ELEMENT.fullmatch(found["name"] or "") for found in parts):
        return Unread("")
    depths = accumulate(
        -1 if found["close"] else found["text"] is None for found in parts if not _is_closed(found)
    )
    if max(depths) > _MAX_ELEMENTS:
        return Unread("")
    source, body = inert(tex), "".join(map(_part, parts[1:-1]))
    shape = ' display="block"' if display else ""
    annotation = f'<annotation encoding="application/x-tex">{source}</annotation>'
    return f'<math{shape} alttext="{source}"><semantics><mrow>{body}</mrow>{annotation}</semantics></math>'


def inert(text: str) -> str:
    """Text with each sign as a character reference: it means the same in HTML, in Markdown, in a value."""
    return _SIGN.sub(lambda found: f"&#{ord(found[0])};", text)


def _is_large(tex: str) -> bool:
    if len(tex) > MAX_LENGTH or tex.count("\\") > _MAX_COMMANDS:
        return True
    depth = deepest = 0
    for found in re.finditer(r"\\(?:begin|left)(?![a-z])|\\(?:end|right)(?![a-z])|\\.|[{}]", tex, re.DOTALL):
        token = found[0]
        depth += (token in ("{", "\\begin", "\\left")) - (token in ("}", "\\end", "\\right"))
        deepest = max(deepest, depth)
    return deepest > _MAX_DEPTH


def _prepared(tex: str, *, display: bool) -> str:
    for pattern, meant in _REWRITES:
        tex = pattern.sub(meant, tex)
    if display and "\\tag" in tex and not _NUMBERED.search(tex):
        return f"\\begin{{equation*}}{tex}\\end{{equation*}}"
    return tex


def _converted(tex: str, *, display: bool) -> str | Unread:
    try:
        return _CONVERTER.convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        found = re.match(r"(\d+):", str(error))
        rest = tex[int(found[1]) :] if found else ""
        at = re.match(r"\\(?:[A-Za-z]+\*?|.)|\{[A-Za-z]+\*?\}|\S", rest.strip())
        return Unread(at[0] if at else "")


def _is_closed(found: re.Match[str]) -> bool:
    return found[0].endswith("/>")


def _part(found: re.Match[str]) -> str:
    """A text or a tag with what of it is allowed."""
    if found["text"]:
        return inert(html.unescape(found["text"]))
    if found["close"]:
        return f"</{found['name']}>"
    # A tag that closes itself would be read in HTML as one that opens.
    closed = f"</{found['name']}>" if _is_closed(found) else ""
    return f"<{found['name']}{''.join(_attributes(found['attributes']))}>{closed}"


def _attributes(source: str) -> Iterator[str]:
    for name, value in _ATTRIBUTE.findall(source):
        allowed = _ALLOWED.get(name)
        if allowed and allowed.fullmatch(value):
            yield f' {name}="{value}"'
