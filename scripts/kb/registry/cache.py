"""What a file of the registry said the last time, so that a file of a megabyte is parsed once.

JSON and not pickle: what lies in a checkout may have come from anybody, and is data.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kb.model.finding import Finding, Span
from kb.registry.schema import SCHEMAS

FORMAT = 1
"""Grows when what is remembered changes its shape or its meaning."""
FOLDER = Path(".cache") / "kb"
"""Below the root; ignored by git, and safe to delete."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The records of one file that are sound, each with its line, and what is wrong with the others."""

    records: tuple[tuple[int, dict[str, Any]], ...] = ()
    findings: tuple[Finding, ...] = ()


def _digest(name: str, data: bytes) -> str:
    """What the rows follow from: the bytes, the schema, and this reader."""
    schema = (SCHEMAS / f"{name}.schema.json").read_bytes()
    return hashlib.sha256(b"\0".join([str(FORMAT).encode(), schema, data])).hexdigest()


def recall(root: Path, name: str, data: bytes) -> Rows | None:
    """The rows of a file with these bytes, where they are remembered; what is broken is not."""
    try:
        known = json.loads((root / FOLDER / f"{name}.json").read_bytes())
        if known["digest"] != _digest(name, data):
            return None
        records = tuple((int(line), dict(row)) for line, row in known["records"])
        return Rows(records, tuple(_findings(known["findings"])))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _findings(rows: list[dict[str, Any]]) -> Iterator[Finding]:
    for row in rows:
        yield Finding(**{**row, "span": Span(**row["span"])})


def remember(root: Path, name: str, data: bytes, rows: Rows) -> None:
    """Keep the rows for the next time, all or nothing; where that cannot be, nothing is lost."""
    with suppress(OSError, ValueError, TypeError):
        known = {
            "digest": _digest(name, data),
            "records": rows.records,
            "findings": [asdict(finding) for finding in rows.findings],
        }
        text = json.dumps(known, ensure_ascii=False)
        file = root / FOLDER / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}.tmp")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(file)
