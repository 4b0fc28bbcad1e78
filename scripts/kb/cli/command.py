"""What all commands share: options, running, and how one ends that cannot do what was asked."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

HOME = Path(__file__).resolve().parents[3]
"""The checkout in which this code lies."""
NOTES = "docs/notes"
Run = Callable[[argparse.Namespace], int]
"""What a command does; answers the exit code."""


class Subparsers(Protocol):
    """What takes subcommands: argparse has no public name for it."""

    def add_parser(self, name: str, *, help: str, description: str) -> argparse.ArgumentParser:  # noqa: A002
        """One more subcommand."""


class CommandError(Exception):
    """What cannot be read or done; the message is one line for members."""


def add(commands: Subparsers, name: str, run: Run, text: str) -> argparse.ArgumentParser:
    """One more subcommand, with the options that all have."""
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    add_root(parser)
    return parser


def add_root(parser: argparse.ArgumentParser) -> None:
    """The option `--root`."""
    parser.add_argument("--root", type=Path, default=HOME, help="another checkout or a corpus of notes")


def run(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> int:
    """Run what was typed. Whatever it cannot read or do is one line and exit code 2."""
    options = parser.parse_args(arguments)
    try:
        options.root = _root(options.root)
        code: int = options.run(options)
        sys.stdout.flush()
    except CommandError as error:
        return refuse(str(error))
    except BrokenPipeError:  # who reads has seen enough: `check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return refuse(unreadable(error, options.command))
    except KeyboardInterrupt:
        return refuse("中止しました。")
    return code


def _root(given: Path) -> Path:
    root = given.resolve()
    if not (root / "docs").is_dir():
        raise CommandError(f"{given} に docs/ フォルダがありません。--root を確かめてください")
    return root


def refuse(message: str) -> int:
    """Say why, and answer the exit code."""
    print(message, file=sys.stderr)
    return 2


def unreadable(error: OSError, command: str = "") -> str:
    """What the system refused, in words."""
    return f"{error.filename or command}: 読み書きできません({error.strerror})"
