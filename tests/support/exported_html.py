"""A session as a page of Notion's HTML export, and what such a page keeps of it."""

from __future__ import annotations

from html import escape

from kb.model import inline
from kb.model.blocks import (
    Block,
    BulletList,
    Callout,
    CodeBlock,
    Divider,
    Heading,
    ListItem,
    Math,
    OrderedList,
    Paragraph,
    Quote,
    Remark,
    Table,
    Toggle,
)
from kb.model.inline import Break, CodeSpan, Image, Inline, Link, Marked, RichText, Text, Url
from kb.model.session import PRESENTERS, Part, Session
from kb.text.inline import rich_text
from tests.support.written import Blocks, Written, changed_inside, data_of, titled, with_blocks


def as_html(session: Session) -> Written:
    """A page of the HTML export.

    As the exporter writes it: all of the text on one line; each item in a list of its own, numbered ones
    with their number; tasks with a box before the text; equations twice, with a style sheet each; images
    inside of links to themselves, with a caption; a table of contents.
    """
    contents = "".join(
        f'<div class="table_of_contents-item table_of_contents-indent-1"><a class="table_of_contents-link"'
        f' href="#{number}">{escape(titled(entry))}</a></div>'
        for number, entry in enumerate(session.entries)
    )
    body = "".join(_html_part(part) for part in session.parts)
    text = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>x</title>'
        "<style>\nbody {\n\twhite-space: pre-wrap;\n}\n</style></head><body>"
        f'<article id="0c1e" class="page sans"><header><h1 class="page-title" dir="auto">{session.date}'
        f' {session.title}</h1><p class="page-description" dir="auto"></p></header><div class="page-body">'
        f'<nav id="0c1f" class="block-color-gray table_of_contents">{contents}</nav>{body}</div></article>'
        "</body></html>"
    )
    return Written("2025-12-02 機械学習勉強会 0c1e80d29f0ad4a2c1b7e5012bd8c5f1.html", text)


def _html_part(part: Part) -> str:
    pieces = [f'<h1 id="1" class="">{part.name.source}</h1>']
    for entry in part.entries:
        pieces += [f'<p id="2" class="">{escape(name.source)}</p>' for name in entry.values(PRESENTERS)]
        pieces.append(f'<h2 id="3" class="">{_html_text(rich_text(titled(entry)))}</h2>')
        pieces += [
            f'<ul id="4" class="bulleted-list"><li>{escape(line)}</li></ul>' for line in data_of(entry)
        ]
        pieces.append(_html(entry.blocks))
    return "".join(pieces)


def _html(blocks: Blocks) -> str:
    return "".join(map(_html_block, blocks))


def _html_block(block: Block) -> str:
    match block:
        case Paragraph(text):
            nodes = text.nodes
            alone = nodes[0] if len(nodes) == 1 else None
            return (
                _html_image(alone)
                if isinstance(alone, Image)
                else f'<p id="5" class="">{_html_text(text)}</p>'
            )
        case Remark(handle, text):
            return f'<p id="5" class="">[{handle}] {_html_text(text)}</p>'
        case Heading(level, text):
            return f'<h{level} id="6" class="">{_html_text(text)}</h{level}>'
        case BulletList(items):
            return "".join(map(_html_item, items))
        case OrderedList(start, items):
            numbered = '<ol type="1" id="7" class="numbered-list" start="{}"><li>{}</li></ol>'
            return "".join(numbered.format(at, _html_inside(item)) for at, item in enumerate(items, start))
        case CodeBlock(info, code):
            return (
                f'<pre id="8" class="code"><code class="language-{info.title()}">{escape(code)}</code></pre>'
            )
        case Math(tex):
            return f'<figure id="9" class="equation">{_katex(tex)}</figure>'
        case Table(rows):
            return _html_table(rows)
        case Quote(inner):
            return f'<blockquote id="10" class="">{_html_head(inner)}</blockquote>'
        case Callout(inner):
            return _html_callout(inner)
        case Toggle(summary, inner):
            title = f"<summary>{_html_text(summary)}</summary>"
            return (
                f'<ul id="11" class="toggle"><li><details open="">{title}{_html(inner)}</details></li></ul>'
            )
        case Divider():
            return '<hr id="12"/>'
        case _:
            return ""


