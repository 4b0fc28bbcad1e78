"""What stands around a block of code."""

from __future__ import annotations

import re

_RUN = re.compile("`{3,}")


def fence_for(text: str) -> str:
    """A fence longer than any in the code."""
    return "`" * (max(map(len, _RUN.findall(text)), default=2) + 1)
