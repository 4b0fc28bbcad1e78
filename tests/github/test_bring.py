"""A week from an issue to a pull request: a scratch repository, its bare remote, and a server."""

from __future__ import annotations

import shutil
import subprocess
import urllib.request
from dataclasses import replace
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from kb.github.api import open_once
from kb.github.attach import fetched, is_upload
from kb.github.bring import ISSUE_MARKER, Desk, _failed, bring
from kb.github.checkout import Checkout
from kb.github.comment import MARKER
from kb.github.event import Issue, issue_of
from kb.github.form import Attachment, NotBroughtError
from kb.github.publish import PassedOverError
from kb.github.shape import Shape
from tests.github.server import REPOSITORY, GitHub, event

BRANCH = "week/issue-12"
STORE = "https://github-production-repository-file-5c1aeb.s3.amazonaws.com/1"
NOTE = "docs/notes/2025-12-02.md"


def git(folder: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=Hana", "-c", "user.email=hana@example.com"]
    command = ["git", *settings, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A fresh clone of a bare repository, as a runner has it."""
    bare, seed, work = tmp_path / "remote.git", tmp_path / "seed", tmp_path / "work"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    git(tmp_path, "clone", "--quiet", str(bare), str(seed))
    (seed / "scripts").mkdir()
    shutil.copy(Path(__file__).with_name("stub.py"), seed / "scripts" / "week.py")
    (seed / "docs" / "notes").mkdir(parents=True)
    (seed / "docs" / "notes" / "2025-11-25.md").write_text("old\n", encoding="utf-8")
    (seed / "Makefile").write_text("all:\n", encoding="utf-8")
    git(seed, "add", ".")
    git(seed, "commit", "--quiet", "--message=Start")
    git(seed, "push", "--quiet", "origin", "HEAD:main")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{bare}", str(work))
    return work


def through(github: GitHub) -> Any:
    """Every host of the web, as the test's server plays it."""

    def opened(request: urllib.request.Request) -> HTTPResponse:
        parts = urlsplit(request.full_url)
        assert parts.scheme == "https"
        return open_once(urllib.request.Request(f"{github.base}/web/{parts.netloc}{quote(parts.path)}"))

    return opened


def desk(github: GitHub, scratch: Path) -> Desk:
    checkout = Checkout(scratch, token="ghs_secret")
    return Desk(github.api(), github.api(), checkout, "https://github.com/run/1", through(github))


def issue(name: str = "issue_member", **values: object) -> Issue:
    recorded = event(name)
    recorded["issue"].update(values)
    return issue_of(Shape(recorded, "event"))


def said(github: GitHub) -> str:
    """What stands in the issue."""
    (only,) = [one for one in github.comments if one["body"].startswith(ISSUE_MARKER)]
    return str(only["body"])


def test_pasted_text_becomes_a_pull_request(github: GitHub, scratch: Path) -> None:
    assert bring(desk(github, scratch), issue()) == "created"
    git(scratch, "fetch", "--quiet", "origin", BRANCH)
    assert (
        git(scratch, "log", "-1", "--format=%an: %s", "FETCH_HEAD")
        == "github-actions[bot]: Add the note of 2025-12-02\n"
    )
    assert git(scratch, "diff", "--name-only", "main", "FETCH_HEAD").split() == [NOTE]
    text = git(scratch, "show", f"FETCH_HEAD:{NOTE}")
    assert "$(rm -rf ~) `id` ${{ github.token }}" in text, "the words are there, and nothing was done"
    pull = github.pulls[34]
    assert (pull["title"], pull["base"]) == ("2025-12-02 のノートを追加", "main")
    assert "Closes #12" in pull["body"]
    assert "プルリクエスト #34 を開きました" in said(github)
    check = next(one for one in github.comments if one["body"].startswith(MARKER))
    assert check["issue"] == 34
    assert "この週の差分です" in check["body"]
    assert "サイトの見本" not in check["body"]


def test_an_edit_renews_all_of_it(github: GitHub, scratch: Path) -> None:
    bring(desk(github, scratch), issue())
    git(scratch, "switch", "--quiet", "main")
    body = event("issue_member")["issue"]["body"].replace("機械学習勉強会", "別の題")
    assert bring(desk(github, scratch), issue(body=body)) == "unchanged"
    git(scratch, "fetch", "--quiet", "origin", BRANCH)
    assert "別の題" in git(scratch, "show", f"FETCH_HEAD:{NOTE}")
    assert git(scratch, "rev-list", "--count", "main..FETCH_HEAD") == "1\n"
    assert len(github.pulls) == 1
    assert len(github.comments) == 2


def test_the_same_again_leaves_the_branch_as_it_is(
    github: GitHub, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(desk(github, scratch), issue())
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2030-01-01T00:00:00Z")
    before = git(scratch, "ls-remote", "origin", BRANCH)
    git(scratch, "switch", "--quiet", "main")
    bring(desk(github, scratch), issue())
    assert git(scratch, "ls-remote", "origin", BRANCH) == before != ""


def test_what_a_person_added_is_never_overwritten(github: GitHub, scratch: Path) -> None:
    bring(desk(github, scratch), issue())
    git(scratch, "commit", "--quiet", "--allow-empty", "--message=By hand")
    git(scratch, "push", "--quiet", "origin", f"HEAD:{BRANCH}")
    git(scratch, "switch", "--quiet", "main")
    bring(desk(github, scratch), issue())
    assert "ほかの人の変更があります" in said(github)
    git(scratch, "fetch", "--quiet", "origin", BRANCH)
    assert git(scratch, "log", "-1", "--format=%s", "FETCH_HEAD") == "By hand\n"


def test_attachments_are_imported(github: GitHub, scratch: Path) -> None:
    away = {"Location": f"{STORE}/Export"}
    github.files = {
        "github.com/user-attachments/files/24000001/Export-9b2f.zip": (302, {}, away),
        f"{STORE.removeprefix('https://')}/Export": (200, "# ノート".encode()),
        "github.com/user-attachments/assets/0d4f6a1e-7b1c-4c55-9d1e-000000000001": (200, b"\x89PNG"),
    }
    bring(desk(github, scratch), issue("issue_attachment"))
    files = git(scratch, "-c", "core.quotePath=false", "show", "--name-only", "--format=", "HEAD").split()
    assert files == [NOTE, "docs/notes/2025-12-02/図1.png"]
    assert not any(token for _, path, token in github.asked if path.startswith("/web/"))


def test_a_redirect_away_from_github_is_not_followed(github: GitHub, scratch: Path) -> None:
    place = "github.com/user-attachments/files/24000001/Export-9b2f.zip"
    github.files = {place: (302, {}, {"Location": "https://evil.example/x"})}
    bring(desk(github, scratch), issue("issue_attachment"))
    assert "GitHub の外にあります" in said(github)
    assert github.pulls == {}
    assert not any("evil.example" in path for _, path, _ in github.asked)


@pytest.mark.parametrize(
    "values", [{"labels": []}, {"author_association": "NONE"}, {"author_association": "CONTRIBUTOR"}]
)
def test_others_issues_are_passed_over(github: GitHub, scratch: Path, values: dict[str, object]) -> None:
    with pytest.raises(PassedOverError):
        bring(desk(github, scratch), issue("issue_member", **values))
    with pytest.raises(PassedOverError):
        bring(desk(github, scratch), issue("issue_stranger"))
    assert github.asked == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2025-12-02\r\n\r\n###", "$(id)\r\n\r\n###", "`2025-12-02` のように"),
        ("- [x]", "- [ ]", "「公開の確認」"),
        ("### 公開の確認", "", "欄が見つかりません"),
        ("2025-12-02\r\n\r\n###", "2025-11-25\r\n\r\n###", "のノートはもうあります"),
    ],
)
def test_what_is_missing_is_told_in_the_issue(
    github: GitHub, scratch: Path, old: str, new: str, told: str
) -> None:
    body = event("issue_member")["issue"]["body"].replace(old, new, 1 if "###" in old else -1)
    bring(desk(github, scratch), issue(body=body))
    assert told in said(github)
    assert "もう一度やってみます" in said(github)
    assert github.pulls == {}
    assert git(scratch, "ls-remote", "origin", BRANCH) == ""


def test_what_hinders_stands_open() -> None:
    report = (
        "a.md:1: 推測[x] 一\na.md:2: エラー[y] 二\n    → 直す\na.md:3: 推測[z] 三\nノートは作りませんでした。"
    )
    errors = ["a.md:2: エラー[y] 二\n    → 直す"]
    shown, _, folded = _failed(report, errors).partition("<details>")
    assert shown == "```text\na.md:2: エラー[y] 二\n    → 直す\n```\n\n"
    assert all(line in folded for line in report.splitlines())
    assert _failed("読めません", []) == "```text\n読めません\n```"
    assert _failed("一\n読めません", []).startswith("```text\n読めません\n```\n\n<details>")


def test_a_report_cannot_call_anybody(github: GitHub, scratch: Path) -> None:
    body = event("issue_member")["issue"]["body"].replace("機械学習勉強会", "壊れたページ")
    bring(desk(github, scratch), issue(body=body))
    text = said(github)
    assert "````text\n" in text, "a longer fence than the one in the report"
    assert text.index("````text") < text.index("@everyone") < text.rindex("````")


def test_nothing_outside_the_notes_is_committed(github: GitHub, scratch: Path) -> None:
    files = "[outside.md](https://github.com/user-attachments/files/1/outside.md)"
    github.files = {"github.com/user-attachments/files/1/outside.md": (200, b"x")}
    body = event("issue_attachment")["issue"]["body"]
    body = (
        body[: body.index("### 添付ファイル")] + f"### 添付ファイル\n\n{files}\n\n### 公開の確認\n\n- [x] a"
    )
    bring(desk(github, scratch), issue(body=body))
    assert "1つの回のノートになりませんでした" in said(github)
    assert git(scratch, "ls-remote", "origin", BRANCH) == ""


def test_where_actions_may_not_open_a_person_does(github: GitHub, scratch: Path) -> None:
    github.may_open = False
    bring(desk(github, scratch), issue())
    assert f"(https://github.com/{REPOSITORY}/compare/main...{BRANCH}?expand=1)" in said(github)


def test_a_fault_of_ours_is_said_and_fails(github: GitHub, scratch: Path) -> None:
    git(scratch, "remote", "set-url", "origin", "/nowhere")
    with pytest.raises(OSError, match="git ls-remote"):
        bring(desk(github, scratch), issue())
    assert "書いたもののせいではありません" in said(github)


def test_a_traceback_is_a_fault_of_ours(github: GitHub, scratch: Path) -> None:
    (scratch / "scripts" / "week.py").write_text(
        "import sys; print('報告', file=sys.stderr); 1 / 0", encoding="utf-8"
    )
    with pytest.raises(OSError, match="ZeroDivisionError"):
        bring(desk(github, scratch), issue())
    assert "書いたもののせいではありません" in said(github)
    assert "Traceback" not in said(github)


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/user-attachments/files/1/x.zip",
        "https://github.com/user-attachments/assets/0d4f",
        f"https://github.com/{REPOSITORY}/files/1/x.zip",
    ],
)
def test_uploads(url: str) -> None:
    assert is_upload(url, REPOSITORY)


