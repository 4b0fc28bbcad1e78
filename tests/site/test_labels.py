"""Every word that the templates themselves say, page by page: `labels.txt`, read by eye when made.

The pages are made from front matter in which each text is a ◆, so that what else is to be read comes
from a template. Numbers are 0. Each line stands once for each kind of page and place on it.

`UPDATE_GOLDEN=1` writes the file anew; look at what changed before you keep it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from lxml import html

from kb.link import build_base
from kb.model.registry import Paper, Presenter, Registry, Tag, Topic, Venue
from kb.pages import Page, all_pages
from kb.pages.front_matter import write_front_matter
from kb.site.engines import ENGINES, build_site
from kb.site.scaffold import complete
from kb.sources import Reader
from tests.site.conftest import HOME, LOOKED_AT
from tests.support.fronts import Front, front_of
from tests.support.notes import base_of
from tests.support.worlds import entry

Said = Callable[[str], str]
"""What the templates say by the name of an engine."""
LABELS = Path(__file__).with_name("labels.txt")
MARK = "◆"
KEPT = ("template", "page_kind", "edit_path", "anchor", "year", "redirect")
"""Keys whose values are no texts to be read."""
SPOKEN = ("title", "aria-label", "alt", "placeholder")
_SHOWN = "//article//*[not(self::script or self::style)] | //nav[contains(@class, 'md-nav--secondary')]//*"


def marked(value: object, key: str = "") -> object:
    """A value of front matter with a mark in place of each text, the same for the same.

    An empty text stays empty.
    """
    match value:
        case dict():
            return {name: marked(inner, name) for name, inner in value.items()}
        case list():
            return [marked(inner) for inner in value]
        case str() if value and key not in KEPT and not key.endswith("url"):
            return _mark(value)
        case _:
            return value


@cache
def _mark(_: str) -> str:
    return f"{MARK}{next(_numbers)}"


_numbers = count()


def small() -> Iterator[Page]:
    """Everything that occurs in a small corpus."""
    sources = Reader(HOME / "tests/link/corpus").read()
    yield from all_pages(build_base(sources.sessions, sources.registry))


def large() -> Iterator[Page]:
    """Lists that need more than one page, and lists that are folded."""
    people = tuple(Presenter(f"p{number}", f"Person {number:02}") for number in range(30))
    narrower = tuple(Tag(f"t{number}", f"語{number:02}", f"t{number}", broader="top") for number in range(14))
    papers = tuple(
        Paper(
            f"w{number}",
            f"Paper number {number:03}",
            issued=str(2020 + number % 2),
            container_title=("LBL", "Other", "")[number % 3],
        )
        for number in range(160)
    )
    registry = Registry(people, papers, (Tag("top", "総称", "top"), *narrower), (Topic("gam", "GAM"),))
    registry = replace(registry, venues=(Venue("lbl", "LBL", "Labels", ("L",), "https://example.org/"),))
    notes = {}
    for number in range(190):
        date = f"d{2020 + number // 50}_{number % 50 // 5 + 1:02}_{number % 5 + 10}"
        notes[date] = "# 部\n\n" + _large_entry(number)
    shown = (
        "sessions/",
        "topics/index",
        "topics/gam",
        "topics/hub100",
        "papers/",
        "presenters/p1",
        "tags/",
        "venues/",
    )
    for page in all_pages(base_of(registry, **notes)):
        if page.path.startswith(shown) and not re.match(r"sessions/\d{4}-|papers/w", page.path):
            yield Page(page.path.replace("/", "/large-", 1), page.text)


def _large_entry(number: int) -> str:
    """A few people and tags have most entries; one topic names much, many topics name the same."""
    hub = 100 <= number < 112
    named = [f"Paper number {other:03}" for other in range(160) if number == 99]
    named += [f"Paper number {other:03}" for other in range(1, 13) if number == 100]
    named += [f"Paper number {other:03}" for other in (1, number - 99) if hub and number > 100]
    return entry(
        f"題{number}",
        *("総称の話と Person 03 さん、arXiv:2511.00001。", "[p1] あ", "、".join(named)),
        *(["GAM の話"] if 30 <= number < 45 else []),
        発表者="@Person 01, @Person 02" if number % 2 else f"@Person 01, @Person {number % 30:02}",
        タグ="top, " + ", ".join(f"t{other}" for other in range(14)) if number == 3 else "top, extra",
        トピック="gam" if number < 30 else f"hub{number}" if hub else "",
    )


def nothing() -> Iterator[Page]:
    """The home page before the first note."""
    for page in all_pages(base_of(Registry())):
        if page.path == "index.md":
            yield Page("nothing.md", page.text)


def written(page: Page) -> str:
    front: Front = marked(front_of(page.text))  # type: ignore[assignment]
    level = "# " if front["page_kind"] != "home" else "## "
    return f"{write_front_matter(front)}\n{level}{MARK}\n"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    return cache(lambda engine: _said(tmp_path_factory.mktemp(f"labels-{engine}"), engine))


def _said(root: Path, engine: str) -> str:
    kinds = {}
    (root / "docs/guide").mkdir(parents=True)
    (root / "docs/dev").mkdir()
    for page in (*small(), *large(), *nothing()):
        path = root / "docs" / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(page), encoding="utf-8")
        kinds[page.path] = front_of(page.text)["page_kind"]
    complete(root)
    built = build_site(root, ENGINES[engine], strict=False, finish=lambda _: None)
    assert built.ok, built.output
    pages = {**kinds, "search.md": "search", "404.html": "404"}
    lines: dict[str, None] = {}
    for name, kind in sorted(pages.items(), key=lambda pair: (pair[1], pair[0])):
        for line in _labels(root / "site" / _address(name)):
            lines.setdefault(f"{kind} | {line}")
    return "\n".join(lines) + "\n"


def _address(path: str) -> str:
    if path.endswith(".html"):
        return path
    stem = path.removesuffix(".md")
    return f"{stem}.html" if Path(path).stem == "index" else f"{stem}/index.html"


def _labels(file: Path) -> Iterator[str]:
    """The own texts of the elements of a page, each with the place where it stands."""
    tree = html.fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    for element in tree.xpath(f"{_SHOWN} | //*[@data-search]//*"):
        place = f"{_place(element)} | {element.tag}"
        own = [element.text or "", *(child.tail or "" for child in element)]
        for text in map(_plain, own):
            if re.search(r"\w", text):
                yield f"{place} | {text}"
        for name in SPOKEN:
            if re.search(r"\w", spoken := _plain(element.get(name, ""))):
                yield f"{place} | {name}={spoken}"


def _plain(text: str) -> str:
    text = re.sub(f"{MARK}\\d+", MARK, " ".join(text.split()))
    return re.sub(r"\d[\d,]*", "0", text)


def _place(element: html.HtmlElement) -> str:
    """The nearest class of ours."""
    for one in (element, *element.iterancestors()):
        for name in one.get("class", "").split():
            if name.startswith("kb-") and not name.startswith("kb-page"):
                return str(name)
    return "-"


def test_every_label_of_every_kind_of_page(said: Said) -> None:
    found = said("mkdocs")
    if os.environ.get("UPDATE_GOLDEN"):
        LABELS.write_text(found, encoding="utf-8")
    assert found.splitlines() == LABELS.read_text(encoding="utf-8").splitlines()


def test_every_engine_says_the_same(said: Said) -> None:
    """Of what the theme adds, each engine has its own."""
    ours = [{line for line in said(engine).splitlines() if "| - |" not in line} for engine in LOOKED_AT]
    assert all(one == ours[0] for one in ours)
