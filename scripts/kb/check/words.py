"""What each rule is in words: title, reason and examples, from the files in `words/`, one for a family.

They are prose, and examples are notes: in YAML both stand as they are read. A rule's code holds what it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

from kb.model.codes import Code
from kb.model.finding import Severity

FOLDER = Path(__file__).parent / "words"
NOTE_PATH = "docs/notes/2025-12-02.md"
"""Where most examples stand."""
FAMILIES = ("reading", "group", "data", "presented", "text", "private", "form", "registry", "import")
"""In the order of the guide. A new one comes last: the index has an anchor for the place of each."""

Teller = Literal["", "note", "linker", "registry", "tree", "checkout", "change", "rows", "copied", "import"]
"""Which other stage tells it: the reader of notes, the linker, the loader of the registry, whoever looks at
the folder of the notes, or for files that are not there (as that of the example), whoever compares two states
or follows the rows of moved addresses, the reader of copied text, or an import; empty for a rule that looks
for itself."""


@dataclass(frozen=True, slots=True)
class Example:
    """A note with the fault and the same note without it. Both are tests of their rule.

    A file below `docs/data/` is a registry, `page.txt` is text copied from Notion. Of an import `bad` is a
    page or a pasted text, `files` lie beside it, and `good` is an excerpt of the note that comes out.
    """

    bad: str
    """The text of a note. Where it has no front matter, it stands below one with the date 2025-12-02."""
    good: str
    files: Mapping[str, str] = field(default_factory=dict)
    """Further files of the checkout by path: an earlier note, a registry instead of the usual one."""
    before: Mapping[str, str] = field(default_factory=dict)
    """Files of the checkout as they were, where the fault is a change."""
    path: str = NOTE_PATH
    """Where the text stands: a note, or what else a stage reads."""
    good_path: str = ""
    """Where the good text stands, if that is elsewhere."""
    encoding: str = "utf-8"
    """How the bad text is stored; the good one is UTF-8."""
    said: str = ""
    """The message, where an import finds it: this stage cannot run one. A test does."""


@dataclass(frozen=True, slots=True)
class Words:
    """One rule in words."""

    severity: Severity
    title: str
    """What is the case, in general, on one line in Japanese: the heading of the rule on its page."""
    why: str
    """Why it matters and what to do, a paragraph or two of Japanese Markdown."""
    example: Example
    told_by: Teller = ""

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Words:
        """The words from the keys of a file."""
        own = {key: row.pop(key) for key in ("severity", "title", "why", "told_by") if key in row}
        return cls(**own, example=Example(**row))


def _chapter(family: str) -> tuple[str, str, dict[Code, Words]]:
    # libyaml where it is there: the files are loaded whenever a note is checked.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load((FOLDER / f"{family}.yml").read_bytes(), loader)
    rows = {Code(code): Words.from_row(row) for code, row in data["rules"].items()}
    return family, data["title"], rows


CHAPTERS = tuple(map(_chapter, FAMILIES))
"""Id and title of each family, and the words of its rules."""
WORDS: dict[Code, Words] = {code: words for _, _, rows in CHAPTERS for code, words in rows.items()}
"""The words of every code."""
