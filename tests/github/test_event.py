"""Recorded events become values, or are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.github.event import EVENT_LIMIT, issue_of, proposal_of, read_event, run_of
from kb.github.event import REPOSITORY as REPOSITORY_NAME
from kb.github.shape import RefusedError, Shape
from tests.github.reports import HEAD
from tests.github.server import EVENTS, REPOSITORY, event


def test_a_pull_request_of_a_fork() -> None:
    proposal = proposal_of(read_event(EVENTS / "pull_request.json"))
    assert (proposal.number, proposal.head) == (34, HEAD)


def test_a_run_of_a_fork_names_no_pull_request() -> None:
    value = read_event(EVENTS / "workflow_run.json")
    run = run_of(value)
    assert value["workflow_run"]["pull_requests"].items() == ()
    assert (run.place.name, run.repository, run.branch) == (REPOSITORY, "taro-y/study-notes", "week-12-02")
    assert (run.event, run.conclusion, run.head) == ("pull_request", "failure", HEAD)


def test_a_fork_may_have_been_removed() -> None:
    value = event("workflow_run")
    value["workflow_run"]["head_repository"] = None
    assert run_of(Shape(value)).repository == ""


@pytest.mark.parametrize(
    ("name", "member"), [("issue_member", True), ("issue_stranger", False), ("issue_attachment", True)]
)
def test_who_is_a_member(name: str, member: bool) -> None:
    issue = issue_of(read_event(EVENTS / f"{name}.json"))
    assert issue.by_member is member
    assert issue.labels == ("new-week",)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("number", "34"),
        ("number", True),
        ("number", -1),
        ("head.sha", "main; rm -rf ~"),
        ("head.sha", HEAD.upper()),
        ("head", None),
    ],
)
def test_what_is_off_is_refused(path: str, value: object) -> None:
    recorded = event("pull_request")
    inner: dict[str, Any] = recorded["pull_request"]
    *steps, last = path.split(".")
    for step in steps:
        inner = inner[step]
    inner[last] = value
    with pytest.raises(RefusedError, match=r"pull_request"):
        proposal_of(Shape(recorded, "event"))


def test_a_repository_cannot_be_a_command() -> None:
    recorded = event("workflow_run")
    recorded["repository"]["full_name"] = "a/b$(id)"
    with pytest.raises(RefusedError):
        run_of(Shape(recorded, "event"))


@pytest.mark.parametrize("text", ["", "{", "[1", "NaN", '{"a": Infinity}', "[" * 100_000])
def test_what_is_no_json_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    file.write_text(text)
    with pytest.raises(RefusedError):
        proposal_of(read_event(file))


def test_an_endless_event_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    with file.open("wb") as out:
        out.truncate(EVENT_LIMIT + 1)
    with pytest.raises(RefusedError, match="too large"):
        read_event(file)


def test_recorded_events_are_what_git_keeps() -> None:
    for file in EVENTS.glob("*.json"):
        assert json.loads(file.read_text(encoding="utf-8"))["repository"]["full_name"] == REPOSITORY


OWNERS = ("a", "Acme", "acme-corp", "taro-y", "a-1-b", "octo_acme", "mona-lisa_octo1", "x" * 39)
NAMES = ("b", ".github", "study_notes", "study.notes", "a--b", "_", "-", "b" * 100, "...")


@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("name", NAMES)
def test_every_name_that_github_gives_is_a_repository(owner: str, name: str) -> None:
    assert REPOSITORY_NAME.fullmatch(f"{owner}/{name}")


@pytest.mark.parametrize(
    "name",
    [
        "a/",
        "/b",
        "-a/b",
        "a--b/c",
        "_a/b",
        "a_/b",
        "a.b/c",
        "a/.",
        "a/..",
        "a/b/c",
        "a b/c",
        "a/b c",
        "a/b\n",
        "あ/b",
    ],
)
def test_what_is_no_repository(name: str) -> None:
    assert not REPOSITORY_NAME.fullmatch(name)
