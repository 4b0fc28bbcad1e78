"""The whole way, in both engines: built pages, their index, the search page, the place of a hit."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Route, expect

from tests.site.conftest import LOOKED_AT, build, copy_checkout
from tests.site.test_browser import browser, serve

__all__ = ["browser"]

QUERIES = {
    "SAM 3ファミリー": "topics/sam3/",
    "大規模言語モデル": "tags/llm/",
    "ｾｸﾞﾒﾝﾃｰｼｮﾝ": "tags/segmentation/",
    "ＧＰＴ－ＯＳＳ": "tags/gpt-oss/",
    "リライター": "topics/video-models/",
    "pon": "presenters/hiromu-nakamura/",
    '"deep research"': "tags/deep-research/",
    "発表者:nanay 種類:blog": "topics/lyftlearn/",
    "掲載先:ICLR SAM 3ファミリー": "topics/sam3/",
    'venue:"Learning Representations" 種類:掲載先': "venues/iclr/",
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    return cache(
        lambda engine: build(copy_checkout(tmp_path_factory.mktemp(f"search-{engine}")), engine).site
    )


@pytest.fixture(scope="module", params=LOOKED_AT)
def site(request: pytest.FixtureRequest, sites: Callable[[str], Path]) -> Path:
    return sites(request.param)


@pytest.fixture
def page(site: Path, browser: Browser) -> Iterator[tuple[Page, str]]:
    with serve(site) as address:
        context = browser.new_context(locale="ja-JP", reduced_motion="reduce")
        context.set_default_timeout(15_000)
        yield context.new_page(), address
        context.close()


def ask(page: Page, address: str, query: str) -> list[str]:
    """Open the search page with a query; the addresses of its hits, below the site."""
    page.goto(f"{address}search/?q={query}")
    expect(page.locator("[data-search]")).to_have_attribute("data-search-state", re.compile("done|error"))
    links = page.locator("[data-hit]").evaluate_all("hits => hits.map((hit) => hit.querySelector('a').href)")
    return [str(link).removeprefix(address) for link in links]


def test_queries_lead_to_places_that_are_there(page: tuple[Page, str], site: Path) -> None:
    tab, address = page
    for query, first in QUERIES.items():
        hits = ask(tab, address, query)
        assert urlsplit(hits[0]).path == first, query
        assert int(tab.locator("[data-hit-count]").inner_text()) >= len(hits) > 0
        for hit in hits:
            parts = urlsplit(hit)
            tree = html.fromstring((site / parts.path / "index.html").read_bytes())
            assert not parts.fragment or tree.xpath("//*[@id=$id]", id=unquote(parts.fragment)), hit


def test_both_engines_give_the_same_hits(sites: Callable[[str], Path]) -> None:
    """What is indexed is what readers see, and they see the same."""

    def texts(site: Path) -> bytes:
        pieces = sorted(
            (site / "search").glob("t*.bin"), key=lambda piece: int(piece.stem[1:].partition("-")[0])
        )
        return b"".join(zlib.decompress(piece.read_bytes()) for piece in pieces)

    one, other = (texts(sites(engine)) for engine in LOOKED_AT)
    assert one == other


def test_a_second_build_writes_the_same_files(site: Path) -> None:
    before = {path.name: path.read_bytes() for path in (site / "search").glob("*.bin")}
    build(site.parent, "mkdocs")
    assert {path.name: path.read_bytes() for path in (site / "search").glob("*.bin")} == before


def test_what_was_found_is_found_again_offline(page: tuple[Page, str]) -> None:
    tab, address = page
    online = ask(tab, address, "SAM 3")
    tab.context.set_offline(offline=True)
    field = tab.locator("input.kb-search__field")
    field.fill("")
    field.fill("SAM 3")
    expect(tab.locator("[data-search]")).to_have_attribute("data-search-state", "done")
    assert tab.locator("[data-hit]").count() == len(online)


@pytest.mark.parametrize("piece", ["index.bin", "g*.bin", "t*.bin"])
def test_a_missing_piece_is_told_and_tried_again(page: tuple[Page, str], piece: str) -> None:
    tab, address = page

    def missing(route: Route) -> None:
        route.fulfill(status=404, body="")

    tab.context.route(f"**/search/{piece}", missing)
    assert ask(tab, address, "SAM 3") == []
    expect(tab.locator("[role=alert]")).to_contain_text("検索の部品が見つかりません")
    tab.context.unroute(f"**/search/{piece}", missing)
    tab.get_by_role("button", name="もう一度試す").click()
    expect(tab.locator("[data-search]")).to_have_attribute("data-search-state", "done")
    assert tab.locator("[data-hit]").count() > 0
