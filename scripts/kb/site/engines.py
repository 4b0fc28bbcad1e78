"""The two engines that turn `docs/` into `site/`, and the exchange of the old site for the new."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from kb.site.links import broken_links

ENGINES = ("mkdocs", "zensical")
STAGING = ".site-next-"
"""Where a site is built before it takes the place of the old one; inside the root, as Zensical asks."""
PREVIOUS = ".site-previous"
THEME_SEARCH = ("assets/javascripts/lunr", "assets/javascripts/workers", "search.json")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Built:
    """How a build ended."""

    ok: bool
    output: str
    """What the engine printed."""
    broken: tuple[str, ...] = ()
    """Links that lead nowhere."""


class EngineMissingError(Exception):
    """An engine is not installed; its text is the engine's name. Raised by `build_site`."""


def build_site(root: Path, engine: str, *, strict: bool, finish: Callable[[Path], None]) -> Built:
    """Build into a staging folder and put it in the place of `site/` only if all went well.

    `finish` adds to the built folder what no engine makes, before it becomes the site.

    Raises EngineMissingError where the engine is not installed.
    """
    if find_spec(engine) is None:
        raise EngineMissingError(engine)
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=root))
    staging.chmod(0o755)  # it becomes the site, which a web server has to read
    try:
        return _build(root, engine, staging, strict=strict, finish=finish)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _build(root: Path, engine: str, staging: Path, *, strict: bool, finish: Callable[[Path], None]) -> Built:
    done = subprocess.run(
        _command(engine, strict=strict),
        cwd=root,
        env=engine_environment(staging.name, strict=strict),
        capture_output=True,
        text=True,
        check=False,
    )
    output = _COLOURS.sub("", done.stdout + done.stderr)
    if done.returncode or not (staging / "index.html").is_file():
        return Built(ok=False, output=output or f"{engine} は何も言わずに終わりました({done.returncode})")
    broken = tuple(map(str, broken_links(staging)))
    if broken and strict:
        return Built(ok=False, output=output, broken=broken)
    _remove_theme_search(staging)
    finish(staging)
    _exchange(staging, root / "site", root / PREVIOUS)
    return Built(ok=True, output=output, broken=broken)


def _remove_theme_search(site: Path) -> None:
    # The themes bring a search that nothing uses: with it switched off they still copy its programs.
    for part in THEME_SEARCH:
        _remove(site / part)


def _command(engine: str, *, strict: bool) -> list[str]:
    options = ["--strict"] if strict else []
    if engine == "mkdocs":
        # Not `--quiet`: with it MkDocs does not count its warnings, and strict stops at nothing.
        return [sys.executable, "-m", "mkdocs", "build", *(options or ["--no-strict"])]
    return [sys.executable, "-m", "zensical", "build", "--clean", *options]


def engine_environment(site_dir: str, *, strict: bool) -> dict[str, str]:
    """`mkdocs.yml` takes the site's folder and the strictness from here; the rest keeps engines quiet."""
    settings = {"SITE_DIR": site_dir, "STRICT": str(strict).lower()}
    return {**os.environ, **settings, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}


def _exchange(new: Path, site: Path, previous: Path) -> None:
    # Two renames: there is no moment in which half a site is there.
    # Left over where a build was killed between the renames.
    _remove(previous)
    if site.exists():
        site.rename(previous)
    new.rename(site)
    _remove(previous)


def _remove(path: Path) -> None:
    # Whatever it is: a file or a link in the place of a folder must not stop each later build.
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
