"""The check of links finds what is broken, and nothing else: the tests of the built site stand on it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kb.site.links import PageLinks, broken_links, page_links
from tests.support.steps import assert_in_proportion

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
    " https://example.org/nowhere#x ",
    "../topics/gam/?q=1#old",
    "?q=1#here",
    "../404.html#",
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
    "/topics/gam/": NO_PAGE,
    "../topics/gam/?q=1#new": NO_ANCHOR,
    "../topics%2Fnone": NO_PAGE,
    "%00": NO_PAGE,
    "x" * 300: NO_PAGE,
    "../404.html#x": NO_ANCHOR,
}

# What is followed and what is not, as of elements with one target, `no.png`, that is not there.
FOLLOWED = (
    "<img src='no.png'>",
    "<script src='no.png'></script>",
    "<link href='no.png'>",
    "<A HREF = no.png >x</A>",
    "<base href='../topics/gam/'><a href='no.png'>x</a>",
    "<svg><a href='no.png'><text>x</text></a></svg>",
    "<table><a href='no.png'>x</table>",
    "<template><a href='no.png'>x</a></template>",
    "<a href='no&#46;png'>x</a>",
    "<noscript><img src='no.png'></noscript>",
)
NOT_FOLLOWED = (
    "<img srcset='no.png 2x'>",
    "<source srcset='no.png'>",
    "<svg><use xlink:href='no.svg#x'/></svg>",
    "<svg><image href='no.png'/></svg>",
    "<video src='no.png' poster='no.png'></video>",
    "<iframe src='no.png'></iframe>",
    "<form action='no.png'></form>",
    "<meta http-equiv='refresh' content='0; url=no.png'>",
    "<!-- <a href='no.png'>x</a> -->",
    "<script>'<a href=\"no.png\">'</script>",
    "<textarea><a href='no.png'>x</a></textarea>",
    "<p data-href='no.png' title='<a href=no.png>'>x</p>",
)


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


@pytest.mark.parametrize("element", FOLLOWED)
def test_what_a_page_fetches_or_links(site: Path, element: str) -> None:
    assert put(site, element) == [("notes/index.html", "no.png", NO_PAGE)]


@pytest.mark.parametrize("element", NOT_FOLLOWED)
def test_what_is_no_link_of_a_page(site: Path, element: str) -> None:
    assert put(site, element) == []


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"\0", b"\xff\xfe", b"<!-- x -->", b"<?xml version='1.0'?>"]
)
def test_a_file_with_nothing_in_it_is_a_page(site: Path, content: bytes) -> None:
    (site / "empty.html").write_bytes(content)
    assert put(site, "<a href='../empty.html'>x</a><a href='../empty.html#x'>x</a>") == [
        ("notes/index.html", "../empty.html#x", NO_ANCHOR)
    ]


def test_a_folder_may_be_called_like_a_page(site: Path) -> None:
    (site / "a.html").mkdir()
    (site / "a.html/index.html").write_text('<p id="b">', encoding="utf-8")
    assert put(site, "<a href='../a.html'>x</a><a href='../a.html/#b'>x</a><a href='../a.html#c'>x</a>") == [
        ("notes/index.html", "../a.html#c", NO_ANCHOR)
    ]


def test_what_is_broken_is_told_by_page_and_kind(site: Path) -> None:
    """Pages by their names, then links, images, stylesheets and programs, each as they stand."""
    found = put(site, "<script src=s></script><img src=i><a href=b>x</a><link href=l><a href='#a'>x</a>")
    assert [target for _, target, _ in found] == ["b", "#a", "i", "l", "s"]
    (site / "a.html").write_text("<a href='b#c'>x</a>", encoding="utf-8")
    assert next(broken_links(site)).page == "a.html"


def test_each_target_is_told_once_as_printed(site: Path) -> None:
    put(site, '<a href="no/">x</a><a href="no/">y</a>')
    assert list(map(str, broken_links(site))) == ["notes/index.html: no/ (ページがありません)"]


# ---- memory and work


PIECE = '<p class="x" title="y"><b>a</b> <i>b</i> <a href="../p{0}/#s{0}">c</a></p>'
PARTS = 300
"""Of a page, so that the page is far larger than its links."""
NUMBER = "import sys, resource, pathlib; from kb.site.links import broken_links; "
NUMBER += "print(len(list(broken_links(pathlib.Path(sys.argv[1])))), "
NUMBER += "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def write_pages(site: Path, count: int, parts: int) -> Path:
    """A site of pages that link each other with an anchor, all but the last, which asks too much."""
    for number in range(count):
        folder = site / f"p{number}"
        folder.mkdir(parents=True)
        text = f'<h2 id="s{number}">x</h2>' + PIECE.format(number + 1) * parts
        (folder / "index.html").write_text(text, encoding="utf-8")
    return site


def peak(site: Path) -> int:
    """The peak of memory of a process that follows the links of a site, in what the system counts in."""
    done = subprocess.run(
        [sys.executable, "-c", NUMBER, str(site)], capture_output=True, text=True, check=True
    )
    broken, size = map(int, done.stdout.split())
    assert broken == 1
    return size


def test_memory_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    """Of the whole process: what the parser holds is not Python's to count."""
    few, many = (peak(write_pages(tmp_path / str(count), count, PARTS)) for count in (50, 200))
    assert many < 1.1 * few, f"{few:,}, then {many:,}"


def test_what_is_kept_of_a_page_is_its_links_and_anchors() -> None:
    page = page_links(
        b'<h1 id="a">x</h1><a name="b"></a><a href="c">x</a><a href="c">x</a><a href="//d">x</a>'
    )
    assert page == PageLinks(frozenset({"a", "b"}), ("c",))
    assert {type(one) for one in (*page.anchors, *page.asked)} == {str}, "none that holds the page"


def test_links_are_followed_in_proportion_to_the_pages(tmp_path: Path) -> None:
    sites = {count: write_pages(tmp_path / str(count), count, 3) for count in (10, 20, 80)}
    assert_in_proportion(lambda count: lambda: list(broken_links(sites[count])), 20)


def test_each_page_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []

    def reading(content: bytes) -> PageLinks:
        read.append(content)
        return page_links(content)

    monkeypatch.setattr("kb.site.links.page_links", reading)
    write_pages(tmp_path, 5, 3)
    assert len(list(broken_links(tmp_path))) == 1
    assert len(read) == len(set(read)) == 5
