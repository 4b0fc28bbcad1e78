"""What a change does to the site: `diff`."""

from __future__ import annotations

import argparse

from kb.cli.command import CommandError, Subparsers, add
from kb.diff import FORMATS, compare
from kb.history import HistoryError, revision


def add_commands(commands: Subparsers) -> None:
    """`diff`."""
    parser = add(commands, "diff", _diff, "what a change does to the site")
    parser.add_argument("--base", metavar="REV", required=True, help="the revision to compare with")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text")


def _diff(options: argparse.Namespace) -> int:
    try:
        # argparse makes an empty list of `--base=--`.
        difference = compare(options.root, revision(options.root, options.base or ""))
    except HistoryError as error:
        raise CommandError(str(error)) from None
    print(FORMATS[options.format](difference), end="")
    return 0
