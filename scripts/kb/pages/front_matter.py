"""Front matter: one key a line, each value JSON, which YAML reads as it is and fast."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

# What JSON leaves as it is and YAML forbids (https://yaml.org/spec/1.2.2/#51-character-set).
_UNPRINTABLE = re.compile("[\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def write_front_matter(data: Mapping[str, object]) -> str:
    """The lines between and with the `---`."""
    lines = "".join(f"{key}: {_encode(value)}\n" for key, value in data.items())
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", f"---\n{lines}---\n")
