"""The engines that turn `docs/` into `site/`, and the exchange of the old site for the new."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from kb.site.links import broken_links

STAGING = ".site-next-"
"""Where a site is built before it takes the place of the old one; inside the root, as Zensical asks."""
PREVIOUS = ".site-previous"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Engine:
    """One program that makes a site of `docs/`, with everything in which it differs from the others."""

    name: str
    """The module that is run, and what `--engine` takes."""
    requirements: str
    """The file that installs it."""
    build: tuple[str, ...]
    """The arguments of a build; where the site goes stands in its environment."""
    strict: tuple[str, ...]
    """Besides, so that a warning stops it."""
    lenient: tuple[str, ...]
    """Besides, so that none does, if the engine can be told."""
    serve: tuple[str, ...]
    """The arguments of its server, but for the address."""
    serves_aside: bool
    """It serves from a temporary folder of its own; else from `site/`."""
    unused: tuple[str, ...]
    """What it makes for the theme's search: it copies that also where the search is switched off."""
    environment: Mapping[str, str]
    """What keeps it quiet."""

    @property
    def installed(self) -> bool:
        """Whether it can be started."""
        return find_spec(self.name) is not None

    def command(self, arguments: tuple[str, ...]) -> list[str]:
        """The engine with arguments, as this Python runs it."""
        return [sys.executable, "-m", self.name, *arguments]


_MKDOCS = Engine(
    "mkdocs",
    requirements="requirements.txt",
    build=("build",),
    # Not `--quiet`: with it MkDocs does not count its warnings, and strict stops at nothing.
    strict=("--strict",),
    lenient=("--no-strict",),
    # Without `--dirtyreload` MkDocs builds all pages for each edit.
    serve=("serve", "--dirtyreload", "--no-strict", "--quiet"),
    serves_aside=True,
    unused=("assets/javascripts/lunr", "assets/javascripts/workers"),
    environment={"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"},
)
# Told by its name: that `mkdocs.yml` is found without it will end, and each build says so.
_CONFIGURATION = ("--config-file", "mkdocs.yml")
_PROPERDOCS = replace(
    _MKDOCS,
    name="properdocs",
    requirements="requirements-properdocs.txt",
    build=(*_MKDOCS.build, *_CONFIGURATION),
    serve=(*_MKDOCS.serve, *_CONFIGURATION),
)
_ZENSICAL = Engine(
    "zensical",
    requirements="requirements-zensical.txt",
    build=("build", "--clean"),
    strict=("--strict",),
    lenient=(),
    serve=("serve",),
    serves_aside=False,
    unused=("assets/javascripts/workers", "search.json"),
    environment={"NO_COLOR": "1"},
)
ENGINES: Mapping[str, Engine] = {one.name: one for one in (_MKDOCS, _PROPERDOCS, _ZENSICAL)}


@dataclass(frozen=True, slots=True)
class Built:
    """How a build ended."""

    ok: bool
    output: str
    """What the engine printed."""
    broken: tuple[str, ...] = ()
    """Links that lead nowhere."""


def build_site(root: Path, engine: Engine, *, strict: bool, finish: Callable[[Path], None]) -> Built:
    """Build into a staging folder and put it in the place of `site/` only if all went well.

    `finish` adds to the built folder what no engine makes, before it becomes the site.
    """
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=root))
    staging.chmod(0o755)  # it becomes the site, which a web server has to read
    try:
        return _build(root, engine, staging, strict=strict, finish=finish)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _build(
    root: Path, engine: Engine, staging: Path, *, strict: bool, finish: Callable[[Path], None]
) -> Built:
    done = subprocess.run(
        engine.command(engine.build + (engine.strict if strict else engine.lenient)),
        cwd=root,
        env=engine_environment(engine, staging.name, strict=strict),
        capture_output=True,
        text=True,
        check=False,
    )
    output = _COLOURS.sub("", done.stdout + done.stderr)
    if done.returncode or not (staging / "index.html").is_file():
        return Built(
            ok=False, output=output or f"{engine.name} は何も言わずに終わりました({done.returncode})"
        )
    broken = tuple(map(str, broken_links(staging)))
    if broken and strict:
        return Built(ok=False, output=output, broken=broken)
    for part in engine.unused:
        _remove(staging / part)
    finish(staging)
    _exchange(staging, root / "site", root / PREVIOUS)
    return Built(ok=True, output=output, broken=broken)


def engine_environment(engine: Engine, site_dir: str, *, strict: bool) -> dict[str, str]:
    """What an engine is started with: `mkdocs.yml` takes the site's folder and the strictness from here."""
    return {**os.environ, "SITE_DIR": site_dir, "STRICT": str(strict).lower(), **engine.environment}


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
