"""Block elements of a page to the lines of a note."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from kb.model.codes import Code
from kb.model.inline import Marked, Text
from kb.read import markers
from kb.read.html.figures import bookmark, equation, image_figure
from kb.read.html.inline import BOXES, Nodes, inside, is_checked, linked, nodes_of, text_nodes
from kb.read.html.lines import (
    Chunk,
    Kind,
    indented,
    line_start,
    one_line,
    quoted,
    raw,
    stacked,
)
from kb.read.html.tables import table
from kb.read.html.tex import tex_of
from kb.read.html.texts import texts
from kb.read.html.told import Told, line_of
from kb.read.html.tree import classes, is_block, is_bookmark, name_of, pieces, silence
from kb.read.html.words import addresses_in, spoken, words_of
from kb.read.lines import Line
from kb.text.fence import fence_for

MAX_CONTAINERS = 20
"""Lists, quotes, callouts and toggles inside each other; what lies deeper stands below each other."""
Chunks = list[Chunk]


@dataclass(frozen=True, slots=True)
class At:
    """Where in the page the reader is."""

    told: Told
    depth: int = 0

    def inside(self) -> At:
        """One container deeper."""
        return replace(self, depth=self.depth + 1)


def flow(element: HtmlElement, at: At, *, head: bool = False) -> Chunks:
    """What stands inside of an element: runs of text are paragraphs, between the blocks.

    `head` says that the first paragraph stands behind the marker of a list.
    """
    chunks: Chunks = []
    run: Nodes = []
    for piece in pieces(element):
        if isinstance(piece, str):
            run += text_nodes(piece)
        elif "checkbox" in classes(piece) and name_of(element) == "li":
            run += [node for node in nodes_of(piece, at.told) if node not in BOXES]
        elif is_block(piece) or _holds_blocks(piece):
            chunks += texts(run, element, at.told, head=head and not chunks)
            chunks += block(piece, at)
            run = []
        else:
            run += nodes_of(piece, at.told)
    return [*chunks, *texts(run, element, at.told, head=head and not chunks)]


def _holds_blocks(element: HtmlElement) -> bool:
    """Whether an inline element is only wrapped around blocks, as a parser that mends may leave it."""
    return name_of(element) not in ("a", "code") and any(map(is_block, element)) and tex_of(element) is None


def block(element: HtmlElement, at: At) -> Chunks:
    """The chunks of a block element."""
    if is_bookmark(element):
        return bookmark(element, at.told)
    if at.depth >= MAX_CONTAINERS and name_of(element) in _CONTAINERS:
        message = "入れ子が深すぎるため、ここから先は入れ子を外しました"
        at.told.say_once("deep", Code.HTML_DEEP, element, message, "元のページと見比べてください")
        return flow(element, at)
    return _BLOCKS.get(name_of(element), flow)(element, at)


def _paragraph(element: HtmlElement, at: At) -> Chunks:
    """A paragraph; a date in front of it is nobody who presents."""
    chunks = flow(element, at)
    first = next((piece for piece in pieces(element) if not isinstance(piece, str) or piece.strip()), "")
    if not isinstance(first, str) and name_of(first) == "time" and chunks and chunks[0].kind == "text":
        top, *others = chunks[0].lines
        if top.text.startswith("@"):
            chunks[0] = replace(chunks[0], lines=(replace(top, text="\\" + top.text), *others))
    return chunks


def _heading(element: HtmlElement, at: At) -> Chunks:
    nodes = inside(element, at.told)
    if "collection-title" in classes(element):
        return texts([Marked("strong", tuple(nodes))], element, at.told)
    return titled(int(name_of(element)[1]), nodes, element)


def titled(level: int, nodes: Nodes, element: HtmlElement) -> Chunks:
    """A heading, or nothing where it has no words."""
    title = one_line(nodes)
    if markers.CLOSING_HASHES.search(title):
        title = title[:-1] + "\\#"
    return [Chunk("other", (Line(line_of(element), 0, f"{'#' * level} {title}"),))] if title else []


def _list(element: HtmlElement, at: At) -> Chunks:
    chunks: Chunks = []
    number = _start(element)
    for piece in pieces(element):
        if isinstance(piece, str):
            chunks += texts(text_nodes(piece), element, at.told)
        elif name_of(piece) != "li":
            chunks += block(piece, at) if is_block(piece) else _loose(piece, at)
        elif "toggle" in classes(element):
            chunks += flow(piece, at)
        else:
            chunks.append(_item(piece, _kind(element, piece), number, at))
            number += 1
    return chunks


def _loose(element: HtmlElement, at: At) -> Chunks:
    return texts(nodes_of(element, at.told), element, at.told)


def _start(element: HtmlElement) -> int:
    start = element.get("start", "1").strip()
    return int(start) if re.fullmatch(r"[0-9]{1,8}", start) else 1


def _kind(parent: HtmlElement, item: HtmlElement) -> Kind:
    if name_of(parent) == "ol":
        return "number"
    return "task" if _checkbox(item) is not None else "bullet"


def _checkbox(item: HtmlElement) -> HtmlElement | None:
    return next((child for child in item if "checkbox" in classes(child)), None)


def _item(item: HtmlElement, kind: Kind, number: int, at: At) -> Chunk:
    box = _checkbox(item)
    marker = f"{number}." if kind == "number" else "-"
    marker += "" if box is None else " [x]" if is_checked(box) else " [ ]"
    chunks = flow(item, at.inside(), head=True)
    head = chunks.pop(0).lines if chunks and chunks[0].kind == "text" else ()
    first = head[0].text if head else ""
    if box is None and markers.TASK.match(first):
        first = "\\" + first
    text = f"{marker} {first}".rstrip()
    if markers.DIVIDER.match(text):
        text = f"{marker} \\{first}"
    lines = (Line(line_of(item), 0, text), *indented(head[1:]))
    below = stacked(chunks)
    if head and chunks and chunks[0].kind in ("text", "other"):
        lines = (*lines, Line(below[0].number, 0, ""))
    return Chunk(kind, (*lines, *indented(below)), number)


def _quote(element: HtmlElement, at: At) -> Chunks:
    lines = quoted(stacked(flow(element, at.inside())))
    return [Chunk("other", lines)] if lines else []


def _code(element: HtmlElement, at: At) -> Chunks:
    """Code, as it stands there; the colours of the page's script are only spans."""
    found = element.xpath(".//code[contains(@class, 'language-')]/@class")
    language = re.sub(r".*?language-", "", found[0]).strip().lower() if found else ""
    info = {"plain text": "text", "plaintext": "text"}.get(language, language).replace("`", "")
    text = spoken(element).replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    beside = [node for url in addresses_in(element) for node in (Text(" "), *linked([], url))]
    return [fenced(fence_for(text), info, text, line_of(element)), *texts(beside, element, at.told)]


