"""What the workflows run. They hold no logic of their own; see docs/dev/github.md.

    python scripts/github.py data --base REV --out DIR     what the check found out, as a file
    python scripts/github.py summary FILE                  that file, for the page of the job
    python scripts/github.py comment                       the comment on a pull request
    python scripts/github.py week                          an issue's week as a pull request

What happened is read from the recorded event, never from arguments. Of the environment only what the runner
sets is used, and `GITHUB_TOKEN`. All but `week` need nothing but Python.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path

from kb.github.api import Api, ApiError
from kb.github.bring import Desk, bring
from kb.github.checkout import Checkout
from kb.github.comment import summary
from kb.github.data import FILE, FILE_LIMIT, report_json, report_of
from kb.github.event import issue_of, proposal_of, read_event, run_of
from kb.github.publish import PassedOverError, publish
from kb.github.shape import RefusedError, Shape
from kb.site.scaffold import HOME


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when all went well or nothing was to be done, 1 for what was refused, 2 for the rest."""
    options = _parser().parse_args(arguments)
    try:
        print(options.run(options))
    except PassedOverError as reason:
        print(f"Nothing to do: {reason}")
    except RefusedError as error:
        print(f"Refused: {error}", file=sys.stderr)
        return 1
    # KeyError: the runner has not set a variable.
    except (ApiError, OSError, HTTPException, KeyError) as error:
        print(f"Failed: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="What the workflows run")
    commands = parser.add_subparsers(dest="command", required=True)
    data = commands.add_parser("data", help="write what the check found out")
    data.set_defaults(run=_data)
    data.add_argument("--base", metavar="REV", required=True, help="the revision to compare with")
    data.add_argument("--out", type=Path, required=True, help="the folder to write to")
    data.add_argument("--root", type=Path, default=HOME, help="another checkout")
    shown = commands.add_parser("summary", help="show it on the page of the job")
    shown.set_defaults(run=_summary)
    shown.add_argument("file", type=Path, help="what `data` wrote")
    said = commands.add_parser("comment", help="comment on the pull request of a finished check")
    said.set_defaults(run=_comment)
    week = commands.add_parser("week", help="make a pull request of an issue")
    week.set_defaults(run=_week)
    week.add_argument("--root", type=Path, default=HOME, help="another checkout")
    return parser


def _event() -> Shape:
    return read_event(Path(os.environ["GITHUB_EVENT_PATH"]))


def _api(repository: str, token: str) -> Api:
    return Api(os.environ.get("GITHUB_API_URL", "https://api.github.com"), repository, token)


def _data(options: argparse.Namespace) -> str:
    proposal = proposal_of(_event())
    check, diff = Checkout(options.root.resolve()).answers(options.base)
    data = report_json(proposal, check, diff)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / FILE).write_bytes(data)
    return str(options.out / FILE)


def _summary(options: argparse.Namespace) -> str:
    with options.file.open("rb") as file:
        text = summary(report_of(file.read(FILE_LIMIT + 1)))
    if page := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(page).open("a", encoding="utf-8") as out:
            out.write(text)
    return text


def _comment(_: argparse.Namespace) -> str:
    run = run_of(_event())
    return publish(_api(run.place.name, os.environ["GITHUB_TOKEN"]), run)


def _week(options: argparse.Namespace) -> str:
    issue = issue_of(_event())
    token = os.environ["GITHUB_TOKEN"]
    other = os.environ.get("WEEK_TOKEN") or token  # GitHub gives a secret that is not there as an empty text
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    run = f"{issue.place.url}/actions/runs/{os.environ.get('GITHUB_RUN_ID', '')}"
    checkout = Checkout(options.root.resolve(), server, other)
    return bring(Desk(_api(issue.place.name, token), _api(issue.place.name, other), checkout, run), issue)
