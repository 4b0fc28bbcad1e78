"""`scripts/week.py`, run as a program of its own: what it reads is foreign, so it sees no token."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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


def week(root: Path, *arguments: str) -> Done:
    """Run the checkout's `week.py` in its virtual environment, where it has one."""
    own = root / ".venv" / "bin" / "python"
    python = str(own) if own.exists() else sys.executable
    command = [python, "scripts/week.py", *arguments]
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env={**known, "PYTHONUTF8": "1", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Done(-1, b"", "時間がかかりすぎたので止めました")
    return Done(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def answers(root: Path, base: str) -> tuple[bytes | None, bytes | None]:
    """What `check` and `diff` print about all that has changed since a revision; None where one failed."""
    check = week(root, "check", f"--since={base}", "--format=json")
    diff = week(root, "diff", f"--base={base}", "--format=json")
    return _json(check, b"["), _json(diff, b"{")


def _json(done: Done, begins: bytes) -> bytes | None:
    """What was printed, if it is an answer."""
    if done.code in {0, 1} and done.out.startswith(begins):
        return done.out
    sys.stderr.write(done.told)
    return None
