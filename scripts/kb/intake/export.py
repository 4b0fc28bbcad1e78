"""An export: which file a link means, which page holds which, which one is the session, its databases.

Notion puts the sub-pages and files of `Title <id>.md` into the folder `Title <id>/`, or `Title/` in
newer exports; links are relative and percent-encoded. A database is `X.csv` (the view), `X_all.csv` (all
columns), and one page per row; the files are CSV as of RFC 4180 with a BOM and CRLF. What Notion says of
its exports is at https://www.notion.com/help/export-your-content.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from kb.intake.archive import Progress, Tree
from kb.intake.given import Fetch, RefusedError
from kb.intake.inline import sole_link
from kb.intake.names import bare_stem, normal_path, one_blank, page_id, shown, stem, suffix, without_id
from kb.model.blocks import Heading, Paragraph, Table, walk
from kb.model.finding import Finding, Span
from kb.model.inline import NO_TEXT, RichText
from kb.read.enhanced.page import read_markdown_page
from kb.read.html.reader import is_html, read_html_page
from kb.read.notion.page import page_head
from kb.read.notion.session import page_dates
from kb.read.page import Page
from kb.read.source import decode
from kb.text.inline import rich_text
from kb.text.spell import escape_literal

Rows = list[list[str]]
PAGES = (".md", ".markdown", ".html", ".htm")
_NOTION_ID = re.compile(r"([0-9a-f]{32})(?:[?#]|$)")
_LIST_OF_PAGES = "index.html"
_LEAST_STEM = 8
"""Characters that a name has to have for another to be the same name, cut short."""
_LISTED = 6


@dataclass(slots=True)
class Export:
    """A tree of files with the pages in it; each page is read once, when it is asked for."""

    tree: Tree
    paths: tuple[str, ...] = ()
    """The pages, in the order of their names."""
    findings: list[Finding] = field(default_factory=list)
    fetch: Fetch | None = None
    """Brings an image from another host; none comes where nobody asked for it."""
    _read: dict[str, Page] = field(default_factory=dict)
    _by_id: dict[tuple[str, str], str] = field(default_factory=dict)
    _by_name: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _owners: dict[tuple[str, str], str] = field(default_factory=dict)
    _unread: set[str] = field(default_factory=set)
    _held: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Tree) -> Export:
        """The pages of a tree by their suffixes, and the one file that was given, whatever it is called."""
        paths = tuple(path for path in tree.files if suffix(path) in PAGES or path == tree.single)
        export = cls(tree, paths)
        for path in tree.files:
            export._index(path)
        return export

    def _index(self, path: str) -> None:
        folder, kind = posixpath.dirname(path), suffix(path)
        if digits := page_id(path):
            self._by_id.setdefault((digits, _all(path)), path)
        self._by_name.setdefault((one_blank(bare_stem(path)), kind), []).append(path)
        if kind in PAGES or kind == ".csv":
            # The folder of a page has its id or, in newer exports, only its title.
            for name in {stem(path), bare_stem(path)}:
                self._owners.setdefault((folder, one_blank(name.removesuffix("_all"))), path)

    def text(self, path: str) -> str:
        """The text of a page; empty where it cannot be read, which is told once."""
        text, finding = decode(self.tree.read(path), path)
        if finding and path not in self._unread:
            self._unread.add(path)
            self.findings.append(finding)
        return text

    def page(self, path: str) -> Page:
        """A page, read in its dialect."""
        if path not in self._read:
            text = self.text(path)
            read = read_html_page if _is_html(path, text) else read_markdown_page
            self._read[path] = read(text, path) if text else Page(NO_TEXT)
        return self._read[path]

    def head(self, path: str) -> Page:
        """A page with its title and properties; a Markdown page is not read any further."""
        if path in self._read or suffix(path) in (".html", ".htm"):
            return self.page(path)
        text, _ = decode(self.tree.read(path), path)
        if _is_html(path, text):
            return self.page(path)
        title, properties = page_head(text)
        if "<" in title:  # it may hold a mention
            return self.page(path)
        return Page(rich_text(title), properties, words=text, span=Span(path, 1, 1))

    def owner(self, path: str) -> str:
        """The page or database in whose folder a file lies, or empty."""
        folder = posixpath.dirname(path)
        if not folder:
            return ""
        above, name = posixpath.dirname(folder), one_blank(posixpath.basename(folder))
        return self._owners.get((above, name)) or self._owners.get((above, without_id(name)), "")

    def rows_of(self, databases: set[str]) -> list[str]:
        """The pages that lie in the folder of a database."""
        if not self._held:
            for path in self.paths:
                self._held.setdefault(self.owner(path), []).append(path)
        return [path for one in sorted(databases) for path in self._held.get(one, ())]

    def above(self, path: str) -> Iterator[str]:
        """The pages and databases that hold a page, nearest first."""
        seen = {path}
        while (path := self.owner(path) or posixpath.dirname(path)) and path not in seen:
            seen.add(path)
            if path in self.tree.files:
                yield path

    def resolve(self, url: str, base: str) -> str:
        """The file of the export that an address means, or empty.

        Addresses are tried as they are, decoded once and decoded twice; a lone `%` stays what it is.
        """
        spellings = dict.fromkeys((url, unquote(url), unquote(unquote(url))))
        for spelling in spellings:
            # Names of files hold `#` and `?`, too: so the whole is tried before what stands before them.
            for one in dict.fromkeys((spelling, re.split(r"[?#]", spelling, maxsplit=1)[0])):
                path = normal_path(posixpath.join(posixpath.dirname(base), one)) if one else ""
                if path in self.tree.files:
                    return path
        return self._moved(list(spellings)[-1], base) or self._beside(spellings, base)

    def _beside(self, spellings: Iterable[str], base: str) -> str:
        """A file that lies beside a page which was given without it; other pages are given by name."""
        folder = posixpath.dirname(base)
        for spelling in spellings:
            for one in dict.fromkeys((spelling, re.split(r"[?#]", spelling, maxsplit=1)[0])):
                path = normal_path(posixpath.join(folder, one)) if suffix(one) not in ("", *PAGES) else ""
                if path and self.tree.beside(path, folder):
                    return path
        return ""

    def _moved(self, url: str, base: str) -> str:
        """A file that lies elsewhere than its link says: by its id, or by a name cut short."""
        path = re.split(r"[?#]", url, maxsplit=1)[0]
        if (digits := page_id(path)) and (found := self._by_id.get((digits, _all(path)))):
            return found
        name, kind = stem(path), suffix(path)
        if not kind or not name:
            return ""
        same = self._by_name.get((one_blank(bare_stem(normal_path(path))), kind), [])
        if len(same) == 1:
            return same[0]
        folder = normal_path(posixpath.join(posixpath.dirname(base), posixpath.dirname(path)))
        name = normal_path(name)
        # Exports cut long names, but not the links to them.
        lengths = range(len(name) - 1, _LEAST_STEM - 1, -1)
        cut = (posixpath.join(folder, name[:length].rstrip() + kind) for length in lengths)
        return next((one for one in cut if one in self.tree.files), "")

    def by_notion_address(self, url: str) -> str:
        """The page of the export that an address of notion.so means, or empty."""
        found = _NOTION_ID.search(url)
        digits = found[1] if found else ""
        return self._by_id.get((digits, ".md")) or self._by_id.get((digits, ".html"), "")


def _all(path: str) -> str:
    """What tells files of one id apart: the suffix, and `_all` of a database."""
    return ("_all" if stem(path).endswith("_all") else "") + suffix(path)


def _is_html(path: str, text: str) -> bool:
    return suffix(path) in (".html", ".htm") or is_html(text)


def session_page(export: Export, date: dt.date | None, tick: Progress) -> str:
    """The path of the session's page: one with a date that lies in no other page with a date.

    Of several with one date, the one with most entries. Where no page tells a date, the page that all
    others lie in.

    Raises:
        RefusedError: There are sessions of several dates and none was chosen, or no page stands out.
    """
    dated = _dated(export, tick)
    if date and date in dated.values():
        dated = {path: day for path, day in dated.items() if day == date}
    if len(set(dated.values())) > 1:
        dated = {path: day for path, day in dated.items() if _entries(export, path)} or dated
    if len(set(dated.values())) > 1:
        raise RefusedError(several(sorted(set(dated.values()))))
    if dated:
        return max(dated, key=lambda path: _entries(export, path))
    return _top(export)


def _dated(export: Export, tick: Progress) -> dict[str, dt.date]:
    dates: dict[str, dt.date] = {}
    for number, path in enumerate(export.paths, 1):
        tick(f"ページの題を読んでいます({number:,} / {len(export.paths):,})")
        if day := next(iter(page_dates(export.head(path)).values()), None):
            dates[path] = day
    return {path: day for path, day in dates.items() if not any(one in dates for one in export.above(path))}


def several(days: list[dt.date]) -> str:
    """What to say where there are sessions of several dates, and how to choose one."""
    listed = "、".join(map(str, days[:_LISTED])) + (" など" if len(days) > _LISTED else "")
    return f"{len(days)} 回分のページ({listed})があります。`--date {days[-1]}` のように1回を選んでください"


def _top(export: Export) -> str:
    """The page above all others, where no page has a date."""
    pages = set(export.paths)
    tops = [path for path in export.paths if not any(one in pages for one in export.above(path))]
    if len(tops) > 1:  # an HTML export has a list of its pages beside them, which lies in no folder of theirs
        tops = [path for path in tops if posixpath.basename(path) != _LIST_OF_PAGES] or tops
    if len(tops) > 1:
        tops = [path for path in tops if _entries(export, path)] or tops
    if len(tops) == 1:
        return tops[0]
    listed = "、".join(f"「{shown(export.head(path).title.source or path)}」" for path in tops[:_LISTED])
    hint = "会のページの題に日付を入れるか、そのページだけを書き出してください"
    raise RefusedError(f"どれが会のページかわかりません({listed})。{hint}")


def _entries(export: Export, path: str) -> int:
    """How many things on a page could be entries: headings, and links to sub-pages."""
    found = 0
    for block in walk(export.page(path).blocks):
        link = sole_link(block.text.source) if isinstance(block, Paragraph) else None
        found += isinstance(block, Heading)
        found += bool(link and export.resolve(link.url, path) in export.tree.files)
    return found


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
        # A cell may hold line feeds, which StringIO would else change.
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
    owners = {path.replace("_all.csv", ".csv"), path}
    pages = [page for page in export.rows_of(owners) if suffix(page) in PAGES]
    # Of rows with one title the first says the place.
    order = {_key(row[0]): number for number, row in reversed(list(enumerate(rows)))}

    def place(page: str) -> tuple[int, str]:
        title = export.head(page).title.source or bare_stem(page)
        return (order.get(_key(title), len(rows)), page)

    return sorted(pages, key=place)


def _key(text: str) -> str:
    return "".join(text.split()).casefold()


def words_of(rows: Sequence[Sequence[str]]) -> str:
    """What a reader of the database sees."""
    return "\n".join(" ".join(row) for row in rows)
