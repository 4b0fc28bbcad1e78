"""What a member gives to an import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Given:
    """A file or folder by its path, or bytes with a name (standard input, a form's attachment)."""

    name: str
    """How messages call it."""
    path: Path | None = None
    data: bytes | None = None

    @classmethod
    def from_path(cls, path: Path) -> Given:
        """A file or a folder; messages call it as it was typed."""
        return cls(path.as_posix(), path=path)
