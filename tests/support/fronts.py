"""Front matter of generated pages, and what stands in it, whatever its shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Front = dict[str, Any]


def front_of(text: str) -> Front:
    """The front matter of a generated page: a key a line, its value JSON."""
    lines = text.removeprefix("---\n").partition("\n---\n")[0].split("\n")
    pairs = (line.partition(": ") for line in lines)
    return {key: json.loads(value) for key, _, value in pairs}


def urls_in(value: object) -> Iterator[str]:
    """Every address on the site that a value holds, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.endswith("url") and isinstance(inner, str) and inner and ":" not in inner:
                yield inner
            yield from urls_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from urls_in(inner)
