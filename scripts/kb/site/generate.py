"""Notes and registry to the Markdown pages in `docs/`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from kb.link import KnowledgeBase, build_base
from kb.model.finding import Finding
from kb.pages import all_pages
from kb.pages.store import Written, store_pages
from kb.site.sources import Sources, load_sources


@dataclass(frozen=True, slots=True)
class Generated:
    """What a generation did. Nothing was written where `written` is None."""

    findings: tuple[Finding, ...]
    base: KnowledgeBase | None = None
    written: Written | None = None
    seconds: float = 0.0


def generate(root: Path) -> Generated:
    """Read everything, link everything, then write; with an error in any source nothing is written."""
    start = time.perf_counter()
    sources = load_sources(root)
    return generate_from(sources, root, start)


def generate_from(sources: Sources, root: Path, start: float) -> Generated:
    """The second half of `generate`: from what was read to the files."""
    if sources.errors:
        return Generated(sources.findings)
    base = build_base(sources.sessions, sources.registry)
    pages = list(all_pages(base, sources.files))
    written = store_pages(pages, root / "docs")
    findings = (*sources.findings, *base.findings)
    return Generated(findings, base, written, time.perf_counter() - start)
