"""Inline nodes as Markdown that Python-Markdown reads as what they are, in every engine.

Everything that could be taken for markup is escaped, so the extensions that are switched on in
`mkdocs.yml` cannot change a note's words. `tests/pages/test_markdown.py` holds this for any text.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import quote

from kb.model import inline as i
from kb.model.kinds import BY_ID, KindId
from kb.pages.shown import Resolve, as_shown, host_of
from kb.text.mathml import Unread, inert, mathml

_ESCAPES = {ord(char): "\\" + char for char in "\\`*_{}[]!"}
# Before these Python-Markdown knows no backslash.
_ESCAPES |= {ord("<"): "&lt;", ord(">"): "&gt;", ord("&"): "&amp;", ord("|"): "&#124;"}
_ESCAPES |= {ord("\n"): " ", ord("\r"): " "}  # from `&#10;`; a line break is a node of its own
# One tilde is text (数百~数千); two strike out, with `pymdownx.tilde`.
_TILDES = re.compile(r"~(?=~)|(?<=~)~")
# Control characters, which HTML cannot hold; Python-Markdown uses two of them for itself.
_NOT_TEXT = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
# Whatever `escape` changes. Most texts have none of it, and one look is all that they cost.
_SPECIAL = re.compile(r"[\\`*_{}\[\]!<>&|~\x00-\x1f\x7f]")
_SEEN = re.compile(r">([^<]+)")
_WIDE = 16
"""Signs of a formula that may not fit into a line of a telephone, in a list."""
_LINE_START = re.compile(r"(?:#{1,6}|[+\-=:]|\d+(?=[.)])|/{3}|\?{3})")
_URL_SAFE = "/:?#@!$&'+,;=%~-._"


def without_controls(text: str) -> str:
    """Text without the characters that no page can show."""
    return text.translate(_NOT_TEXT)


def escape(text: str) -> str:
    """Plain text as Markdown source."""
    if not _SPECIAL.search(text):
        return text
    escaped = text.translate(_NOT_TEXT).translate(_ESCAPES)
    return _TILDES.sub("&#126;", escaped) if "~~" in escaped else escaped


def guard(source: str) -> str:
    """Keep the beginning of a block from being read as a heading, a list, a rule or a fence."""
    source = source.strip()
    found = _LINE_START.match(source)
    if not found:
        return source
    if source[0].isdigit():
        return f"{found[0]}&#{ord(source[found.end()])};{source[found.end() + 1 :]}"
    return f"&#{ord(source[0])};{source[1:]}"


def guard_title(source: str) -> str:
    """`guard` for a heading: hashes at its end would be taken off (`C#`), and a blank one be none."""
    guarded = guard(source) or "&nbsp;"
    return f"{guarded[:-1]}&#35;" if guarded.endswith("#") else guarded


def title_line(level: int, nodes: tuple[i.Inline, ...], place: str) -> str:
    """A heading of shown nodes, with its address."""
    # The engine's table of contents would say a formula three times.
    formulas = any(isinstance(node, i.Math) for node in i.flat(nodes))
    label = f' data-toc-label="{inert(i.plain(nodes))}"' if formulas else ""
    return f"{'#' * level} {guard_title(write_shown(nodes))} {{: #{place}{label} }}"


@lru_cache(maxsize=1 << 18)
def page_link(kind: KindId, page: str, anchor: str = "") -> str:
    """From one generated page to another: both lie one folder below `docs/`."""
    return f"../{BY_ID[kind].path(quote(page))}.md" + (f"#{anchor}" if anchor else "")


def write_inline(nodes: tuple[i.Inline, ...], resolve: Resolve) -> str:
    """Inline nodes on one line."""
    return write_shown(as_shown(nodes, resolve))


def write_shown(nodes: tuple[i.Inline, ...]) -> str:
    """Nodes whose addresses are those of the site, on one line."""
    return "".join(map(_node, nodes))


def _node(node: i.Inline) -> str:
    match node:
        case i.Text(text):
            return escape(text)
        case i.CodeSpan(text):
            # As HTML: a span with backticks would end at a pipe in a table.
            return f"<code>{escape(text)}</code>"
        case i.Math(tex):
            return formula(tex, display=False) or f"<code>{escape(tex)}</code>"
        case i.Mention(text, kind, page):
            return f"[{escape(text)}]({page_link(kind, page)})"
        case i.Marked(mark, inner):
            return f"<{mark}>{write_shown(inner)}</{mark}>"
        case i.Link(label, url, title):
            return _link(label, url, title)
        case i.Url(url):
            return f"<{url}>" if _url(url) == url else _link((i.Text(url),), url, "")
        case i.Image(alt, url) if host := host_of(url):
            # The site fetches nothing from others: a link that says what it is, with the host from CSS.
            return f'[{escape(alt)}]({_url(url)}){{: .kb-elsewhere data-host="{attribute(host)}" }}'
        case i.Image(alt, url):
            return f"![{escape(alt)}]({_url(url)})"
        case i.Break():
            return "<br>"
        case i.Hidden():
            return ""


def formula(tex: str, *, display: bool) -> str:
    """A formula on one line, anywhere in a paragraph; empty where it stays TeX."""
    made = mathml(tex, display=display)
    if isinstance(made, Unread):
        return ""
    seen = "".join(_SEEN.findall(made.partition("<annotation")[0]))
    wide = " kb-math--wide" if len(html.unescape(seen)) > _WIDE else ""
    sign, shape = ("$$", " kb-math--display") if display else ("$", wide)
    # Beside it what a copy of the page gives: a note's own words, which nobody sees or hears.
    copied = f'<span class="kb-tex" aria-hidden="true">{inert(sign + tex + sign)}</span>'
    return f'<span class="kb-math{shape}">{made}{copied}</span>'


def _url(url: str) -> str:
    # An address between round brackets; its `&` is not to be taken for an entity (`&copy=1`).
    return quote(url, safe=_URL_SAFE).replace("&", "&amp;")


def _link(label: tuple[i.Inline, ...], url: str, title: str) -> str:
    # Tags would be tags in a title, and a quotation mark its end.
    quoted = inert(without_controls(title))
    return f"[{write_shown(label)}]({_url(url)}" + (f' "{quoted}")' if quoted else ")")


def attribute(text: str) -> str:
    """A value between double quotes in an HTML tag or an attribute list."""
    # Inside an attribute list braces would end it.
    return html.escape(text.translate(_NOT_TEXT)).replace("{", "&#123;").replace("}", "&#125;")
