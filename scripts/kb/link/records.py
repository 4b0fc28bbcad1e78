"""What to write into a registry for something that it does not name yet."""

from __future__ import annotations

import yaml


def as_record(file: str, **fields: str | list[str]) -> str:
    """A hint with a record on one line, ready to be put at the end of a registry's file."""
    told = {key: value for key, value in fields.items() if value}
    flow = yaml.safe_dump(told, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9)
    return f"docs/data/{file}.yml の最後に、空白を2つ置いて `- {flow.strip()}` と書くと登録できます"
