"""The ten steps of docs/dev/walk.md, taken with the real note: each function is there, none looks back."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import combinations
from pathlib import Path

import pytest

from kb.link import Linker
from kb.link.facts import facts_of
from kb.pages import Context
from kb.pages.topics import topic_page
from kb.read.blocks import read_blocks
from kb.read.front_matter import read_front_matter
from kb.read.lines import lines_of
from kb.read.note import session_of
from kb.read.source import decode
from kb.sources import Reader

HOME = Path(__file__).resolve().parents[1]
NOTE = "docs/notes/2025-11-25.md"
ROW = re.compile(r"^\| (?P<step>\d+) \| (?P<functions>[^|]+) \|", re.MULTILINE)


def steps() -> list[list[str]]:
    """The functions of each step by their full names."""
    text = (HOME / "docs/dev/walk.md").read_text("utf-8")
    return [re.findall(r"`(kb\.[\w.]+)`", row["functions"]) for row in ROW.finditer(text)]


def test_there_are_ten_and_each_is_there() -> None:
    assert [bool(names) for names in steps()] == [True] * 10
    for name in (name for names in steps() for name in names):
        parts = name.split(".")
        module = import_module(".".join(parts[:3]))
        found: object = module
        for part in parts[3:]:
            found = getattr(found, part)
        assert callable(found), name


def test_no_step_is_in_a_folder_that_knows_a_later_one() -> None:
    grimp = pytest.importorskip("grimp")
    graph = grimp.build_graph("kb", cache_dir=None)
    stages = list(dict.fromkeys(".".join(name.split(".")[:2]) for names in steps() for name in names))
    assert len(stages) > 3
    for earlier, later in combinations(stages, 2):
        if {earlier, later} != {"kb.site", "kb.search"}:  # one step: what stands in it is built side by side
            assert not graph.chain_exists(importer=earlier, imported=later, as_packages=True), (
                earlier,
                later,
            )


def test_the_steps_lead_from_bytes_to_a_document() -> None:
    text, finding = decode((HOME / NOTE).read_bytes(), NOTE)
    assert finding is None
    front, rest, _ = read_front_matter(text, NOTE)
    assert front is not None
    lines = lines_of(rest, front.lines + 1)
    blocks = read_blocks(lines, NOTE)
    sources = Reader(HOME).read()
    session = session_of(front, blocks, sources.sessions[0].span, ()).session
    assert session == sources.sessions[0]
    facts = next(one for one in facts_of(session) if one.title.startswith("General Agentic Memory"))
    assert [str(person) for person in facts.people] == ["Shun Ito"]

    linker = Linker()
    looked_up = linker.look_up([session], sources.registry)
    placed = next(one for one in looked_up.placed if one.facts.title == facts.title)
    assert (placed.topic, placed.sources) == ("gam", ("yan2025-gam",))
    base = linker.link([session], sources.registry)
    assert base.by_topic["gam"][0].mentions

    page = next(iter(topic_page(Context(base, sources.files), "gam")))
    assert page.document is not None
    assert page.document.url == "topics/gam/"
    assert "メモリ" in "".join(section.text for section in page.document.sections)
