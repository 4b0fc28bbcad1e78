"""From an issue to a pull request: import what a member gave, commit it, say in the issue what happened."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kb.github.api import Api, ApiError, open_once
from kb.github.attach import Opener, fetched
from kb.github.checkout import FOLDER, Checkout
from kb.github.comment import LIMIT, Places, comment
from kb.github.data import Report, report_json, report_of
from kb.github.event import SHA, Issue, Proposal
from kb.github.form import LABEL, NotBroughtError, Request, request_of
from kb.github.publish import PassedOverError, say
from kb.github.shape import RefusedError
from kb.text.escape import fenced

ISSUE_MARKER = "<!-- study-notes: week -->"
_NOTE = re.compile(r"docs/notes/(\d{4}-\d{2}-\d{2})\.md")
_PASTED = "ノートの文章.txt"
"""What messages call the pasted text: as the form's field is called."""
_AGAIN = "この issue の本文を直して保存すると、もう一度やってみます。"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the work is done with."""

    api: Api
    """Comments with the workflow's own token."""
    opener: Api
    """Opens the pull request: the same, or one whose pull requests start workflows."""
    checkout: Checkout
    run: str
    """The page of this run."""
    fetch: Opener = open_once


def bring(desk: Desk, issue: Issue) -> str:
    """Make the pull request of an issue, or tell in the issue why there is none; returns what was done.

    Raises:
        PassedOverError: the issue is not the form's, or not a member's.
        ApiError: GitHub did not answer as it should.
    """
    # The workflow asks both, too; a slip there must not open the door.
    if LABEL not in issue.labels:
        raise PassedOverError(f"the issue has no label {LABEL}")
    if not issue.by_member:
        raise PassedOverError("the issue was not opened by a member")
    try:
        told = _brought(desk, issue)
    except NotBroughtError as error:
        told = f"ノートを作れませんでした。\n\n{error}\n\n{_AGAIN}"
    except OSError:
        broken = f"ノートを作る途中で止まりました。書いたもののせいではありません。[実行の記録]({desk.run})"
        say(desk.api, issue.number, f"{ISSUE_MARKER}\n\n{broken}")
        raise
    return say(desk.api, issue.number, f"{ISSUE_MARKER}\n\n{told}")


def _brought(desk: Desk, issue: Issue) -> str:
    request = request_of(issue.body)
    _expect(request)
    path = f"{FOLDER}/{request.date}.md"
    if (desk.checkout.root / path).exists():  # it is mended where it is, not made again
        edit = f"{issue.place.url}/edit/{issue.place.branch}/{path}"
        hint = f"直すときは[そのノート]({edit})を編集してください。"
        raise NotBroughtError(f"{request.date} のノートはもうあります。{hint}")
    account = _imported(desk, issue, request)
    files = desk.checkout.changed()
    date = _only_a_note(files)
    branch = f"week/issue-{issue.number}"
    desk.checkout.commit(branch, files, f"Add the note of {date}")
    desk.checkout.push(branch)
    return _opened(desk, issue, branch, date, account)


def _expect(request: Request) -> None:
    """Say everything that is missing at once."""
    hints = []
    if request.date is None:
        hints.append("- 「勉強会の日付」を `2025-12-02` のように書いてください")
    if not (request.text.strip() or request.attachments):
        hints.append("- ノートの文章を貼るか、ファイルを添付してください")
    if not request.consent:
        hints.append("- 「公開の確認」の欄に、すべてチェックを入れてください")
    if hints:
        raise NotBroughtError("\n".join(hints))


def _imported(desk: Desk, issue: Issue, request: Request) -> str:
    """Import from a folder of our own; returns the report."""
    # The report lies beside the folder that is imported, or it would be imported, too.
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as beside:
        folder, account = Path(name), Path(beside) / "report.json"
        given = [] if not request.text.strip() else [(_PASTED, request.text.encode())]
        given += fetched(request.attachments, issue.place.name, desk.fetch)
        paths = [_stored(folder, *one) for one in given]
        # A date that was read as one, and behind `--` paths of ours: no text of the issue is an argument.
        options = (f"--date={request.date}", f"--report={account}")
        done = desk.checkout.week("import", *options, "--", *map(str, paths))
        errors = [] if done.broken else [one.replace(f"{name}/", "") for one in _errors(account)]
    if done.broken:
        raise OSError(done.code, f"week.py import: {done.told}")
    # Where the runner keeps files says nothing to a member.
    report = (done.told + done.out.decode("utf-8", "replace")).replace(f"{name}/", "").strip()
    if done.code != 0:
        raise NotBroughtError(_failed(report, errors))
    return report


