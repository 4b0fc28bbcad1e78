#!/usr/bin/env python3
"""How many deliberate faults the tests see: a sample of mutants of each module, by mutmut.

    python benchmarks/mutants.py [STAGE…] [--each 40] [--seed 8] [--show]

A mutant is a module with one change, such as `<` for `<=`. It is killed where a test fails. Of each
module a seeded sample is tried, with the quick tests of its stage only. Mutants that change nothing
that can be seen are set aside in `mutants.yml`, each with its reason. Prints a Markdown table; exit
code 1 where more survive than `BOUND`.

mutmut mutates the bodies of functions. Constants and what has a decorator stay as they are.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from mutmut.mutation.file_mutation import mutate_file_contents

HOME = Path(__file__).resolve().parent.parent
SCRATCH = HOME / ".cache" / "mutants"
ASIDE = Path(__file__).with_name("mutants.yml")
COPIED = ("tests", "benchmarks", "docs", "overrides", "mkdocs.yml")
BOUND = 0.15
"""Of the mutants that count, so many may survive."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Modules below `scripts/kb/`, and the tests that hold them: quick ones, without a browser."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


STAGES = {
    "link": Stage(
        tuple(f"link/{name}" for name in ("related", "names", "people", "works", "subjects", "base")),
        tuple(
            f"tests/link/test_{name}.py"
            for name in ("related", "names", "directories", "base", "again", "linker")
        ),
    ),
    "pages": Stage(
        tuple(
            f"pages/{name}"
            for name in (
                *("lists", "overflow", "bibtex", "cards", "presenters", "papers", "tags", "sessions"),
                *("topics", "home", "redirects", "store", "front_matter"),
            )
        ),
        (
            *(f"tests/pages/test_{name}.py" for name in ("fronts", "people_and_tags", "papers_and_topics")),
            *(f"tests/pages/test_{name}.py" for name in ("lists", "keys", "bibtex", "store")),
            "tests/golden/test_pages.py",
        ),
    ),
    "intake": Stage(("intake/account",), ("tests/intake/test_account.py",)),
    "search": Stage(
        tuple(f"search/{name}" for name in ("grams", "pieces", "entries", "encode", "terms", "folding")),
        tuple(f"tests/search/test_{name}.py" for name in ("lists", "pieces", "bytes")),
    ),
    "site": Stage(
        tuple(f"site/{name}" for name in ("links", "generate", "engines", "scaffold")),
        tuple(f"tests/site/test_{name}.py" for name in ("links", "generate", "engines")),
    ),
}
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = {modules}
also_copy = {copied}
pytest_add_cli_args = ["-p", "no:xdist", "-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = {tests}
process_isolation = "forkserver"
use_git_change_detection = false

[tool.pytest.ini_options]
pythonpath = [".", "src", "benchmarks"]
"""


@dataclass(slots=True)
class Tally:
    """What became of the mutants of a module."""

    tried: int = 0
    survived: list[str] = field(default_factory=list)
    aside: int = 0

    @property
    def share(self) -> float:
        """The survivors among those that count."""
        return len(self.survived) / max(1, self.tried - self.aside)

    def row(self, name: str) -> str:
        """A row of the table."""
        killed = self.tried - self.aside - len(self.survived)
        return (
            f"| {name} | {self.tried} | {killed} | {len(self.survived)} | {self.aside} | {self.share:.0%} |"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Try each stage in a copy of the checkout."""
    parser = argparse.ArgumentParser(description="Count the mutants that no test sees")
    parser.add_argument("stages", nargs="*", default=list(STAGES), metavar="STAGE")
    parser.add_argument("--each", type=int, default=40, help="mutants of each module")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--show", action="store_true", help="print the survivors")
    options = parser.parse_args(arguments)
    print("| module | mutants | killed | survived | set aside | survived of the rest |")
    print("|---|---:|---:|---:|---:|---:|")
    whole = Tally()
    for name in options.stages:
        for module, tally in _try(STAGES[name], options.each, options.seed):
            print(tally.row(module), flush=True)
            whole.tried += tally.tried
            whole.aside += tally.aside
            whole.survived += tally.survived
    print(whole.row("all"))
    if options.show:
        print(*whole.survived, sep="\n")
    return int(whole.share > BOUND)


def _try(stage: Stage, each: int, seed: int) -> Iterator[tuple[str, Tally]]:
    _prepare(stage)
    chosen = {module: _sample(module, each, seed) for module in stage.modules}
    names = [name for sample in chosen.values() for name in sample]
    _mutmut("run", names[0])  # collects what each test runs through
    _widen(SCRATCH / "mutants" / "mutmut-stats.json")
    _mutmut("run", *names)
    aside = yaml.safe_load(ASIDE.read_text(encoding="utf-8")) or []
    for module, sample in chosen.items():
        yield module, _tally(module, sample, aside)


def _prepare(stage: Stage) -> None:
    """A copy in which the code lies in `src`, the one folder whose name mutmut leaves out of modules."""
    shutil.rmtree(SCRATCH, ignore_errors=True)
    for name in COPIED:
        source, target = HOME / name, SCRATCH / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    shutil.copytree(HOME / "scripts", SCRATCH / "src", ignore=shutil.ignore_patterns("__pycache__"))
    settings = SETTINGS.format(
        modules=json.dumps([f"src/kb/{module}.py" for module in stage.modules]),
        copied=json.dumps(COPIED),
        tests=json.dumps(stage.tests),
    )
    (SCRATCH / "pyproject.toml").write_text(settings, encoding="utf-8")


def _sample(module: str, each: int, seed: int) -> list[str]:
    path = HOME / "scripts" / "kb" / f"{module}.py"
    with chdir(SCRATCH):  # mutmut looks there for its settings
        names = mutate_file_contents(path.name, path.read_text(encoding="utf-8")).mutant_names
    dotted = f"kb.{module.replace('/', '.')}"
    chosen = random.Random(f"{seed} {module}").sample(sorted(names), min(each, len(names)))
    return [f"{dotted}.{name}" for name in chosen]


def _widen(file: Path) -> None:
    """A test file is run as a whole: what a fixture runs through is told of its first test only."""
    stats = json.loads(file.read_text(encoding="utf-8"))
    tests = list(stats["duration_by_test"])
    for function, seen in stats["tests_by_mangled_function_name"].items():
        files = {name.partition("::")[0] for name in seen}
        stats["tests_by_mangled_function_name"][function] = [
            name for name in tests if name.partition("::")[0] in files
        ]
    file.write_text(json.dumps(stats), encoding="utf-8")


def _tally(module: str, sample: Sequence[str], aside: Sequence[dict[str, str]]) -> Tally:
    meta = json.loads((SCRATCH / "mutants" / "src" / "kb" / f"{module}.py.meta").read_text(encoding="utf-8"))
    tally = Tally(tried=len(sample))
    for name in sample:
        if meta["exit_code_by_key"][name] not in (0, 33):  # 33: no test runs through it
            continue
        shown = _mutmut("show", name)
        if _is_aside(module, shown, aside):
            tally.aside += 1
        else:
            tally.survived.append(shown)
    return tally


def _is_aside(module: str, shown: str, aside: Sequence[dict[str, str]]) -> bool:
    """By the changed line rather than by a number, which moves with every edit."""
    lines = {line[1:].strip() for line in shown.splitlines() if line.startswith("+")}
    return any(one["module"] == module and one["line"] in lines for one in aside)


def _mutmut(*arguments: str) -> str:
    command = [sys.executable, "-m", "mutmut", *arguments]
    if arguments[0] == "run":
        command[4:4] = ["--max-children", "1"]
    done = subprocess.run(command, cwd=SCRATCH, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout[-4000:] + done.stderr[-4000:])
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
