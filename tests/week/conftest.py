from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kb.check.examples import STOCK
from kb.cli import week

OLD = """---
date: 2025-11-25
title: 機械学習勉強会
---

# 今週のTOPIC

## [論文] General Agentic Memory Via Deep Research

- 発表者: @Shun Ito
- 出典: https://arxiv.org/abs/2511.18423
- タグ: agent-memory, rag
- トピック: gam

メモリの検索に、調べながら考える仕組みを使う。
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()


Week = Callable[..., Said]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with a small registry and one note."""
    root = tmp_path / "checkout"
    for name, text in {**STOCK, "docs/notes/2025-11-25.md": OLD}.items():
        put(root / name, text)
    return root


def put(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Week:
    """A command of `week.py` in the checkout, as a person runs it."""

    def ran(*arguments: object) -> Said:
        capsys.readouterr()
        try:
            code = week.main([*map(str, arguments), "--root", str(root)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Said(code, said.out, said.err)

    return ran
