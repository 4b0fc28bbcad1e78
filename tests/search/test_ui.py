"""The search's overlay and page in Chromium, with a worker that answers by a script instead of an index."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from kb.cli.site import main
from kb.site.engines import ENGINES
from tests.site.conftest import HOME, LOOKED_AT, copy_checkout
from tests.site.test_browser import DESK, PHONE, serve

MOCK = Path(__file__).with_name("mock_worker.js")
FIELD = "input.kb-search__field"
DONE = "[data-search][data-search-state=done]"
TITLES = "[data-hit] h2 a"
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, {get() { throw new DOMException("blocked", "SecurityError") }})"""


@dataclass
class Tab:
    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url.removeprefix(self.address)))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str) -> None:
        self.page.goto(self.address + path, wait_until="load")

    def overlay(self, query: str = "", path: str = "topics/sdd/") -> None:
        """Opens the overlay on a page, and types."""
        self.open(path)
        self.page.keyboard.press("/")
        expect(self.page.locator("dialog")).to_be_visible()
        if query:
            self.type(query)

    def type(self, query: str) -> None:
        self.page.locator(FIELD).fill(query)
        self.answered(query)

    def answered(self, query: str) -> None:
        expect(self.page.locator(f"{DONE} [data-notice]")).to_contain_text(f"「{query}」の答え")

    @property
    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.textContent || document.activeElement.name"))

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The built site of each engine, with the mock for a worker."""

    def build(engine: str) -> Path:
        root = copy_checkout(tmp_path_factory.mktemp(f"ui-{engine}"))
        shutil.copy2(HOME / "docs/search.md", root / "docs/search.md")
        shutil.copy2(MOCK, root / "docs/assets/javascripts/search/worker.js")
        assert main(["--root", str(root), "--strict", "--engine", engine]) == 0
        return root / "site"

    return cache(build)


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, sites: Callable[[str], Path]) -> Path:
    """MkDocs's, unless a test asks for both: only what the themes bring can differ."""
    return sites(getattr(request, "param", "mkdocs"))


IN_BOTH = pytest.mark.parametrize("site", LOOKED_AT, indirect=True)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serve(site) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("There is no chromium on the PATH; `scripts/ensure-chromium` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="ja-JP", viewport=DESK, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext, address: str) -> Iterator[Tab]:
    tab = Tab(context.new_page(), address)
    yield tab
    assert tab.errors == []


@IN_BOTH
def test_nothing_of_the_search_is_fetched_before_it_is_opened(tab: Tab) -> None:
    tab.open("topics/sdd/")
    tab.page.wait_for_timeout(200)
    scripts = [one for one in tab.requests if "search" in one and not one.endswith(".css")]
    assert scripts == ["assets/javascripts/search/boot.js"]


def test_the_boot_module_is_tiny(site: Path) -> None:
    assert (site / "assets/javascripts/search/boot.js").stat().st_size < 2000


@IN_BOTH
def test_nothing_of_the_themes_search_is_left(site: Path) -> None:
    assert not list(site.rglob("search_index.js*"))
    assert not [part for one in ENGINES.values() for part in one.unused if (site / part).exists()]
    left = r'class="md-search|data-md-component="search|name="search"|"search\.(highlight|suggest|share)'
    for page in site.rglob("*.html"):
        assert not re.search(left, page.read_text(encoding="utf-8")), page


@IN_BOTH
@pytest.mark.parametrize("key", ["/", "s", "Control+k", "Meta+k"])
def test_keys_open_the_overlay(tab: Tab, key: str) -> None:
    tab.open("topics/sdd/")
    tab.page.keyboard.press(key)
    expect(tab.page.locator("dialog")).to_be_visible()
    expect(tab.page.locator(FIELD)).to_be_focused()
    expect(tab.page.locator(FIELD)).to_have_value("")
    tab.page.keyboard.type("s/")
    expect(tab.page.locator(FIELD)).to_have_value("s/")


@IN_BOTH
def test_the_header_opens_it_and_leads_to_the_page_in_a_new_tab(tab: Tab) -> None:
    tab.open("topics/sdd/")
    link = tab.page.locator("[data-search-open]")
    assert link.get_attribute("href") == "../../search/"
    link.click()
    expect(tab.page.locator("dialog")).to_be_visible()


@IN_BOTH
def test_esc_closes_and_gives_the_focus_back(tab: Tab) -> None:
    tab.open("topics/sdd/")
    tab.page.locator(".md-tabs__link").nth(2).focus()
    before = tab.focused
    tab.page.keyboard.press("Control+k")
    expect(tab.page.locator(FIELD)).to_be_focused()
    tab.type("モデル")
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator("dialog")).to_be_hidden()
    assert tab.focused == before
    tab.page.keyboard.press("/")
    expect(tab.page.locator(FIELD)).to_have_value("モデル")
    expect(tab.page.locator("[data-hit]")).to_have_count(10)


