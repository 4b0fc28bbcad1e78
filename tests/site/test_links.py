"""The check of links finds what is broken, and nothing else: the tests of the built site stand on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.site.links import broken_links

PAGES = {
    "index.html": '<h1 id="top">家</h1><img src="assets/a%20b.png">',
    "topics/gam/index.html": '<h2 id="記憶">記憶</h2><a name="old"></a>',
    "assets/a b.png": "",
    "404.html": '<a href="/absolute/">x</a>',
}
GOOD = (
    "../topics/gam/",
    "../topics/gam/#記憶",
    "../topics/gam/#%E8%A8%98%E6%86%B6",
    "../topics/gam/index.html#old",
    "../topics/gam",
    "..",
    "../#top",
    "#here",
    "#",
    "",
    "../assets/a%20b.png",
    "../assets/a%20b.png?v=1",
    "https://example.org/nowhere",
    "//example.org/nowhere",
    "mailto:a@example.org",
    "data:image/png;base64,AA==",
)
NO_PAGE, NO_ANCHOR = "ページがありません", "見出し(アンカー)がありません"
BAD = {
    "../topics/sam3/": NO_PAGE,
    "../topics/gam/#別の": NO_ANCHOR,
    "#nowhere": NO_ANCHOR,
    "../assets/c.png": NO_PAGE,
    "../../outside/": NO_PAGE,
    "../topics/": NO_PAGE,
    "gam/": NO_PAGE,
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in PAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def put(site: Path, element: str) -> list[tuple[str, str, str]]:
    """What is broken once a page with this element is added."""
    page = site / "notes" / "index.html"
    page.parent.mkdir()
    page.write_text(f'<!doctype html><p id="here">{element}</p>', encoding="utf-8")
    return [(one.page, one.target, one.reason) for one in broken_links(site)]


@pytest.mark.parametrize("target", GOOD)
def test_what_leads_somewhere(site: Path, target: str) -> None:
    assert put(site, f'<a href="{target}">x</a>') == []


@pytest.mark.parametrize("target", BAD)
def test_what_leads_nowhere(site: Path, target: str) -> None:
    assert put(site, f'<a href="{target}">x</a>') == [("notes/index.html", target, BAD[target])]


@pytest.mark.parametrize("element", ["img src='no.png'", "script src='no.png'", "link href='no.png'"])
def test_everything_that_a_page_fetches(site: Path, element: str) -> None:
    assert [target for _, target, _ in put(site, f"<{element}></p>")] == ["no.png"]


def test_each_target_is_told_once_as_printed(site: Path) -> None:
    put(site, '<a href="no/">x</a><a href="no/">y</a>')
    assert list(map(str, broken_links(site))) == ["notes/index.html: no/ (ページがありません)"]
