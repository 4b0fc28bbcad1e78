"""Redirect pages beside the pages that an engine has built."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def store_redirects(site: Path, pages: Mapping[str, str]) -> None:
    """Write the pages of former addresses into a built site; never over a page that is there."""
    for url, text in pages.items():
        file = site / url / "index.html"
        # A server that watches the site would take what is written again for a change.
        if not file.exists() or _leads_elsewhere(file, text):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


def _leads_elsewhere(file: Path, text: str) -> bool:
    """Whether a file is a redirect page of another time."""
    there = file.read_text(encoding="utf-8", errors="replace")
    head = text[: text.index("<title>")]
    return there.startswith(head) and there != text
