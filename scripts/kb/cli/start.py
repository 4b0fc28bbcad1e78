"""The way from a script to its command. Needs nothing but Python, and says so where more is needed."""

from __future__ import annotations

import sys
from importlib import import_module


def start(module: str) -> int:
    """Run `main` of a module of commands; one line where this Python lacks what it needs."""
    try:
        code: int = import_module(module).main()
    except ModuleNotFoundError as missing:
        # A module of our own that is missing is a fault, which nobody mends by installing something.
        if str(missing.name).partition(".")[0] == "kb":
            raise
        hint = (
            f"`.venv/bin/python {sys.argv[0]}` で動かしてください(.venv がなければ、先に `make .venv/.site`)"
        )
        sys.stderr.write(f"{missing.name} がこのPythonに入っていません。{hint}\n")
        return 2
    return code
