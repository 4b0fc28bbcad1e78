"""Stands where `week.py` stands in a scratch repository; the real one is in tests/week/test_rehearsal.py."""

import json
import os
import sys
from pathlib import Path

NOTES = Path("docs/notes")
SECRETS = [name for name in os.environ if "TOKEN" in name or name.startswith("GIT_CONFIG")]


def main(command: str, *rest: str) -> int:
    """Import writes what it is given; check and diff say what they see."""
    assert not SECRETS, SECRETS
    if command == "import":
        return bring(*rest)
    if command == "check":
        sys.stdout.write("[]")
        return 0
    pages = dict.fromkeys(("added", "changed", "removed", "moved"), ())
    lists = dict.fromkeys(("links", "presenters", "papers", "tags", "topics"), ())
    sys.stdout.write(json.dumps({"base": "x", "pages": pages, **lists, "summary": "この週の差分です"}))
    return 0


def bring(date: str, report: str, dashes: str, *files: str) -> int:
    """All files one after another, images beside the note."""
    day = date.removeprefix("--date=")
    assert report.startswith("--report=")
    assert dashes == "--"
    target = NOTES / f"{day}.md"
    texts = []
    for name in files:
        path = Path(name)
        if path.suffix == ".png":
            (NOTES / day).mkdir()
            (NOTES / day / path.name).write_bytes(path.read_bytes())
        elif path.name == "outside.md":
            Path("Makefile").write_text("evil:\n", encoding="utf-8")
        else:
            texts.append(path.read_text(encoding="utf-8"))
    if any("壊れたページ" in text for text in texts):
        sys.stderr.write("読めません `$(id)` ``` @everyone")
        return 1
    target.write_text("\n".join(texts), encoding="utf-8")
    sys.stdout.write(f"{target} を作りました")
    return 0


sys.exit(main(*sys.argv[1:]))
