#!/usr/bin/env python3
"""How well and at what cost our search finds, beside three others, in one run and one browser.

    cd benchmarks
    ../.venv/bin/python -m search.bench [--years 1 3 10] [--only ours scan] [--site DIR] [--seed N]
                                        [--keep DIR] [--failures]

For each corpus it writes notes from a seed, builds the site, derives queries from its pages and
asks every engine in Chromium. Prints a Markdown table a corpus, a row as soon as it is measured.
With --site nothing is built: the site's own index is asked, and Material's only if it is there.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from playwright.sync_api import Browser

from search.browse import Asked, ask_all, chromium, look_all
from search.builds import build
from search.engines import ENGINES, Corpus, Ready, why
from search.queries import Query, make_queries
from search.score import Quality, failures, quality, share
from search.server import sent_size
from search.texts import read_site

COLD = 10
"""Queries that are asked in a fresh browser on a slow line."""
COLD_WHOLE = 3
"""The same for an engine that fetches all of its index for any query."""
LOOKED = 3
"""Every third query is opened in the search page too."""
COLUMNS = (
    "engine",
    "recall@10",
    "precision",
    "empty answers",
    "wrong totals",
    "headings' rank",
    "variants",
    "synonyms",
    "index to the first hit: median, worst",
    "requests",
    "code",
    "cold, slow line: median, worst",
    "… / scan",
    "first time p95",
    "warm p50, p95",
    "memory (empty page)",
    "index",
    "… / gzipped text",
    "files a page",
    "index built in",
    "… / mkdocs",
)


@dataclass(frozen=True, slots=True)
class Row:
    """An engine on a corpus."""

    engine: Ready
    quality: Quality
    asked: Asked
    corpus: Corpus

    @property
    def cold(self) -> float:
        """Milliseconds to the first hit on a slow line, the median."""
        return share([each.answer.first for each in self.asked.cold], 0.5)


def rows(
    browser: Browser, corpus: Corpus, queries: Sequence[Query], names: Sequence[str]
) -> Iterator[Row | str]:
    """Measure engine after engine; one that fails is a line that says why, and the others go on."""
    cold = Random(len(queries)).sample([each for each in queries if len(each.truth) > 1], COLD)
    for name in names:
        try:
            engine = ENGINES[name](corpus)
            asked = ask_all(browser, engine, queries, cold[:COLD_WHOLE] if engine.whole else cold)
        except Exception as error:  # whatever another program does, the rest is measured
            yield f"| {name} | {why(error)} |"
            continue
        yield Row(engine, quality(queries, asked.new), asked, corpus)


def cells(row: Row, text_bytes: int, scan: Row | None) -> list[str]:
    """A row as it is printed."""
    q, asked, pages = row.quality, row.asked, len(row.corpus.pages)
    cold = asked.cold
    size = sum(map(sent_size, row.engine.index))
    seconds, mkdocs = row.engine.build_seconds, row.corpus.mkdocs
    warm = [each.done for each in asked.warm]
    return [
        row.engine.label,
        f"{q.recall:.3f}",
        f"{q.precision:.3f}",
        str(q.empty),
        str(q.wrong_totals) if row.engine.name in ("ours", "scan") else "–",
        f"{q.heading_rank:.2f}",
        f"{q.variants:.2f}",
        f"{q.synonyms:.2f}",
        "{:,.0f}, {:,.0f} kB".format(*_middle_and_worst([each.index_bytes / 1000 for each in cold])),
        "{:.0f}, {:.0f}".format(*_middle_and_worst([float(each.index_requests) for each in cold])),
        f"{share([each.code_bytes / 1000 for each in cold], 0.5):.0f} kB, "
        f"{share([float(each.code_requests) for each in cold], 0.5):.0f}",
        "{:.2f}, {:.2f} s".format(*_middle_and_worst([each.answer.first / 1000 for each in cold])),
        f"{row.cold / scan.cold:.3f}" if scan else "–",
        f"{share([each.done for each in asked.new[1:]], 0.95):.0f} ms",
        f"{share(warm, 0.5):.1f}, {share(warm, 0.95):.1f} ms",
        f"{asked.memory:.0f} ({asked.empty_memory:.0f}) MB",
        f"{size / 1000:,.0f} kB",
        f"{size / text_bytes:.2f}",
        f"{len(row.engine.index) / pages:.2f}",
        f"{seconds:.1f} s" if seconds is not None else "–",
        f"{seconds / mkdocs.seconds:.2f}" if seconds is not None and mkdocs else "–",
    ]


def _middle_and_worst(values: Sequence[float]) -> tuple[float, float]:
    return share(values, 0.5), max(values, default=float("nan"))


def line(values: Sequence[str]) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(values) + " |"


def measure(browser: Browser, corpus: Corpus, registry: Path, options: argparse.Namespace) -> None:
    """Measure all engines on a corpus and print its table."""
    queries = make_queries(corpus.pages, registry, options.seed)
    text_bytes = len(gzip.compress("\n".join(page.text for page in corpus.pages).encode(), 6))
    print(
        f"\n{len(corpus.pages):,} pages, {text_bytes / 1000:,.0f} kB of gzipped text, {len(queries)} queries"
    )
    if corpus.mkdocs:
        print(f"mkdocs build: {corpus.mkdocs}")
    print("\n" + line(COLUMNS) + "\n" + "|---" * len(COLUMNS) + "|")
    measured: list[Row] = []
    for row in rows(browser, corpus, queries, _scan_first(options.only)):
        if isinstance(row, Row):
            measured.append(row)
            scan = next((each for each in measured if each.engine.name == "scan"), None)
            print(line(cells(row, text_bytes, scan)), flush=True)
        else:
            print(row, flush=True)
    for row in measured:
        if row.engine.name == "ours":
            _look(browser, row, queries)
        if options.failures:
            print(f"\n{row.engine.label}:", *failures(queries, row.asked.new), sep="\n- ")


def _scan_first(names: Sequence[str]) -> list[str]:
    """The others are compared with the scan."""
    return sorted(names, key=lambda name: (name != "scan", list(ENGINES).index(name)))


def _look(browser: Browser, ours: Row, queries: Sequence[Query]) -> None:
    """Say whether the search page shows what the worker answered."""
    if not (ours.corpus.site / "search" / "index.html").exists():
        print("\nThere is no search page to look at.")
        return
    looked = list(zip(queries, ours.asked.new, strict=True))[::LOOKED]
    try:
        shown = look_all(browser, ours.engine, [query for query, _ in looked])
    except Exception as error:  # the table stands, whatever the page does
        print(f"\nThe search page: {why(error)}")
        return
    same = [
        page.total == answer.total and page.urls[: len(answer.hits)] == tuple(hit.url for hit in answer.hits)
        for page, (_, answer) in zip(shown, looked, strict=True)
    ]
    seconds = [page.seconds for page in shown]
    print(
        f"\nThe search page, opened by its address, shows what the worker answers for {sum(same)} of "
        f"{len(same)} queries; it is complete after {share(seconds, 0.5):.2f} s "
        f"(p95 {share(seconds, 0.95):.2f} s)."
    )
    different = [query.text for (query, _), agreed in zip(looked, same, strict=True) if not agreed]
    if different:
        print(f"It differs for: {'; '.join(different[:10])}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each corpus in a folder of its own."""
    parser = argparse.ArgumentParser(description="Compare our search with others")
    parser.add_argument("--years", type=int, nargs="+", default=[1, 3, 10])
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument(
        "--only", nargs="+", choices=ENGINES, default=list(ENGINES), help="only these engines"
    )
    parser.add_argument("--site", type=Path, help="a site that is built already; its docs/ lies beside it")
    parser.add_argument("--keep", type=Path, help="keep corpora and indexes in this folder")
    parser.add_argument("--failures", action="store_true", help="list what was not answered exactly")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary, chromium() as browser:
        folder = (options.keep or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        if options.site:
            site = options.site.resolve()
            corpus = Corpus(site, read_site(site), folder)
            measure(browser, corpus, site.parent / "docs/data", options)
            return 0
        for years in options.years:
            root = folder / f"{years}-years"
            mkdocs = build(root, years, options.seed)
            corpus = Corpus(root / "site", read_site(root / "site"), root / "engines", root, mkdocs)
            corpus.work.mkdir(exist_ok=True)
            print(f"\n## {years} year{'s' if years > 1 else ''}", flush=True)
            measure(browser, corpus, root / "docs/data", options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
