"""Which dialect a file is written in. A new dialect is one more row of `DIALECTS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kb.read.copied.reader import looks_copied, read_copied
from kb.read.enhanced.page import read_enhanced_page
from kb.read.enhanced.tags import looks_enhanced
from kb.read.html.reader import is_html, read_html_page
from kb.read.note import Reading, read_note
from kb.read.notion.page import has_underlined_title, looks_notion, read_notion_page
from kb.read.notion.session import session_of_page
from kb.read.source import decode


def is_note(text: str) -> bool:
    """Whether a text begins as notes do, with front matter, which Notion never writes."""
    return text.removeprefix("\ufeff").lstrip().startswith("---")


def _is_page(text: str) -> bool:
    return looks_notion(text) or has_underlined_title(text) or not looks_copied(text)


DIALECTS: dict[str, tuple[Callable[[str], bool], Callable[[str, str], Reading]]] = {
    "html": (is_html, lambda text, path: session_of_page(read_html_page(text, path))),
    "note": (is_note, read_note),
    "enhanced": (looks_enhanced, lambda text, path: session_of_page(read_enhanced_page(text, path))),
    "notion": (_is_page, lambda text, path: session_of_page(read_notion_page(text, path))),
    "copied": (lambda _: True, read_copied),
}
"""What recognises each, and what reads it, in the order of asking; the last takes everything.

All of them ask the text alone: the same text is read alike whatever its file is called, and without a file.
"""


def dialect_of(text: str) -> str:
    """The name of the dialect that a text shows."""
    return next(name for name, (recognises, _) in DIALECTS.items() if recognises(text))


def read_text(text: str, path: str, dialect: str = "") -> Reading:
    """Read a text in the dialect that is named, or in the one that it shows."""
    name = dialect or dialect_of(text)
    _, reads = DIALECTS[name]
    return replace(reads(text, path), path=path, dialect=name)


def read(data: bytes, path: str, dialect: str = "") -> Reading:
    """Read the bytes of a file; `path` is its name in messages."""
    text, finding = decode(data, path)
    if finding:
        return Reading(None, (finding,), path=path)
    return read_text(text, path, dialect)
