"""The console command `kb`: what the scripts do, by one name.

kb build|generate|serve|new|import|check|fix|explain|diff …
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.cli import site, week
from kb.cli.command import Parser, here, run


def main(arguments: Sequence[str] | None = None) -> int:
    """`kb …`"""
    parser = Parser(prog="kb", description="勉強会のノートと、そのサイト")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    site.add_commands(commands)
    week.add_commands(commands)
    return run(parser, arguments, here)
