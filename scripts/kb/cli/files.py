"""Files as a person names them, and how they are written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from kb.cli.command import CommandError


def named(files: Iterable[Path], root: Path) -> list[Path]:
    """The files that are named, from here or, where there is none, from the root."""
    return [_named(path, root) for path in files]


def _named(path: Path, root: Path) -> Path:
    file = path if path.exists() else root / path
    if file.is_dir():
        raise CommandError(f"{path} はフォルダです。ファイルの名前を書いてください")
    if not file.exists():
        raise CommandError(f"{path} がありません。名前を確かめてください")
    return file.resolve()


def shown(path: Path) -> str:
    """A path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def store(files: Mapping[Path, bytes]) -> None:
    """Write all files or none: each beside its place first, then all to their places."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.part")
            waiting.append((temporary, target))
            temporary.write_bytes(data)
        for temporary, target in waiting:
            os.replace(temporary, target)  # noqa: PTH105  a reader sees the old file or the new one
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
