"""What git knows of the files of a root: what has changed since a revision, and how a file was."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WATCHED = ("docs/notes", "docs/data")
"""The folders that people write in."""


Files = Mapping[str, bytes]
"""Contents by path."""


class HistoryError(Exception):
    """Git cannot answer: no repository, an unknown revision, no git. The message is for members."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file that differs from the one of the revision."""

    path: str
    """Where it is now, relative to the root; where it was, when it is gone."""
    before: str = ""
    """Where it was; empty for a new file."""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit, as seen from a root in its repository."""

    root: Path
    commit: str

    def read(self, path: str) -> bytes | None:
        """A file as it was, by its path relative to the root; None where there was none."""
        # With `./` a path counts from the root, which may lie below the repository's top.
        done = _run(self.root, "show", f"{self.commit}:./{path}")
        return done.stdout if done.returncode == 0 else None

    def files(self, changes: Sequence[Change], now: Files, wanted: Callable[[str], bool]) -> dict[str, bytes]:
        """The wanted files as they were, those of now being given."""
        # Git is asked for what has changed only: all else is as it is now.
        changed = {change.path for change in changes}
        then = {path: data for path, data in now.items() if path not in changed}
        for path in (change.before for change in changes):
            data = self.read(path) if path and wanted(path) else None
            if data is not None:
                then[path] = data
        return dict(sorted(then.items()))

    def changes(self) -> tuple[Change, ...]:
        """What differs now in the folders that people write in, in the order of paths.

        Files that git does not know yet count; those that it is told to ignore do not.
        """
        told = _ask(self.root, "diff", "--name-status", "-z", "-M", "--relative", self.commit, "--", *WATCHED)
        others = _ask(self.root, "ls-files", "-z", "--others", "--exclude-standard", "--", *WATCHED)
        found = [*_changes(told.split("\0")), *(Change(path) for path in others.split("\0") if path)]
        return tuple(sorted(found, key=lambda change: change.path))


def revision(root: Path, name: str) -> Revision:
    """Where the present state and the named revision part: what others did since then is no change.

    Raises:
        HistoryError: there is no such revision, or no repository.
    """
    if name.startswith("-"):  # git would take it for an option
        raise HistoryError(f"`{name}` はリビジョンの名前ではありません。`main` のように書いてください")
    commit = _run(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if commit.returncode != 0:
        _ask(root, "rev-parse", "--git-dir")
        hint = f"`git fetch origin {name}` を試すか、`main` のような名前を書いてください"
        raise HistoryError(f"リビジョン `{name}` が見つかりません。{hint}")
    named = commit.stdout.decode().strip()
    # Where there is no common commit, as in a shallow clone, the named one has to do.
    parted = _run(root, "merge-base", "HEAD", named)
    return Revision(root, parted.stdout.decode().strip() if parted.returncode == 0 else named)


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # Paths come as they are: without quotes around Japanese names.
    command = ["git", "-c", "core.quotePath=false", *arguments]
    try:
        return subprocess.run(command, cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        raise HistoryError("git が見つかりません。git を入れてから、もう一度試してください") from None


def _ask(root: Path, *arguments: str) -> str:
    done = _run(root, *arguments)
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise HistoryError(f"git が答えられません({reason[0] if reason else arguments[0]})")
    return done.stdout.decode("utf-8", "surrogateescape")


def _changes(fields: list[str]) -> list[Change]:
    """The output of `git diff --name-status -z`: a letter, then one path, or two where it moved."""
    found: list[Change] = []
    rest = iter(fields)
    for letter in rest:
        if not letter:
            continue
        path = next(rest)
        if letter[0] in "RC":  # a copy leaves the other file as it is
            now = next(rest)
            found.append(Change(now, path if letter[0] == "R" else ""))
        else:
            found.append(Change(path, "" if letter == "A" else path, gone=letter == "D"))
    return found
