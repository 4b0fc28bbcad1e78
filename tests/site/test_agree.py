"""Every engine makes the same site; in what they differ is declared in `engine_differences.yml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from lxml import etree, html

from kb.site.engines import ENGINES
from tests.site.conftest import Built

DECLARED: Mapping[str, list[dict[str, str]]] = yaml.safe_load(
    Path(__file__).with_name("engine_differences.yml").read_text(encoding="utf-8")
)
MEASURE = "mkdocs"
OTHERS = [name for name in ENGINES if name != MEASURE]
HEADINGS = "self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6"
BASE = "https://example.org/study-notes/"
Lines = tuple[str, ...]


def _plain(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _told(address: str, tree: html.HtmlElement) -> Iterator[str]:
    """What a page says, facet by facet, each in the order of the page."""

    def leads(target: str) -> str:
        return urljoin(BASE + address, target)

    yield f"language {tree.get('lang')}"
    yield from (f"title {_plain(one)}" for one in tree.xpath("//title"))
    for meta in tree.xpath("//meta[@name]"):
        yield f"metadata {meta.get('name')} {meta.get('content')}"
    for link in tree.xpath("//link[@rel != 'stylesheet']"):
        yield f"metadata {link.get('rel')} {leads(link.get('href'))}"
    for one in tree.xpath(f"//article//*[{HEADINGS}]"):
        yield f"headings {one.tag} {one.get('id')} {_plain(one)}"
    yield from (f"anchors {one}" for one in tree.xpath("//article//@id"))
    yield from (f"links {leads(one)}" for one in tree.xpath("//article//@href | //article//@src"))
    yield from (f"texts {_plain(one)}" for one in tree.xpath("//article"))
    for one in tree.xpath("//a[@href][not(ancestor::article)]"):
        yield f"frame {leads(one.get('href'))} {_plain(one)}"


def _site(built: Built) -> Mapping[str, Lines]:
    """What each page says, by its address, and which addresses are listed."""
    pages = {address: tuple(_told(address, tree)) for address, tree in built.pages.items()}
    listed = etree.parse(built.site / "sitemap.xml").iterfind(".//{*}loc")
    return pages | {"sitemap.xml": tuple(sorted(str(one.text) for one in listed))}


def _left(lines: Lines, engine: str) -> list[str]:
    """What has to be the same."""
    declared = re.compile("|".join(f"(?:{one['line']})" for one in DECLARED[engine]))
    return [line for line in lines if not declared.fullmatch(line)]


@pytest.fixture(scope="module", params=["sites", "odd_sites"])
def made(request: pytest.FixtureRequest) -> Callable[[str], Mapping[str, Lines]]:
    """A site by the name of its engine: that of this checkout, and one with every oddity."""
    sites: Callable[[str], Built] = request.getfixturevalue(request.param)
    return cache(lambda engine: _site(sites(engine)))


@pytest.mark.parametrize("engine", OTHERS)
def test_an_engine_makes_the_same_site(made: Callable[[str], Mapping[str, Lines]], engine: str) -> None:
    wanted, found = made(MEASURE), made(engine)
    assert found.keys() == wanted.keys()
    for address in wanted:
        assert _left(found[address], engine) == _left(wanted[address], engine), address


@pytest.mark.parametrize("engine", OTHERS)
def test_what_is_declared_is_there(made: Callable[[str], Mapping[str, Lines]], engine: str) -> None:
    """A difference that is gone is taken off the list."""
    wanted, found = made(MEASURE), made(engine)
    differing = {line for address in wanted for line in {*wanted[address]} ^ {*found[address]}}
    for declared in DECLARED[engine]:
        assert any(re.fullmatch(declared["line"], line) for line in differing), declared


def test_a_page_is_told_in_all_its_parts(sites: Callable[[str], Built]) -> None:
    """What is not looked at is always the same."""
    facets = {line.partition(" ")[0] for lines in _site(sites(MEASURE)).values() for line in lines}
    assert {"language", "title", "metadata", "headings", "anchors", "links", "texts", "frame"} <= facets
    assert len(_site(sites(MEASURE))["sitemap.xml"]) > 100
