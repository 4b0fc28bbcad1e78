"""Inline Markdown as people mean it: each departure from CommonMark, and what has to stay text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.model.inline import Break, CodeSpan, Hidden, Image, Inline, Link, Mark, Marked, Text, Url
from kb.text.inline import parse_inline, rich_text
from kb.text.pieces import is_safe_url
from kb.text.spell import escape_literal, settled, source_of
from tests.support.notes import FRAGMENTS
from tests.support.steps import Work, assert_in_proportion


def strong(text: str) -> Marked:
    return Marked("strong", (Text(text),))


def em(text: str) -> Marked:
    return Marked("em", (Text(text),))


def looks(mark: Mark, text: str) -> Marked:
    return Marked(mark, (Text(text),))


def link(label: str, url: str, title: str = "") -> Link:
    return Link((Text(label),) if label else (), url, title)


EMPHASIS: dict[str, tuple[Inline, ...]] = {
    "*a*": (em("a"),),
    "_a_": (em("a"),),
    "**a**": (strong("a"),),
    "__a__": (strong("a"),),
    "~~a~~": (Marked("del", (Text("a"),)),),
    "***a***": (Marked("em", (strong("a"),)),),
    "**a *b* c**": (Marked("strong", (Text("a "), em("b"), Text(" c"))),),
    # next to Japanese, with and without punctuation
    "**「重要」**です": (strong("「重要」"), Text("です")),
    "これは**重要。**です": (Text("これは"), strong("重要。"), Text("です")),
    "これは**重要**です": (Text("これは"), strong("重要"), Text("です")),
    "**（注）**と**「b」**": (strong("（注）"), Text("と"), strong("「b」")),
    "あ*い*う": (Text("あ"), em("い"), Text("う")),
    "~~「旧」~~新": (Marked("del", (Text("「旧」"),)), Text("新")),
    # what is no emphasis
    "2 * 3 * 4": (Text("2 * 3 * 4"),),
    "a_b_c": (Text("a_b_c"),),
    "snake_case_名前": (Text("snake_case_名前"),),
    "数百~数千 1~2": (Text("数百~数千 1~2"),),
    "~a~": (Text("~a~"),),
    "~~~a~~~": (Text("~~~a~~~"),),
    "**a": (Text("**a"),),
    "a**": (Text("a**"),),
    "****": (Text("****"),),
    "** a **": (Text("** a **"),),
    r"\*a\*": (Text("*a*"),),
    r"**a\*\*": (Text("**a**"),),
    "*": (Text("*"),),
}

CODE: dict[str, tuple[Inline, ...]] = {
    "`a`": (CodeSpan("a"),),
    "`*a*`": (CodeSpan("*a*"),),
    r"`\`": (CodeSpan("\\"),),
    "``a`b``": (CodeSpan("a`b"),),
    "`` ` ``": (CodeSpan("`"),),
    "` a `": (CodeSpan("a"),),
    "` `": (CodeSpan(" "),),
    "`a\nb`": (CodeSpan("a b"),),
    "`a": (Text("`a"),),
    "``a`": (Text("``a`"),),
    r"\`a`": (Text("`a`"),),
    "`[a](b)`": (CodeSpan("[a](b)"),),
    "`<br>&amp;`": (CodeSpan("<br>&amp;"),),
    "**`a**`": (Text("**"), CodeSpan("a**")),
}

LINKS: dict[str, tuple[Inline, ...]] = {
    "[題](https://a.b/c)": (link("題", "https://a.b/c"),),
    "[a](https://a.b/c_(d))": (link("a", "https://a.b/c_(d)"),),
    "[a](https://a.b/c_(d)(e))です": (link("a", "https://a.b/c_(d)(e)"), Text("です")),
    "[[論文] 題](https://a.b)": (link("[論文] 題", "https://a.b"),),
    r"[a\]b](https://a.b)": (link("a]b", "https://a.b"),),
    "[`]`](https://a.b)": (Link((CodeSpan("]"),), "https://a.b"),),
    "[**a**](https://a.b)": (Link((strong("a"),), "https://a.b"),),
    '[a](https://a.b "題")': (link("a", "https://a.b", "題"),),
    "[a](https://a.b '題')": (link("a", "https://a.b", "題"),),
    "[a](<https://a.b/c d>)": (link("a", "https://a.b/c d"),),
    "[a](2025-11-25.md)": (link("a", "2025-11-25.md"),),
    "[a](mailto:a@b.c)": (link("a", "mailto:a@b.c"),),
    "[a]()": (link("a", ""),),
    "[](https://a.b)": (link("", "https://a.b"),),
    "[a](https://a.b?x=1&section=2)": (link("a", "https://a.b?x=1&section=2"),),
    "[a](https://a.b?x=1&amp;y=2)": (link("a", "https://a.b?x=1&y=2"),),
    # text
    "[a]": (Text("[a]"),),
    "[a] (https)": (Text("[a] (https)"),),
    "[a](b c)": (Text("[a](b c)"),),
    "[a](b": (Text("[a](b"),),
    "[a": (Text("[a"),),
    "[pon] ここ": (Text("[pon] ここ"),),
    r"\[a](https-b)": (Text("[a](https-b)"),),
}

UNSAFE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:x",
    "\x01javascript:x",
    "javascript&#58;x",
    "javascript&colon;x",
    "&#106;avascript:x",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:x",
    "custom+scheme.x:y",
]

SAFE = [
    "https://a.b",
    "HTTP://a.b",
    "mailto:a@b.c",
    "x.md",
    "img/図 1.png",
    "#a",
    "../a",
    "a/b:c",
    "",
    "?q=a:b",
]

URLS: dict[str, tuple[Inline, ...]] = {
    "https://a.b/c": (Url("https://a.b/c"),),
    "https://a.b/c。次": (Url("https://a.b/c"), Text("。次")),
    "https://a.b/c、と": (Url("https://a.b/c"), Text("、と")),
    "（https://a.b/c）": (Text("（"), Url("https://a.b/c"), Text("）")),
    "「https://a.b/c」": (Text("「"), Url("https://a.b/c"), Text("」")),
    "これhttps://a.b/cです": (Text("これ"), Url("https://a.b/c"), Text("です")),
    "https://a.b/c.": (Url("https://a.b/c"), Text(".")),
    "https://a.b/c, d": (Url("https://a.b/c"), Text(", d")),
    "(https://a.b/c)": (Text("("), Url("https://a.b/c"), Text(")")),
    "https://a.b/c_(d)": (Url("https://a.b/c_(d)"),),
    "(https://a.b/c_(d))": (Text("("), Url("https://a.b/c_(d)"), Text(")")),
    "https://a.b/c?d=e&f=g#h": (Url("https://a.b/c?d=e&f=g#h"),),
    "https://a.b/snake_case_name": (Url("https://a.b/snake_case_name"),),
    "https://a.b/*c*": (Url("https://a.b/*c"), Text("*")),
    "https://a.b/c?!": (Url("https://a.b/c"), Text("?!")),
    "<https://a.b/c>": (Url("https://a.b/c"),),
    "<https://a.b/*c*>": (Url("https://a.b/*c*"),),
    "<mailto:a@b.c>": (Url("mailto:a@b.c"),),
    "**https://a.b/c**": (Marked("strong", (Url("https://a.b/c"),)),),
    "https://": (Text("https://"),),
    "http://。": (Text("http://。"),),
    "ftp://a.b": (Text("ftp://a.b"),),
    "<javascript:a>": (Text("<javascript:a>"),),
}

HTML: dict[str, tuple[Inline, ...]] = {
    "a<br>b": (Text("a"), Break(), Text("b")),
    "a<BR />b<br/>c": (Text("a"), Break(), Text("b"), Break(), Text("c")),
    "a\nb": (Text("a"), Break(), Text("b")),
    "a\\\nb": (Text("a"), Break(), Text("b")),
    "a<!-- x -->b": (Text("a"), Hidden("x"), Text("b")),
    '<img src="a.png">': (Image("", "a.png"),),
    "<IMG alt='絵' src=a.png onerror=x()>": (Image("絵", "a.png"),),
    '<img src="a.png?b=1&amp;c=2" alt="&lt;x&gt;">': (Image("<x>", "a.png?b=1&c=2"),),
    "![絵](img/図 1.png)": (Image("絵", "img/図 1.png"),),
    "![a *b*](c.png)": (Image("a b", "c.png"),),
    "![](c.png 't')": (Image("", "c.png", "t"),),
    "!a": (Text("!a"),),
    # text
    "<script>alert(1)</script>": (Text("<script>alert(1)</script>"),),
    "<b onclick=x>": (Text("<b onclick=x>"),),
    "<img>": (Text("<img>"),),
    "<img src='javascript:a'>": (Text("<img src='javascript:a'>"),),
    "<img src=javascript&#58;a>": (Text("<img src=javascript:a>"),),
    "<imgsrc=a>": (Text("<imgsrc=a>"),),
    "<!-- x": (Text("<!-- x"),),
    "a < b > c": (Text("a < b > c"),),
    "<div>": (Text("<div>"),),
}

FORMATTING: dict[str, tuple[Inline, ...]] = {
    "H<sub>2</sub>O": (Text("H"), looks("sub", "2"), Text("O")),
    "x<sup>2</sup>": (Text("x"), looks("sup", "2")),
    "<kbd>Ctrl</kbd>+<kbd>C</kbd>": (looks("kbd", "Ctrl"), Text("+"), looks("kbd", "C")),
    "<b>a</b><strong>b</strong>": (strong("a"), strong("b")),
    "<i>a</i><em>b</em><var>c</var>": (em("a"), em("b"), em("c")),
    "<u>a</u><ins>b</ins>": (looks("u", "a"), looks("u", "b")),
    "<del>a</del><strike>b</strike><s>古い</s>": tuple(looks("del", text) for text in ("a", "b", "古い")),
    "<mark>a</mark><small>b</small>": (looks("mark", "a"), looks("small", "b")),
    "<code>a*b</code>": (CodeSpan("a*b"),),
    "<code>W<sub>g</sub>x</code>": (Marked("code", (Text("W"), looks("sub", "g"), Text("x"))),),
    "<span style='color: red'>a</span><font color=red size=+1>b</font>": (Text("ab"),),
    "<center><b>a</b></center>": (strong("a"),),
    '<div align="center"><p>a</p></div>': (Text("a"),),
    "<B>a</b >": (strong("a"),),
    "<b>a\nb</b>": (Marked("strong", (Text("a"), Break(), Text("b"))),),
    "<b>**a**</b>": (Marked("strong", (strong("a"),)),),
    "**<sub>a</sub>**": (Marked("strong", (looks("sub", "a"),)),),
    "<b>[a](https://b.c)</b>": (Marked("strong", (link("a", "https://b.c"),)),),
    "[<b>a</b>](https://b.c)": (Link((strong("a"),), "https://b.c"),),
    "https://a.b/c<sup>1</sup>": (Url("https://a.b/c"), looks("sup", "1")),
    "<b>a<b>b</b>": (Text("<b>a"), strong("b")),
    # what a tag says beside its name is gone
    "<b class=x>a</b>": (strong("a"),),
    "<i class='a' style=\"b\" data-c>a</i>": (em("a"),),
    # text
    "<b onclick=x>a</b>": (Text("<b onclick=x>a</b>"),),
    "<b class=x onMouseOver = 'y'>a</b>": (Text("<b class=x onMouseOver = 'y'>a</b>"),),
    "<b>a": (Text("<b>a"),),
    "a</b>": (Text("a</b>"),),
    "</b>a<b>": (Text("</b>a<b>"),),
    "<b>a<i>b</b>c</i>": (Text("<b>a<i>b</b>c</i>"),),
    "<b>a<i>b</b>": (strong("a<i>b"),),
    "<b>*a</b>b*": (strong("*a"), Text("b*")),
    "<b>[a</b>](https://b.c)": (Text("<b>"), link("a</b>", "https://b.c")),
    r"\<b>a</b>": (Text("<b>a</b>"),),
    "`<b>`a</b>": (CodeSpan("<b>"), Text("a</b>")),
    "<b/>a</b>": (Text("<b/>a</b>"),),
    "< b>a</b>": (Text("< b>a</b>"),),
    "<i と>a</i>": (Text("<i と>a</i>"),),
    '<b a="<">a</b>': (Text('<b a="<">a</b>'),),
    "<blink>a</blink>": (Text("<blink>a</blink>"),),
    "a <p>b</p> c": (Text("a <p>b</p> c"),),
    # tokens of language models
    "文頭に<s>、文末に</s>": (Text("文頭に<s>、文末に</s>"),),
    "<s> a </s>": (Text("<s> a </s>"),),
    "<s>と</s>と<mask>": (Text("<s>と</s>と<mask>"),),
}

ENTITIES = {
    "&amp;": "&",
    "&lt;b&gt;": "<b>",
    "&#60;": "<",
    "&#x3c;": "<",
    "&copy;": "©",
    "&nbsp;": "\u00a0",
    "&hearts;": "♥",
    "&copy": "&copy",
    "&nosuchname;": "&nosuchname;",
    "&": "&",
    "R&D": "R&D",
    "&;": "&;",
    "&#;": "&#;",
    r"\&amp;": "&amp;",
    "a?b=1&section=2": "a?b=1&section=2",
    "&amp;lt;": "&lt;",
    "&#42;a&#42;": "*a*",
}


@pytest.mark.parametrize(("source", "nodes"), [*EMPHASIS.items(), *CODE.items(), *LINKS.items()])
def test_markup(source: str, nodes: tuple[Inline, ...]) -> None:
    assert parse_inline(source) == nodes


@pytest.mark.parametrize(("source", "nodes"), URLS.items())
def test_bare_addresses(source: str, nodes: tuple[Inline, ...]) -> None:
    assert parse_inline(source) == nodes


@pytest.mark.parametrize(("source", "nodes"), [*HTML.items(), *FORMATTING.items()])
def test_html(source: str, nodes: tuple[Inline, ...]) -> None:
    assert parse_inline(source) == nodes


@pytest.mark.parametrize(("source", "text"), ENTITIES.items())
def test_entities(source: str, text: str) -> None:
    assert parse_inline(source) == (Text(text),)


@pytest.mark.parametrize("url", UNSAFE)
def test_unsafe_addresses_stay_text(url: str) -> None:
    assert not is_safe_url(url)
    for source in (f"[a]({url})", f"[a](<{url}>)", f"![a]({url})", f'<img src="{url}">'):
        assert not _kinds(source) & {Link, Image, Url}, source


@pytest.mark.parametrize("url", SAFE)
def test_safe_addresses(url: str) -> None:
    assert is_safe_url(url)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("[a **b** `c`](https://a.b)", "a b c"),
        ("![絵](a.png)", "絵"),
        ("a<br>b", "a\nb"),
        ("a<!-- x -->b", "ab"),
        ("~~a~~https://b.c", "ahttps://b.c"),
        ("", ""),
    ],
)
def test_plain(source: str, text: str) -> None:
    assert rich_text(source).plain == text


def _nodes(source: str) -> list[Inline]:
    """All nodes, the inner ones too."""
    found = list(parse_inline(source))
    for node in found:
        if isinstance(node, Marked):
            found += node.inner
        elif isinstance(node, Link):
            found += node.label
    return found


def _kinds(source: str) -> set[type[Inline]]:
    return {type(node) for node in _nodes(source)}


ANY_LINE = (FRAGMENTS | st.text(max_size=8)).map(lambda text: text.replace("\n", " "))
LINES = st.lists(ANY_LINE, max_size=8).map("".join)


@given(LINES)
@example("https://a.b/*c*")
@example("<https://a.b>")
@example("https://a.b/c\\")
@example("![a](b)")
@example("\\\\*")
@example("&amp;https://a.b&amp;c")
@example("_https://a.b_")
@example("[https://a.b](https://c.d)")
def test_escaped_text_reads_back(text: str) -> None:
    assert rich_text(escape_literal(text)).plain == text


@given(LINES)
def test_escaped_text_holds_no_markup(text: str) -> None:
    """Nothing but words and addresses: no emphasis, no code, no links with words of their own."""
    assert _kinds(escape_literal(text)) <= {Text, Url}


@pytest.mark.parametrize(
    "text", ["数百~数千", "C++ と R&D", "a_b_c", "https://a.b/c_d", "[pon] ここ", "2 * 3", "A! B!"]
)
def test_harmless_text_is_not_escaped(text: str) -> None:
    assert escape_literal(text) == text


@given(st.lists(FRAGMENTS, max_size=12).map("".join))
def test_every_address_is_safe_whatever_the_source(source: str) -> None:
    for node in _nodes(source):
        if isinstance(node, Link | Image | Url):
            assert is_safe_url(node.url)


@given(st.lists(FRAGMENTS, max_size=12).map("".join))
def test_texts_are_merged_and_never_empty(source: str) -> None:
    nodes = parse_inline(source)
    assert all(node.text for node in nodes if isinstance(node, Text))
    assert not any(isinstance(one, Text) and isinstance(two, Text) for one, two in pairwise(nodes))


TAGS = st.sampled_from(["<b>", "</b>", "<sub class=x>", "</sub>", "<u>", "</u>", "<font>", "</font>"])


BETWEEN = st.sampled_from(["a", " ", "**", "`", "[", "](https://a.b)", "\n", "文"])


@given(st.lists(TAGS | BETWEEN, max_size=12).map("".join))
def test_no_tag_is_read_without_its_partner(source: str) -> None:
    """As many opening as closing tags become markup, and whatever did not is still there to be read."""
    shown = rich_text(source).plain
    for name in ("b", "sub", "u", "font"):
        opened = len(re.findall(rf"<{name}(?:\s[^<>]*)?>", source))
        closed = source.count(f"</{name}>")
        left = len(re.findall(rf"<{name}(?:\s[^<>]*)?>", shown))
        assert opened - left == closed - shown.count(f"</{name}>")


@given(st.lists(TAGS | FRAGMENTS, max_size=12).map("".join))
def test_nodes_with_tags_are_spelled_so_that_they_read_back(source: str) -> None:
    """What has a source that says it is written so; what has none keeps its words."""
    once = rich_text(source_of(parse_inline(source)))
    assert settled(parse_inline(source_of(once.nodes))) == settled(once.nodes)


@given(st.lists(TAGS | st.sampled_from(["a", " ", "文"]), max_size=12))
def test_words_that_look_like_tags_stay_words_beside_others(texts: list[str]) -> None:
    assert rich_text("".join(map(escape_literal, texts))).plain == "".join(texts)


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "](",
        "*",
        "**a",
        "_",
        "`",
        "<",
        "&",
        "~~",
        "[a](",
        "<img ",
        "<!--",
        "\\",
        "<b>",
        "</b>",
        "<b a='",
        "<b a ",
        "<p>",
    ],
)
def test_long_runs_take_time_in_proportion(piece: str) -> None:
    def parsing(count: int) -> Work:
        return lambda: parse_inline(piece * count)

    assert_in_proportion(parsing, 200, 2000)


@pytest.mark.parametrize(
    "source",
    [
        "**太** *斜* ~~消~~ `a_b` <!-- 覚え -->",
        "***a*****b**",
        "[*題*](<a b.md>) ![図](c.png) https://e.org/a_b。",
        "数百~数千 \\*a\\* a_b_c 5*3",
        "``a ` b`` \\<b>",
    ],
)
def test_nodes_are_spelled_so_that_they_read_back(source: str) -> None:
    assert parse_inline(source_of(parse_inline(source))) == parse_inline(source)


def test_what_markdown_cannot_say_is_words_with_their_addresses() -> None:
    nodes = (CodeSpan("a"), CodeSpan("b"), Link((Text("題"),), "c.md"), Image("図", "d.png"))
    assert source_of(nodes) == "ab題 (c.md)図 (d.png)"
