"""Pages that only tell what lies beside them: a meeting's README with its table of talks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from unicodedata import normalize

from kb.intake.export import Export
from kb.intake.lead import KEYS, known_data
from kb.intake.names import stem
from kb.model.blocks import Table, walk
from kb.model.inline import Link, RichText, flat
from kb.model.session import PRESENTERS

_INDEX_PAGES = frozenset(("readme", "index", "license", "contributing", "changelog", "template", "format"))
Named = tuple[str, str]
"""A presenter with its `@`, and the page whose table names it."""


def is_index(path: str) -> bool:
    """Whether a file's name is that of a page which tells of those beside it."""
    return stem(path).lower() in _INDEX_PAGES


def presenters_in_tables(export: Export, reports: Collection[str]) -> dict[str, list[Named]]:
    """Whom the tables of such pages name beside a link to a report, by the report's path."""
    found: dict[str, list[Named]] = {}
    for path in export.paths:
        if is_index(path) and path not in reports and export.dialect(path):
            for report, name in _named(export, path):
                if report in reports and (name, path) not in found.setdefault(report, []):
                    found[report].append((name, path))
    return found


def _named(export: Export, path: str) -> Iterator[Named]:
    """Each link of a table's rows with each presenter of its row."""
    for table in walk(export.page(path).blocks):
        if not isinstance(table, Table) or not table.rows:
            continue
        column = next((at for at, cell in enumerate(table.rows[0]) if _heads_people(cell)), -1)
        for row in table.rows[1:]:
            names = known_data(PRESENTERS, row[column].source.strip()) if 0 <= column < len(row) else ()
            people = [name for _, name in names if re.search(r"\w", name)]
            links = {export.resolve(url, path) for cell in row for url in _links(cell)}
            yield from ((link, name) for link in sorted(links) for name in people)


def _heads_people(cell: RichText) -> bool:
    return KEYS.get(normalize("NFKC", cell.plain).strip().lower()) == PRESENTERS


def _links(cell: RichText) -> Iterator[str]:
    return (node.url for node in flat(cell.nodes) if isinstance(node, Link))
