"""Block elements of a page to the blocks of a note."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from kb.model import blocks as b
from kb.model.codes import Code
from kb.model.inline import NO_TEXT, Marked, Text
from kb.read import markers
from kb.read.html.figures import bookmark, equation, image_figure
from kb.read.html.inline import BOXES, Nodes, inside, is_checked, linked, nodes_of, text_nodes
from kb.read.html.items import Item, Piece, Pieces, joined
from kb.read.html.tables import table
from kb.read.html.texts import one_line, texts, verbatim
from kb.read.html.told import Told
from kb.read.html.tree import classes, is_block, is_bookmark, name_of, pieces, silence
from kb.read.html.words import addresses_in, spoken, tex_of, words_of
from kb.read.lists import makes_divider
from kb.read.starts import heading_text, literal_start, summary_text
from kb.text.inline import rich_text

# Fewer than the reader of notes takes (24), for a page may come into the toggle of another.
MAX_CONTAINERS = 20
"""Lists, quotes, callouts and toggles inside each other; what lies deeper stands below each other."""


@dataclass(frozen=True, slots=True)
class At:
    """Where in the page the reader is."""

    told: Told
    depth: int = 0

    def inside(self) -> At:
        """One container deeper."""
        return replace(self, depth=self.depth + 1)


def flow(element: HtmlElement, at: At, *, head: bool = False) -> Pieces:
    """What stands inside of an element: runs of text are paragraphs, between the blocks.

    `head` says that the first paragraph stands behind the marker of a list.
    """
    blocks: list[Piece] = []
    run: Nodes = []
    for piece in pieces(element):
        if isinstance(piece, str):
            run += text_nodes(piece)
        elif "checkbox" in classes(piece) and name_of(element) == "li":
            # The item itself says whether it is done; only words beside the box are text.
            run += [node for node in nodes_of(piece, at.told) if node not in BOXES]
        elif is_block(piece) or _holds_blocks(piece):
            blocks += texts(run, element, at.told, head=head and not blocks)
            blocks += block(piece, at)
            run = []
        else:
            run += nodes_of(piece, at.told)
    return [*blocks, *texts(run, element, at.told, head=head and not blocks)]


def _inner(element: HtmlElement, at: At, *, head: bool = False) -> b.Blocks:
    """The blocks of a container."""
    return joined(flow(element, at.inside(), head=head))


def _holds_blocks(element: HtmlElement) -> bool:
    """Whether an inline element is only wrapped around blocks, as a parser that mends may leave it."""
    return name_of(element) not in ("a", "code") and any(map(is_block, element)) and tex_of(element) is None


def block(element: HtmlElement, at: At) -> Pieces:
    """The blocks that an element is."""
    if is_bookmark(element):
        return bookmark(element, at.told)
    if at.depth >= MAX_CONTAINERS and _is_container(element):
        message = "入れ子が深すぎるため、ここから先は入れ子を外しました"
        at.told.say_once("deep", Code.HTML_DEEP, element, message, "元のページと見比べてください")
        return flow(element, at)
    return _BLOCKS.get(name_of(element), flow)(element, at)


def _is_container(element: HtmlElement) -> bool:
    name = name_of(element)
    return name in _CONTAINERS or (name == "figure" and "callout" in classes(element))


def _paragraph(element: HtmlElement, at: At) -> Pieces:
    """A paragraph; a date in front of it is nobody who presents."""
    # Notion writes a date as `@2025年12月2日`, like the presenter of what follows.
    blocks = flow(element, at)
    first = next((piece for piece in pieces(element) if not isinstance(piece, str) or piece.strip()), "")
    is_date = not isinstance(first, str) and name_of(first) == "time"
    if is_date and blocks and isinstance(top := blocks[0], b.Paragraph) and top.text.source.startswith("@"):
        return [_literal(top), *blocks[1:]]
    return blocks


def _literal(paragraph: b.Paragraph) -> b.Paragraph:
    """A paragraph whose first character is no mark."""
    return replace(paragraph, text=rich_text("\\" + paragraph.text.source))


def _heading(element: HtmlElement, at: At) -> Pieces:
    nodes = inside(element, at.told)
    if "collection-title" in classes(element):
        return texts([Marked("strong", tuple(nodes))], element, at.told)
    return titled(int(name_of(element)[1]), nodes, element, at)


def titled(level: int, nodes: Nodes, element: HtmlElement, at: At) -> Pieces:
    """A heading, or nothing where it has no words."""
    title = rich_text(heading_text(one_line(nodes)))
    return [b.Heading(level, title, at.told.span(element))] if title else []


def _list(element: HtmlElement, at: At) -> Pieces:
    blocks: list[Piece] = []
    number = _start(element)
    for piece in pieces(element):
        if isinstance(piece, str):
            blocks += texts(text_nodes(piece), element, at.told)
        elif name_of(piece) != "li":
            blocks += block(piece, at) if is_block(piece) else _loose(piece, at)
        elif "toggle" in classes(element):
            blocks += flow(piece, at)
        else:
            blocks.append(_item(piece, number if name_of(element) == "ol" else None, at))
            number += 1
    return blocks


def _loose(element: HtmlElement, at: At) -> Pieces:
    """What stands on lines of its own and is no block of ours."""
    return texts(nodes_of(element, at.told), element, at.told)


def _start(element: HtmlElement) -> int:
    # The reader of notes takes nine digits, and the list counts on from here.
    start = element.get("start", "1").strip()
    return int(start) if re.fullmatch(r"[0-9]{1,8}", start) else 1


def _item(element: HtmlElement, number: int | None, at: At) -> Item:
    box = next((child for child in element if "checkbox" in classes(child)), None)
    blocks = _inner(element, at, head=True)
    if box is None and blocks and isinstance(head := blocks[0], b.Paragraph) and _is_marked(head, number):
        blocks = (_literal(head), *blocks[1:])
    done = None if box is None else is_checked(box)
    return Item(b.ListItem(blocks, done, at.told.span(element)), number)


def _is_marked(head: b.Paragraph, number: int | None) -> bool:
    """Whether an item's text looks like the box of a task or like a divider."""
    first = head.text.source.split("\n")[0]
    return makes_divider(first, number) or bool(markers.TASK.match(first))