@IN_BOTH
def test_a_hit_says_everything(tab: Tab) -> None:
    tab.overlay("モデル")
    hits = tab.page.locator("[data-hit]")
    expect(hits).to_have_count(10)
    expect(tab.page.locator("[data-hit-count]")).to_have_text("37")
    first, second = hits.nth(0), hits.nth(1)
    for text in ("論文", "2025-11-25", "Shun Ito、GAM", "#LLM", "節 GAM"):
        expect(first).to_contain_text(text)
    assert first.locator("mark").all_inner_texts() == ["Deep Research", "メモリ", "メモリ"]
    expect(second).to_contain_text("同義語「ゼロショット」")
    expect(second).to_contain_text("ほかに 1 か所")
    assert first.locator("a").first.get_attribute("href") == (
        f"{tab.address}topics/gam/?q=%E3%83%A1%E3%83%A2%E3%83%AA&q=Deep+Research#e-2025-11-25"
    )


def test_texts_of_the_index_are_no_markup(tab: Tab) -> None:
    tab.page.add_init_script("window.owned = () => document.title = 'owned'")
    tab.overlay("危 <img src=x onerror=owned(2)>")
    expect(tab.page.locator("[data-hit]").first).to_contain_text("<img src=x onerror=owned(1)>")
    assert tab.page.locator("[data-search] img").count() == 0


