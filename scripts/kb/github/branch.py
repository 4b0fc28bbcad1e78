"""A branch with one commit of ours, made and pushed with git. No text of an issue is ever an argument."""

from __future__ import annotations

import base64
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

NAME = "github-actions[bot]"
EMAIL = "41898282+github-actions[bot]@users.noreply.github.com"
FOLDER = "docs/notes"


class BranchError(Exception):
    """The branch cannot be made. The message is for members."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """The default branch, freshly checked out."""

    root: Path
    server: str = "https://github.com"
    token: str = field(default="", repr=False)

    def changed(self) -> tuple[str, ...]:
        """Files that are new or differ; git's own list, so nothing depends on what was announced."""
        told = self._git("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
        return tuple(sorted(line[3:] for line in told.split("\0") if line))

    def commit(self, branch: str, files: tuple[str, ...], subject: str) -> None:
        """Start the branch here and put these files into one commit."""
        self._git("switch", "--quiet", "--force-create", branch)
        self._git("add", "--", *files)
        self._git("commit", "--quiet", f"--message={subject}")

    def push(self, branch: str) -> None:
        """Push the branch. What a person has added to it on the server is never overwritten."""
        before = self._git("ls-remote", "origin", f"refs/heads/{branch}").partition("\t")[0]
        if before and self._author(branch) != EMAIL:
            raise BranchError(
                f"ブランチ `{branch}` に、ほかの人の変更があります。続きはプルリクエストで直してください"
            )
        if before and self._git("rev-parse", "HEAD^{tree}") == self._git("rev-parse", "FETCH_HEAD^{tree}"):
            return
        lease = f"--force-with-lease=refs/heads/{branch}:{before}"
        self._git("push", "--quiet", lease, "origin", f"HEAD:refs/heads/{branch}")

    def _author(self, branch: str) -> str:
        self._git("fetch", "--quiet", "--depth=1", "origin", f"refs/heads/{branch}")
        return self._git("log", "-1", "--format=%ae", "FETCH_HEAD").strip()

    def _git(self, *arguments: str) -> str:
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
        secret = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        header = {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{self.server}/.extraheader",
            "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {secret}",
        }
        people = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _IDENTITY}
        return {**people, **(header if self.token else {}), "GIT_TERMINAL_PROMPT": "0"}


_IDENTITY = (("NAME", NAME), ("EMAIL", EMAIL))
