"""The slip of the hand behind a YAML text that cannot be read, where it can be told.

Each likely slip is mended for trial: it is told only if YAML then reads further than before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import yaml

_BLANKS = " \t\u3000"
_RECORD = re.compile(r"- *(?:\{|[a-z-]+:)")
_KEY = r"(?:^\s*(?:- +)?|[{,]\s*)[a-z-]+"
"""A key at the beginning of a line, or within braces."""
_WIDE = re.compile(rf"({_KEY})：\s*")
_TIGHT_COLON = re.compile(rf"({_KEY}):(?=[^\s/])")
_TIGHT_DASH = re.compile(r"(^\s*-)(?=[a-z{])")
# As the first record is put below an empty list.
_EMPTY_LIST = re.compile(r"^([a-z]+:)\s*\[\s*\]\s*$")
_NO_COLON = re.compile(r"^([a-z]+)\s*$")
# What YAML takes for a mark of its own at the beginning of a value, or a colon within it.
_BARE = re.compile(rf"({_KEY}: +)((?=[@`%&*!|>]|[^,{{}}\[\]'\"]*: )[^,{{}}\[\]'\"]*[^,{{}}\[\]'\"\s])")
_UNREAD = 10**9


def slip(text: str, numbers: Iterable[int]) -> str:
    """What to write in one of these lines (from 1, likeliest first) of a broken text; empty if unclear."""
    lines = text.split("\n")
    # Of a huge text trials would take long; the registries of ten years are far below.
    if len(text) > 10**6:
        return ""
    before = _fault(text)
    for number in dict.fromkeys(numbers):
        for mended, words in _trials(lines, number) if 0 < number <= len(lines) else ():
            trial = "\n".join([*lines[: number - 1], mended, *lines[number:]])
            if mended != lines[number - 1] and _fault(trial) > before:
                return f"{number} 行目{words}"
    return ""


def _fault(text: str) -> int:
    """The line on which YAML gives up, from 0."""
    try:
        yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        return error.problem_mark.line if error.problem_mark else 0
    except (yaml.YAMLError, ValueError):
        return 0
    return _UNREAD


def _trials(lines: Sequence[str], number: int) -> Iterator[tuple[str, str]]:
    """A line mended in each likely way, with what is then to be done."""
    line = lines[number - 1]
    yield _aligned(lines, number)
    for pattern, mend, words in _MENDS:
        yield pattern.sub(mend, line), words
    yield from _closed(line)


def _aligned(lines: Sequence[str], number: int) -> tuple[str, str]:
    """Records begin below each other, and their keys two columns further in."""
    text = lines[number - 1].lstrip(_BLANKS)
    found = lines[number - 1][: -len(text)] if text else ""
    others = [line for at, line in enumerate(lines, 1) if at != number and _RECORD.match(line.lstrip())]
    dash = next((len(line) - len(line.lstrip()) for line in others), 2)
    if not re.match(_KEY, text) and not _RECORD.match(text):
        return lines[number - 1], ""
    wanted = dash if text.startswith("-") else dash + 2
    odd = "タブ" if "\t" in found else "全角の空白" if "\u3000" in found else ""
    seen = f"に{odd}があります。半角の空白 " if odd else f"の空白が {len(found)} つです。"
    return " " * wanted + text, f"のはじめ{seen}{wanted} つにしてください"


def _closed(line: str) -> Iterator[tuple[str, str]]:
    """What is open in a line, closed at its end, or before the brace at its end."""
    for opening, closing in ("[]", "{}", '""', "''"):
        count = line.count(opening)
        if count % 2 if opening == closing else count > line.count(closing):
            yield line + closing, f"の最後に `{closing}` を足してください"
            inside = line.rstrip().removesuffix("}") + closing + "}"
            yield inside, f"の最後の `}}` の前に `{closing}` を足してください"


def _quoted(found: re.Match[str]) -> str:
    return f"{found[1]}'{found[2].replace(chr(39), chr(39) * 2)}'"


_MENDS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str], str], ...] = (
    (_WIDE, r"\1: ", "の全角の `：` を、半角の `:` と空白にしてください"),
    (_TIGHT_DASH, r"\1 ", "の `-` の後ろに空白を置いてください"),
    (_TIGHT_COLON, r"\1: ", "の `:` の後ろに空白を置いてください"),
    (_EMPTY_LIST, r"\1", "の `[]` を消してください"),
    (_NO_COLON, r"\1:", "の最後に `:` を足してください"),
    (_BARE, _quoted, "の値を `'` と `'` で囲んでください"),
)
"""What is typed for another character, or forgotten."""
