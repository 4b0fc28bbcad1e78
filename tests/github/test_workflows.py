"""What every workflow promises, whoever edits it; `make workflows` looks at the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb.github.data import ARTIFACT, FILE
from kb.github.event import MEMBERS
from kb.github.form import LABEL
from kb.github.publish import PREVIEW, WORKFLOW
from tests.support.rendered import HOME

ROOT = Path(HOME)
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
COMMAND = re.compile(
    r"make [a-z./]+(?: [A-Z]+=[a-z]+)?|(?:\.venv/bin/)?python scripts/[a-z]+\.py(?: [\w./^-]+)*"
)
PINNED = re.compile(r"actions/[a-z-]+@[0-9a-f]{40}")
COMMENTED = re.compile(r"uses: \S+ # v\d+\.\d+\.\d+$")
RIGHTS = {
    "check.yml": {"tests": {"contents"}, "site": {"contents"}, "note": {"contents"}},
    "comment.yml": {"comment": {"actions", "contents", "pages", "pull-requests: write"}},
    "pages.yml": {"build": {"contents", "pages"}, "deploy": {"id-token: write", "pages: write"}},
    "week.yml": {"week": {"contents: write", "issues: write", "pull-requests: write"}},
}
"""All that any job may do: reading where nothing else is said. A new right is a change of this table."""
Json = dict[str, Any]


def workflow(file: Path) -> Json:
    """The file; YAML takes the key `on` for true."""
    value: dict[object, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {key if isinstance(key, str) else "on": inner for key, inner in value.items()}


def steps(file: Path) -> Iterator[Json]:
    for job in workflow(file)["jobs"].values():
        yield from job["steps"]


every_workflow = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


@every_workflow
def test_each_step_runs_one_plain_command(file: Path) -> None:
    runs = [step["run"] for step in steps(file) if "run" in step]
    assert [run for run in runs if not COMMAND.fullmatch(run)] == []
    programs = [run.split()[1] for run in runs if not run.startswith("make ")]
    assert [name for name in programs if not (ROOT / name).is_file()] == []


@every_workflow
def test_each_target_of_make_exists(file: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(VENV)", ".venv")
    for step in steps(file):
        if step.get("run", "").startswith("make "):
            assert f"\n{step['run'].split()[1]}:" in makefile


@every_workflow
def test_actions_are_pinned_and_say_their_version(file: Path) -> None:
    assert [
        step["uses"] for step in steps(file) if "uses" in step and not PINNED.fullmatch(step["uses"])
    ] == []
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert [line for line in lines if not COMMENTED.search(line)] == []


def test_an_action_has_one_version() -> None:
    used = {step["uses"] for file in FILES for step in steps(file) if "uses" in step}
    assert len(used) == len({one.partition("@")[0] for one in used})


@every_workflow
def test_rights_are_the_least(file: Path) -> None:
    assert workflow(file)["permissions"] == {}
    found = {
        name: {
            right if level == "read" else f"{right}: {level}" for right, level in job["permissions"].items()
        }
        for name, job in workflow(file)["jobs"].items()
    }
    assert found == RIGHTS[file.name]


@every_workflow
def test_the_checkout_keeps_no_token(file: Path) -> None:
    for step in steps(file):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
            assert "ref" not in step["with"], "never a pull request's code with another event's rights"


@every_workflow
def test_every_job_ends_and_gives_way(file: Path) -> None:
    whole = workflow(file)
    assert whole["concurrency"]["group"]
    for job in whole["jobs"].values():
        assert job["timeout-minutes"] <= 40
        assert job["runs-on"] == "ubuntu-24.04"


def test_foreign_code_gets_no_secret() -> None:
    assert all("pull_request_target" not in workflow(file)["on"] for file in FILES)
    text = (ROOT / WORKFLOW).read_text(encoding="utf-8")
    assert "secrets." not in text
    assert "github.token" not in text


def test_workflows_and_scripts_agree_on_names() -> None:
    uploads = {
        step["with"]["name"]: step["with"]["path"]
        for step in steps(ROOT / WORKFLOW)
        if step.get("uses", "").startswith("actions/upload-artifact@")
    }
    assert uploads == {PREVIEW: "site/", ARTIFACT: f".report/{FILE}"}
    folder = ROOT / ".github" / "workflows"
    assert workflow(folder / "comment.yml")["on"]["workflow_run"]["workflows"] == [
        workflow(ROOT / WORKFLOW)["name"]
    ]
    condition = workflow(folder / "week.yml")["jobs"]["week"]["if"]
    assert f"'{LABEL}'" in condition
    assert set(re.findall(r'"([A-Z]+)"', condition)) == MEMBERS


def test_data_is_written_when_checks_fail() -> None:
    names = [
        (step.get("name"), step.get("if")) for step in workflow(ROOT / WORKFLOW)["jobs"]["note"]["steps"]
    ]
    after = names[names.index(("Check what is new, on its lines", None)) + 1 :]
    assert len(after) == 3
    assert {condition for _, condition in after} == {"always()"}


def test_dependabot_waits_and_groups() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"pip", "npm", "github-actions"}
    for one in updates:
        assert one["schedule"]["interval"] == "weekly"
        assert one["cooldown"]["default-days"] >= 7
        assert len(one["groups"]) == 1


def test_owners_own_files_that_exist() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            pattern, owner = line.split()
            assert list(ROOT.glob(pattern.strip("/"))), pattern
            assert re.fullmatch(r"@[\w-]+(?:/[\w-]+)?", owner)
