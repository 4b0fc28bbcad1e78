"""What the two commands print, for tests."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from kb.github.data import FILE, report_json
from kb.github.event import Proposal

HEAD = "5f0c1a7d9b3e4f60718293a4b5c6d7e8f9012345"
NOTE = "docs/notes/2025-12-02.md"
EVIL = "$(rm -rf ~) `id` ${{ github.token }} <script>alert(1)</script> @everyone #1 [x](javascript:alert(1))"
"""What must come out as the text that it is."""


def finding(line: int = 8, severity: str = "error", **values: object) -> dict[str, Any]:
    """One row of `week.py check --format json`."""
    row = {
        "code": "source-missing",
        "path": NOTE,
        "column": 1,
        "message": "出典がありません",
        "hint": "`- 出典:` を書く",
        "mended": False,
        "places": [{"line": line, "column": 1}],
    }
    return {**row, "line": line, "severity": severity, **values}


def minor(places: int = 1, *, mended: bool = True, **values: object) -> dict[str, Any]:
    """A row of a matter of form that stands in some places."""
    where = [{"line": line, "column": 0} for line in range(1, places + 1)]
    return finding(1, "minor", **{"code": "trailing-blanks", "places": where, "mended": mended, **values})


def page(url: str, title: str) -> dict[str, str]:
    """A page as the difference names it."""
    return {"url": url, "title": title, "date": "2025-12-02"}


def diff(**values: object) -> dict[str, Any]:
    """What `week.py diff --format json` prints."""
    link = {
        "from": page("topics/2025-12-02-1/", "新しい発表"),
        "to": page("topics/sam3/", "SAM 3"),
        "reason": "paper",
        "sentence": "「新しい発表」は「SAM 3」と同じ論文の話です",
    }
    whole = {
        "base": "0a1b2c",
        "pages": {
            "added": [page("sessions/2025-12-02/", "2025-12-02")],
            "changed": [page("topics/sam3/", "SAM 3")],
            "removed": [],
            "moved": [{"from": "topics/a/", "to": "topics/b/", "title": "B"}],
        },
        "links": [link],
        "presenters": [{"id": "taro", "name": "Taro Yamada", "url": "presenters/taro/", "registered": False}],
        "papers": [{"id": "x2025", "title": "A paper", "url": "papers/x2025/", "registered": True}],
        "tags": [],
        "topics": [],
        "summary": "この週で 1 本の論文が過去の回とつながりました",
    }
    return {**whole, **values}


def made(check: object = (), change: object = None, number: int = 34, head: str = HEAD) -> bytes:
    """The report's file."""
    change = diff() if change is None else change
    return report_json(Proposal(number, head), json.dumps(list(check)).encode(), json.dumps(change).encode())  # type: ignore[call-overload]


def archived(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An artifact as GitHub keeps it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def artifact(data: bytes | None = None) -> bytes:
    """The artifact with a report."""
    return archived({FILE: made([finding()]) if data is None else data})
