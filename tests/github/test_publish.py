"""The comment is made once, renewed afterwards, and made only where it belongs."""

from __future__ import annotations

from typing import Any

import pytest

from kb.github.api import ApiError
from kb.github.comment import MARKER
from kb.github.data import ARCHIVE_LIMIT, ARTIFACT, FILE
from kb.github.event import Run, run_of
from kb.github.publish import PassedOverError, publish
from kb.github.shape import RefusedError, Shape
from tests.github.reports import EVIL, HEAD, archived, artifact, finding, made
from tests.github.server import GitHub, event


def run(**values: object) -> Run:
    recorded = event("workflow_run")
    recorded["workflow_run"].update(values)
    return run_of(Shape(recorded, "event"))


@pytest.fixture
def checked(github: GitHub) -> GitHub:
    """A fork's pull request with a finished check."""
    github.pulls[34] = event("pull_request")["pull_request"]
    github.artifacts = {"site": b"a site", ARTIFACT: artifact()}
    return github


def test_a_comment_is_made_and_then_renewed(checked: GitHub) -> None:
    assert publish(checked.api(), run()) == "created"
    assert publish(checked.api(), run()) == "unchanged"
    checked.artifacts[ARTIFACT] = artifact(made([]))
    assert publish(checked.api(), run(conclusion="success")) == "updated"
    (only,) = checked.comments
    assert only["issue"] == 34
    assert "問題は見つかりませんでした" in only["body"]
    assert "/actions/runs/19800000001/artifacts/1)" in only["body"]
    assert "https://ml-group.github.io/study-notes/topics/sam3/" in only["body"]


def test_others_comments_are_left_alone(checked: GitHub) -> None:
    foreign: list[dict[str, Any]] = [
        {"id": 1, "user": {"login": "taro-y"}, "body": f"{MARKER}\n\nmine"},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": f"See {MARKER}"},
        {"id": 3, "user": None, "body": MARKER},
        *({"id": 10 + at, "user": {"login": "a"}, "body": "x"} for at in range(150)),
    ]
    checked.comments = [dict(one) for one in foreign]
    assert publish(checked.api(), run()) == "created"
    assert checked.comments[:-1] == foreign
    assert publish(checked.api(), run()) == "unchanged", "found on the second page"


def test_the_token_goes_to_the_interface_alone(checked: GitHub) -> None:
    publish(checked.api(), run())
    tokens = {path.startswith("/web/"): token for _, path, token in checked.asked}
    assert tokens == {False: True, True: False}


@pytest.mark.parametrize(
    "values",
    [
        {"event": "push"},
        {"path": ".github/workflows/check2.yml"},
        {"conclusion": "cancelled"},
    ],
)
def test_other_runs_are_passed_over(checked: GitHub, values: dict[str, str]) -> None:
    with pytest.raises(PassedOverError):
        publish(checked.api(), run(**values))
    assert checked.asked == []


@pytest.mark.parametrize("change", [{"state": "closed"}, {"head": {"sha": "b" * 40}}, None])
def test_a_stale_run_is_passed_over(checked: GitHub, change: dict[str, Any] | None) -> None:
    pull = checked.pulls[34]
    if change is None:
        del checked.artifacts[ARTIFACT]
    else:
        pull.update({**change, "head": {**pull["head"], **change.get("head", {})}})
    with pytest.raises(PassedOverError):
        publish(checked.api(), run())
    assert checked.comments == []


@pytest.mark.parametrize(
    "archive",
    [
        artifact(b"not JSON"),
        artifact(made(head="c" * 40)),
        archived({FILE: made(), "run.sh": b"id"}),
        b"x" * (ARCHIVE_LIMIT + 1),
        b"no archive",
    ],
    ids=["not JSON", "another commit", "foreign file", "too large", "no archive"],
)
def test_an_artifact_that_is_off_is_refused(checked: GitHub, archive: bytes) -> None:
    checked.artifacts[ARTIFACT] = archive
    with pytest.raises(RefusedError):
        publish(checked.api(), run())
    assert checked.comments == []


@pytest.mark.parametrize("key", ["repo", "ref"])
def test_the_pull_request_of_somebody_else_is_refused(checked: GitHub, key: str) -> None:
    other = {"repo": {"full_name": "hana-k/study-notes"}, "ref": "another"}[key]
    checked.pulls[35] = {**checked.pulls[34], "head": {**checked.pulls[34]["head"], key: other}}
    checked.artifacts[ARTIFACT] = artifact(made(number=35))
    with pytest.raises(RefusedError, match="another pull request"):
        publish(checked.api(), run())
    assert checked.comments == []


def test_the_pull_request_to_another_repository_is_refused(checked: GitHub) -> None:
    checked.pulls[34]["base"]["repo"]["full_name"] = "ml-group/other"
    with pytest.raises(RefusedError, match="another repository"):
        publish(checked.api(), run())


def test_a_number_that_is_no_pull_request(checked: GitHub) -> None:
    checked.artifacts[ARTIFACT] = artifact(made(number=99))
    with pytest.raises(ApiError) as error:
        publish(checked.api(), run())
    assert error.value.status == 404


def test_what_a_title_says_is_not_done(checked: GitHub) -> None:
    checked.artifacts[ARTIFACT] = artifact(made([finding(message=EVIL)]))
    publish(checked.api(), run())
    assert "<script>" not in checked.comments[0]["body"]


def test_a_passing_fault_is_tried_again(checked: GitHub) -> None:
    checked.failures = [(502, {"message": "Bad gateway"}), (429, {"message": "slow down"})]
    assert publish(checked.api(), run()) == "created"


def test_a_comment_is_not_made_twice(checked: GitHub) -> None:
    api = checked.api()
    checked.failures = [(502, {"message": "Bad gateway"})]
    with pytest.raises(ApiError):
        api.post("issues/34/comments", {"body": "x"})
    assert [method for method, *_ in checked.asked] == ["POST"]


def test_no_answer_at_all_is_an_error_and_names_no_token(checked: GitHub) -> None:
    from kb.github.api import Api

    api = Api("http://127.0.0.1:9", "a/b", "ghs_secret", wait=lambda _: None)
    with pytest.raises(ApiError) as error:
        api.get("pages")
    assert "ghs_secret" not in str(error.value) + repr(api)


def test_a_run_of_a_commit_that_is_no_hash(checked: GitHub) -> None:
    with pytest.raises(RefusedError):
        run(head_sha=HEAD[:7])
