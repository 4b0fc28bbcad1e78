"""The built site as a browser shows it: nothing from elsewhere, nothing sideways, all by keyboard."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, ViewportSize, sync_playwright

from tests.site.conftest import Built, parsed

PREFIX = "/study-notes/"
PAGES = (
    "",
    "sessions/",
    "sessions/2025-11-25/",
    "topics/",
    "topics/sdd/",
    "topics/hai-guidelines/",
    "topics/video-models/",
    "papers/",
    "papers/yan2025-gam/",
    "presenters/",
    "presenters/hiromu-nakamura/",
    "tags/",
    "tags/llm/",
    "guide/",
    "404.html",
)
"""One page of each kind, and those with a table, with remarks and with long titles."""
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
SCHEMES: tuple[tuple[Literal["light", "dark"], str], ...] = (("light", "default"), ("dark", "slate"))
WIDE = """[...document.querySelectorAll("article *")]
    .filter(one => !one.closest("pre, .md-typeset__scrollwrap, .headerlink, .md-clipboard, nav"))
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 80))"""
"""What sticks out to the right, also where the page hides it; code and tables may scroll in themselves."""
BOUND = "[document.documentElement.scrollWidth, window.innerWidth]"


class _Handler(SimpleHTTPRequestHandler):
    """Serves a site below a path, as the pages of a project are served."""

    def translate_path(self, path: str) -> str:
        if not path.startswith(PREFIX):
            return str(Path(self.directory) / "outside-of-the-site")
        return super().translate_path(path[len(PREFIX) - 1 :])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def serve(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Visit:
    """A tab that remembers everything that went wrong in it."""

    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self._request(request.url))
        self.page.on("response", self._response)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))

    def cleared(self) -> Visit:
        """The tab as it is at first: nothing open, nothing remembered."""
        # A page that differed from the last one in its anchor alone would not be loaded anew.
        self.page.goto("about:blank")
        self.page.set_viewport_size(DESK)
        self.page.bring_to_front()
        self.troubles.clear()
        return self

    def _request(self, url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob") and not url.startswith(self.address):
            self.troubles.append(f"request to {url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.troubles.append(f"{response.status} for {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console {message.type}: {message.text}")

    def open(self, path: str) -> None:
        self.page.goto(self.address + path, wait_until="load")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("There is no chromium on the PATH; `scripts/ensure-chromium` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def visits(browser: Browser) -> Iterator[Callable[[Path], Visit]]:
    """A tab and a server for each site."""
    with ExitStack() as stack:
        context = browser.new_context(
            permissions=["clipboard-read", "clipboard-write"], locale="ja-JP", reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        stack.callback(context.close)
        yield cache(lambda site: Visit(context.new_page(), stack.enter_context(serve(site))))


@pytest.fixture
def visit(built: Built, visits: Callable[[Path], Visit]) -> Visit:
    """The site of this checkout."""
    return visits(built.site).cleared()


@pytest.fixture
def odd_visit(odd: Built, visits: Callable[[Path], Visit]) -> Visit:
    """The site with a former id and a note full of HTML."""
    return visits(odd.site).cleared()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_at_two_widths_in_two_schemes(visit: Visit, path: str) -> None:
    page = visit.page
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    visit.open(path)
    lightness = {}
    for scheme, name in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(f"document.body.dataset.mdColorScheme === '{name}'")
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            wide, seen = page.evaluate(BOUND)
            assert wide <= seen, f"{scheme}, {size['width']} px: {wide} px wide"
            assert page.evaluate(WIDE) == [], f"{scheme}, {size['width']} px"
        lightness[scheme] = _lightness(page)
    assert lightness["light"] > 200
    assert lightness["dark"] < 60
    assert page.locator("article h1").count() == 1
    assert visit.troubles == []


def _lightness(page: Page) -> float:
    """Of the ground of the page, from 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    parts = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    return sum(parts) / 3


def test_bibtex_can_be_copied(visit: Visit) -> None:
    visit.open("papers/yan2025-gam/")
    button = visit.page.locator("#kb-bibtex ~ .highlight button").first
    button.wait_for(state="attached")
    button.focus()
    button.press("Enter")
    visit.page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('@'))")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@misc{yan2025-gam,")
    assert copied.rstrip().endswith("}")
    assert visit.troubles == []


_FOCUSED = """(() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    return {
        name: one.className + " " + (one.textContent || one.title || "").trim().slice(0, 30),
        skip: one.matches(".md-skip"),
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
        seen: style.opacity !== "0" && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    };
})()"""


def test_the_keyboard_reaches_the_text(visit: Visit) -> None:
    visit.open("topics/hai-guidelines/")
    visit.page.keyboard.press("Tab")
    visit.page.wait_for_timeout(400)  # the skip link slides in
    first = visit.page.evaluate(_FOCUSED)
    assert first["skip"], first
    assert first["ring"], first
    assert first["seen"], first
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    inside = visit.page.evaluate("Boolean(document.activeElement.closest('article'))")
    assert inside, "the skip link does not lead into the article"


