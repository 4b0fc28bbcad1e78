"""From the text of an HTML page to blocks.

Elements become blocks, and their texts are spelled as a note would spell them (`kb.text.spell`), so that
what comes of a page can be written and read again.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import NO_TEXT
from kb.read.html.flow import At, flow
from kb.read.html.inline import nodes_of, text_nodes
from kb.read.html.items import joined
from kb.read.html.parse import parse
from kb.read.html.tables import values_of
from kb.read.html.texts import one_line
from kb.read.html.told import Told
from kb.read.html.tree import pieces, silence
from kb.read.html.words import words_of
from kb.read.page import Page
from kb.text.inline import rich_text

_HTML = re.compile(r"\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|article|head|body)\b", re.I)
# Pages that were saved from the web say in a comment where they come from.
_COMMENT = re.compile(r"\ufeff?\s*<!--.*?-->", re.DOTALL)

_COVERS = "//header//*[contains(@class, 'page-cover') or contains(@class, 'page-header-icon')]"


def is_html(text: str) -> bool:
    """Whether a text is an HTML document, as Notion exports it."""
    at = 0
    while comment := _COMMENT.match(text, at):
        at = comment.end()
    return bool(_HTML.match(text, at))


def read_html_page(text: str, path: str) -> Page:
    """Read a page of Notion's HTML export. No exception for any text: at worst a page without blocks."""
    tree, deep = parse(text.replace("\0", "\ufffd"))
    span = Span(path, 1, text.count("\n") + 1)
    if tree is None:
        hint = "書き出しをやり直してください"
        message = "HTML のページに中身がありません"
        broken = Finding(Code.HTML_EMPTY, "error", Span(path, 0, 0), message, hint)
        return Page(NO_TEXT, findings=(broken,), span=span)
    told = Told(path)
    if deep:
        message = "要素の入れ子が深すぎるため、深いところは文字だけを残しました"
        told.say(Code.HTML_DEEP, "guess", tree, message, "元のページと見比べてください")
    # Told before the first part of the tree is taken out.
    words, at = words_of(tree), At(told)
    title, shown = _title(tree, at)
    if not shown:
        words = f"{title}\n{words}"
    properties = _properties(tree, at)
    blocks = joined(flow(tree, at))
    findings = tuple(sorted(told.findings, key=lambda finding: finding.span.first))
    return Page(rich_text(title), properties, blocks, findings, words, span)


def _title(tree: HtmlElement, at: At) -> tuple[str, bool]:
    """The page's title, taken out of the tree, and whether a reader of the page sees it."""
    for heading in tree.xpath("//*[contains(concat(' ', @class, ' '), ' page-title ')]"):
        title = one_line(nodes_of(heading, at.told))
        silence(heading)
        return title, True
    named = "".join(tree.xpath("string(//head/title)"))
    return one_line(text_nodes(named)), False


def _properties(tree: HtmlElement, at: At) -> tuple[tuple[str, str], ...]:
    """The rows of the table of properties, taken out of the tree; and the decoration of the header."""
    for element in tree.xpath(_COVERS):
        message = "ページのアイコンとカバー画像を省きました"
        at.told.leave_out(Code.HTML_COVER, element, message, words_of(element))
        silence(element)
    found = []
    for table in tree.xpath("//header//table[contains(@class, 'properties')]"):
        for row in table.xpath(".//tr"):
            told = filter(None, (values_of(piece, at.told) for piece in pieces(row)))
            found.append((next(told, ""), " ".join(told)))
            silence(row)  # or it would be read as a table, too
    return tuple(found)
