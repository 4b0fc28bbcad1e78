"""What all commands share: options, files, running, and how one ends that cannot do what was asked."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn, Protocol

from kb.history import HistoryError
from kb.site.scaffold import HOME
from kb.sources import NOTES, note_files, registry_files
from kb.text.near import closest

Run = Callable[[argparse.Namespace], int]
"""What a command does; answers the exit code."""


class Subparsers(Protocol):
    """What takes subcommands: argparse has no public name for it."""

    def add_parser(
        self,
        name: str,
        *,
        help: str,  # noqa: A002
        description: str,
        epilog: str,
        formatter_class: type[argparse.HelpFormatter],
    ) -> argparse.ArgumentParser:
        """One more subcommand."""


class Parser(argparse.ArgumentParser):
    """Refuses what was mistyped in one line for members. argparse's own words are English."""

    def error(self, message: str) -> NoReturn:
        """End with the line; how the command is typed is in its help."""
        self.exit(2, f"{message}(使い方は --help で見られます)\n")

    def parse_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        """As argparse does, but for what nobody knows."""
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.error(f"`{unknown[0]}` という指定はありません")
        return options

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(one) for one in action.choices]
            near = closest(str(value), known)
            meant = f"`{near}` のことですか?" if near else f"{'、'.join(known)} のどれかを書いてください"
            self.error(f"`{value}` はありません。{meant}")


class CommandError(Exception):
    """What cannot be read or done; the message is one line for members."""


def add(
    commands: Subparsers, name: str, run: Run, text: str, examples: Sequence[str]
) -> argparse.ArgumentParser:
    """One more subcommand, with the options that all have, and how it is typed."""
    shape = argparse.RawDescriptionHelpFormatter
    parser = commands.add_parser(
        name, help=text, description=text, epilog=told(examples), formatter_class=shape
    )
    parser.set_defaults(run=run)
    add_root(parser)
    return parser


def told(examples: Sequence[str]) -> str:
    """Examples below a help."""
    return "\n".join(("例:", *(f"  {one}" for one in examples)))


def add_root(parser: argparse.ArgumentParser) -> None:
    """The option `--root`."""
    text = "ノートのある別の場所（docs/ のあるフォルダ）"
    parser.add_argument("--root", type=named_path, help=text)


def named_path(text: str) -> Path:
    """A path that is named: the empty one would be the folder where one stands."""
    if not text.strip():
        raise argparse.ArgumentTypeError("名前が空です。フォルダかファイルの名前を書いてください")
    return Path(text)


def here() -> Path:
    """The nearest folder upward from where one stands that has notes; this checkout where none has."""
    folder = Path.cwd()
    return next((one for one in (folder, *folder.parents) if (one / NOTES).is_dir()), HOME)


def run(
    parser: argparse.ArgumentParser, arguments: Sequence[str] | None, root: Callable[[], Path] = lambda: HOME
) -> int:
    """Run what was typed, below `root` if nothing else is. What it cannot read or do is one line and a 2."""
    options = parser.parse_args(arguments)
    if "run" not in options:
        parser.print_help(sys.stderr)
        return 2
    try:
        options.root = options.root or root()
        if not (options.root / "docs").is_dir():
            raise CommandError(f"{options.root} に docs/ フォルダがありません。--root を確かめてください")
        options.root = options.root.resolve()
        code: int = options.run(options)
        sys.stdout.flush()  # here, where a failure can still be told
    except (CommandError, HistoryError) as error:
        return refuse(str(error))
    except BrokenPipeError:  # who reads has seen enough: `check | head`
        # Python flushes once more when it ends, and would complain of the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return refuse(unreadable(error, options.command))
    except KeyboardInterrupt:
        return refuse("中止しました。")
    return code


def refuse(message: str) -> int:
    """Say why, and answer the exit code."""
    print(message, file=sys.stderr)
    return 2


def unreadable(error: OSError, command: str = "") -> str:
    """What the system refused, in words."""
    return f"{error.filename or command}: 読み書きできません({error.strerror})"


def named(paths: Iterable[Path], root: Path) -> list[Path]:
    """The files that are named, from here or, where there is none, from the root."""
    files = {path: path if path.exists() else root / path for path in paths}
    for path, file in files.items():
        if file.is_dir():
            raise CommandError(f"{path} はフォルダです。ファイルの名前を書いてください")
        if not file.exists():
            raise CommandError(f"{path} がありません。{_meant(path, root)}")
    return [file.resolve() for file in files.values()]


def _meant(path: Path, root: Path) -> str:
    """Which file a name may have meant that is no file: its folder or its ending may be missing."""
    known = {one.stem: one.relative_to(root).as_posix() for one in (*note_files(root), *registry_files(root))}
    near = known.get(path.stem) or known.get(closest(path.stem, known))
    return f"`{near}` のことですか?" if near else "名前を確かめてください"


def shown(path: Path) -> str:
    """A path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def store(files: Mapping[Path, bytes]) -> None:
    """Write all files or none: each beside its place first, then all to their places."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            # Only within one file system is a move one step: so each waits in its own folder.
            temporary = target.with_name(f".{target.name}.part")
            waiting.append((temporary, target))
            temporary.write_bytes(data)
        for temporary, target in waiting:
            os.replace(temporary, target)  # noqa: PTH105  a reader sees the old file or the new one
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
