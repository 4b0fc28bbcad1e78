"""An export: which file a link means, which page holds which, its databases.

Notion puts the sub-pages and files of `Title <id>.md` into the folder `Title <id>/`, or `Title/` in
newer exports; links are relative and percent-encoded. A database is `X.csv` (the view), `X_all.csv` (all
columns), and one page per row; the files are CSV as of RFC 4180 with a BOM and CRLF. What Notion says of
its exports is at https://www.notion.com/help/export-your-content.
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from unicodedata import normalize
from urllib.parse import unquote

from kb.intake.archive import Tree
from kb.intake.given import Fetch
from kb.intake.names import bare_stem, normal_path, one_blank, page_id, stem, suffix, without_id
from kb.model.blocks import Table
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import NO_TEXT, RichText
from kb.read.dialects import dialect_of, read_text
from kb.read.enhanced.page import read_markdown_page
from kb.read.html.reader import is_html, read_html_page
from kb.read.note import Reading
from kb.read.notion.page import page_head
from kb.read.page import Page
from kb.read.source import decode
from kb.text.inline import rich_text
from kb.text.spell import escape_literal

Rows = list[list[str]]
PAGES = (".md", ".markdown", ".html", ".htm")
_NOTION_ID = re.compile(r"([0-9a-f]{32})(?:[?#]|$)")
_LIQUID = re.compile(r"^(?:\s*\{[{%][^{}]*[%}]\}\s*)+")
_LEAST_STEM = 8
"""Characters that a name has to have for another to be the same name, cut short."""


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
    _dialects: dict[str, str] = field(default_factory=dict)
    _readings: dict[str, Reading] = field(default_factory=dict)
    _below: dict[str, list[str]] | None = None
    _held: dict[str, list[str]] | None = None
    _by_alike: dict[str, list[str]] = field(default_factory=dict)

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

    def dialect(self, path: str) -> str:
        """What a page is written in: its text tells it, whatever the page is called."""
        if path not in self._dialects:
            text = self.text(path)
            html = suffix(path) in (".html", ".htm")
            self._dialects[path] = "html" if html and text else dialect_of(text) if text else ""
        return self._dialects[path]

    def page(self, path: str) -> Page:
        """A page, read in its dialect."""
        if path not in self._read:
            self._read[path] = self._page(path, self.text(path))
        return self._read[path]

    def _page(self, path: str, text: str) -> Page:
        if not text:
            return Page(NO_TEXT, span=Span(path, 0, 0))
        if self.dialect(path) == "html":
            return read_html_page(text, path)
        return read_markdown(text, path)

    def words(self, path: str) -> str:
        """What a reader of a page that was left out would see, without reading Markdown for it."""
        return self.page(path).words if self.dialect(path) == "html" else self.text(path)

    def reading(self, path: str) -> Reading:
        """A note of ours or copied text, read as such."""
        if path not in self._readings:
            self._readings[path] = read_text(self.text(path), path, self.dialect(path))
        return self._readings[path]

    def head(self, path: str) -> Page:
        """A page with its title and properties; a Markdown page is not read any further."""
        if path in self._read or suffix(path) in (".html", ".htm"):
            return self.page(path)
        text, _ = decode(self.tree.read(path), path)
        if is_html(text):
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
        if self._held is None:
            self._held = {}
            for path in self.paths:
                self._held.setdefault(self.owner(path), []).append(path)
        return [path for one in sorted(databases) for path in self._held.get(one, ())]

    def below(self, path: str) -> list[str]:
        """The pages and databases right below a page or a database, in the order of the export."""
        if self._below is None:
            self._below = {}
            for one in self.tree.files:
                if suffix(one) in (*PAGES, ".csv") and (holder := next(self.above(one), "")):
                    self._below.setdefault(holder, []).append(one)
        return self._below.get(path, [])

    def all_below(self, path: str) -> Iterator[str]:
        """The pages and databases below one, at any depth."""
        for one in self.below(path):
            yield one
            yield from self.all_below(one)

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
        last = list(spellings)[-1]
        rooted = _rooted(last)
        if rooted and (found := self._below_root(rooted) or self._beside((rooted,), base)):
            return found
        return self._moved(last, base) or self._beside(spellings, base)

    def alike(self, url: str, base: str) -> str:
        """The one file whose path is that of an address but for case, blanks and dashes, or empty."""
        path = normal_path(posixpath.join(posixpath.dirname(base), unquote(url)))
        if not self._by_alike:
            for one in self.tree.files:
                self._by_alike.setdefault(_alike(one), []).append(one)
        found = self._by_alike.get(_alike(path), [])
        return found[0] if len(found) == 1 else ""

    def _below_root(self, path: str) -> str:
        """The one file at a path below the root of a site, wherever that root is among the files."""
        named = self._by_name.get((one_blank(bare_stem(path)), suffix(path)), [])
        found = [one for one in named if f"/{one}".endswith(f"/{path}")]
        return found[0] if len(found) == 1 else ""

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


_FILTERED = re.compile(r"""(?<=[("'])\{\{\s*(["'])(?P<path>[^"'{}\n]+)\1\s*(?:\|[^{}\n]*)?\}\}""")
"""`{{ "/images/a.png" | relative_url }}` as the address of an image."""


def read_markdown(text: str, path: str, head: str = "") -> Page:
    """A page of Markdown below a front matter; addresses that a site's generator would spell are spelled."""
    told: list[Finding] = []

    def spelled(found: re.Match[str]) -> str:
        line = text.count("\n", 0, len(head) + found.start()) + 1
        message = f"アドレス `{found[0]}` を `{found['path']}` と読みました"
        left = found[0].replace(found["path"], "", 1)
        told.append(Finding(Code.NOTE_RESPELLED, "left-out", Span(path, line, line), message, excerpt=left))
        return found["path"]

    rest = _FILTERED.sub(spelled, text[len(head) :])
    page = read_markdown_page("\n" * head.count("\n") + rest, path)
    words = " ".join([head, page.words, *(one.excerpt for one in told)])
    return replace(page, words=words if head or told else page.words, findings=(*told, *page.findings))


def _rooted(url: str) -> str:
    """The path of an address that begins at the root of a site, as generators of sites spell it."""
    path = _LIQUID.sub("", url)  # `{{ site.baseurl }}/images/a.png`
    if path == url and not (path.startswith("/") and not path.startswith("//")):
        return ""
    return normal_path(re.split(r"[?#]", path, maxsplit=1)[0].strip().lstrip("/"))


def _alike(path: str) -> str:
    """A path as it is where a system or a person wrote names otherwise than the files are called."""
    return re.sub(r"[\s_-]+", "", normalize("NFKC", path)).casefold()


def _all(path: str) -> str:
    """What tells files of one id apart: the suffix, and `_all` of a database."""
    return ("_all" if stem(path).endswith("_all") else "") + suffix(path)


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
    order = {key(row[0]): number for number, row in reversed(list(enumerate(rows)))}

    def place(page: str) -> tuple[int, str]:
        title = export.head(page).title.source or bare_stem(page)
        return (order.get(key(title), len(rows)), page)

    return sorted(pages, key=place)


def key(text: str) -> str:
    """A row's title as its page has it."""
    return "".join(text.split()).casefold()


def words_of(rows: Sequence[Sequence[str]]) -> str:
    """What a reader of the database sees."""
    return "\n".join(" ".join(row) for row in rows)
