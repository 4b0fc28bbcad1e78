"""What a member gives to an import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kb.intake.refused import RefusedError

STANDARD_INPUT = "(標準入力)"


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
        """What an argument of a command names: a path, or standard input for `-`.

        Raises:
            RefusedError: The name is empty, which would be the folder where one stands.
        """
        if not name:
            raise RefusedError("ファイルの名前が空です。読むファイルの名前を書いてください")
        return cls(STANDARD_INPUT, data=stdin.read()) if name == "-" else cls.from_path(Path(name))