def test_more_hits_by_the_button(tab: Tab) -> None:
    tab.overlay("モデル")
    for count in (20, 30, 37):
        tab.page.locator(".kb-search__more").click()
        expect(tab.page.locator("[data-hit]")).to_have_count(count)
        expect(tab.page.locator(TITLES).nth((count - 1) // 10 * 10)).to_be_focused()
    expect(tab.page.locator(".kb-search__more")).to_be_hidden()


def test_an_older_answer_never_replaces_a_newer_one(tab: Tab) -> None:
    tab.overlay()
    tab.page.locator(FIELD).fill("遅い")
    tab.page.wait_for_timeout(150)
    tab.type("速い")
    tab.page.wait_for_timeout(500)
    tab.answered("速い")


def test_arrows_move_through_the_hits_and_letters_go_on_with_the_query(tab: Tab) -> None:
    tab.overlay("モデル")
    press = tab.page.keyboard.press
    titles = tab.page.locator(TITLES)
    press("ArrowDown")
    expect(titles.nth(0)).to_be_focused()
    press("ArrowDown")
    press("ArrowDown")
    expect(titles.nth(2)).to_be_focused()
    press("Tab")
    assert tab.focused in {"節 GAM", "見出し"}
    press("ArrowUp")
    press("ArrowUp")
    press("ArrowUp")
    expect(tab.page.locator(FIELD)).to_be_focused()
    press("ArrowUp")
    expect(tab.page.locator(FIELD)).to_be_focused()
    press("ArrowDown")
    press("x")
    expect(tab.page.locator(FIELD)).to_be_focused()
    expect(tab.page.locator(FIELD)).to_have_value("モデルx")


def test_tab_goes_on_to_the_facets(tab: Tab) -> None:
    tab.overlay("モデル")
    seen = []
    for _ in range(4):
        tab.page.keyboard.press("Tab")
        seen.append(tab.focused)
    assert any("論文" in one for one in seen)


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_enter_opens_the_active_hit_or_the_first(tab: Tab, steps: int) -> None:
    tab.overlay("モデル")
    for _ in range(steps):
        tab.page.keyboard.press("ArrowDown")
    with tab.page.expect_navigation():
        tab.page.keyboard.press("Enter")
    expected = ("topics/gam/", "#e-2025-11-25") if steps < 2 else ("topics/sam3/", "#hit-1")
    assert tab.path.startswith(expected[0])
    assert tab.path.endswith(expected[1])


def test_enter_waits_for_the_answer_to_what_was_typed(tab: Tab) -> None:
    tab.overlay("モデル")
    tab.page.locator(FIELD).fill("遅い")
    with tab.page.expect_navigation():
        tab.page.keyboard.press("Enter")
    assert tab.path.startswith("topics/gam/")


@pytest.mark.parametrize("steps", [0, 1])
def test_control_enter_opens_a_new_tab(tab: Tab, context: BrowserContext, steps: int) -> None:
    tab.overlay("モデル")
    for _ in range(steps):
        tab.page.keyboard.press("ArrowDown")
    with context.expect_page() as opened:
        tab.page.keyboard.press("Control+Enter")
    assert "topics/gam/" in opened.value.url
    assert tab.path == "topics/sdd/"


@pytest.mark.parametrize("path", ["topics/sdd/", "search/"])
def test_while_a_conversion_goes_on_keys_belong_to_the_input_method(tab: Tab, path: str) -> None:
    tab.open(path)
    tab.page.keyboard.press("/")
    tab.page.locator(FIELD).focus()
    before = tab.page.url
    method = tab.page.context.new_cdp_session(tab.page)
    method.send("Input.imeSetComposition", {"text": "もでる", "selectionStart": 3, "selectionEnd": 3})
    tab.page.wait_for_timeout(250)
    expect(tab.page.locator("[data-search]")).to_have_attribute("data-search-state", "idle")
    for key in ("ArrowDown", "ArrowUp", "Enter", "Escape"):
        tab.page.evaluate(
            """key => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
                {key, keyCode: 229, isComposing: key !== "Enter", bubbles: true, cancelable: true}))""",
            key,
        )
    expect(tab.page.locator(FIELD)).to_be_focused()
    method.send("Input.insertText", {"text": "モデル"})
    tab.answered("モデル")
    expect(tab.page.locator(FIELD)).to_be_focused()
    assert tab.page.url.startswith(before)


def test_facets_change_the_query(tab: Tab) -> None:
    tab.overlay("モデル")
    group = tab.page.get_by_role("group", name="発表者")
    expect(group.locator("button[aria-pressed]")).to_have_count(6)
    group.get_by_role("button", name="ほか 2").click()
    expect(group.locator("button[aria-pressed]")).to_have_count(8)
    group.get_by_role("button", name="Yamada").click()
    tab.answered("モデル 発表者:Yamada")
    expect(tab.page.locator(FIELD)).to_have_value("モデル 発表者:Yamada")
    chip = group.get_by_role("button", name="Yamada")
    expect(chip).to_be_focused()
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.click()
    tab.answered("モデル")


def test_sorting_and_notices(tab: Tab) -> None:
    tab.overlay("モデル")
    tab.page.get_by_role("button", name="新しい順").click()
    expect(tab.page.locator(TITLES).first).to_contain_text("GAM 5")
    assert tab.page.get_by_role("link", name="検索ページで開く").get_attribute("href") == (
        f"{tab.address}search/?q=%E3%83%A2%E3%83%87%E3%83%AB&sort=date"
    )
    tab.page.get_by_role("link", name="別の問いで探す").click()
    tab.answered("別の問い")
    expect(tab.page.locator(FIELD)).to_be_focused()


def test_the_number_of_hits_is_spoken(tab: Tab) -> None:
    tab.overlay("モデル")
    spoken = tab.page.locator("[data-search] [role=status]")
    expect(spoken).to_have_text("37件見つかりました")
    tab.page.locator(FIELD).fill("無い")
    expect(spoken).to_have_text("見つかりませんでした")
    expect(tab.page.locator(".kb-search__notices")).to_contain_text("「無い」を含むページはありません")
    expect(tab.page.locator("[data-hit-count]")).to_have_text("0")


@pytest.mark.parametrize("query", ["壊れ"])
def test_a_problem_is_told_and_can_be_tried_again(tab: Tab, query: str) -> None:
    tab.overlay("モデル")
    tab.page.locator(FIELD).fill(query)
    root = tab.page.locator("[data-search]")
    expect(root).to_have_attribute("data-search-state", "error")
    expect(root.get_by_role("alert")).to_contain_text("索引を読み込めませんでした")
    assert root.locator("[data-hit]").count() == 0
    root.get_by_role("button", name="もう一度試す").click()
    expect(root).to_have_attribute("data-search-state", "error")
    tab.type("モデル")
    expect(root.get_by_role("alert")).to_have_count(0)


def test_a_worker_that_does_not_start(tab: Tab) -> None:
    tab.page.context.route("**/search/worker.js", lambda route: route.abort())
    tab.open("search/?q=モデル")
    root = tab.page.locator("[data-search]")
    expect(root).to_have_attribute("data-search-state", "error")
    expect(root.get_by_role("alert")).to_contain_text("動かせませんでした")
    tab.page.context.unroute("**/search/worker.js")
    root.get_by_role("button", name="もう一度試す").click()
    tab.answered("モデル")


def test_blocked_storage_breaks_nothing(context: BrowserContext, address: str) -> None:
    context.add_init_script(BLOCKED)
    tab = Tab(context.new_page(), address)
    tab.overlay("モデル")
    expect(tab.page.locator("[data-hit]")).to_have_count(10)
    tab.open("search/?q=モデル")
    tab.answered("モデル")


@IN_BOTH
def test_the_page_is_its_address(tab: Tab) -> None:
    tab.open("search/?q=モデル&sort=date")
    tab.answered("モデル")
    expect(tab.page.locator(FIELD)).to_have_value("モデル")
    expect(tab.page.locator("[data-hit]")).to_have_count(20)
    expect(tab.page.locator("[data-search]")).to_have_count(1)
    expect(tab.page.locator(TITLES).first).to_contain_text("GAM 5")
    tab.page.reload()
    tab.answered("モデル")


def test_typing_follows_in_the_address_and_a_settled_query_is_history(tab: Tab) -> None:
    tab.open("search/?q=一")
    tab.answered("一")
    length = tab.page.evaluate("history.length")
    tab.type("二")
    tab.type("二つ")
    assert tab.page.evaluate("history.length") == length
    assert tab.path == "search/?q=%E4%BA%8C%E3%81%A4"
    tab.page.locator(FIELD).press("Enter")
    assert tab.page.evaluate("history.length") == length + 1
    assert tab.path == "search/?q=%E4%BA%8C%E3%81%A4"
    tab.page.get_by_role("button", name="論文").click()
    tab.answered("二つ 種類:論文")
    assert tab.page.evaluate("history.length") == length + 2
    tab.page.go_back()
    tab.answered("二つ")
    tab.page.go_back()
    tab.answered("一")
    expect(tab.page.locator(FIELD)).to_have_value("一")
    tab.page.go_forward()
    tab.answered("二つ")


def test_on_the_page_a_second_enter_opens_and_back_returns(tab: Tab) -> None:
    tab.open("search/")
    tab.type("モデル")
    tab.page.locator(FIELD).press("Enter")
    assert tab.path.startswith("search/?q=")
    with tab.page.expect_navigation():
        tab.page.locator(FIELD).press("Enter")
    assert tab.path.startswith("topics/gam/")
    tab.page.go_back()
    tab.answered("モデル")


@IN_BOTH
def test_the_place_is_marked_on_the_page_that_a_hit_opens(tab: Tab) -> None:
    tab.overlay("モデル")
    with tab.page.expect_navigation():
        tab.page.locator(TITLES).first.click()
    marks = tab.page.locator("article mark.kb-found")
    expect(marks.first).to_be_visible()
    assert set(marks.all_inner_texts()) <= {"メモリ", "Deep Research", "Deep\nResearch"}
    first = tab.page.locator("mark.kb-found--first")
    expect(first).to_be_in_viewport()
    assert tab.page.locator("#e-2025-11-25").count() == 1


def test_marks_go_over_inner_elements_and_other_widths(tab: Tab) -> None:
    tab.open("topics/gam/")
    text = tab.page.locator("article li").first.inner_text()[:30]
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text.split("\n")[0])
    tab.page.goto(tab.address + "topics/gam/?q=" + wide)
    expect(tab.page.locator("mark.kb-found").first).to_be_visible()


def test_strange_addresses_mark_nothing(tab: Tab) -> None:
    for path in ("topics/gam/?q=", "topics/gam/?q=%20&q=%E3%83#nowhere", "topics/gam/?q=" + "x" * 5000):
        tab.open(path)
        tab.page.wait_for_timeout(150)
        assert tab.page.locator("mark.kb-found").count() == 0


@IN_BOTH
def test_without_scripts_the_page_says_what_to_do(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ja-JP")
    page = context.new_page()
    page.goto(address + "topics/sdd/")
    page.locator("[data-search-open]").click()
    assert page.url == address + "search/"
    said = page.locator(".kb-no-script")
    expect(said.get_by_text("JavaScript で動きます")).to_be_visible()
    assert page.locator("noscript").count()
    for link in said.locator("a").all():
        assert page.request.get(str(link.evaluate("one => one.href"))).ok
    assert [link.inner_text() for link in said.locator("a").all()] == ["トピック", "タグ", "発表者"]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["search/?q=モデル", "search/", "topics/sdd/"])
def test_on_a_phone_nothing_sticks_out_and_all_can_be_touched(
    browser: Browser, address: str, scheme: str, path: str
) -> None:
    dark = scheme == "dark"
    context = browser.new_context(
        viewport=PHONE,
        has_touch=True,
        is_mobile=True,
        color_scheme="dark" if dark else "light",
        locale="ja-JP",
    )
    tab = Tab(context.new_page(), address)
    tab.open(path)
    if path.startswith("topics"):
        tab.page.locator("[data-search-open]").tap()
        tab.page.locator(FIELD).fill("モデル")
    if path != "search/":
        tab.answered("モデル")
        tab.page.locator("summary", has_text="絞り込む").tap()
    assert tab.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    small = tab.page.evaluate(
        """[...document.querySelectorAll(":is([data-search], dialog) :is(a, button, input, summary)")]
            .map(one => [one.textContent, one.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 39.5 || box.right > innerWidth))
            .map(([text, box]) => `${text} ${box.height} ${box.right}`)"""
    )
    assert small == []
    context.close()


@pytest.mark.parametrize(
    "query", ["x" * 10_000, "   ", "!?()[]*+\\", "😀", "\ud842\udfb7か\u3099", "<script>owned(1)</script>"]
)
def test_any_query_can_be_typed(tab: Tab, query: str) -> None:
    tab.open("search/")
    tab.page.locator(FIELD).fill(query)
    state = "done" if query.strip() else "idle"
    expect(tab.page.locator("[data-search]")).to_have_attribute("data-search-state", state)
