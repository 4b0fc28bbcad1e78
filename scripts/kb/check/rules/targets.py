"""Where the links and images of a note lead, as the site understands them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from kb.check.base import Base

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")


def is_absolute(url: str) -> bool:
    """Whether an address has a scheme or a host of its own."""
    return bool(_ABSOLUTE.match(url))


def beside(base: Base, url: str) -> Path | None:
    """The file in the folder of the notes that a relative address names; None where there is none."""
    for path in dict.fromkeys((url.removeprefix("./"), unquote(url).removeprefix("./"))):
        inside = bool(path) and not path.startswith("/") and ".." not in path.split("/")
        try:
            if inside and (base.notes / path).is_file():
                return base.notes / path
        except (OSError, ValueError):  # a name that is too long, or with a NUL in it
            continue
    return None
