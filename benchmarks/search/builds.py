"""The site of a corpus, built step after step so that each is timed by itself."""

from __future__ import annotations

import re
from pathlib import Path

from corpus import write_corpus
from kb.site.scaffold import complete
from measure import SCRIPTS, Cost, engine, python

HERE = Path(__file__).resolve().parent
INDEX = """
import sys, time
from pathlib import Path
from kb.search import build_index
from kb.site.generate import Generator
root = Path(sys.argv[1])
done = Generator(root).run()
start = time.perf_counter()
build_index(root / "site", done.base, done.documents)
print(time.perf_counter() - start)
"""
"""Our index of a built site."""
MATERIAL = """\
INHERIT: mkdocs.yml
site_dir: site-material
theme:
  custom_dir: no-overrides
hooks:
  - {hooks}
plugins:
  - search:
      lang: ja
"""


def build(root: Path, years: int, seed: int) -> Cost:
    """Write a corpus, generate its pages and let MkDocs build them; answers what MkDocs took."""
    write_corpus(root, years, seed)
    complete(root)
    python([str(SCRIPTS / "build.py"), "generate", "--root", str(root)], root)
    return engine("mkdocs", root)


def index_seconds(root: Path) -> float:
    """Build our index of the site."""
    return float(python(["-c", INDEX, str(root)], root).output.split()[-1])


def material_build(root: Path) -> tuple[Path, float]:
    """Build the same pages with Material's search; answers where, and the seconds that its index took."""
    (root / "no-overrides").mkdir(exist_ok=True)
    config = root / "mkdocs.material.yml"
    config.write_text(MATERIAL.format(hooks=HERE / "material_hooks.py"), encoding="utf-8")
    output = python(
        ["-m", "mkdocs", "build", "--quiet", "--clean", "--config-file", str(config)], root
    ).output
    seconds = re.search(r"search index: ([\d.]+)", output)
    return root / "site-material", float(seconds[1]) if seconds else float("nan")
