"""What stands in the `<article>` of built pages, held against the documents that the search was given."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml.html import HtmlElement

from kb.model.document import Document

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "aside blockquote br dd details div dl dt figure hr li ol p pre section summary table td th tr ul",
    )
)
UNFOLDED = ".//text()[not(ancestor::summary)]"
Read = tuple[str, str, str]
"""A section as it is read: anchor, heading, text; blanks are single."""


def squeezed(text: str) -> str:
    return " ".join(text.split())


def text_of(element: HtmlElement) -> str:
    """The words of an element, blanks single; words of two blocks are apart."""
    return squeezed("".join(_texts(element)))


def _texts(element: HtmlElement) -> Iterator[str]:
    if not isinstance(element.tag, str) or "headerlink" in element.get("class", "").split():
        return
    if "kb-math" in element.get("class", "").split():
        (tex,) = element.iter("annotation")  # as it looks, and twice as TeX: the document has it once
        yield tex.text or ""
        return
    end = " " if element.tag in BLOCKS or element.tag in HEADINGS else ""
    yield end + (element.get("alt", "") if element.tag == "img" else element.text or "")
    for inner in element:
        yield from _texts(inner)
        yield inner.tail or ""
    yield end


def sections_of(note: HtmlElement) -> list[Read]:
    """What a note says on its page, cut at the headings. The data of entries are told apart."""
    found: list[tuple[str, str, list[str]]] = [("", "", [])]

    def walk(element: HtmlElement) -> None:
        if element.tag in HEADINGS:
            found.append((element.get("id", ""), text_of(element), []))
        elif "kb-data" in (element.get("class") or "").split():  # a comment has no attributes
            pass
        elif next(element.iter(*HEADINGS), None) is not None:
            found[-1][2].append(element.text or "")
            for inner in element:
                walk(inner)
                found[-1][2].append(inner.tail or "")
        else:
            found[-1][2].append(text_of(element))

    walk(note)
    return [(anchor, heading, squeezed(" ".join(texts))) for anchor, heading, texts in found]


def assert_article_says(article: HtmlElement, document: Document) -> None:
    """Anchors and words of a page are those of its document, section by section."""
    assert text_of(next(article.iter("h1"))) == document.title
    match document.url.split("/"):
        case ["topics", topic, ""] if topic:
            _assert_topic(article, document)
        case ["sessions", date, ""] if date.count("-") == 2:
            _assert_sections(document, [one for note in _notes(article) for one in sections_of(note)])
        case ["papers" | "presenters" | "tags" | "venues", page, ""] if page:
            _assert_facts(article, document)
        case _:
            lead = article.xpath("string(.//p[@class='kb-lead']/text()[1])")
            _assert_sections(document, [("", "", squeezed(lead))])


def _notes(article: HtmlElement) -> list[HtmlElement]:
    return list(article.xpath(".//*[@data-note]"))


def _assert_sections(document: Document, read: list[Read]) -> None:
    said = [(one.anchor, one.heading, squeezed(one.text)) for one in document.sections]
    assert [one for one in said if any(one)] == [one for one in read if any(one)]


def _assert_topic(article: HtmlElement, document: Document) -> None:
    sections: list[Read] = []
    metas: list[str] = []
    for note in _notes(article):
        before, (entry, *rest) = sections_of(note)[0], sections_of(note)[1:]
        assert not any(before)
        alone = note.find("h1") is not None
        sections += [("", "", entry[2]) if alone else entry, *rest]
        metas.append(squeezed(" ".join(map(text_of, _around(note)))))
    _assert_sections(document, sections)
    assert [squeezed(one.meta) for one in document.sections if one.meta] == metas
    assert set(document.kinds) == {text_of(one) for one in article.xpath(".//p/span[@class='kb-kind']")}
    presenters = article.xpath(".//p[@data-label='発表者' and contains(@class, 'kb-data')]//a/@href")
    tags = article.xpath(".//div[@data-note]/following-sibling::p[@class='kb-tags']/a/@href")
    assert list(document.presenters) == _pages(document.url, presenters)
    assert list(document.tags) == _pages(document.url, tags)


def _around(note: HtmlElement) -> Iterator[HtmlElement]:
    """Where and when an entry was presented, by whom, its tags, and the rest of its data."""
    data = note.xpath("./*[contains(@class, 'kb-data')]")
    yield from note.xpath("./preceding-sibling::*[1]")
    yield from (one for one in data if one.get("data-label") == "発表者")
    for element in note.itersiblings():
        if "kb-tags" not in element.get("class", "").split() and "kb-missing" not in element.get("class", ""):
            break
        if "kb-tags" in element.get("class", "").split():
            yield element
    yield from (one for one in data if one.get("data-label") != "発表者")


def _pages(url: str, links: list[str]) -> list[str]:
    whole = (posixpath.normpath(posixpath.join(url, unquote(link))) + "/" for link in links)
    return list(dict.fromkeys(whole))


def _assert_facts(article: HtmlElement, document: Document) -> None:
    """Each fact of a page is in its document, and the other way round."""
    [section] = document.sections
    assert (section.anchor, section.heading, section.meta) == ("", "", "")
    facts = {_flat(fact.xpath(UNFOLDED)) for fact in article.xpath(".//dl[@class='kb-facts']/dd")}
    links = {text for link in article.xpath(".//p[@class='kb-links']/a") for text in text_of(link).split()}
    lines = section.text.split("\n") if section.text else []
    said = {_flat([line]) for line in lines}
    assert facts <= said
    assert links >= {word for line in said - facts for word in line.split("、")}


def _flat(texts: list[str]) -> str:
    """A list of names as it is told; the page folds the end of a long one."""
    return "、".join(name for text in texts for name in text.replace("、", " ").split())
