"""The stages of the library import one way along the data's path."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

KB = Path(__file__).resolve().parents[1] / "scripts" / "kb"
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "text": {"model"},
    "read": {"model", "text"},
    "write": {"model", "text"},
    "registry": {"model", "text", "read"},
    "link": {"model", "text"},
    "pages": {"model", "text", "link"},
    "sources": {"model", "text", "read", "registry"},
    "intake": {"model", "text", "read", "write"},
    "history": set(),
    "check": {"model", "text", "read", "write", "registry", "link", "sources", "history"},
    "diff": {"model", "text", "read", "registry", "link", "sources", "history", "pages"},
    "site": {"model", "text", "read", "write", "registry", "sources", "link", "pages"},
    "github": {"model", "text", "history", "intake", "check", "diff"},
    "search": {"model", "text", "link"},
}
"""For each stage, those that lie before it; `read` and `registry` meet the rest as values only."""
EXCEPTIONS = {("write", "kb.read.markers"), ("link", "kb.read.markers")}
"""What begins a block is told once, for those who read it and those who write or explain it."""
COMMANDS = re.compile(r"^\s*(?:import|from) (?:build|week)\b", re.MULTILINE)


def _imports(file: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every module of the library that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.startswith("kb"))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name}:{node.lineno}: a relative import"
            module = node.module or ""
            if module.split(".")[0] == "kb":
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def _allowed(stage: str, name: str) -> bool:
    other = name.split(".")[1]
    if other == stage or other in MAY_IMPORT[stage]:
        return True
    return any(stage == one and f"{name}.".startswith(f"{module}.") for one, module in EXCEPTIONS)


def test_every_folder_is_a_stage() -> None:
    folders = {folder.name for folder in KB.iterdir() if (folder / "__init__.py").exists()}
    assert folders == MAY_IMPORT.keys()
    assert [file.name for file in KB.glob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize("stage", MAY_IMPORT)
def test_imports_point_one_way(stage: str) -> None:
    wrong = [
        f"{file.relative_to(KB)}:{line} imports {name}"
        for file in sorted((KB / stage).rglob("*.py"))
        for line, name in _imports(file)
        if not _allowed(stage, name)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_library_knows_nothing_of_its_commands() -> None:
    wrong = [file for file in KB.rglob("*.py") if COMMANDS.search(file.read_text(encoding="utf-8"))]
    assert not wrong
