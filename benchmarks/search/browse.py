"""Asks engines in Chromium: every query, twice in one page, and a few in fresh browsers on a slow line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlencode, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from search.engines import Ready
from search.queries import SCREEN, Query
from search.server import Server, Transfer

WEB = Path(__file__).resolve().parent / "web"
PATIENCE = 600_000
"""Milliseconds for one answer."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page in an answer."""

    url: str
    """Below the site's root, without an anchor."""
    why: str
    """Not empty where the engine says that the query does not stand there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine said, and when."""

    hits: tuple[Hit, ...]
    total: int
    first: float
    """Milliseconds until a hit could be shown."""
    done: float
    """Milliseconds until the answer was complete."""
    first_at: float
    """When the first hit could be shown, in seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class ColdAnswer:
    """An answer with nothing in the browser's cache, on a slow line."""

    answer: Answer
    index_bytes: int
    """Until the first hit could be shown, as all that follows."""
    index_requests: int
    code_bytes: int
    code_requests: int
    all_bytes: int
    """Until the answer was complete."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that the browser saw of an engine."""

    new: Sequence[Answer]
    """Each query for the first time in this page."""
    warm: Sequence[Answer]
    """Each once more."""
    cold: Sequence[ColdAnswer]
    memory: float
    """Megabytes of the renderer, after all queries."""
    empty_memory: float
    """The same before the first query."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the search page shows."""

    urls: tuple[str, ...]
    total: int
    seconds: float
    """From the start of the navigation."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the tests."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


def ask_all(browser: Browser, engine: Ready, queries: Sequence[Query], cold: Sequence[Query]) -> Asked:
    """Measure an engine."""
    server = Server({"harness": WEB, **engine.mounts})
    try:
        with _page(browser, server, engine) as page:
            empty = _renderer_memory(browser)
            new = [_ask(page, query.text) for query in queries]
            warm = [_ask(page, query.text) for query in queries]
            memory = _renderer_memory(browser)
        slow = [_ask_cold(browser, server, engine, query) for query in cold]
    finally:
        server.close()
    return Asked(new, warm, slow, memory, empty)


@contextmanager
def _page(browser: Browser, server: Server, engine: Ready) -> Iterator[Page]:
    """The harness in a browser that has nothing in its cache."""
    context = browser.new_context(service_workers="block")
    try:
        page = context.new_page()
        parameters = urlencode({"engine": engine.name, **engine.options})
        page.goto(f"{server.address}/harness/harness.html?{parameters}")
        page.wait_for_function("'ask' in window")  # its bare name would be called
        yield page
    finally:
        context.close()


def _ask(page: Page, text: str) -> Answer:
    asked = "([text, limit, patience]) => Promise.race([window.ask(text, limit), late(patience)])"
    late = "const late = (ms) => new Promise((_, no) => setTimeout(() => no(new Error('no answer')), ms));"
    got = page.evaluate(f"(given) => {{ {late} return ({asked})(given); }}", [text, SCREEN, PATIENCE])
    hits = tuple(Hit(_address(hit["url"]), hit["why"]) for hit in got["hits"])
    return Answer(hits, got["total"], got["first"], got["done"], got["firstAt"])


def _address(url: str) -> str:
    return re.sub(r"(?:^|/)index\.html$", "/", unquote(urlsplit(url).path)).lstrip("/")


def _ask_cold(browser: Browser, server: Server, engine: Ready, query: Query) -> ColdAnswer:
    with _page(browser, server, engine) as page:
        server.transfers.clear()
        with server.slow_line():
            answer = _ask(page, query.text)
        transfers = [each for each in server.transfers if not each.path.startswith("/harness/")]
        early = [each for each in transfers if each.ended <= answer.first_at]
    code = [each for each in early if engine.is_code(each.path)]
    index = [each for each in early if not engine.is_code(each.path)]
    return ColdAnswer(answer, _bytes(index), len(index), _bytes(code), len(code), _bytes(transfers))


def _bytes(transfers: Sequence[Transfer]) -> int:
    return sum(each.size for each in transfers)


def _renderer_memory(browser: Browser) -> float:
    """Resident megabytes of the largest renderer; the others are spare ones."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return max((_resident(each["id"]) for each in processes if each["type"] == "renderer"), default=0.0)


def _resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.M)
    return int(found[1]) / 1000 if found else 0.0


def look_all(browser: Browser, engine: Ready, queries: Sequence[Query]) -> list[Shown]:
    """What the search page shows for each query, opened by its address."""
    server = Server(engine.mounts)
    mount = next(iter(engine.mounts))
    context = browser.new_context(service_workers="block")
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE / 20)
        return [_look(page, f"{server.address}/{mount}/", query) for query in queries]
    finally:
        context.close()
        server.close()


def _look(page: Page, root: str, query: Query) -> Shown:
    page.goto(f"{root}search/?q={quote(query.text)}", wait_until="commit")
    page.wait_for_selector('[data-search][data-search-state="done"]', state="attached")
    seconds = page.evaluate("performance.now()") / 1000
    links = page.eval_on_selector_all(
        "[data-search] [data-hit]", "all => all.map(e => e.querySelector('a').href)"
    )
    count = page.eval_on_selector_all("[data-search] [data-hit-count]", "all => all.map(e => e.textContent)")
    urls = tuple(unquote(urlsplit(link).path).removeprefix(urlsplit(root).path) for link in links)
    return Shown(urls, int("".join(re.findall(r"\d", "".join(count))) or 0), seconds)
