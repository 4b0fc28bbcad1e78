"""The file of addresses that have moved, as `week.py fix` writes it."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

MOVED = "docs/data/moved.yml"
"""Its path below a root."""
_HEAD = """# yaml-language-server: $schema=schema/moved.schema.json
# 移ったアドレスの一覧。`.venv/bin/python scripts/week.py fix --since main` が書くので、ふつうは手で書かない。
# 前のアドレス (from) を開いた人は、その内容が今あるところ (to) に案内される。

"""


def row(origin: str, to: str) -> str:
    """A row on one line, as YAML."""
    pair = {"from": origin, "to": to}
    flow = yaml.safe_dump(pair, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9)
    return flow.strip()


def moved_file(rows: Mapping[str, str]) -> str:
    """The whole file: a line for each address, in their order, so that two changes seldom meet."""
    lines = [f"  - {row(*pair)}\n" for pair in sorted(rows.items())]
    return _HEAD + ("moved:\n" + "".join(lines) if lines else "moved: []\n")
