"""Databases of an export: `X.csv` (the view), `X_all.csv` (all columns), and one page per row.

The files are CSV as of RFC 4180 with a BOM and CRLF; a cell may hold line feeds.
"""

from __future__ import annotations

import csv
import io
import posixpath
from collections.abc import Sequence
from dataclasses import replace

from kb.intake.export import PAGES, Export
from kb.intake.names import bare_stem, suffix
from kb.model.blocks import Table
from kb.model.finding import Span
from kb.model.inline import RichText
from kb.read.source import decode
from kb.text.inline import rich_text
from kb.text.spell import escape_literal

Rows = list[list[str]]


def all_columns(export: Export, path: str) -> str:
    """The file with all columns of a database, or the one that is there."""
    base, kind = posixpath.splitext(path)
    twin = f"{base}_all{kind}"
    return twin if twin in export.tree.files and not base.endswith("_all") else path


def read_rows(export: Export, path: str) -> Rows | None:
    """The rows of a database that hold anything; None where the file cannot be read."""
    text, finding = decode(export.tree.read(path), path)
    if finding:  # the file itself goes with the note
        export.findings.append(replace(finding, severity="loss"))
        return None
    try:
        return [row for row in csv.reader(io.StringIO(text, newline="")) if any(cell.strip() for cell in row)]
    except csv.Error:
        return None


def table_of(rows: Rows, path: str) -> Table:
    """A table whose cells say exactly what the database says."""
    cells = tuple(tuple(map(_cell, row)) for row in rows)
    return Table(cells, span=Span(path, 1, len(rows)))


def _cell(text: str) -> RichText:
    lines = (escape_literal(" ".join(line.split())) for line in text.strip().splitlines())
    return rich_text("<br>".join(lines))


def row_pages(export: Export, path: str, rows: Rows) -> list[str]:
    """The pages of a database's rows, in the order of the rows."""
    base = path.replace("_all.csv", ".csv")
    owners = {base, path}
    pages = [page for page in export.rows_of(owners) if suffix(page) in PAGES]
    order = {_key(row[0]): number for number, row in reversed(list(enumerate(rows)))}
    return sorted(pages, key=lambda page: (order.get(_key(_title(export, page)), len(rows)), page))


def _title(export: Export, page: str) -> str:
    return export.head(page).title.source or bare_stem(page)


def _key(text: str) -> str:
    return "".join(text.split()).casefold()


def words_of(rows: Sequence[Sequence[str]]) -> str:
    """What a reader of the database sees."""
    return "\n".join(" ".join(row) for row in rows)
