"""What a message says can be put into a registry can be put there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.link.records import as_record
from kb.registry import load_registry

HOME = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["Newbie Tanaka", "a: b", "#x, [y]", "山田 太郎", "null", "1"])
def test_a_record_is_taken_as_it_is_printed(tmp_path: Path, name: str) -> None:
    hint = as_record("presenters", id="newbie", name=name, handles=["tanaka"])
    line = re.search("`(.*)`", hint)
    assert line
    data = tmp_path / "docs/data"
    data.mkdir(parents=True)
    known = (HOME / "docs/data/presenters.yml").read_text("utf-8")
    (data / "presenters.yml").write_text(f"{known.rstrip()}\n  {line[1]}\n", "utf-8")
    registry, findings = load_registry(tmp_path)
    assert not findings
    assert (registry.presenters[-1].name, registry.presenters[-1].handles) == (name, ("tanaka",))
