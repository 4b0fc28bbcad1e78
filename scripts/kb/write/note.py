"""A session as the text of its note."""

from __future__ import annotations

import yaml

from kb.model.blocks import BulletList, ListItem
from kb.model.session import Entry, Part, Session
from kb.write.blocks import write_blocks


def write(session: Session) -> str:
    """The note of a session, with a line feed at its end."""
    chunks = [_front_matter(session), write_blocks(session.blocks)]
    for part in session.parts:
        chunks += _part(part)
    return "\n\n".join("\n".join(chunk) for chunk in chunks if chunk) + "\n"


def _front_matter(session: Session) -> list[str]:
    # YAML folds long lines, and ends a bare scalar with `...`.
    title = yaml.safe_dump(session.title, allow_unicode=True, width=10**9).removesuffix("...\n")
    keys = [f"{_key(key)}: {value}" for key, value in session.extra]
    return ["---", f"date: {session.date.isoformat()}", f"title: {title.strip()}", *keys, "---"]


def _key(key: str) -> str:
    """A key of the front matter: quoted where a reader would take the plain word for something else."""
    plain = str(yaml.safe_dump(key, allow_unicode=True, width=10**9)).removesuffix("...\n").rstrip("\n")
    if "\n" not in plain and plain == plain.strip():
        return plain
    return str(yaml.safe_dump(key, default_style='"', width=10**9)).rstrip("\n")


def _part(part: Part) -> list[list[str]]:
    heading = [f"# {part.name.source}"] if part.name else []
    chunks = [heading, write_blocks(part.blocks)]
    for entry in part.entries:
        chunks += _entry(entry)
    return chunks


def _entry(entry: Entry) -> list[list[str]]:
    data = [f"- {item.key}: {item.value.source}".rstrip() for item in entry.data]
    return [[entry_heading(entry.kind, entry.title.source)], data, _body(entry)]


def entry_heading(kind: str, title: str) -> str:
    """The heading of an entry, its kind in brackets before the title."""
    return f"## [{kind}] {title}" if kind else f"## {title}"


def _body(entry: Entry) -> list[str]:
    """The entry's text. A list right below the data has stars, or it would be one list with the data."""
    if not entry.data or not entry.blocks or not isinstance(entry.blocks[0], BulletList):
        return write_blocks(entry.blocks)
    data = BulletList((ListItem(()),))  # stands for the data, so that what follows has another bullet
    return write_blocks((data, *entry.blocks))[2:]
