"""What to write into a registry for something that it does not name yet."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable

import yaml

from kb.text.slug import page_id
from kb.text.spell import code_span

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")  # as the schemas of docs/data have it


def as_record(file: str, **fields: str | list[str]) -> str:
    """A hint with a record on one line, ready to be put at the end of a registry's file."""
    told = {key: value for key, value in fields.items() if value}
    record = code_span(f"- {as_flow(told)}")
    return f"docs/data/{file}.yml の最後に、空白を2つ置いて {record} と書くと登録できます"


def as_flow(value: object) -> str:
    """A value as YAML on one line: `[a, '!b']`."""
    flow = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9)
    return flow.strip()


class FreeIds:
    """Ids to propose for what is not registered yet: each that a registry takes, and each once."""

    def __init__(self, kind: str, taken: Callable[[str], bool]) -> None:
        """`kind` is what stands before the number of an id that no name gives."""
        self._kind = kind
        self._taken = taken
        self._offered: set[str] = set()

    def of(self, *names: str) -> tuple[str, bool]:
        """An id from the first of these names in Latin script; else a stand-in, and False."""
        own = next(filter(None, map(_latin_id, names)), "")
        found = own or f"{self._kind}-{hashlib.sha256(names[0].encode()).hexdigest()[:6]}"
        number, free = 1, found
        while free in self._offered or self._taken(free):
            number += 1
            free = f"{found}-{number}"
        self._offered.add(free)
        return free, bool(own)


def _latin_id(text: str) -> str:
    """The id that a name gives; empty where it is in another script."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    # Without its marks C++ would take the id that C has to have.
    told = plain.replace("+", "-plus").replace("#", "-sharp")
    # A handle may have underscores, which ids have not.
    found = page_id(page_id(told).replace("_", "-"))
    return found if _ID.fullmatch(found) and any(map(str.isalnum, plain)) else ""
