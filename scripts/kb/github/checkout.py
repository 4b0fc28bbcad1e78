"""The checkout that is worked in: git makes a branch with one commit of ours, `week.py` reads and checks."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from kb.github.form import NotBroughtError

NAME = "github-actions[bot]"
EMAIL = "41898282+github-actions[bot]@users.noreply.github.com"  # by its number GitHub knows its bot
FOLDER = "docs/notes"
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
_SECONDS = 900
_TRACEBACK = "\nTraceback (most recent call last):\n"


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    """0 for good, 1 for errors in notes, 2 for what cannot be read; -1 when it did not come to an end."""
    out: bytes
    told: str
    """What it said to the reader, on standard error."""

    @property
    def broken(self) -> bool:
        """Whether it failed by its own fault: a traceback has the exit code of errors in notes, too."""
        return self.code not in {0, 1, 2} or _TRACEBACK in f"\n{self.told}"

    def json(self, begins: bytes) -> bytes | None:
        """What was printed, if it is an answer; otherwise the record of the run tells why not."""
        if self.code in {0, 1} and self.out.startswith(begins):
            return self.out
        sys.stderr.write(self.told)
        return None


@dataclass(frozen=True, slots=True)
class Checkout:
    """The default branch or what a pull request makes of it, freshly checked out."""

    root: Path
    server: str = "https://github.com"
    token: str = field(default="", repr=False)  # no traceback shows it

    def week(self, *arguments: str) -> Done:
        """Run `scripts/week.py`, in its virtual environment where it has one."""
        own = self.root / ".venv" / "bin" / "python"
        python = str(own) if own.exists() else sys.executable
        # A program of its own: what it reads is foreign, so it sees no token.
        known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            done = subprocess.run(
                [python, "scripts/week.py", *arguments],
                cwd=self.root,
                env={**known, "PYTHONUTF8": "1", "NO_COLOR": "1"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Done(-1, b"", "時間がかかりすぎたので止めました")
        return Done(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))

    def answers(self, base: str) -> tuple[bytes | None, bytes | None]:
        """What `check` and `diff` print of what has changed since a revision; None for one that failed."""
        check = self.week("check", f"--since={base}", "--format=json")
        diff = self.week("diff", f"--base={base}", "--format=json")
        return check.json(b"["), diff.json(b"{")

    def changed(self) -> tuple[str, ...]:
        """Files that are new or differ; git's own list, so nothing depends on what was announced."""
        # With -z names come as they are; git would quote Japanese ones.
        told = self._git("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
        return tuple(sorted(line[3:] for line in told.split("\0") if line))

    def commit(self, branch: str, files: tuple[str, ...], subject: str) -> None:
        """Start the branch here and put these files into one commit. No text of an issue is an argument."""
        self._git("switch", "--quiet", "--force-create", branch)
        self._git("add", "--", *files)
        self._git("commit", "--quiet", f"--message={subject}")

    def push(self, branch: str) -> None:
        """Push the branch. What a person has added to it on the server is never overwritten."""
        before = self._git("ls-remote", "origin", f"refs/heads/{branch}").partition("\t")[0]
        if before:
            self._git("fetch", "--quiet", "--depth=1", "origin", f"refs/heads/{branch}")
            if self._git("log", "-1", "--format=%ae", "FETCH_HEAD").strip() != EMAIL:
                hint = "続きはプルリクエストで直してください。"
                raise NotBroughtError(f"ブランチ `{branch}` に、ほかの人の変更があります。{hint}")
            # The same files again, as after an edit of the title: no reason for another run.
            if self._git("rev-parse", "HEAD^{tree}") == self._git("rev-parse", "FETCH_HEAD^{tree}"):
                return
        # Between looking and pushing somebody may push: then the lease fails, and their commit stays.
        lease = f"--force-with-lease=refs/heads/{branch}:{before}"
        self._git("push", "--quiet", lease, "origin", f"HEAD:refs/heads/{branch}")

    def _git(self, *arguments: str) -> str:
        # A hook would run beside the token.
        command = ["git", "-c", "core.hooksPath=/dev/null", *arguments]
        done = subprocess.run(
            command, cwd=self.root, env={**os.environ, **self._settings()}, capture_output=True, check=False
        )
        if done.returncode:
            reason = done.stderr.decode("utf-8", "replace").strip()
            raise OSError(done.returncode, f"git {arguments[0]}: {reason}")
        return done.stdout.decode("utf-8", "surrogateescape")

    def _settings(self) -> dict[str, str]:
        """Who we are, and the token: in the environment, where no list of processes shows it."""
        us = {"NAME": NAME, "EMAIL": EMAIL}
        people = {f"GIT_{role}_{key}": us[key] for role in ("AUTHOR", "COMMITTER") for key in us}
        if not self.token:
            return {**people, "GIT_TERMINAL_PROMPT": "0"}
        secret = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        return {
            **people,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{self.server}/.extraheader",
            "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {secret}",
        }
