"""What started a workflow: the event that the runner recorded, as frozen values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kb.github.shape import RefusedError, Shape

EVENT_LIMIT = 25_000_000  # GitHub sends no larger one
BODY_LIMIT = 500_000
SHA = re.compile(r"[0-9a-f]{40}")
# An owner is letters and digits, parted by single hyphens; a company's members have its code behind `_`.
REPOSITORY = re.compile(
    r"(?=[^/]{1,60}/)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*-?(?:_[A-Za-z0-9]+)?/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}"
)
# What git-check-ref-format forbids is in no name.
BRANCH = re.compile(r"[^\s\x00-\x1f\x7f~^:?*\[\\]{1,250}")
# Without brackets and blanks: it stands in Markdown's links as it is.
ADDRESS = re.compile(r"https?://[A-Za-z0-9.:-]+(?:/[A-Za-z0-9._~/#?=&%-]*)?")
MEMBERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
"""Whose issues may open a pull request, as `author_association` has it."""


@dataclass(frozen=True, slots=True)
class Place:
    """The repository that an event is about."""

    name: str
    """`owner/repository`"""
    url: str
    branch: str
    """Its default branch."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pull request whose check is running."""

    number: int
    head: str
    """The newest commit of its branch."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run of the check. All of it is GitHub's word, none of it the pull request's."""

    place: Place
    id: int
    event: str
    path: str
    """The workflow's file."""
    conclusion: str
    head: str
    branch: str
    repository: str
    """Where the branch is: a fork's name, or our own; empty when it was removed."""
    url: str


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue that was opened or edited."""

    place: Place
    number: int
    body: str
    labels: tuple[str, ...]
    association: str

    @property
    def by_member(self) -> bool:
        """Whether its author belongs to the group, says GitHub."""
        return self.association in MEMBERS


def read_event(path: Path) -> Shape:
    """The recorded event: a JSON object in a file."""
    if path.stat().st_size > EVENT_LIMIT:
        raise RefusedError("event", "too large")
    return Shape.parse(path.read_bytes(), "event")


def place_of(event: Shape) -> Place:
    """The repository that an event happened in."""
    repository = event["repository"]
    return Place(
        repository["full_name"].matching(REPOSITORY),
        repository["html_url"].matching(ADDRESS),
        repository["default_branch"].matching(BRANCH),
    )


def proposal_of(event: Shape) -> Proposal:
    """The pull request of a `pull_request` event."""
    request = event["pull_request"]
    return Proposal(request["number"].number(), request["head"]["sha"].matching(SHA))


def run_of(event: Shape) -> Run:
    """The run of a `workflow_run` event."""
    run = event["workflow_run"]
    repository = run["head_repository"]
    return Run(
        place_of(event),
        run["id"].number(),
        run["event"].text(),
        run["path"].text(),
        "" if run["conclusion"].missing else run["conclusion"].text(),  # null: it still runs
        run["head_sha"].matching(SHA),
        run["head_branch"].matching(BRANCH),
        # No repository: the fork was removed.
        "" if repository.missing else repository["full_name"].matching(REPOSITORY),
        run["html_url"].matching(ADDRESS),
    )


def issue_of(event: Shape) -> Issue:
    """The issue of an `issues` event."""
    issue = event["issue"]
    return Issue(
        place_of(event),
        issue["number"].number(),
        "" if issue["body"].missing else issue["body"].text(BODY_LIMIT),  # null: it is empty
        tuple(label["name"].text() for label in issue["labels"].items()),
        issue["author_association"].text(),
    )