def _errors(account: Path) -> list[str]:
    """What hinders, as the report tells it; nothing where the import refused before it had one."""
    findings = json.loads(account.read_bytes())["findings"] if account.exists() else []
    return [one["printed"] for one in findings if one["severity"] == "error"]


def _failed(report: str, errors: list[str]) -> str:
    """Only what hinders stands open: the errors, each with its hint, or else the last line."""
    report = report or "理由がわかりません"
    told = "\n".join(errors or report.splitlines()[-1:])
    if told == report:
        return fenced(report)
    whole = f"<details><summary>取り込みの報告のすべて</summary>\n\n{fenced(report)}\n\n</details>"
    return f"{fenced(told)}\n\n{whole}"


def _stored(folder: Path, name: str, data: bytes) -> Path:
    """Below its name; the second file of a name gets a number, so that both are there."""
    same = sum(path.name.endswith(name) for path in folder.iterdir())
    path = folder / (f"{same + 1}-{name}" if same else name)
    path.write_bytes(data)
    return path


def _only_a_note(files: tuple[str, ...]) -> str:
    """The date of the one note that came; nothing outside the notes' folder may have changed."""
    dates = [found[1] for path in files if (found := _NOTE.fullmatch(path))]
    outside = [path for path in files if not path.startswith(f"{FOLDER}/")]
    if len(dates) != 1 or outside:
        raise NotBroughtError("取り込んだ結果が、1つの回のノートになりませんでした")
    return dates[0]


def _opened(desk: Desk, issue: Issue, branch: str, date: str, account: str) -> str:
    """Open or renew the pull request, comment on it, and say so in the issue."""
    compare = f"{issue.place.url}/compare/{issue.place.branch}...{branch}?expand=1"
    try:
        number = _request(desk.opener, issue, branch, date, account)
    except ApiError as error:
        if error.status not in {403, 422}:  # so a repository answers where workflows may open none
            raise
        return (
            f"{date} のノートを作り、ブランチ `{branch}` に置きました。"
            f"[このページ]({compare})で「Create pull request」を押すと、確認が始まります。"
        )
    checked = _checked(desk, issue, number)
    return (
        f"{date} のノートを作り、プルリクエスト #{number} を開きました。{checked}"
        "内容を見て、直すところがあれば、そこで直してください。"
    )


def _request(api: Api, issue: Issue, branch: str, date: str, account: str) -> int:
    owner = issue.place.name.partition("/")[0]
    body = {
        "title": f"{date} のノートを追加",
        "body": (
            f"#{issue.number} のフォームから作りました。マージすると、その issue も閉じます。\n\n"
            f"Closes #{issue.number}\n\n<details><summary>取り込みの報告</summary>\n\n"
            f"{fenced(account)}\n\n</details>\n"
        )[: LIMIT - 1],
    }
    for one in api.get(f"pulls?state=open&head={owner}:{branch}").items():
        number = one["number"].number()
        api.patch(f"pulls/{number}", body)
        return number
    made = api.post("pulls", {**body, "head": branch, "base": issue.place.branch})
    return made["number"].number()


def _checked(desk: Desk, issue: Issue, number: int) -> str:
    """Check here and comment: a pull request of the workflow's own token starts no other workflow."""
    head = desk.api.get(f"pulls/{number}")["head"]["sha"].matching(SHA)
    # The branch is one commit: what it brings is all that differs from its parent.
    check, diff = desk.checkout.answers("HEAD^1")
    try:
        report = report_of(report_json(Proposal(number, head), check, diff))
    except RefusedError:
        return ""
    places = Places(f"{issue.place.url}/blob/{head}", run=desk.run, preview=None)
    say(desk.api, number, comment(report, places))
    return _counted(report)


def _counted(report: Report) -> str:
    if report.check is None:
        return ""
    counts = (("エラー", report.check.errors), ("注意", report.check.warnings))
    found = "、".join(f"{label}が {number} 件" for label, number in counts if number)
    return f"{found}あります。" if found else ""