def _quote(element: HtmlElement, at: At) -> Pieces:
    blocks = _inner(element, at)
    return [b.Quote(blocks, at.told.span(element))] if blocks else []


def _code(element: HtmlElement, at: At) -> Pieces:
    """Code, as it stands there; the colours of the page's script are only spans."""
    found = element.xpath(".//code[contains(@class, 'language-')]/@class")
    language = re.sub(r".*?language-", "", found[0]).strip().lower() if found else ""
    # Notion's own word for no language has a blank, which ends the name of a language in a note.
    info = {"plain text": "text", "plaintext": "text"}.get(language, language).replace("`", "")
    text = verbatim(spoken(element))
    beside = [node for url in addresses_in(element) for node in (Text(" "), *linked([], url))]
    code = b.CodeBlock(" ".join(info.split()), text, at.told.span(element))
    return [code, *texts(beside, element, at.told)]


def _callout(element: HtmlElement, at: At) -> Pieces:
    """A callout; the emoji in front of it says what kind it is, and stays."""
    lead = _lead(element, at)
    blocks, span = _inner(element, at), at.told.span(element)
    if lead and blocks and isinstance(top := blocks[0], b.Paragraph):
        blocks = (replace(top, text=rich_text(f"{lead} {top.text.source}")), *blocks[1:])
    elif lead:
        blocks = (b.Paragraph(rich_text(lead), span), *blocks)
    return [b.Callout(blocks, span)] if blocks else []


def _lead(element: HtmlElement, at: At) -> str:
    """The emoji of a callout, taken out of it."""
    first = next(iter(element), None)
    # In a damaged page the first element may hold the text, too: then it is read as text.
    icons = first.xpath(_ICONS) if first is not None and not (element.text or "").strip() else []
    if first is None or not icons or words_of(first).strip() != words_of(icons[0]).strip():
        return ""
    text = one_line(text_nodes(spoken(first)))
    if words_of(first) != spoken(first):
        at.told.leave_out(Code.HTML_ICON, first, "コールアウトのアイコンを省きました", words_of(first))
        text = ""
    silence(first)
    return literal_start(text) if text else ""


_ICONS = "descendant-or-self::*[contains(concat(' ', @class, ' '), ' icon ')]"


# Nothing but the size of its summary tells that a toggle is a heading, and of which level.
_TOGGLE_LEVELS = {"1.875em": 1, "1.5em": 2, "1.25em": 3}


def _toggle(element: HtmlElement, at: At) -> Pieces:
    summary = next((child for child in element if name_of(child) == "summary"), None)
    if summary is None:
        return [b.Toggle(NO_TEXT, _inner(element, at), at.told.span(element))]
    nodes = inside(summary, at.told)
    silence(summary)
    size = re.search(r"font-size:\s*([\d.]+em)", summary.get("style", ""))
    if size and (level := _TOGGLE_LEVELS.get(size[1])):
        message = "トグル見出しを、ふつうの見出しにしました"
        at.told.say(Code.HTML_TOGGLE_HEADING, "guess", summary, message)
        return [*titled(level, nodes, summary, at), *flow(element, at)]
    title = rich_text(summary_text(one_line(nodes)))
    return [b.Toggle(title, _inner(element, at), at.told.span(element))]


def _navigation(element: HtmlElement, at: At) -> Pieces:
    if "table_of_contents" not in classes(element):
        return flow(element, at)
    message = "目次を省きました。見出しから作り直せます"
    at.told.leave_out(Code.HTML_CONTENTS, element, message, words_of(element))
    return []


def _division(element: HtmlElement, at: At) -> Pieces:
    names, parent = classes(element), element.getparent()
    if "column-list" in names:
        at.told.say(Code.HTML_COLUMNS, "guess", element, "段組みを、左の段から順に並べました")
    elif "indented" in names and (parent is None or name_of(parent) not in ("li", "details")):
        at.told.say(Code.HTML_INDENTED, "guess", element, "字下げされたブロックを、字下げなしで並べました")
    return flow(element, at)


def _figure(element: HtmlElement, at: At) -> Pieces:
    if "callout" in classes(element):
        return _callout(element, at)
    return equation(element, at.told) or image_figure(element, at.told) or flow(element, at)


_CONTAINERS = frozenset(("ul", "ol", "menu", "blockquote", "aside", "details"))
_BLOCKS: dict[str, Callable[[HtmlElement, At], Pieces]] = {
    "p": _paragraph,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol", "menu"), _list),
    "blockquote": _quote,
    "pre": _code,
    "aside": _callout,
    "details": _toggle,
    "hr": lambda element, at: [b.Divider(at.told.span(element))],
    **dict.fromkeys(("iframe", "embed", "audio", "video"), _loose),
    "nav": _navigation,
    "div": _division,
    "figure": _figure,
    "table": lambda element, at: table(element, at.told),
}
"""How each block is read; the rest is what stands inside of it."""
