"""A registry that cannot be read stops every check, and nothing false is said for want of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.cli import site
from tests.support.repository import commit
from tests.week.conftest import Week, put

NOTE = "docs/notes/2025-12-02.md"
TEXT = """---
date: 2025-12-02
---
# 今週のTOPIC

## [論文] General Agentic Memory

- 発表者: @Shun Ito
- 出典: https://arxiv.org/abs/2511.18423
- タグ: agent-memory, rag
- トピック: gam
<!-- check: off presenter-unknown -->

[pon] 本文。
"""
Slip = Callable[[str], str]
CALLS = {"file": ("check", NOTE), "since": ("check", "--since=main"), "all": ("check",)}
SLIPS: dict[str, Slip] = {
    "one blank too few": lambda text: text + " - {id: x, name: X}\n",
    "no blank at all": lambda text: text + "- {id: x, name: X}\n",
    "a brace left open": lambda text: text + "  - {id: x, name: X\n",
    "an unknown key": lambda text: text.replace("name:", "namae:").replace("ja:", "jaa:"),
    "not in UTF-8": lambda text: text + "  # \udcff\n",
    "a second list": lambda text: text + text.splitlines()[0] + " []\n",
}
UNKNOWN = ("presenter-unknown", "handle-unknown", "tag-unknown", "topic-unknown", "paper-unknown")


@pytest.fixture(params=SLIPS.values(), ids=list(SLIPS))
def broken(request: pytest.FixtureRequest, root: Path) -> Path:
    """A checkout in which somebody broke all registries, and then wrote a note."""
    for file in (root / "docs/data").glob("*.yml"):
        head = f"{file.stem}:"
        known = "\n".join(row for row in file.read_text("utf-8").splitlines() if not row.startswith("#"))
        text = request.param(known + "\n" if known.startswith(head) else f"{head}\n")
        put(file, text.encode("utf-8", "surrogateescape"))
    commit(root)
    put(root / NOTE, TEXT)
    return root


@pytest.mark.parametrize("call", CALLS.values(), ids=list(CALLS))
def test_every_check_says_so_and_nothing_that_follows(broken: Path, run: Week, call: tuple[str, ...]) -> None:
    said = run(*call)
    assert said.code == 1
    assert "docs/data/presenters.yml" in said.out
    assert "このまま載せられます" not in said.out
    assert not [code for code in (*UNKNOWN, "switch-unused", "broader-unknown") if f"[{code}]" in said.out]
    assert site.main(["generate", "--root", str(broken)]) == 1


@pytest.mark.parametrize("call", CALLS.values(), ids=list(CALLS))
def test_what_needs_another_registry_is_said(root: Path, run: Week, call: tuple[str, ...]) -> None:
    commit(root)
    presenters = root / "docs/data/presenters.yml"
    put(presenters, presenters.read_text("utf-8") + " - {id: x, name: X}\n")
    put(root / NOTE, TEXT.replace("rag", "何か").replace("Shun Ito", "Nobody"))
    said = run(*call)
    assert said.code == 1
    assert "[tag-unknown]" in said.out
    assert "[presenter-unknown]" not in said.out


def test_a_check_of_nothing_tells_it_too(root: Path, run: Week) -> None:
    put(root / "docs/data/tags.yml", "tags:\n  - {id: a, ja: A, en: A}\n - {id: b, ja: B, en: B}\n")
    commit(root)
    said = run("check", "--since=main")
    assert said.code == 1
    assert "1 個のファイルに、エラーが 1 件" in said.out
    assert "3 行目のはじめの空白が 1 つです。2 つにしてください" in said.out