def fenced(fence: str, info: str, text: str, line: int) -> Chunk:
    """Lines between a fence and another one."""
    rows = raw(line, text, counted=True)
    last = rows[-1].number if rows else line
    return Chunk("other", (Line(line, 0, fence + " ".join(info.split())), *rows, Line(last, 0, fence)))


def _callout(element: HtmlElement, at: At) -> Chunks:
    """A callout; the emoji in front of it says what kind it is, and stays."""
    lead = _lead(element, at)
    chunks = flow(element, at.inside())
    if lead and chunks and chunks[0].kind == "text" and not markers.remark(chunks[0].lines[0].text):
        top, *others = chunks[0].lines
        chunks[0] = replace(chunks[0], lines=(replace(top, text=f"{lead} {top.text}"), *others))
    elif lead:
        chunks.insert(0, Chunk("text", (Line(line_of(element), 0, lead),)))
    return enclosed("<aside>", "</aside>", chunks, element) if chunks else []


def _lead(element: HtmlElement, at: At) -> str:
    """The emoji of a callout, taken out of it."""
    first = next(iter(element), None)
    icons = first.xpath(_ICONS) if first is not None and not (element.text or "").strip() else []
    if first is None or not icons or words_of(first).strip() != words_of(icons[0]).strip():
        return ""
    text = one_line(text_nodes(spoken(first)))
    if words_of(first) != spoken(first):
        at.told.leave_out(Code.HTML_ICON, first, "コールアウトのアイコンを省きました", words_of(first))
        text = ""
    silence(first)
    return line_start(text) if text else ""


