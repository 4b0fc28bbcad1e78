"""Foreign text shows as it is, and does nothing."""

from __future__ import annotations

import re
from html import unescape

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from kb.text.escape import address, clean, code, fenced, is_path, plain, rich
from tests.github.reports import EVIL
from tests.support.notes import examples

PIECES = [
    "@everyone",
    "#12",
    "GH-7",
    "https://evil.example",
    "www.evil.example",
    "`",
    "``",
    "![x](y)",
    "<b>",
    "&lt;",
]
WILD = st.lists(
    st.sampled_from([*PIECES, "[a](javascript:x)", "\n", "- ", "# ", "**", "\\", "$x$"]) | st.text(max_size=4)
)
ACTIVE = re.compile(r"@\w|#\d|\bgh-\d|https?://|\bwww\.", re.IGNORECASE)


ESCAPE = re.compile(r"\\(.)")


def shown(text: str) -> html.HtmlElement:
    # Python-Markdown does not know that these can be escaped, which GitHub's Markdown does.
    text = ESCAPE.sub(lambda found: found[1] if found[1] in "$|~" else found[0], text)
    return html.fragment_fromstring(markdown.markdown(text), create_parent="div")


@given(WILD.map("".join))
@example(EVIL)
@examples(150)
def test_text_has_no_markup_and_calls_nobody(text: str) -> None:
    tree = shown(plain(text))
    assert {element.tag for element in tree.iterdescendants()} <= {"p"}
    assert not ACTIVE.search(unescape(plain(text)))
    assert (tree.text_content().replace("\u200b", "")).split() == clean(text).replace("\u200b", "").split()


@given(WILD.map("".join))
@example(EVIL)
@examples(150)
def test_code_in_a_message_is_code_and_nothing_else(text: str) -> None:
    tree = shown(rich(text))
    assert {element.tag for element in tree.iterdescendants()} <= {"p", "code"}
    for element in tree.iter("code"):
        element.text = ""
    assert not ACTIVE.search(tree.text_content())


@given(WILD.map("".join))
@examples(100)
def test_a_block_of_code_ends_where_it_ends(text: str) -> None:
    first, *_, last = fenced(text).split("\n")
    fence = first.removesuffix("text")
    assert last == fence
    assert fence not in fenced(text).removeprefix(first).removesuffix(last)


def test_nothing_is_longer_than_asked_and_nothing_hides() -> None:
    assert clean("あ" * 500, 10) == "あ" * 9 + "…"
    assert clean("a\u202eb\u200bc\x00d\n e") == "a b c d e"
    assert code("a`b") == "`aʼb`"


@pytest.mark.parametrize(
    "path", ["topics/sam3/", "/topics/日本語/", "", "docs/notes/2025-12-02.md", "a b.md"]
)
def test_paths(path: str) -> None:
    assert is_path(path)


@pytest.mark.parametrize(
    "path", ["//evil.example/", "javascript:x", "../x", "a/../../x", "https://x", "a\nb", "\\\\x"]
)
def test_no_paths(path: str) -> None:
    assert not is_path(path)


def test_an_address_cannot_end_its_link() -> None:
    assert address("https://a.example/b/", "/x) [y](z") == "https://a.example/b/x%29%20%5By%5D%28z"
