"""The comment on a pull request: made by trusted code from untrusted data, and only where it belongs."""

from __future__ import annotations

from kb.github.api import Api, ApiError
from kb.github.comment import LIMIT, Places, comment
from kb.github.data import ARCHIVE_LIMIT, ARTIFACT, Report, report_of, unpacked
from kb.github.event import ADDRESS, Run
from kb.github.shape import RefusedError, Shape

WORKFLOW = ".github/workflows/check.yml"
BOT = "github-actions[bot]"
PREVIEW = "site"


class PassedOverError(Exception):
    """There is nothing to say about this run, and nothing is wrong: a newer one will speak."""


def publish(api: Api, run: Run) -> str:
    """Write or renew the comment of a run's pull request; returns what was done.

    Raises:
        PassedOverError: the run is not, or no longer, one that is to be commented on.
        RefusedError: the artifact is not what the check writes, or speaks of another pull request.
        ApiError: GitHub did not answer as it should.
    """
    # `path` may be followed by `@` and a branch.
    if run.event != "pull_request" or run.path.partition("@")[0] != WORKFLOW or run.conclusion == "cancelled":
        raise PassedOverError("not a finished check of a pull request")
    found = api.get(f"actions/runs/{run.id}/artifacts?per_page=100")["artifacts"].items()
    artifacts = {one["name"].text(): one for one in found if not one["expired"].flag()}
    report = _report(api, run, artifacts)
    _same(run, api.get(f"pulls/{report.proposal.number}"))
    places = Places(
        f"{run.place.url}/blob/{run.head}",
        _site(api),
        run.url,
        f"{run.url}/artifacts/{artifacts[PREVIEW]['id'].number()}" if PREVIEW in artifacts else "",
        run.conclusion == "success",
    )
    return say(api, report.proposal.number, comment(report, places))


def say(api: Api, number: int, text: str) -> str:
    """Put a text into the bot's one comment that has the text's first line for its marker, or make it."""
    marker = text.partition("\n")[0]
    for one in api.every(f"issues/{number}/comments"):
        user, body = one["user"], one["body"]
        # Anybody else may write the marker, and keeps their comment. A removed account is no user.
        if user.missing or body.missing or user["login"].text() != BOT:
            continue
        before = body.text(LIMIT * 4)
        if not before.startswith(marker):
            continue
        if before.replace("\r\n", "\n").strip() == text.strip():  # GitHub keeps CRLF
            return "unchanged"
        api.patch(f"issues/comments/{one['id'].number()}", {"body": text})
        return "updated"
    api.post(f"issues/{number}/comments", {"body": text})
    return "created"


def _report(api: Api, run: Run, artifacts: dict[str, Shape]) -> Report:
    artifact = artifacts.get(ARTIFACT)
    if artifact is None:
        raise PassedOverError(f"the run has no artifact {ARTIFACT}")
    # Before a byte of it is fetched.
    if artifact["size_in_bytes"].number() > ARCHIVE_LIMIT:
        raise RefusedError("artifact", "too large")
    archive = api.download(f"actions/artifacts/{artifact['id'].number()}/zip", ARCHIVE_LIMIT)
    report = report_of(unpacked(archive))
    if report.proposal.head != run.head:
        raise RefusedError("artifact", "speaks of another commit than the run")
    return report


def _same(run: Run, request: Shape) -> None:
    """The number came from the artifact: the pull request of that number has to be the run's."""
    head = request["head"]
    # Of a fork's run the event names no pull request, and of a removed fork no repository.
    repository = "" if head["repo"].missing else head["repo"]["full_name"].text()
    if request["base"]["repo"]["full_name"].text() != run.place.name:
        raise RefusedError("artifact", "speaks of a pull request to another repository")
    if (repository, head["ref"].text()) != (run.repository, run.branch):
        raise RefusedError("artifact", "speaks of another pull request than the run")
    if request["state"].text() != "open":
        raise PassedOverError("the pull request is closed")
    if head["sha"].text() != run.head:
        raise PassedOverError("the pull request has a newer commit")


def _site(api: Api) -> str:
    """Where the site is published; empty where it is not, or this token may not know."""
    try:
        return api.get("pages")["html_url"].matching(ADDRESS)
    except (ApiError, RefusedError):
        return ""
