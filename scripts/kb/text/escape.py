"""Foreign text inside a comment: shown as it is, with no markup, no mention and no link of its own."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

LIMIT = 300
# A zero-width space: what it stands in is shown alike, and is no longer a mention or an address.
_BREAK = "&#8203;"
_MARKUP = re.compile(r"[\\`*_{}\[\]()~|!$]")
_LEADING = re.compile(r"^(?:[#+=>-]|\d+(?=\.))")
_CALLS = re.compile(r"@|#|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=gh)(?=-)", re.IGNORECASE)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Control and direction marks can make a comment say something else than it shows.
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
# Both ends have the same number of backticks, and between them is more than a blank.
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?! *`)(.+?)(?<!`)\1(?!`)")
_PATH = re.compile(r"/?[^\s/\\:\x00-\x1f\x7f][^\\:\x00-\x1f\x7f]{0,400}|/?")


def _seen(text: str, kept: str = "") -> str:
    return "".join(" " if unicodedata.category(one) in _HIDDEN and one not in kept else one for one in text)


def clean(text: str, limit: int = LIMIT) -> str:
    """One line of what can be seen: no control, no direction marks; `…` where it was cut."""
    line = " ".join(_seen(text[: limit * 4]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def plain(text: str, limit: int = LIMIT) -> str:
    """Text as Markdown that shows it and does nothing else."""
    return _inert(clean(text, limit))


def rich(text: str, limit: int = LIMIT) -> str:
    """The same, but what stands between backticks is shown as code, where nothing has a meaning."""
    line, end = clean(text, limit), 0
    parts: list[str] = []
    for found in _CODE.finditer(line):
        parts += [_inert(line[end : found.start()]), found[0]]
        end = found.end()
    return "".join((*parts, _inert(line[end:])))


def code(text: str, limit: int = LIMIT) -> str:
    """Text as code; a backtick in it would end the code, so it becomes an apostrophe."""
    return f"`{clean(text, limit).replace('`', 'ʼ') or ' '}`"


def is_path(text: str) -> bool:
    """Whether this names a file or a page below a root: no host, no scheme, no way upwards."""
    return bool(_PATH.fullmatch(text)) and ".." not in text.split("/")


def address(root: str, path: str) -> str:
    """A page's address below a root that is trusted; the path cannot leave it or end the link."""
    return root.rstrip("/") + "/" + quote(path.lstrip("/"), safe="/#-._")


def _inert(line: str) -> str:
    escaped = _MARKUP.sub(r"\\\g<0>", line)
    escaped = "".join(_ENTITIES.get(one, one) for one in escaped)
    called = _CALLS.sub(lambda found: found[0] + _BREAK, escaped)
    return _LEADING.sub(lambda found: _BREAK + found[0], called)


def fence_for(text: str) -> str:
    """A fence longer than any in a block of code."""
    return "`" * (max(map(len, re.findall("`{3,}", text)), default=2) + 1)


def fenced(text: str, limit: int = 20_000) -> str:
    """Several lines as a block of code that nothing in them can end."""
    kept = _seen(text, "\n\t")
    kept = kept if len(kept) <= limit else kept[:limit] + "\n…"
    fence = fence_for(kept)
    return f"{fence}text\n{kept.rstrip()}\n{fence}"