def test_each_stop_of_the_keyboard_has_a_ring(visit: Visit) -> None:
    visit.open("papers/yan2025-gam/")
    for _ in range(15):
        visit.page.keyboard.press("Tab")
        found = visit.page.evaluate(_FOCUSED)
        assert found["ring"], found


def test_the_target_of_a_link_is_marked(visit: Visit) -> None:
    for size in (PHONE, DESK):
        visit.page.set_viewport_size(size)
        visit.open("topics/hai-guidelines/#g7")
        visit.page.wait_for_function("document.querySelector('#g7:target') !== null && scrollY > 0")
        style = "getComputedStyle(document.getElementById('{}')).backgroundColor"
        assert visit.page.evaluate(style.format("g7")) != visit.page.evaluate(style.format("g8"))
        top, covered = visit.page.evaluate(
            """[document.getElementById("g7").getBoundingClientRect().top,
            document.querySelector(".md-header").getBoundingClientRect().bottom]"""
        )
        assert covered - 1 <= top < size["height"], size


def test_a_former_address_keeps_the_anchor(odd_visit: Visit) -> None:
    odd_visit.open("topics/old-gam/#e-2025-11-25")
    odd_visit.page.wait_for_url("**/topics/gam/#e-2025-11-25")
    assert odd_visit.page.locator("#e-2025-11-25:target").count() == 1
    assert odd_visit.troubles == []


@pytest.mark.parametrize(
    "path", ["", "sessions/2025-12-02/", "topics/", "topics/gam/", "tags/", "presenters/shun-ito/"]
)
def test_html_of_a_note_does_nothing(odd_visit: Visit, path: str) -> None:
    """`owned` is no function: a script or handler that ran would be an error in the console."""
    odd_visit.page.set_viewport_size(PHONE)
    odd_visit.open(path)
    odd_visit.page.mouse.move(200, 400)
    wide, seen = odd_visit.page.evaluate(BOUND)
    assert wide <= seen
    assert odd_visit.page.locator("article").is_visible()
    assert odd_visit.troubles == []


def test_an_image_beside_a_note_is_drawn(odd_visit: Visit, odd: Built) -> None:
    assert parsed(odd.site / "topics/gam/index.html").xpath("//img[@alt='図の説明']")
    odd_visit.open("topics/gam/")
    image = odd_visit.page.locator("img[alt='図の説明']")
    image.scroll_into_view_if_needed()
    assert image.evaluate("one => one.decode().then(() => one.naturalWidth)") == 1


COPIED = """() => {
  const paragraph = document.querySelector("article p .kb-math").closest("p");
  getSelection().selectAllChildren(paragraph);
  const copied = getSelection().toString();
  getSelection().removeAllRanges();
  return copied;
}"""


def test_formulas_are_drawn_and_copied_as_tex(odd_visit: Visit) -> None:
    page = odd_visit.page
    page.set_viewport_size(PHONE)
    odd_visit.open("topics/gam/")
    assert "$x_1 < y$" in page.evaluate(COPIED)
    drawn = page.locator("article .kb-math > math")
    sizes = drawn.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert len(sizes) == 4
    assert all(size > 5 for size in sizes)
    assert page.locator("article code", has_text="href").count() == 1  # no formula, so its TeX
    assert page.locator(".md-nav--secondary", has_text="損失 \\mathcal{L} の式").count()
    assert odd_visit.troubles == []


def test_a_wide_formula_scrolls_inside_of_itself(odd_visit: Visit) -> None:
    odd_visit.page.set_viewport_size(PHONE)
    odd_visit.open("topics/gam/")
    inner, outer = odd_visit.page.locator(".kb-math--display").evaluate(
        "one => [one.scrollWidth, one.clientWidth]"
    )
    assert inner > outer
    wide, seen = odd_visit.page.evaluate(BOUND)
    assert wide <= seen


def test_an_image_on_another_host_says_what_it_is(odd_visit: Visit) -> None:
    odd_visit.open("topics/gam/")
    link = odd_visit.page.get_by_role("link", name=re.compile("遠い図.*images.example"))
    assert link.get_attribute("href") == "https://images.example/far.png"
    assert odd_visit.troubles == []


def test_a_formula_that_was_searched_for_is_marked(odd_visit: Visit) -> None:
    odd_visit.open("topics/gam/?q=mathcal")
    odd_visit.page.locator(".kb-math mark.kb-found").wait_for(state="attached")
    assert odd_visit.page.locator("article math mark").count() == 0
    colour = "one => getComputedStyle(one).backgroundColor"
    shown = [
        odd_visit.page.locator(f"article {one} .kb-math").first.evaluate(colour)
        for one in (":is(h2, h3)", "p")
    ]
    assert shown[0] != shown[1]
    assert odd_visit.troubles == []
