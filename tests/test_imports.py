"""The stages of the library import one way: the contract of pyproject.toml, and what it cannot say."""

from __future__ import annotations

import ast
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOME = Path(__file__).resolve().parents[1]
KB = HOME / "scripts" / "kb"
PAGE = HOME / "docs" / "dev" / "architecture.md"
BEGIN, END = "<!-- contract -->\n", "<!-- /contract -->\n"

Json = dict[str, Any]


def _contracts() -> list[Json]:
    settings = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[Json] = settings["tool"]["importlinter"]["contracts"]
    return contracts


def test_the_contract_is_kept(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    cli = pytest.importorskip("importlinter.cli")
    monkeypatch.chdir(HOME)
    assert cli.lint_imports(no_cache=True, no_logo=True) == 0, capsys.readouterr().out


def test_every_folder_is_a_stage() -> None:
    """The contract knows them all (`exhaustive`); no module lies beside them."""
    assert [file.name for file in KB.glob("*.py")] == ["__init__.py"]
    assert all((folder / "__init__.py").exists() for folder in KB.iterdir() if list(folder.glob("*.py")))


def test_only_a_list_of_markers_crosses_the_contract() -> None:
    """What both a reader and a writer have to know stands in one module; there is no other exception."""
    excepted = [
        ignored for one in _contracts() if one["id"] != "circles" for ignored in one.get("ignore_imports", ())
    ]
    assert excepted == ["kb.link.* -> kb.read.markers", "kb.write.* -> kb.read.markers"]


def test_imports_name_the_whole_module() -> None:
    """A relative import hides from a reader, and from a search, where a name comes from."""
    wrong = [
        f"{file.relative_to(KB)}:{node.lineno}"
        for file in KB.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not wrong, "\n".join(wrong)


def _table() -> Iterator[str]:
    """The contract in words, as the page tells it."""
    layers, *others = _contracts()
    yield "| from above | stages |"
    yield "|---|---|"
    for number, layer in enumerate(layers["layers"], 1):
        yield f"| {number} | {_names(layer.split(' | '))} |"
    yield ""
    yield "| besides | stages | never import |"
    yield "|---|---|---|"
    for one in others:
        if one["type"] == "forbidden":
            yield _row(one["name"], _names(one["source_modules"]), _names(one["forbidden_modules"]))
        elif one["type"] == "protected":
            users = f"all but {_names(one['allowed_importers'])}"
            yield _row(one["name"], users, _names(one["protected_modules"]))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _names(modules: list[str]) -> str:
    return ", ".join(f"`{name.removeprefix('kb.')}`" for name in modules)


def test_the_page_tells_the_contract() -> None:
    """`UPDATE_GOLDEN=1` writes it."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    told, after = rest.split(END)
    table = "\n" + "\n".join(_table()) + "\n\n"
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(before + BEGIN + table + END + after, encoding="utf-8")
    else:
        assert told == table
