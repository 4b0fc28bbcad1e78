"""Strategies for well-formed sessions: what a member may have written in Notion, as our model has it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from kb.model import blocks as b
from kb.model.blocks import (
    Block,
    BulletList,
    Callout,
    CodeBlock,
    Divider,
    Heading,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    Remark,
    Table,
    Toggle,
)
from kb.model.inline import NO_TEXT, Break, CodeSpan, Inline, Link, Marked, Math, RichText, Text, Url
from kb.model.session import PRESENTERS, TAGS, DataItem, Entry, Part, Session
from kb.text.inline import rich_text
from kb.text.spell import source_of

_STARTS = st.sampled_from(["これは", "手法は", "The model", "表の値は", "SAM 3 は", "発表者によると"])
_WORDS = st.sampled_from(
    [
        "概念",
        "数百~数千",
        "a_b",
        "$5",
        "2*3",
        "<tag>",
        "GPU を使う。",
        "x|y",
        "#1",
        "&amp;",
        "[1]",
        "`",
        "C++",
    ]
)
_INLINE: st.SearchStrategy[Inline] = st.one_of(
    _WORDS.map(Text),
    st.sampled_from([r"x_1", r"\mathcal{L}_a + b*c", "5"]).map(Math),
    st.sampled_from(["veo-3.0", "a*b", "x = `y`"]).map(CodeSpan),
    st.sampled_from(["strong", "em", "del", "u", "sub", "kbd", "mark"]).flatmap(
        lambda mark: st.builds(lambda text: Marked(mark, (Text(text),)), _STARTS)  # type: ignore[arg-type]
    ),
    st.sampled_from(["https://arxiv.org/abs/2511.16719", "https://example.com/a?b=1&c=2"]).map(Url),
    st.builds(
        lambda text, url: Link((Text(text),), url),
        _STARTS,
        st.sampled_from(["https://example.com/a_(b)", "Page%20abc/%E5%AD%90%20def.html"]),
    ),
)


def _line(start: str, nodes: list[Inline]) -> list[Inline]:
    return [Text(start), *(piece for node in nodes for piece in (Text(" "), node))]


def written(nodes: list[Inline]) -> RichText:
    """Inline nodes as a note has them."""
    return rich_text(source_of(nodes))


_NODES = st.builds(_line, _STARTS, st.lists(_INLINE, max_size=4))
LINES = _NODES.map(written)
"""One line of inline source that begins no block."""
_PLAIN = st.builds(lambda start, word: written([Text(f"{start} {word}")]), _STARTS, _WORDS)
_HANDLES = st.sampled_from(["pon", "zunda"])


def _paragraph(source: str) -> Paragraph:
    return Paragraph(rich_text(source))


_IMAGES = st.builds(
    lambda alt, name: _paragraph(f"![{alt}]({name})"),
    st.sampled_from(["図1", "構成図"]),
    st.sampled_from(["Page%20abc/image%201.png", "https://example.com/fig.png"]),
)
_CODE = st.builds(
    CodeBlock,
    st.sampled_from(["python", "bash", ""]),
    st.sampled_from(["print(1)", "# x\n\nfor a in b:\n    **c**", "- a\n</aside>"]),
)
_MATH = st.sampled_from([r"E = mc^2", "\\begin{aligned}\na &= b \\\\\n\\end{aligned}"]).map(b.Math)
_TABLES = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.tuples(*[_PLAIN] * width), min_size=2, max_size=3).map(
        lambda rows: Table(tuple(rows))
    )
)
_TEXTS: st.SearchStrategy[Block] = st.one_of(
    LINES.map(Paragraph),
    st.builds(lambda above, below: Paragraph(written([*above, Break(), *below])), _NODES, _NODES),
    st.builds(Remark, _HANDLES, LINES),
)
_LEAVES: st.SearchStrategy[Block] = _TEXTS | _IMAGES | _CODE | _MATH | _TABLES


def _apart(blocks: list[Block]) -> tuple[Block, ...]:
    """No list right below another one, nor a quote below a quote: exports show no border between them."""
    kept: list[Block] = []
    for block in blocks:
        lists = (BulletList, OrderedList, Quote, Toggle)
        if not (kept and isinstance(block, lists) and isinstance(kept[-1], lists)):
            kept.append(block)
    return tuple(kept)


def _some(blocks: st.SearchStrategy[Block], most: int) -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(blocks, max_size=most).map(_apart)


def _list(rows: list[tuple[RichText, tuple[Block, ...], bool]], kind: str) -> Block:
    items = (
        ListItem((Paragraph(text), *inner), done if kind == "task" else None) for text, inner, done in rows
    )
    return OrderedList(1, tuple(items)) if kind == "number" else BulletList(tuple(items))


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    rows = st.lists(st.tuples(LINES, _some(inner, 2), st.booleans()), min_size=1, max_size=3)
    called = st.builds(
        lambda text, more: Callout((_paragraph(f"💡 {text.source}"), *more)), LINES, _some(inner, 2)
    )
    quoted = st.builds(lambda text, more: Quote((Paragraph(text), *more)), LINES, _some(_TEXTS, 1))
    return st.one_of(
        st.builds(_list, rows, st.sampled_from(["bullet", "number", "task"])),
        called,
        quoted,
        st.builds(Toggle, LINES, _some(inner, 2)),
    )


_BLOCKS = st.recursive(_LEAVES, _containers, max_leaves=6)
_SECTIONS = st.builds(
    lambda title, blocks: (Heading(3, title), *blocks), _PLAIN, _some(_BLOCKS | st.just(Divider()), 3)
)
_PEOPLE = st.lists(
    st.sampled_from(["@Takumi Iida (frkake)", "@Shun Ito", "@Akira Manda(zunda)"]), max_size=2, unique=True
)


def _entry(
    kind: str, people: list[str], tags: str, blocks: tuple[Block, ...], sections: list[object]
) -> Entry:
    data = [DataItem(PRESENTERS, rich_text(name)) for name in people]
    data += [DataItem(TAGS, rich_text(tags))] * bool(tags)
    if not blocks and not sections:
        blocks = (_paragraph("なし"),)  # an entry without any text would take the next one's presenters
    if data and blocks and isinstance(blocks[0], BulletList | Toggle):
        blocks = (
            _paragraph("まず"),
            *blocks,
        )  # a list right below the data would be one list with it
    inside = tuple(block for section in sections for block in section)  # type: ignore[attr-defined]
    return Entry(kind, NO_TEXT, tuple(data), (*blocks, *inside))


_ENTRIES = st.builds(
    _entry,
    st.sampled_from(["論文", "blog", "", "動画"]),
    _PEOPLE,
    st.sampled_from(["", "llm, agent"]),
    _some(_BLOCKS, 3),
    st.lists(_SECTIONS, max_size=2),
)


def _session(entries: list[Entry], second: int, title: RichText) -> Session:
    """Titles are numbered, so that each is there once; only the first of a part may have no label."""
    named = []
    for number, entry in enumerate(entries):
        bare = not entry.kind and not entry.values(PRESENTERS) and number not in (0, second)
        numbered = rich_text(f"{title.source} その{number}")
        named.append(replace(entry, kind="blog" if bare else entry.kind, title=numbered))
    parts = (("今週のTOPIC", named[:second]), ("メインTOPIC", named[second:]))
    kept = tuple(Part(rich_text(name), (), tuple(some)) for name, some in parts if some)
    return Session(dt.date(2025, 12, 2), "機械学習勉強会", (), (), kept)


SESSIONS = st.builds(_session, st.lists(_ENTRIES, min_size=1, max_size=3), st.integers(1, 3), _PLAIN)
"""Sessions of one or two parts with up to three entries."""
