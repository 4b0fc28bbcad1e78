"""The public proof of the search: each query of queries.yml, asked in a browser on the built site.

The site is asked what a reader would ask, through its field and through its address. What must come
out stands in queries.yml, and for plain queries in oracle.py, which reads all pages.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
import yaml
from playwright.sync_api import Error, Page, sync_playwright

from tests.search.oracle import Oracle, fold, parse
from tests.site.conftest import HOME, build, copy_checkout
from tests.site.test_browser import serve

NOTE = "2025-11-25.md"
"""The note that the queries are about."""
BY_ADDRESS = 29
"""One query of so many is asked once more by its address; this loads a page and takes its time."""
TIMEOUT = 10_000
PATIENCE = 3
"""After so many queries without an answer nobody asks on."""
REASONS = ("synonym", "variant")
"""What a hit may have to give as its reason, beside giving one."""


@dataclass(frozen=True, slots=True)
class Case:
    """A query and what must come out."""

    q: str
    group: str
    finds: list[str] = field(default_factory=list)
    first: str | None = None
    never: list[str] = field(default_factory=list)
    count: int | None = None
    why: dict[str, str] = field(default_factory=dict)
    suggests: str = ""
    leads: list[str] = field(default_factory=list)

    @property
    def pages(self) -> set[str]:
        """All pages that hold what was typed."""
        return {*self.finds, *([] if self.first is None else [self.first])}

    @property
    def forgiven(self) -> bool:
        """Whether what was typed stands nowhere, and something near it must be offered."""
        return bool(self.suggests or self.leads)


def load() -> list[Case]:
    text = Path(__file__).with_name("queries.yml").read_text(encoding="utf-8")
    return [Case(**one) for one in yaml.safe_load(text)]


CASES = load()


@cache
def vocabulary() -> list[tuple[list[str], frozenset[str]]]:
    """Names of one thing, and what brings them all when it is typed: a tag's name, a person's reading."""
    found = []
    for tag in _registry("tags"):
        names = [tag["ja"], tag["en"], *tag.get("aliases", ())]
        found.append((names, frozenset(map(_closed, names))))
    for person in _registry("presenters"):
        reading = person.get("reading", "")
        typed = frozenset(map(_closed, [reading, *reading.split()])) - {""}
        found.append(([person["name"], *person.get("handles", ())], typed))
    return found


def _registry(name: str) -> list[dict[str, Any]]:
    read = yaml.safe_load((HOME / f"docs/data/{name}.yml").read_text(encoding="utf-8"))
    return list(read[name])


def synonyms(q: str) -> list[str]:
    """All names of what a word of the query, or several words in a row, stand for."""
    words = parse(q).wanted
    runs = (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    typed = {_closed("".join(run)) for run in runs}
    return [name for names, keys in vocabulary() if typed & keys for name in names]


def _closed(text: str) -> str:
    """Without what may stand between words."""
    return fold(text).replace(" ", "").replace("-", "")


def is_plain(case: Case) -> bool:
    """Whether the oracle alone knows all hits."""
    return not (case.why or case.forgiven or parse(case.q).facets or synonyms(case.q))


# ---- the site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout's site with the one note that the queries are about."""
    root = copy_checkout(tmp_path_factory.mktemp("queries"))
    for note in (root / "docs/notes").glob("*.md"):
        if note.name != NOTE:
            note.unlink()
    return build(root, "mkdocs").site


@pytest.fixture(scope="module")
def oracle(site: Path) -> Oracle:
    return Oracle(site)


# ---- the queries themselves


