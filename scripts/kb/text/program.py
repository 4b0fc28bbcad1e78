"""What a person types to run a command again: the console command, or the script of the checkout."""

from __future__ import annotations

import sys
from pathlib import PurePath
from typing import Literal

Script = Literal["week", "build"]


def typed(script: Script) -> str:
    """`kb` where that is running, else the script that has the command, with the Python that can run it."""
    running = PurePath(sys.argv[0]).stem if sys.argv else ""
    return "kb" if running == "kb" else f".venv/bin/python scripts/{script}.py"
