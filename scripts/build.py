#!/usr/bin/env python3
"""The commands for the site: see `kb/cli/site.py`, or `--help`."""

from __future__ import annotations

import sys

# Python puts the folder of a script on its path, so `kb` is there for any Python, with an environment or not.
from kb.cli.start import start

if __name__ == "__main__":
    sys.exit(start("kb.cli.site"))