@pytest.mark.parametrize(
    "url",
    [
        "http://github.com/user-attachments/files/1/x.zip",
        "https://github.com.evil.example/user-attachments/files/1/x.zip",
        "https://user@github.com/user-attachments/files/1/x.zip",
        "https://github.com:8443/user-attachments/files/1/x.zip",
        "https://github.com/user-attachments/files/../../other/x.zip",
        "https://github.com/other/repository/files/1/x.zip",
        f"https://github.com/{REPOSITORY}/raw/main/x.zip",
        "https://169.254.169.254/latest/meta-data",
    ],
)
def test_no_uploads(url: str, github: GitHub) -> None:
    assert not is_upload(url, REPOSITORY)
    with pytest.raises(NotBroughtError):
        fetched((Attachment(url, "x.zip"),), REPOSITORY, through(github))
    assert github.asked == []


def test_a_file_that_is_too_large(github: GitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.github.attach.FILE_LIMIT", 10)
    github.files = {"github.com/user-attachments/files/1/x.zip": (200, b"x" * 11)}
    one = Attachment("https://github.com/user-attachments/files/1/x.zip", "x.zip")
    with pytest.raises(NotBroughtError, match="大きすぎます"):
        fetched((one,), REPOSITORY, through(github))


def test_the_token_stands_in_no_command(github: GitHub, scratch: Path) -> None:
    checkout = desk(github, scratch).checkout
    assert "ghs_secret" not in repr(checkout)
    assert replace(checkout, token="").changed() == ()
