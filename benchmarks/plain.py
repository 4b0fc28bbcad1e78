"""The same texts as plain pages, built by Material without any of us: the floor."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from kb.sources import Reader
from kb.write.blocks import write_blocks

_OURS = re.compile(
    r"^nav:\n(?:[ -].*\n)+|^not_in_nav:.*\n(?:  .*\n)+|^  custom_dir:.*\n|^extra_css:\n(?:  .*\n)+", re.M
)


def write_plain(site: Path, plain: Path) -> int:
    """One page for each entry of the notes of `site`, below `plain`; answers how many."""
    shutil.rmtree(plain, ignore_errors=True)
    (plain / "docs" / "entries").mkdir(parents=True)
    config = _OURS.sub("", (site / "mkdocs.yml").read_text(encoding="utf-8"))
    config = config.replace("favicon: assets/images/favicon.svg", "")
    nav = "nav:\n  - Home: index.md\nnot_in_nav: /entries/\n"
    (plain / "mkdocs.yml").write_text(config + nav, encoding="utf-8")
    (plain / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    pages = 0
    for session in Reader(site).read().sessions:
        for number, entry in enumerate(session.entries, 1):
            text = "\n".join([f"# {entry.title}", "", *write_blocks(entry.blocks)])
            path = plain / "docs" / "entries" / f"{session.date}-{number}.md"
            path.write_text(text + "\n", encoding="utf-8")
            pages += 1
    return pages
