"""Images and attachments of an export, under names that stay the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from dataclasses import dataclass, field

from kb.intake.names import bare_stem, suffix

LARGE = 1_000_000
"""Bytes from which a file is reported: a page of the site should open on a telephone."""
STORED = frozenset(
    (
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".heic", ".tif", ".tiff"),
        *(".pdf", ".mp4", ".mov", ".webm", ".mp3", ".wav", ".m4a"),
        *(".pptx", ".docx", ".xlsx", ".key", ".ipynb", ".py", ".json", ".txt", ".csv", ".zip"),
    )
)
_MAX_SLUG = 40


@dataclass(slots=True)
class Shelf:
    """The files that go with one note."""

    date: dt.date
    files: dict[str, bytes] = field(default_factory=dict)
    """By path relative to the folder of notes."""
    made: set[str] = field(default_factory=set)
    """Those addresses that no source had."""

    def put(self, path: str, data: bytes) -> str:
        """Keep a file of the export; answer its address in the note.

        The name is made of ASCII letters, for file systems spell others in more than one way, and of the
        file's contents, so that the same file has the same name whatever it was called.
        """
        folded = unicodedata.normalize("NFKD", bare_stem(path)).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")[:_MAX_SLUG].strip("-") or "file"
        digest = hashlib.sha256(data).hexdigest()[:8]
        address = f"images/{self.date.isoformat()}/{slug}-{digest}{suffix(path)}"
        self.files[address] = data
        self.made.add(address)
        return address

    def keep(self, address: str, data: bytes) -> None:
        """Keep a file under the address that a note of ours already has for it."""
        self.files[address] = data
