"""Registries that are not there: their records are gone without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.registry import REGISTRIES
from kb.sources import REGISTRY, registry_files

_PATHS = tuple(f"{REGISTRY}/{name}.yml" for name in REGISTRIES)


def gone(root: Path, paths: Iterable[str]) -> Iterator[Finding]:
    """An error for each registry among the files that a change has touched, and that are not there now."""
    for path in paths:
        if path in _PATHS and not (root / path).exists():
            message = "台帳がなくなっているので、登録したものがすべて消えます"
            hint = f"ファイルを元に戻してください。使わないのなら {_empty(path)} とだけ書いて残してください"
            yield Finding(Code.REGISTRY_GONE, "error", Span(path, 0, 0), message, hint)


def missing(root: Path) -> Iterator[Finding]:
    """A warning for each registry that is not there beside others; a group may have none at all."""
    there = {path.relative_to(root).as_posix() for path in registry_files(root)}
    for path in _PATHS if there & set(_PATHS) else ():
        if path not in there:
            hint = f"消したのでなければ、{_empty(path)} とだけ書いたファイルを置いてください"
            yield Finding(Code.REGISTRY_MISSING, "warning", Span(path, 0, 0), "台帳がありません", hint)


def _empty(path: str) -> str:
    return f"`{Path(path).stem}: []`"
