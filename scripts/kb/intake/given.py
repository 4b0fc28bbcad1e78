"""What a member gives to an import, and what an import does not touch at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


class RefusedError(Exception):
    """Input that is not read: an attack, a broken archive, several sessions at once."""

    def __init__(self, message: str) -> None:
        """The message is one line in Japanese for the member who gave the input."""
        super().__init__(message)
        self.message = message


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

    @classmethod
    def from_argument(cls, name: str, stdin: BinaryIO) -> Given:
        """What an argument of a command names: a path, or standard input for `-`."""
        if not name:  # `Path("")` would be the folder where one stands
            raise RefusedError("ファイルの名前が空です。読むファイルの名前を書いてください")
        return cls("(標準入力)", data=stdin.read()) if name == "-" else cls.from_path(Path(name))


class NotFetchedError(Exception):
    """An image that was not brought. The message is the reason, in Japanese, for who imports."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with the name that its address gives it."""

    name: str
    data: bytes


Fetch = Callable[[str], Picture]
"""Brings the image at an address, or raises `NotFetchedError`."""
