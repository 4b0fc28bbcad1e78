"""What a message says can be put into a registry can be put there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from kb.check.examples import STOCK
from kb.link import Linker
from kb.link.records import as_record
from kb.model.finding import Finding
from kb.read import read
from kb.registry import load_registry, read_records, registry_of
from tests.support.hints import hinted
from tests.support.notes import examples

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


FILE = re.compile(r"docs/data/\w+\.yml")
# Handles with underscores, names in any script, words that YAML takes for something else.
WORDS = st.one_of(
    st.sampled_from(
        [
            "jyoshida_sci",
            "山田 太郎",
            "José Núñez",
            "null",
            "2019",
            "2019_1",
            "index",
            "C",
            "C++",
            "rag+",
            "gam_x",
        ]
    ),
    st.text("aBc_-.'\"!&*?{}: 山ｱ1~|%`/é\U0001f600", min_size=1, max_size=8),
)
NAMES = st.lists(WORDS, min_size=1, max_size=4)


@examples(150)
@given(NAMES, NAMES, NAMES, st.lists(WORDS, max_size=3))
@example(["@山田 (jyoshida_sci)", "@jyoshida sci"], ["C", "C++"], ["C", "C++"], ["!a", "a,b", "null"])
@example(["@A (b c)", "@山", "@山 "], ["null", "新", "2019"], ["null", "新", "2019"], ["山"])
def test_every_record_that_is_proposed_can_be_pasted(
    people: list[str], tags: list[str], topics: list[str], handles: list[str]
) -> None:
    """Each alone, and one after the other: what it spoke of is known, and the registry stays sound."""
    text = _note(people, tags, topics, handles)
    found = [one for one in _said(STOCK, text) if _pasted(STOCK, [one]) != STOCK]
    event(f"{min(len(found), 5)} records or handles")
    for one in found:
        again = _said(_pasted(STOCK, [one]), text)
        assert (one.code, one.value) not in {(other.code, other.value) for other in again}
    files = dict(STOCK)
    while left := [one for one in _said(files, text) if _pasted(files, [one]) != files]:
        assert len(left) <= len(found)
        files, found = _pasted(files, left[:1]), left[:-1]


def _note(people: list[str], tags: list[str], topics: list[str], handles: list[str]) -> str:
    entries = [f"## [blog] {number}\n\n- トピック: {topic}\n" for number, topic in enumerate(topics)]
    data = [f"- 発表者: {one}" for one in people] + [f"- タグ: {one}" for one in tags]
    remarks = [f"[{one}] 声" for one in handles]
    return "\n\n".join([*entries, "## [blog] 題\n\n" + "\n".join(data), *remarks]) + "\n"


def _said(files: Mapping[str, str], text: str) -> tuple[Finding, ...]:
    """What the linker says of a note with these registries, which are sound."""
    registry, findings = registry_of(
        {path: read_records(path, data.encode()) for path, data in files.items() if "/data/" in path}
    )
    assert not findings, [str(one) for one in findings]
    session = read(f"---\ndate: 2025-12-02\n---\n{text}".encode(), "docs/notes/2025-12-02.md", "note").session
    assert session
    return Linker().look_up([session], registry).findings


def _pasted(files: Mapping[str, str], findings: Iterable[Finding]) -> dict[str, str]:
    """The registries with every record of these hints at the end, and handles at somebody who has none."""
    made = dict(files)
    for finding in findings:
        file = "".join(FILE.findall(finding.hint)[:1])
        for text in hinted(finding.hint):
            if text.startswith("- {"):
                made[file] += f"  {text}\n"
            elif text.startswith("handles: "):
                someone = f"p{made[file].count(chr(10))}"
                made[file] += f"  - id: {someone}\n    name: {someone}\n    {text}\n"
    return made