_ICONS = "descendant-or-self::*[contains(concat(' ', @class, ' '), ' icon ')]"


def enclosed(opening: str, closing: str, chunks: Chunks, element: HtmlElement) -> Chunks:
    """Chunks between two tags."""
    inner, line = stacked(chunks), line_of(element)
    last = inner[-1].number if inner else line
    top = [Line(line, 0, text) for text in opening.split("\n")]
    body = [Line(line, 0, ""), *inner, Line(last, 0, "")] if inner else [Line(line, 0, "")]
    return [Chunk("other", (*top, *body, Line(last, 0, closing)))]


_TOGGLE_LEVELS = {"1.875em": 1, "1.5em": 2, "1.25em": 3}
"""The size in which Notion shows the summary of a toggle that is a heading."""


def _toggle(element: HtmlElement, at: At) -> Chunks:
    summary = next((child for child in element if name_of(child) == "summary"), None)
    nodes = inside(summary, at.told) if summary is not None else []
    if summary is not None:
        silence(summary)
    level = _toggle_level(summary)
    if level and summary is not None:
        message = "トグル見出しを、ふつうの見出しにしました"
        at.told.say(Code.HTML_TOGGLE_HEADING, "guess", summary, message)
        return [*titled(level, nodes, summary), *flow(element, at)]
    title = one_line(nodes)
    if "</summary>" in title.lower():
        title = re.sub(r"\\?</(?=summary>)", "&lt;/", title, flags=re.IGNORECASE)
    opening = f"<details>\n<summary>{title}</summary>" if title else "<details>"
    return enclosed(opening, "</details>", flow(element, at.inside()), element)


def _toggle_level(summary: HtmlElement | None) -> int:
    style = summary.get("style", "") if summary is not None else ""
    found = re.search(r"font-size:\s*([\d.]+em)", style)
    return _TOGGLE_LEVELS.get(found[1], 0) if found else 0


def _embedded(element: HtmlElement, at: At) -> Chunks:
    return texts(nodes_of(element, at.told), element, at.told)


def _divider(element: HtmlElement, _: At) -> Chunks:
    return [Chunk("other", (Line(line_of(element), 0, "---"),))]


def _navigation(element: HtmlElement, at: At) -> Chunks:
    if "table_of_contents" not in classes(element):
        return flow(element, at)
    message = "目次を省きました。見出しから作り直せます"
    at.told.leave_out(Code.HTML_CONTENTS, element, message, words_of(element))
    return []


def _in(element: HtmlElement, *names: str) -> bool:
    parent = element.getparent()
    return parent is not None and name_of(parent) in names


def _division(element: HtmlElement, at: At) -> Chunks:
    names = classes(element)
    if "column-list" in names:
        at.told.say(Code.HTML_COLUMNS, "guess", element, "段組みを、左の段から順に並べました")
    elif "indented" in names and not _in(element, "li", "details"):
        at.told.say(Code.HTML_INDENTED, "guess", element, "字下げされたブロックを、字下げなしで並べました")
    return flow(element, at)


def _figure(element: HtmlElement, at: At) -> Chunks:
    if "callout" in classes(element):
        return _callout(element, at)
    if lines := equation(element) or image_figure(element, at.told):
        return lines
    return flow(element, at)


def _table(element: HtmlElement, at: At) -> Chunks:
    return table(element, at.told)


_CONTAINERS = frozenset(("ul", "ol", "blockquote", "aside", "details"))
_BLOCKS: dict[str, Callable[[HtmlElement, At], Chunks]] = {
    "p": _paragraph,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol", "menu"), _list),
    "blockquote": _quote,
    "pre": _code,
    "aside": _callout,
    "details": _toggle,
    "hr": _divider,
    **dict.fromkeys(("iframe", "embed", "audio", "video"), _embedded),
    "nav": _navigation,
    "div": _division,
    "figure": _figure,
    "table": _table,
}
"""How each block is read; the rest is what stands inside of it."""
