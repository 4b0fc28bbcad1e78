"""What the files beside the code say of each other is true."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

from kb.pages.store import GENERATED

HOME = Path(__file__).resolve().parents[1]


def _text(name: str) -> str:
    return (HOME / name).read_text(encoding="utf-8")


def test_what_runs_before_a_commit_is_what_make_and_the_package_have() -> None:
    (repo,) = yaml.safe_load(_text(".pre-commit-config.yaml"))["repos"]
    assert repo["repo"] == "local", "nothing is fetched"
    entries = [hook["entry"] for hook in repo["hooks"]]
    targets = [entry.removeprefix("make --silent ") for entry in entries if entry.startswith("make ")]
    assert all(re.search(rf"^{target}:", _text("Makefile"), re.MULTILINE) for target in targets)
    assert set(entries) - {f"make --silent {target}" for target in targets} == {".venv/bin/kb check"}


def test_a_release_is_told() -> None:
    """The version is that of the newest release note, or there has been no release."""
    version = tomllib.loads(_text("pyproject.toml"))["project"]["version"]
    headings = re.findall(r"^## \[(.+?)\](?: - \d{4}-\d{2}-\d{2})?$", _text("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1:2] in ([], [version])


def test_what_is_generated_is_ignored_and_cleaned() -> None:
    for folder in GENERATED:
        assert f"/docs/{folder}/\n" in _text(".gitignore")
        assert f"docs/{folder}" in _text("Makefile")
