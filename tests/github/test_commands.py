"""`scripts/github.py` as the workflows call it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb.github.data import ARTIFACT, FILE, report_of
from tests.github.reports import artifact, made
from tests.github.server import EVENTS, GitHub, event
from tests.support.rendered import HOME


def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """As the runner does: nothing but Python, and what it sets."""
    command = [sys.executable, "-S", "scripts/github.py", *arguments]
    known = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", **environment}
    return subprocess.run(command, cwd=HOME, env=known, capture_output=True, text=True, check=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "scripts").mkdir()
    shutil.copy(Path(__file__).with_name("stub.py"), tmp_path / "scripts" / "week.py")
    return tmp_path


def test_data_and_summary(root: Path) -> None:
    out = root / ".report"
    recorded = str(EVENTS / "pull_request.json")
    done = call("data", "--base=HEAD^1", f"--out={out}", f"--root={root}", GITHUB_EVENT_PATH=recorded)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in out.iterdir()] == [FILE]
    assert report_of((out / FILE).read_bytes()).proposal.number == 34
    page = root / "summary.md"
    page.write_text("before\n", encoding="utf-8")
    shown = call("summary", str(out / FILE), GITHUB_STEP_SUMMARY=str(page))
    assert shown.returncode == 0
    assert page.read_text(encoding="utf-8").startswith("before\n### ✅ 問題は見つかりませんでした")


def test_data_is_written_when_the_commands_cannot_run(root: Path) -> None:
    (root / "scripts" / "week.py").write_text("raise SystemExit('broken')", encoding="utf-8")
    (root / "scripts" / "week.py").write_text("import sys; sys.exit(2)", encoding="utf-8")
    recorded = str(EVENTS / "pull_request.json")
    done = call("data", "--base=HEAD^1", f"--out={root}/o", f"--root={root}", GITHUB_EVENT_PATH=recorded)
    assert done.returncode == 0
    report = report_of((root / "o" / FILE).read_bytes())
    assert (report.check, report.change) == (None, None)


def test_comment(github: GitHub) -> None:
    github.pulls[34] = event("pull_request")["pull_request"]
    github.artifacts = {ARTIFACT: artifact(made([]))}
    known = {"GITHUB_EVENT_PATH": str(EVENTS / "workflow_run.json"), "GITHUB_API_URL": github.base}
    assert call("comment", **known, GITHUB_TOKEN="ghs_x").stdout == "created\n"
    assert call("comment", **known, GITHUB_TOKEN="ghs_x").stdout == "unchanged\n"
    github.pulls[34]["state"] = "closed"
    assert call("comment", **known, GITHUB_TOKEN="ghs_x").stdout.startswith("Nothing to do:")
    github.artifacts = {ARTIFACT: artifact(b"x")}
    refused = call("comment", **known, GITHUB_TOKEN="ghs_x")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "Refused: report.json: not JSON\n"


def test_week_of_a_stranger(github: GitHub, root: Path) -> None:
    known = {"GITHUB_EVENT_PATH": str(EVENTS / "issue_stranger.json"), "GITHUB_API_URL": github.base}
    done = call("week", f"--root={root}", **known, GITHUB_TOKEN="ghs_x")
    assert (done.returncode, github.asked) == (0, [])
    assert done.stdout == "Nothing to do: the issue was not opened by a member\n"


@pytest.mark.parametrize("environment", [{}, {"GITHUB_EVENT_PATH": "/nowhere.json"}])
def test_what_is_missing_is_one_line(environment: dict[str, str]) -> None:
    done = call("comment", **environment)
    assert done.returncode == 2
    assert done.stderr.startswith("Failed: ")
    assert done.stderr.count("\n") == 1


def test_an_event_of_another_kind_is_refused() -> None:
    done = call("comment", GITHUB_EVENT_PATH=str(EVENTS / "pull_request.json"), GITHUB_TOKEN="x")
    assert (done.returncode, done.stderr) == (1, "Refused: event: no `workflow_run`\n")


@pytest.mark.parametrize("command", ["", "data", "summary", "comment", "week"])
def test_every_command_has_help(command: str) -> None:
    done = call(*([command] if command else []), "--help")
    assert done.returncode == 0
    assert json.dumps(done.stdout)