def _html_image(image: Image) -> str:
    url = escape(image.url)
    caption = f"<figcaption>{escape(image.alt)}</figcaption>"
    shown = f'<a href="{url}"><img style="width:708px" src="{url}"/></a>'
    return f'<figure id="13" class="image">{shown}{caption}</figure>'


def _html_item(item: ListItem) -> str:
    if item.done is None:
        bullet = '<li style="list-style-type:disc">'
        return f'<ul id="14" class="bulleted-list">{bullet}{_html_inside(item)}</li></ul>'
    head, *below = item.blocks
    state = ("checkbox-on", "checked") if item.done else ("checkbox-off", "unchecked")
    text = f'<span class="to-do-children-{state[1]}">{_html_head([head])}</span>'
    inner = f'<div class="indented">{_html(below)}</div>' if below else ""
    box = f'<div class="checkbox {state[0]}"></div>'
    return f'<ul id="14" class="to-do-list"><li>{box} {text}{inner}</li></ul>'


def _html_inside(item: ListItem) -> str:
    return _html_head(item.blocks)


def _html_head(blocks: Blocks) -> str:
    """Blocks the first of which is text without an element of its own."""
    head, *below = blocks
    assert isinstance(head, Paragraph)
    return _html_text(head.text) + _html(below)


def _html_callout(blocks: Blocks) -> str:
    head, *below = blocks
    assert isinstance(head, Paragraph)
    icon, _, text = head.text.source.partition(" ")
    return (
        '<figure class="block-color-gray_background callout" style="white-space:pre-wrap;display:flex">'
        f'<div style="font-size:1.5em"><span class="icon">{icon}</span></div>'
        f'<div style="width:100%">{_html_text(rich_text(text))}{_html(below)}</div></figure>'
    )


def _html_table(rows: tuple[tuple[RichText, ...], ...]) -> str:
    lines = [
        "<tr>" + "".join(f'<{tag} id="16" class="">{_html_text(cell)}</{tag}>' for cell in row) + "</tr>"
        for tag, row in zip(("th", *["td"] * len(rows)), rows, strict=False)
    ]
    head, *others = lines
    thead = f'<thead class="simple-table-header">{head}</thead>'
    return f'<table id="17" class="simple-table">{thead}<tbody>{"".join(others)}</tbody></table>'


def _html_text(text: RichText) -> str:
    return "".join(map(_html_node, text.nodes))


def _html_node(node: Inline) -> str:
    match node:
        case Text(text):
            return escape(text)
        case inline.Math(tex):
            return _token(tex)
        case CodeSpan(text):
            return f"<code>{escape(text)}</code>"
        case Link(label, url):
            return f'<a href="{escape(url)}">{"".join(map(_html_node, label))}</a>'
        case Url(url):
            return f'<a href="{escape(url)}">{escape(url)}</a>'
        case Marked(mark, inner):
            return f"<{mark}>{''.join(map(_html_node, inner))}</{mark}>"
        case Break():
            return "<br/>"
        case _:
            return ""


def _token(tex: str) -> str:
    return (
        "<style>@import url('https://cdnjs.cloudflare.com/ajax/libs/KaTeX/0.16.9/katex.min.css')</style><span"
        ' data-token-index="0" contenteditable="false" class="notion-text-equation-token"><span></span><span>'
        f"{_katex(tex)}</span><span>\ufeff</span></span>"
    )


def _katex(tex: str) -> str:
    return (
        '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>E</mi></mrow>'
        f'<annotation encoding="application/x-tex">{escape(tex)}</annotation></semantics></math></span>'
        '<span class="katex-html" aria-hidden="true"><span class="mord mathnormal">E</span></span></span>'
    )


def kept_by_html(session: Session) -> Session:
    """Everything; and the caption of an image, all that it has of an alternative text, stands below it."""
    return with_blocks(session, _captioned)


def _captioned(blocks: Blocks) -> tuple[Block, ...]:
    kept: list[Block] = []
    for block in blocks:
        kept.append(changed_inside(block, _captioned))
        nodes = block.text.nodes if isinstance(block, Paragraph) else ()
        if len(nodes) == 1 and isinstance(image := nodes[0], Image):
            kept.append(Paragraph(rich_text(image.alt)))
    return tuple(kept)
