"""HTML for tests: any page that somebody may hand in, and what must not get lost of it."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st

from kb.read.page import Page
from kb.write.blocks import write_blocks
from tests.support.notes import INLINE


def _one_of(names: str) -> st.SearchStrategy[str]:
    return st.sampled_from(names.split())


_NAMES = _one_of(
    "p div span h1 h3 ul ol li a img pre code blockquote figure table tr td th details summary strong em del"
    " br hr nav aside header article mark time style figcaption math x-new dl iframe input"
)
_CLASSES = st.just("") | _one_of(
    "callout icon toggle bookmark bookmark-title bookmark-href katex image checkbox checkbox-on to-do-list"
    " table_of_contents page-title properties column-list selected-value collection-content equation"
    " indented page-header-icon link-to-page"
)
_ADDRESSES = st.sampled_from(["", "a b(c.png"]) | _one_of(
    "a%20b/c.png https://e.org/a_(b)?x=1&y=* javascript:alert(1) #a data:x,y https://e.org/<b> x\\y`z"
    " mailto:a@b.c &copy; notion.soundefined"
)


def escaped(text: str) -> str:
    """Text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _element(name: str, kind: str, address: str, inner: list[str]) -> str:
    attributes = f' class="{kind}"' if kind else ""
    if address:
        attributes += f' {"href" if name == "a" else "src"}="{escaped(address)}"'
    return f"<{name}{attributes}>{''.join(inner)}</{name}>"


_TEXT = (INLINE | st.text(max_size=8)).map(escaped) | st.just("\n") | st.just("<br/>")
FRAGMENTS = st.recursive(
    _TEXT,
    lambda inner: st.builds(_element, _NAMES, _CLASSES, _ADDRESSES, st.lists(inner, max_size=4)),
    max_leaves=12,
)


def page_of(body: str) -> str:
    """A page of the export with this text."""
    return (
        f'<html><body><article class="page sans"><div class="page-body">{body}</div></article></body></html>'
    )


PAGES = st.lists(FRAGMENTS, max_size=5).map("".join).map(page_of)
"""Elements of Notion's export, and others, inside each other as nobody would put them."""


def squeezed(text: str) -> Counter[str]:
    """The characters of a text that are no blanks, and how often each stands there."""
    return Counter("".join(text.split()))


def lost(page: Page) -> Counter[str]:
    """The characters of a page that are neither in its note nor named in a finding."""
    properties = [piece for pair in page.properties for piece in pair]
    note = "\n".join([page.title.source, *properties, *write_blocks(page.blocks)])
    named = "".join(finding.excerpt for finding in page.findings)
    return squeezed(page.words) - squeezed(note) - squeezed(named)
