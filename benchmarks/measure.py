"""Time and peak memory of child processes, and the weight of pages."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import html

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took."""

    seconds: float
    """Wall time."""
    megabytes: float
    """Peak resident memory of the process."""
    cpu: float
    """Seconds of a processor, in the program and for it: what other work on the machine hardly changes."""
    output: str = ""

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, {self.megabytes:.0f} MB"


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end. Raises CalledProcessError, with what it printed, where it fails."""
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS), "NO_MKDOCS_2_WARNING": "1"}
    with tempfile.TemporaryFile("w+") as printed:
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=printed, stderr=printed)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        output = printed.read()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command, output[-4000:])
    return Cost(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime, output)


def python(arguments: Sequence[str], folder: Path) -> Cost:
    """Run this interpreter."""
    return run([sys.executable, *arguments], folder)


def engine(name: str, folder: Path) -> Cost:
    """Build the tree in a folder, without any cache of an earlier build."""
    clean = ["--clean"] if name == "zensical" else ["--quiet", "--clean"]
    return python(["-m", name, "build", *clean], folder)


def heaviest_page(site: Path) -> int:
    """The most bytes of HTML that a page has beyond its own text."""
    return max((_beyond_text(path) for path in site.rglob("*.html")), default=0)


def _beyond_text(path: Path) -> int:
    data = path.read_bytes()
    text = html.fromstring(data, parser=html.HTMLParser(encoding="utf-8")).text_content()
    return len(data) - len(text.encode())
