"""The search engines that are compared: each is made ready below a folder of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from measure import Cost, run
from search.builds import index_seconds, material_build
from search.texts import Page, write_plain_pages

PAGEFIND = "pagefind[extended]"
"""From PyPI, installed into the benchmark's own folder only."""
RUN_PAGEFIND = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("pagefind", run_name="__main__")
"""
CODE = frozenset({".js", ".mjs", ".css", ".map", ".html"})


class NotThereError(Exception):
    """An engine cannot be measured on this corpus; the message says why."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What all engines search."""

    site: Path
    pages: Sequence[Page]
    work: Path
    """A folder for what the engines make."""
    root: Path | None = None
    """The notes that the site was built from in this run, so that builds can be timed."""
    mkdocs: Cost | None = None
    """`mkdocs build`, if it was measured in this run."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An engine that can be asked."""

    name: str
    label: str
    mounts: Mapping[str, Path]
    """What to serve."""
    index: Sequence[Path]
    """The files that are its index, code apart."""
    build_seconds: float | None
    """For the index alone."""
    options: Mapping[str, str] = field(default_factory=dict)
    """For the harness."""
    whole: bool = False
    """Whether it fetches all of its index for any query: few cold queries are enough then."""

    def is_code(self, path: str) -> bool:
        """Whether a served path is the engine's program and not its index."""
        return Path(path).suffix in CODE or Path(path).name.startswith("wasm.")


def ours(corpus: Corpus) -> Ready:
    """The search of this project, as the site has it."""
    seconds = index_seconds(corpus.root) if corpus.root else None
    index = _files(corpus.site / "search", lambda path: path.suffix == ".bin")
    if not index:
        raise NotThereError(f"no index in {corpus.site / 'search'}")
    return Ready("ours", "ours", {"ours": corpus.site}, index, seconds)


def material(corpus: Corpus) -> Ready:
    """Material's search with `lang: ja`, as its own build makes it."""
    site, seconds = material_build(corpus.root) if corpus.root else (corpus.site, None)
    index = site / "search" / "search_index.json"
    workers = sorted(site.glob("assets/javascripts/workers/search.*.min.js"))
    if not index.exists() or not workers:
        raise NotThereError(f"no search/search_index.json in {site}")
    worker = workers[0].relative_to(site).as_posix()
    label = "Material, `lang: ja`"
    return Ready("material", label, {"material": site}, [index], seconds, {"worker": worker}, whole=True)


def pagefind(corpus: Corpus) -> Ready:
    """Pagefind extended, on pages that have the same words and nothing else."""
    program = corpus.work / "python"
    if not program.exists():
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        run([*pip, "--target", str(program), PAGEFIND], corpus.work)
    plain, bundle = corpus.work / "plain", corpus.work / "pagefind"
    write_plain_pages(corpus.pages, plain)
    paths = ["--site", str(plain), "--output-path", str(bundle)]
    cost = run([sys.executable, "-c", RUN_PAGEFIND, str(program), *paths], corpus.work)
    index = _files(bundle, lambda path: path.suffix not in CODE and not path.name.startswith("wasm."))
    return Ready("pagefind", "Pagefind extended", {"pagefind": bundle}, index, cost.seconds)


def scan(corpus: Corpus) -> Ready:
    """All texts in one file."""
    folder = corpus.work / "scan"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "texts.json"
    texts = [{"url": page.url, "title": page.title, "text": page.text} for page in corpus.pages]
    file.write_text(json.dumps(texts, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return Ready("scan", "plain scan", {"scan": folder}, [file], None, whole=True)


def _files(folder: Path, keep: Callable[[Path], bool]) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and keep(path))


ENGINES: Mapping[str, Callable[[Corpus], Ready]] = {
    "ours": ours,
    "material": material,
    "pagefind": pagefind,
    "scan": scan,
}


def why(error: Exception) -> str:
    """What went wrong, in a line."""
    text = str(error)
    if isinstance(error, subprocess.CalledProcessError):
        text = f"{error} {error.output or ''}"
    lines: Iterable[str] = (line.strip() for line in text.splitlines())
    return " ".join(line for line in lines if line)[:300] or type(error).__name__
