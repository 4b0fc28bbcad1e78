"""The guide's pages of all rules: made while building, like every page that somebody would have to keep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

import kb
from kb.check.guide import rules_pages, rules_paths
from kb.pages import Page, Plan

CACHE = ".cache/rules.json"
"""The pages as they were made last, and of which code. Safe to remove."""


def rules_plan(root: Path) -> Plan:
    """All pages of rules. They depend on the code alone, so a program makes them once."""
    return Plan("rules", (), partial(_pages, root / CACHE))


def _pages(cache: Path) -> Iterator[Page]:
    # From the cache where the code is the same: running all examples takes most of a second.
    code = _fingerprint()
    pages = _remembered(cache, code)
    if pages is None:
        pages = dict(rules_pages())
        # Whatever stands where it should be kept: without it the next build is slower, and says the same.
        with suppress(OSError):
            cache.parent.mkdir(exist_ok=True)
            cache.write_text(json.dumps({"code": code, "pages": pages}, ensure_ascii=False), encoding="utf-8")
    for path, text in pages.items():
        yield Page(path, text)


def _fingerprint() -> str:
    # All of our code and its words: any of it may change what an example says.
    seen = sha256()
    for file in sorted(Path(*kb.__path__).rglob("*.*")):
        if file.suffix in (".py", ".yml", ".json"):
            seen.update(sha256(file.read_bytes()).digest())
    return seen.hexdigest()


def _remembered(cache: Path, code: str) -> dict[str, str] | None:
    try:
        kept = json.loads(cache.read_text(encoding="utf-8"))
        pages: dict[str, str] = kept["pages"]
        # It may have come from anybody: only these pages, and only texts, are taken from it.
        sound = pages.keys() == set(rules_paths()) and all(isinstance(text, str) for text in pages.values())
        return pages if sound and kept["code"] == code else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
