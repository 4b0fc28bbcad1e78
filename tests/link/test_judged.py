"""Would a reader have drawn this relation? Pairs of topics, judged by what their texts are about.

The judgements in `judged/` were made before any weight was set, from the texts alone: two topics are
related where what one is about is spoken of in the other, too; not by a side matter of both, by
tools, data sets, hardware, authors or companies. The files with `half: held` were not looked at while
the weights were set. A pair that is on no list was not seen as related either.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus import write_corpus
from kb.link import KnowledgeBase, build_base
from kb.sources import Reader

HERE = Path(__file__).resolve().parent
FILES = tuple(path.stem for path in sorted((HERE / "judged").glob("*.yml")))
PRECISION = 0.9
"""Of the relations that are shown, so many a reader would have drawn."""
RECALL = 0.5
"""Of those that a reader would draw, so many are shown: nothing shown would be right, too."""

Pair = frozenset[str]


@dataclass(frozen=True)
class Judged:
    """One file of judgements beside what the site shows."""

    half: str
    related: dict[Pair, str]
    apart: dict[Pair, str]
    shown: dict[Pair, str]
    """Pairs with what they share."""

    def misses(self) -> list[str]:
        """Each relation that is shown and should not be, or the other way round."""
        wrong = [
            f"shown   {' – '.join(sorted(pair))}: {shared} ({self.apart.get(pair, 'not seen')})"
            for pair, shared in self.shown.items()
            if pair not in self.related
        ]
        lost = [
            f"missing {' – '.join(sorted(pair))}: {why}"
            for pair, why in self.related.items()
            if pair not in self.shown
        ]
        return sorted(wrong) + sorted(lost)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    generated = tmp_path_factory.mktemp("generated")
    write_corpus(generated, 1)
    return {name: _judged(name, generated) for name in FILES}


def _told(name: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((HERE / "judged" / f"{name}.yml").read_text(encoding="utf-8"))
    return told


def _judged(name: str, generated: Path) -> Judged:
    told = _told(name)
    roots = {"real": HERE.parents[1], "generated": generated}
    base = _base(roots.get(told["base"], HERE / "judged" / told["base"]), *told.get("weeks", (0, None)))
    topics = {node.entry.title.plain: node.topic for node in base.entries}
    # A title that is not there: the generated notes say something else than when they were judged.
    called = {topics[title]: short for short, title in told["entries"].items()}
    shown = {
        frozenset((called.get(here, here), called.get(one.topic, one.topic))): ", ".join(
            name for _, name in one.shared
        )
        for here, found in base.related.relations.items()
        for one in found
    }
    related, apart = ({frozenset(row[:2]): row[2] for row in told[key]} for key in ("related", "apart"))
    return Judged(told["half"], related, apart, shown)


def _base(root: Path, first: int, end: int | None) -> KnowledgeBase:
    """What the newest weeks of a root make, from the first to before the last one."""
    sources = Reader(root).read()
    sessions = sorted(sources.sessions, key=lambda one: one.date, reverse=True)
    return build_base(sessions[first:end], sources.registry)


def test_there_are_enough_judgements_and_none_twice() -> None:
    rows = [(name, row) for name in FILES for key in ("related", "apart") for row in _told(name)[key]]
    pairs = [(name, frozenset(row[:2])) for name, row in rows]
    assert len(pairs) == len(set(pairs)) >= 200
    for name, (here, there, why) in rows:
        assert {here, there} <= set(_told(name)["entries"]), (name, here, there)
        assert here != there
        assert why


@pytest.mark.parametrize("half", ["tuned", "held"])
def test_what_is_shown_is_what_a_reader_would_have_drawn(half: str, judged: dict[str, Judged]) -> None:
    files = {name: one for name, one in judged.items() if one.half == half}
    shown = sum(len(one.shown) for one in files.values())
    seen = sum(len(one.related) for one in files.values())
    right = sum(len(one.shown.keys() & one.related.keys()) for one in files.values())
    told = [f"{half}: {shown} shown, precision {right / shown:.2f}, recall {right / seen:.2f}"]
    told += [f"{name}: {miss}" for name, one in files.items() for miss in one.misses()]
    print("", *told, sep="\n")  # noqa: T201  what `pytest -rP` shows
    assert right / shown >= PRECISION
    assert right / seen >= RECALL