def test_there_are_enough_queries() -> None:
    assert len(CASES) >= 170
    typed = [case.q for case in CASES]
    assert sorted({q for q in typed if typed.count(q) > 1}) == []
    groups = [case.group for case in CASES]
    assert {group: groups.count(group) for group in groups if groups.count(group) < 8} == {}


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＧＰＴ－ＯＳＳ", "gpt-oss"),
        ("ｾｸﾞﾒﾝﾃｰｼｮﾝ", "せぐめんて-しょん"),
        ("セグメンテ―ション", "せぐめんて-しょん"),
        ("ヴィジョン ヴ", "びじょんぶ"),
        ("ブラインド・デノイジング", "ぶらいんどでのいじんぐ"),
        ("soft\u00adware\u200b", "software"),
        ("“it’s”", '"it\'s"'),
        ("3〜4つ、3～4つ", "3~4つ、3~4つ"),
        ("1ヶ月、ヵ", "1か月、か"),
        (" zero-shot  学習 の\nLLM ", "zero-shot学習のllm"),
        ("Nano  Banana", "nano banana"),
    ],
)
def test_the_oracle_folds(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_the_queries_agree_with_the_oracle(oracle: Oracle) -> None:
    """Needs no browser: a wrong expectation is found before the search is blamed for it."""
    wrong = [f"{case.group}: {case.q}: {problem}" for case in CASES for problem in _doubts(case, oracle)]
    assert not wrong, "\n" + "\n".join(wrong)


def _doubts(case: Case, oracle: Oracle) -> Iterator[str]:
    named = {*case.pages, *case.never, *case.why, *case.leads}
    if unknown := named - oracle.pages.keys():
        yield f"no such pages: {sorted(unknown)}"
    if set(case.why.values()) - {*REASONS}:
        yield f"unknown reason: {case.why}"
    answer = oracle.answer(case.q)
    if parse(case.q).facets:
        return
    if missing := case.pages - answer:
        yield f"does not stand on {sorted(missing)}, but on {sorted(answer)}"
    if found := answer & {*case.never, *case.why}:
        yield f"stands on {sorted(found)}"
    of_synonyms = set().union(*(oracle.answer(f'"{name}"') for name in synonyms(case.q)))
    if groundless := {page for page, kind in case.why.items() if kind == "synonym"} - of_synonyms:
        yield f"no synonym stands on {sorted(groundless)}"
    if case.forgiven and answer & {*case.leads}:
        yield f"is no near miss, it stands on {sorted(answer)}"
    if case.count is not None and case.count != len(answer):
        yield f"stands on {len(answer)} pages, {sorted(answer)}, not on {case.count}"
    if case.count != 0 and not case.forgiven and not answer:
        yield "stands nowhere"
    if case.finds and len(answer) > 12:
        yield f"names some of {len(answer)} pages, which need not be on the first screen"


# ---- the browser


@dataclass(slots=True)
class Shown:
    """What the page shows: the hits with their reasons, best first, and what it offers instead."""

    count: int
    pages: list[str]
    reasons: dict[str, str]
    offers: list[tuple[str, str]]
    """Text and query of each もしかして."""

    @property
    def exact(self) -> int:
        """The number of pages without those that are shown for a reason."""
        return self.count - sum(map(bool, self.reasons.values()))

    @property
    def typed(self) -> list[str]:
        """The hits that are shown without a reason, because they hold what was typed."""
        return [page for page in self.pages if not self.reasons[page]]


FIELD = "main [data-search] input"
ASK = """async ([q, timeout]) => {
    const root = document.querySelector("main [data-search]");
    const reach = state => new Promise((done, fail) => {
        const watch = new MutationObserver(() => look());
        const timer = setTimeout(() => stop(() => fail(new Error(`never ${state}`))), timeout);
        const stop = end => { watch.disconnect(); clearTimeout(timer); end(); };
        const look = () => {
            if (root.dataset.searchState === state) stop(done);
            if (root.dataset.searchState === "error") stop(() => fail(new Error(root.innerText)));
        };
        watch.observe(root, { attributeFilter: ["data-search-state"] });
        look();
    });
    const type = text => {
        const field = root.querySelector("input");
        field.value = text;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    if (q !== null) {
        type("");
        await reach("idle");
        type(q);
    }
    await reach("done");
    const said = one => one?.textContent.trim() ?? "";
    return {
        count: said(root.querySelector("[data-hit-count]")),
        hits: [...root.querySelectorAll("[data-hit]")].map(hit => (
            { url: hit.querySelector("a[href]").href,
              why: hit.querySelector(".kb-hit__why")?.dataset.reason ?? "" })),
        offers: [...root.querySelectorAll("[data-notice=suggestion] a[data-query]")]
            .map(link => ({ text: said(link), query: link.dataset.query })),
    };
}"""
"""Empties the field, types and reads in one go; to ask Playwright for each step takes ten times as long.

Between two queries the page is idle, so that no older answer can be read.
"""


@dataclass(slots=True)
class Reader:
    """Somebody in front of the search page."""

    page: Page
    address: str

    def start(self) -> None:
        self.page.goto(f"{self.address}search/")
        self.page.wait_for_selector(FIELD, state="attached")

    def ask(self, q: str) -> Shown:
        """Type a query."""
        return self._read(q)

    def open(self, q: str) -> Shown:
        """Follow a link to a query."""
        self.page.goto(f"{self.address}search/?q={quote(q)}")
        self.page.wait_for_selector(FIELD, state="attached")
        return self._read(None)

    def _read(self, q: str | None) -> Shown:
        found = self.page.evaluate(ASK, [q, TIMEOUT])
        pages = [self._page(hit["url"]) for hit in found["hits"]]
        reasons = dict(zip(pages, (hit["why"] for hit in found["hits"]), strict=True))
        offers = [(offer["text"], offer["query"]) for offer in found["offers"]]
        return Shown(int(found["count"] or 0), pages, reasons, offers)

    def _page(self, url: str) -> str:
        """The page's address below the site's, without section and marks."""
        return urljoin(url, urlsplit(url).path).removeprefix(self.address)


@contextmanager
def search_page(site: Path) -> Iterator[Reader]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("There is no chromium on the PATH; `scripts/ensure-chromium` installs it")
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(locale="ja-JP", reduced_motion="reduce")
        page.set_default_timeout(TIMEOUT)
        reader = Reader(page, address)
        reader.start()
        yield reader
        browser.close()


# ---- what must come out


def test_each_query_in_a_browser(site: Path, oracle: Oracle, capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    with search_page(site) as reader:
        for number, case in enumerate(CASES):
            try:
                report.failures += _asked(case, reader, report, oracle.answer(case.q))
                if number % BY_ADDRESS == 0:
                    report.failures += _by_address(case, reader)
            except Error as error:
                report.failures.append(f"{case.group}: {case.q}: no answer: {error}")
                report.silent += 1
                if report.silent == PATIENCE:
                    break
                reader.start()
    with capsys.disabled():
        sys.stdout.write(f"\n{report.summary()}\n")
    assert not report.failures, f"{len(report.failures)} of the search:\n" + "\n".join(report.failures)


def _asked(case: Case, reader: Reader, report: Report, answer: set[str]) -> list[str]:
    shown = reader.ask(case.q)
    report.add(case, shown, answer)
    forgiveness = _forgiveness(case, shown, reader) if case.forgiven else []
    return _trouble(case, shown, answer) + forgiveness


def _trouble(case: Case, shown: Shown, answer: set[str]) -> list[str]:
    said = [*_expected(case, shown), *_reasons(case, shown, answer)]
    if is_plain(case):
        said += _as_the_oracle(shown, answer)
    return [f"{case.group}: {case.q}: {problem}" for problem in said]


def _expected(case: Case, shown: Shown) -> Iterator[str]:
    """What queries.yml says."""
    got = f"got {shown.count}: {shown.pages[:12]}"
    if missing := {*case.pages, *case.why} - {*shown.pages}:
        yield f"expected {sorted(missing)}, {got}"
    if case.first is not None and shown.pages[:1] != [case.first]:
        yield f"expected {case.first!r} first, {got}"
    if unwanted := {*case.never} & {*shown.pages}:
        yield f"expected no {sorted(unwanted)}, {got}"
    if case.count is not None and shown.exact != case.count:
        yield f"expected {case.count} pages, {got}"
    if len({*shown.pages}) != len(shown.pages):
        yield f"expected each page once, {got}"


def _reasons(case: Case, shown: Shown, answer: set[str]) -> Iterator[str]:
    """Never a silent wrong answer, and what was typed before what is near it."""
    for page, kind in case.why.items():
        said = shown.reasons.get(page)
        if said is not None and said != kind:
            yield f"expected {page} to say {kind}, got {said!r}"
    if parse(case.q).facets:
        return
    if silent := {*shown.typed} - answer:
        yield f"expected a reason at {sorted(silent)}, which do not hold what was typed"
    if needless := {*shown.pages} & answer - {*shown.typed}:
        yield f"expected no reason at {sorted(needless)}, which hold what was typed"
    if shown.typed != shown.pages[: len(shown.typed)]:
        yield f"expected what was typed above what is near it, got {shown.pages[:12]}"


def _as_the_oracle(shown: Shown, answer: set[str]) -> Iterator[str]:
    counted = shown.count if answer else shown.exact
    if counted != len(answer):
        more = sorted({*shown.pages} - answer)[:12]
        less = sorted(answer - {*shown.pages})[:12] if len(shown.pages) >= shown.count else "?"
        yield f"expected {len(answer)} pages, got {counted}; too many: {more}, missing: {less}"
    if _recall(shown, answer) < 1:
        yield f"expected ten of {sorted(answer)[:12]}, got {shown.pages[:10]}"


def _forgiveness(case: Case, shown: Shown, reader: Reader) -> list[str]:
    """A suggestion with the right word, and a way to the page."""
    said = []
    if case.suggests and not any(fold(case.suggests) in fold(text) for text, _ in shown.offers):
        said.append(f"expected もしかして {case.suggests}, got {shown.offers}")
    reached = {*shown.pages}
    for _, query in shown.offers:
        if reached & {*case.leads}:
            break
        reached |= {*reader.ask(query).pages}
    if not reached & {*case.leads}:
        said.append(f"expected a way to {case.leads}, got {shown.pages[:6]} and {shown.offers}")
    return [f"{case.group}: {case.q}: {problem}" for problem in said]


def _by_address(case: Case, reader: Reader) -> list[str]:
    typed = reader.ask(case.q)
    opened = reader.open(case.q)
    if (opened.count, opened.pages) == (typed.count, typed.pages):
        return []
    return [f"{case.group}: {case.q}: by its address {opened.pages[:6]}, typed {typed.pages[:6]}"]


def _recall(shown: Shown, answer: set[str]) -> float:
    return len({*shown.pages[:10]} & answer) / min(10, len(answer)) if answer else 1.0


@dataclass(slots=True)
class Report:
    """The numbers of a run. Recall and precision are those of the plain queries."""

    failures: list[str] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    precisions: list[float] = field(default_factory=list)
    ranks: list[float] = field(default_factory=list)
    empty: int = 0
    silent: int = 0

    def add(self, case: Case, shown: Shown, answer: set[str]) -> None:
        if is_plain(case) and answer:
            self.recalls.append(_recall(shown, answer))
            self.precisions.append(len({*shown.pages} & answer) / max(1, len(shown.pages)))
            self.empty += not shown.pages
        if case.first is not None:
            found = case.first in shown.pages
            self.ranks.append(1 / (shown.pages.index(case.first) + 1) if found else 0.0)

    def summary(self) -> str:
        return (
            f"search: {len(CASES)} queries, {len(self.recalls)} of them plain: "
            f"recall@10 {_mean(self.recalls):.3f}, precision {_mean(self.precisions):.3f}, "
            f"empty answers {self.empty}; mean reciprocal rank of {len(self.ranks)} first hits "
            f"{_mean(self.ranks):.3f}; failures {len(self.failures)}"
        )


def _mean(values: list[float]) -> float:
    return sum(values) / max(1, len(values))
