"""Notes and registry to the Markdown pages in `docs/`, once or again and again."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from kb.link import KnowledgeBase, Linker
from kb.model.document import Document
from kb.model.finding import Finding
from kb.pages import Context, Page, all_plans
from kb.pages.redirects import redirect_pages
from kb.pages.store import Written, existing, store_pages
from kb.site.rules import rules_plan
from kb.sources import Reader, Sources


@dataclass(frozen=True, slots=True)
class Generated:
    """What a generation did. Nothing was written where `written` is None."""

    findings: tuple[Finding, ...]
    base: KnowledgeBase | None = None
    written: Written | None = None
    documents: Mapping[str, Document | None] = field(default_factory=dict)
    """What the search knows of each generated page, by address; None for one that is not searched."""
    seconds: float = 0.0
    context: Context | None = None
    """What the pages were made from."""

    @property
    def redirects(self) -> Mapping[str, str]:
        """The HTML of each former address, which is no file below `docs/`."""
        return redirect_pages(self.context) if self.context else {}


@dataclass(frozen=True, slots=True)
class _Made:
    """The pages of a plan, as they were made."""

    key: tuple[object, ...] | None
    paths: tuple[str, ...]
    documents: Mapping[str, Document | None]
    """By address."""


def generate(root: Path) -> Generated:
    """Read everything, link everything, then write; with an error in any source nothing is written."""
    return Generator(root).run()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the cyclic garbage collector: values without cycles by the million are all that is made.

    Each of its full passes over them took a second at ten years of notes.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What is left lives on while serving: no later pass has to look at it.
        gc.freeze()
        if enabled:
            gc.enable()


class Generator:
    """Generates the pages of a root, and remembers enough to do it again quickly.

    A later run reads the notes that changed, links what they reach, and makes the pages whose keys
    are new. The result is always that of a first run: `tests/site/test_generate.py`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._reader = Reader(root)
        self._linker = Linker()
        self._common: tuple[object, ...] = ()
        self._made: dict[str, _Made] = {}

    @_without_collector()
    def run(self) -> Generated:
        """Bring the pages up to date with the notes and the registry."""
        start = time.perf_counter()
        sources = self._reader.read()
        if sources.errors:
            return Generated(sources.findings)
        base = self._linker.link(sources.sessions, sources.registry)
        context = Context(base, sources.files)
        written = self._write(context, sources)
        findings = (*sources.findings, *base.findings)
        documents = {url: one for made in self._made.values() for url, one in made.documents.items()}
        return Generated(findings, base, written, documents, time.perf_counter() - start, context)

    def _write(self, context: Context, sources: Sources) -> Written:
        # A reader keeps one registry as long as its files say the same.
        common = (id(sources.registry), *context.common)
        before = self._made if common == self._common else {}
        there = existing(self.root / "docs")
        pages: list[Page] = []
        kept: list[str] = []
        made: dict[str, _Made] = {}
        guide = (self.root / "docs" / "guide").is_dir()  # a corpus of notes alone has none
        for plan in chain(all_plans(context), [rules_plan(self.root)] if guide else []):
            known = before.get(plan.name)
            # Somebody may have removed a page since.
            if known and plan.key is not None and known.key == plan.key and there.issuperset(known.paths):
                made[plan.name] = known
                kept += known.paths
            else:
                fresh = list(plan.make())
                pages += fresh
                # All of a page but its text, which is on disk.
                paths, documents = (page.path for page in fresh), {one.url: one.document for one in fresh}
                made[plan.name] = _Made(plan.key, tuple(paths), documents)
        self._common, self._made = common, made
        return store_pages(pages, self.root / "docs", kept)
