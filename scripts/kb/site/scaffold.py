"""What a root needs beside its notes: taken from this checkout where the root has none."""

from __future__ import annotations

import shutil
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]
"""The checkout in which this code lies."""

PARTS = ("mkdocs.yml", "overrides", "docs/search.md", "docs/assets", "docs/guide", "docs/dev")


def complete(root: Path) -> tuple[str, ...]:
    """Copy what a corpus of notes lacks to be built; answer what was copied. Nothing is overwritten."""
    missing = [part for part in PARTS if (HOME / part).exists() and not (root / part).exists()]
    for part in missing:
        source, target = HOME / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    return tuple(missing)
