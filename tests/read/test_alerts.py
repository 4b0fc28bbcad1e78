"""GitHub's alerts, `> [!NOTE]`: nobody speaks in them."""

from __future__ import annotations

import pytest

from kb.model.blocks import Remark, walk
from kb.read import read

KINDS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "Note", "info", "メモ")


@pytest.mark.parametrize(
    "shape", ["> [!{}]\n> 文", "> [!{}] 文", "[!{}] 文", "- [!{}] 文", "［！{}］ 文", "> - [!{}] 文"]
)
def test_an_alert_is_no_remark(shape: str) -> None:
    for kind in KINDS:
        text = f"---\ndate: 2025-12-02\n---\n## [blog] 題\n\n{shape.format(kind)}\n\n[pon] 声\n"
        session = read(text.encode(), "2025-12-02.md", "note").session
        assert session
        remarks = [one for one in walk(session.entries[0].blocks) if isinstance(one, Remark)]
        assert [one.handle for one in remarks] == ["pon"]
