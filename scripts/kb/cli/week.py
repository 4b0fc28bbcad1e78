"""A week's note: make it, bring it in from Notion, check it, mend it, see what it does to the site.

    python scripts/week.py new [DATE]
    python scripts/week.py import FILE… [--date DATE] [--out DIR] [--force] [--report FILE]
    python scripts/week.py check [FILE…] [--since REV] [--format text|github|json|markdown]
    python scripts/week.py fix [FILE…]
    python scripts/week.py explain [CODE]
    python scripts/week.py diff --base REV [--format text|json|markdown]

All commands take --root DIR, another checkout.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Sequence

from kb.cli import checks, notes
from kb.cli.command import Subparsers, run


def add_commands(commands: Subparsers) -> None:
    """All that has to do with a week's note."""
    notes.add_commands(commands)
    checks.add_commands(commands)


def main(arguments: Sequence[str] | None = None) -> int:
    """`python scripts/week.py …`"""
    parser = argparse.ArgumentParser(
        prog="week.py", description="A week's note: new, import, check, fix, explain, diff"
    )
    add_commands(parser.add_subparsers(dest="command", required=True, metavar="COMMAND"))
    gc.disable()  # a command ends soon, and what it makes has no cycles to be looked for
    return run(parser, arguments)
