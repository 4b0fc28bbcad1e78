"""Notes for tests: strategies that make any note, and the knowledge base of a few texts."""

from __future__ import annotations

import os
from pathlib import Path

import yaml
from hypothesis import settings
from hypothesis import strategies as st

from kb.link import KnowledgeBase, build_base
from kb.model.registry import Registry
from kb.model.session import Session
from kb.read import read_text

STRINGS = yaml.safe_load(Path(__file__).with_name("fragments.yml").read_text(encoding="utf-8"))
MARKERS = st.sampled_from(STRINGS["markers"])
SPECIALS = st.sampled_from(STRINGS["specials"])
FRAGMENTS = MARKERS | SPECIALS | st.text(max_size=6)

NOTES = st.lists(MARKERS | st.text(max_size=6), max_size=40).map("".join)
"""What people may have typed."""
WILD_NOTES = st.lists(FRAGMENTS, max_size=30).map("".join)
"""What nobody would have typed, but somebody will paste."""

_WORDS = st.sampled_from(
    ["あ", "文。", "word", "G1: い 説明: う", "G2: え", "[pon] お", "**太**", "1. ", "- "]
)
_LINE = st.lists(_WORDS | SPECIALS | MARKERS, min_size=1, max_size=3).map("".join)
INLINE = _LINE.map(lambda text: " ".join(text.split("\n")))
"""One line of a note with anything in it."""
Lines = list[str]


def _indented(lines: Lines) -> Lines:
    return ["    " + line if line else "" for line in lines]


def _stacked(blocks: list[Lines]) -> Lines:
    return [line for block in blocks for line in ("", *block)][1:]


def _items(rows: list[tuple[str, list[Lines]]], *, numbered: bool) -> Lines:
    lines: Lines = []
    for number, (text, below) in enumerate(rows, 1):
        lines.append(f"{number}. {text}" if numbered else f"- {text}")
        for block in below:
            lines += ["", *_indented(block)]
    return lines


def _toggle(title: str, blocks: list[Lines]) -> Lines:
    return ["<details>", f"<summary>{title}</summary>", "", *_stacked(blocks), "", "</details>"]


def _table(rows: list[list[str]]) -> Lines:
    header, *others = ["|" + "|".join(row) + "|" for row in rows]
    return [header, "|" + "---|" * len(rows[0]), *others]


def _containers(inner: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    blocks = st.lists(inner, min_size=1, max_size=3)
    rows = st.lists(st.tuples(INLINE | st.just(""), st.lists(inner, max_size=2)), min_size=1, max_size=3)
    return st.one_of(
        blocks.map(_stacked),
        st.builds(lambda rows, numbered: _items(rows, numbered=numbered), rows, st.booleans()),
        blocks.map(lambda found: ["> " + line for line in _stacked(found)]),
        blocks.map(lambda found: ["<aside>", "", *_stacked(found), "", "</aside>"]),
        st.builds(_toggle, INLINE, blocks),
        blocks.map(lambda found: ['<div align="center">', "", *_stacked(found), "", "</div>"]),
        blocks.map(lambda found: ["<center>", *_stacked(found), "</center>"]),
    )


_ROW = st.lists(INLINE.map(lambda text: text.replace("|", "")), min_size=1, max_size=3)
_LEAVES: st.SearchStrategy[Lines] = st.one_of(
    st.lists(INLINE, min_size=1, max_size=2),
    INLINE.map(lambda text: ["### " + text]),
    INLINE.map(lambda text: ["[pon] " + text]),
    st.lists(INLINE, max_size=3).map(lambda lines: ["```python:a b", *lines, "```"]),
    INLINE.map(lambda text: ["$$", text, "$$"]),
    st.lists(_ROW, min_size=1, max_size=3).map(_table),
    st.just(["---"]),
)
DEEP_NOTES = st.recursive(_LEAVES, _containers, max_leaves=8).map("\n".join)
"""Blocks inside blocks, as deep as they come."""


def examples(count: int) -> settings:
    """Settings for so many examples; the variable EXAMPLES multiplies them."""
    return settings(max_examples=count * int(os.environ.get("EXAMPLES", "1")))


def session_of(text: str, date: str = "2025-11-25") -> Session:
    """The session of a note's text without its front matter."""
    session = read_text(f"---\ndate: {date}\n---\n{text}", f"docs/notes/{date}.md", "note").session
    assert session is not None
    return session


def base_of(registry: Registry, **notes: str) -> KnowledgeBase:
    """A knowledge base from texts by date, `d2025_11_25="…"`."""
    sessions = [session_of(text, date[1:].replace("_", "-")) for date, text in notes.items()]
    return build_base(sessions, registry)
