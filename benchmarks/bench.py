#!/usr/bin/env python3
"""What the site costs: generation and both engines, beside the same texts as plain pages.

    python benchmarks/bench.py [--years 1 3 10] [--seed 2025] [--keep DIR]

Prints a Markdown table. All rows of one corpus are made in one run, one after the other, so that
ratios hold even where the machine is slow; single seconds say little.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import write_corpus
from kb.model.kinds import FOLDERS
from kb.site.scaffold import complete
from measure import Cost, engine, heaviest_page, python
from plain import write_plain

HOME = Path(__file__).resolve().parent.parent
EDIT = """
import sys, time
from pathlib import Path
from kb.site.generate import Generator
root = Path(sys.argv[1])
generator = Generator(root)
def timed():
    start = time.perf_counter()
    generator.run()
    return time.perf_counter() - start
full = timed()
note = sorted((root / "docs/notes").glob("*.md"))[-1]
text = note.read_text()
edits = []
for number in range(5):
    note.write_text(text.replace("。", f"。追記{number}。", 1))
    edits.append(timed())
note.write_text(text)
timed()
print(full, sorted(edits)[2])
"""
"""Five edits of the newest note in a running generator, as `serve` makes them; the median counts."""


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one corpus."""

    years: int
    entries: int
    pages: int
    """Generated pages."""
    plain_pages: int
    generate: Cost
    edit_share: float
    """An edited note in a running generator, as a share of a full generation there."""
    mkdocs: Cost
    floor: Cost
    """`mkdocs build` of the entries' texts as plain pages."""
    zensical: Cost
    heaviest: int
    """Bytes of HTML beyond its own text of the heaviest page."""

    @property
    def generate_share(self) -> float:
        """Reading, linking and generating, beside the floor."""
        return self.generate.seconds / self.floor.seconds

    @property
    def page_ratio(self) -> float:
        """What a generated page costs `mkdocs build`, beside a plain one."""
        return (self.mkdocs.seconds / self.pages) / (self.floor.seconds / self.plain_pages)


def measure(root: Path, years: int, seed: int) -> Row:
    """Make a corpus and measure everything on it."""
    size = write_corpus(root / "site", years, seed)
    site, plain = root / "site", root / "plain"
    complete(site)
    generate = python([str(HOME / "scripts/build.py"), "generate", "--root", str(site)], site)
    full, edit = map(float, python(["-c", EDIT, str(site)], site).output.split()[-2:])
    pages = sum(1 for folder in FOLDERS for _ in (site / "docs" / folder).rglob("*.md")) + 1
    plain_pages = write_plain(site, plain)
    return Row(
        years=years,
        entries=size.entries,
        pages=pages,
        plain_pages=plain_pages,
        generate=generate,
        edit_share=edit / full,
        mkdocs=engine("mkdocs", site),
        floor=engine("mkdocs", plain),
        zensical=engine("zensical", site),
        heaviest=heaviest_page(site / "site"),
    )


COLUMNS = (
    "years",
    "entries",
    "pages",
    "generate",
    "… / floor",
    "one edited note",
    "mkdocs",
    "floor (plain pages)",
    "a page / a plain page",
    "zensical",
    "heaviest page",
)


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---:|" * len(COLUMNS)]
    lines += ["| " + " | ".join(_cells(row)) + " |" for row in rows]
    return "\n".join(lines)


def _cells(row: Row) -> Sequence[str]:
    return (
        str(row.years),
        f"{row.entries:,}",
        f"{row.pages:,}",
        str(row.generate),
        f"{row.generate_share:.2f}",
        f"{row.edit_share:.1%}",
        str(row.mkdocs),
        f"{row.floor} ({row.plain_pages:,})",
        f"{row.page_ratio:.2f}",
        str(row.zensical),
        f"{row.heaviest / 1000:.0f} kB",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each corpus in a folder of its own."""
    parser = argparse.ArgumentParser(description="Measure generation and both engines")
    parser.add_argument("--years", type=int, nargs="+", default=[1, 3, 10])
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument("--keep", type=Path, help="keep the corpora in this folder")
    options = parser.parse_args(arguments)
    print(table([]))
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        for years in options.years:
            row = measure(folder / f"{years}-years", years, options.seed)
            print("| " + " | ".join(_cells(row)) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
