#!/usr/bin/env python3
"""What adding a week costs: `check` and `diff` of one new note beside a full generation, and imports.

    python benchmarks/adding.py [--years 1 3 10] [--seed 2025]

Prints two Markdown tables. All figures of one row are taken in one run, one after the other. The new
note is the newest of the corpus, which the repository does not know yet. Of `check` and `diff` the seconds
of a processor are told, as their aim is: both together 15 at ten years, and 4 with what they remember.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import write_corpus
from measure import Cost, python

HOME = Path(__file__).resolve().parent.parent
WEEK = str(HOME / "scripts/week.py")
RUNS = 3
"""Each command runs so often; the median counts."""
COLUMNS = (
    "years",
    "notes",
    "generate",
    "check, first",
    "diff, first",
    "both",
    "check",
    "diff",
    "both",
    "memory",
)
PAGES = (4, 16, 64)
"""Weeks that are put into one page to be imported."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each corpus in a folder of its own, then imports of growing pages."""
    parser = argparse.ArgumentParser(description="Measure check, diff and import")
    parser.add_argument("--years", type=int, nargs="+", default=[1, 3, 10])
    parser.add_argument("--seed", type=int, default=2025)
    options = parser.parse_args(arguments)
    print("| " + " | ".join(COLUMNS) + " |")
    print("|" + "---:|" * len(COLUMNS))
    with tempfile.TemporaryDirectory() as folder:
        for years in options.years:
            print(_row(Path(folder) / str(years), years, options.seed), flush=True)
        print("\n| characters | copied text | Markdown zip | a kB of each |\n|---:|---:|---:|---:|")
        for line in _imports(Path(folder)):
            print(line, flush=True)
    return 0


def _row(root: Path, years: int, seed: int) -> str:
    size = write_corpus(root, years, seed)
    newest = max((root / "docs/notes").glob("*.md"))
    text = newest.read_bytes()
    newest.unlink()
    _git(root, "init", "--quiet")
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message", "base")
    newest.write_bytes(text)
    check = [WEEK, "check", "--since", "HEAD", "--root", str(root)]
    diff = [WEEK, "diff", "--base", "HEAD", "--root", str(root)]
    first, second = _first(root, check), _first(root, diff)
    third, fourth = _again(root, check), _again(root, diff)
    generate = python([str(HOME / "scripts/build.py"), "generate", "--root", str(root)], root)
    cells = (
        str(years),
        f"{size.sessions:,}",
        f"{generate.cpu:.1f} s",
        *_together(first, second),
        *_together(third, fourth),
        f"{max(cost.megabytes for cost in (first, second, third, fourth)):.0f} MB",
    )
    return "| " + " | ".join(cells) + " |"


def _git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=bench", "-c", "user.email=bench@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def _first(root: Path, command: list[str]) -> Cost:
    """Without what earlier runs remember."""
    shutil.rmtree(root / ".cache", ignore_errors=True)
    return python(command, root)


def _again(root: Path, command: list[str]) -> Cost:
    """With it: the median of several runs."""
    return sorted((python(command, root) for _ in range(RUNS)), key=lambda cost: cost.cpu)[RUNS // 2]


def _together(check: Cost, diff: Cost) -> tuple[str, str, str]:
    return f"{check.cpu:.1f} s", f"{diff.cpu:.1f} s", f"{check.cpu + diff.cpu:.1f} s"


def _imports(folder: Path) -> Iterator[str]:
    """Pages of growing length, as copied text and as an export."""
    notes = sorted((folder / "source/docs/notes").glob("*.md"))
    if not notes:
        write_corpus(folder / "source", 2)
        notes = sorted((folder / "source/docs/notes").glob("*.md"))
    for weeks in PAGES:
        body = "\n".join(note.read_text("utf-8").partition("\n---\n")[2] for note in notes[:weeks])
        plain = folder / f"{weeks}.txt"
        plain.write_text("2025-12-02 機械学習勉強会\n" + body.replace("#", ""), "utf-8")
        zipped = folder / f"{weeks}.zip"
        with zipfile.ZipFile(zipped, "w") as archive:
            name = "2025-12-02 機械学習勉強会 0123456789abcdef0123456789abcdef.md"
            archive.writestr(name, "# 2025-12-02 機械学習勉強会\n\n" + body)
        copied, export = (_import(folder, file) for file in (plain, zipped))
        kilobytes = len(body.encode()) / 1000
        each = f"{copied.seconds / kilobytes * 1000:.1f} / {export.seconds / kilobytes * 1000:.1f} ms"
        yield f"| {len(body):,} | {copied} | {export} | {each} |"


def _import(folder: Path, file: Path) -> Cost:
    out = folder / "out" / file.name
    return python(
        [WEEK, "import", str(file), "--out", str(out), "--report", str(folder / "report.txt")], folder
    )


if __name__ == "__main__":
    sys.exit(main())
