"""What a page may hold: no element, attribute or address that only the markup of a note can have made."""

from __future__ import annotations

import re

from lxml import html

ELEMENTS = re.compile(
    "div|span|p|h[1-6]|a|aside|b|strong|em|del|code|pre|br|hr|img|ul|ol|li|blockquote"
    "|details|summary|table|thead|tbody|tr|th|td|label|input|u|mark|small|sub|sup|kbd"
    "|math|semantics|annotation|m(?:row|i|o|n|text|space|frac|sub|sup|subsup|over|under|underover|sqrt|table|tr|td)"
)
ATTRIBUTES = {
    "class": re.compile(r"headerlink|highlight|filename|kb-[\w-]+|task-list(?:-item|-control|-indicator)?"),
    "href": re.compile(
        r"(?:https?://|mailto:|(?:\.\./)+(?:topics|papers|presenters|sessions|tags|notes)/|#).*"
    ),
    "src": re.compile(r"(?:\.\./)+notes/(?:b\.png|img/%E5%9B%B3%201\.png)"),
    "style": re.compile(
        # Of cells, also those of aligned formulas.
        r"(?:(?:width|text-align|justify-items|padding-left|padding-right): ?[\w%]+(?:; ?|$))+"
    ),
    "scriptlevel": re.compile("0"),
    "type": re.compile("checkbox"),
    "display": re.compile("block"),
    "encoding": re.compile("application/x-tex"),
    "aria-hidden": re.compile("true"),
    **dict.fromkeys(("lspace", "rspace", "width"), re.compile(r"[\d.]+(?:em)?")),
    **dict.fromkeys(("stretchy", "accent", "displaystyle", "movablelimits"), re.compile("true|false")),
    "form": re.compile("infix|prefix|postfix"),
    "mathvariant": re.compile("normal"),
    "start": re.compile(r"\d+"),
    **dict.fromkeys(
        ("id", "title", "alt", "alttext", "data-host", "data-speaker", "data-label"), re.compile(r"(?s).*")
    ),
    **{name: re.compile(name) for name in ("data-note", "disabled", "checked")},
}
"""Every attribute that a page may have, with what it may say. None of them comes from a note's markup."""


def assert_harmless(tree: html.HtmlElement) -> None:
    """No element, attribute or address that only a note can have made, and no id twice."""
    for element in tree.xpath("//article/*/descendant-or-self::*"):
        assert ELEMENTS.fullmatch(element.tag)
        coloured = element.getparent().tag == "code"
        for name, value in element.attrib.items():
            for one in value.split() if name == "class" else [value]:
                assert coloured or ATTRIBUTES[name].fullmatch(one), (element.tag, name, value)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
