"""What becomes of the addresses in a session that was imported, and of the files that they lead to."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from posixpath import basename
from urllib.parse import unquote

from kb.intake.account import Account, Things, with_left
from kb.intake.export import PAGES, Export, all_columns
from kb.intake.given import NotFetchedError
from kb.intake.inline import Address, line_starts, readdressed
from kb.intake.names import bare_stem, normal_path, shown, suffix
from kb.intake.pull import Pulled
from kb.model.blocks import Block, Blocks, rebuilt
from kb.model.codes import Code
from kb.model.finding import Finding, Severity, Span
from kb.model.inline import Image, Link, RichText, Url, flat
from kb.model.session import Entry, Part, Session
from kb.read.notion.session import page_dates
from kb.text.inline import rich_text

_KEPT = re.compile(r"images/\d{4}-\d\d-\d\d/[^/]+$")
_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|$")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_NOTION = re.compile(r"https?://(?:[\w-]+\.)?notion\.(?:so|site|com)\b", re.IGNORECASE)
# What the exporter writes for a page that it cannot name.
_UNDEFINED = re.compile(r"notion\.soundefined|(?:^|/)undefined$", re.IGNORECASE)
_NOTE = re.compile(r"(?:^|/)\d{4}-\d\d-\d\d\.md(?:#.*)?$")
_HINTS = {
    Code.EXPORT_MISSING: "画像やページも含めて(フォルダごと)渡すか、元のページで確かめてください",
    Code.EXPORT_ALIKE: "ちがうときは、ノートのアドレスを直してください",
    Code.EXPORT_LINK_BROKEN: "元のページで行き先を確かめてください",
    Code.EXPORT_NOTION_LINK: "だれでも見られるアドレスに替えるか、必要なことをノートに書いてください",
    Code.IMPORT_IMAGE_ELSEWHERE: "使ってよい画像なら、`--fetch` を付けて取り込むと、ノートの横に置きます",
    Code.IMPORT_IMAGE_FAILED: "使ってよい画像なら、保存して `docs/notes/` の中に置いてください",
    Code.EXPORT_FILE_LARGE: "1 MB より小さくして置き換えてください",
}


LARGE = 1_000_000
"""Bytes from which a file is reported: a page of the site should open on a telephone."""
STORED = frozenset(
    (
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".heic", ".tif", ".tiff"),
        *(".pdf", ".mp4", ".mov", ".webm", ".mp3", ".wav", ".m4a"),
        *(".pptx", ".docx", ".xlsx", ".key", ".ipynb", ".py", ".json", ".txt", ".csv", ".zip"),
    )
)
_MAX_SLUG = 40


@dataclass(slots=True)
class Shelf:
    """The files that go with one note, by path relative to the folder of notes."""

    date: dt.date
    files: dict[str, bytes] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    """Those addresses that no source had."""

    def put(self, path: str, data: bytes) -> str:
        """Keep a file of the export; answer its address in the note.

        The name is made of ASCII letters, for file systems spell others in more than one way, and of the
        file's contents, so that the same file has the same name whatever it was called.
        """
        folded = unicodedata.normalize("NFKD", bare_stem(path)).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")[:_MAX_SLUG].strip("-") or "file"
        digest = hashlib.sha256(data).hexdigest()[:8]
        address = f"images/{self.date.isoformat()}/{slug}-{digest}{suffix(path)}"
        self.files[address] = data
        self.made.add(address)
        return address


@dataclass(slots=True)
class Addresses:
    """The addresses of one session on their way from the export to the note."""

    export: Export
    pulled: Pulled
    shelf: Shelf
    is_note: bool = False
    """Whether the source is a note of ours, whose addresses are relative to the notes already."""
    used: set[str] = field(default_factory=set)
    """Files of the export that the session refers to."""
    findings: list[Finding] = field(default_factory=list)
    _large: set[str] = field(default_factory=set)
    _placed: dict[str, list[tuple[Span, str, str]]] = field(default_factory=dict)
    """By page: where files stood that went beside the note, what to say of each, and its address."""
    _left_elsewhere: list[Span] = field(default_factory=list)
    """Where images stand that nobody fetched."""

    def settle(self, session: Session) -> Session:
        """The session with the addresses that it has on the site; everything changed is told."""
        blocks = self._blocks(session.blocks)
        settled = replace(session, blocks=blocks, parts=tuple(map(self._part, session.parts)))
        self._tell_placed()
        if left := self._left_elsewhere:
            message = f"ほかのサイトにある画像が {len(left)} 個あります。サイトではリンクになります"
            self._say(Code.IMPORT_IMAGE_ELSEWHERE, "warning", left[0], message)
        return settled

    def _part(self, part: Part) -> Part:
        name, blocks = self._text(part.name, part.span), self._blocks(part.blocks)
        return replace(part, name=name, blocks=blocks, entries=tuple(map(self._entry, part.entries)))

    def _entry(self, entry: Entry) -> Entry:
        title = self._text(entry.title, entry.span)
        data = tuple(replace(item, value=self._text(item.value, item.span)) for item in entry.data)
        return replace(entry, title=title, data=data, blocks=self._blocks(entry.blocks))

    def _blocks(self, blocks: Blocks) -> Blocks:
        return tuple([self._block(block) for block in blocks])

    def _block(self, block: Block) -> Block:
        return rebuilt(block, text=lambda text: self._text(text, block.span), inner=self._blocks)

    def _text(self, text: RichText, span: Span) -> RichText:
        source = text.source
        if "notion." in source:  # nearly no text has one: looked for before anything is parsed
            self._tell_notion(text, span)
        new = readdressed(source, lambda address: self._change(address, span))
        # What was a link's label may look like a heading at the start of its line.
        return text if new == source else rich_text(line_starts(new, source))

    def _say(self, code: Code, severity: Severity, span: Span, message: str, raw: str = "") -> None:
        place = replace(span, last=span.first)
        self.findings.append(Finding(code, severity, place, message, _HINTS.get(code, ""), raw))

    def _tell_notion(self, text: RichText, span: Span) -> None:
        for url in dict.fromkeys(
            node.url for node in flat(text.nodes) if isinstance(node, Link | Url | Image)
        ):
            if _UNDEFINED.search(url):
                message = f"リンク `{shown(url)}` は壊れています(行き先がありません)。そのまま残しました"
                self._say(Code.EXPORT_LINK_BROKEN, "loss", span, message)
            elif _NOTION.match(url) and not self.export.by_notion_address(url):
                message = f"Notion のページへのリンク `{shown(url)}` を残しました。見られない人がいます"
                self._say(Code.EXPORT_NOTION_LINK, "warning", span, message)

    def _change(self, address: Address, span: Span) -> str | None:
        url = address.url
        if _EXTERNAL.match(url):
            path = self.export.by_notion_address(url) if _NOTION.match(url) else ""
            if path:
                return self._page(address, path, span)
            return self._elsewhere(address, span) if address.is_image and _WEB.match(url) else None
        path = self.export.resolve(url, span.path)
        if not path and _NOTE.search(url):  # as notes link to each other
            return None
        if not path and suffix(url) in STORED:
            path = self._alike(url, span)
        if not path:
            # A link of a note may lead to any page of the site; a file has to come with it.
            if address.is_image or not self.is_note or suffix(url) in STORED:
                what = "画像" if address.is_image else "リンク先"
                message = f"{what} `{shown(url)}` が、渡されたものの中にありません。そのまま残しました"
                self._say(Code.EXPORT_MISSING, "loss", span, message)
            return None
        if suffix(path) in PAGES:
            # A link of one note to another is as it has to be.
            return None if self.is_note else self._page(address, path, span)
        shown_as_table = self.pulled.words.get(all_columns(self.export, path))
        # The view is in the note when the file with all columns is.
        if suffix(path) == ".csv" and shown_as_table and not address.is_image:
            self.used.add(path)
            message = f"データベース「{shown(address.label)}」へのリンクを文字にしました"
            self._say(Code.EXPORT_LINK_OUTSIDE, "left-out", span, message, address.raw)
            return ""
        return self._file(address, path, span)

    def _alike(self, url: str, span: Span) -> str:
        """A file that is called nearly as an address says; notes of ours stay as they are."""
        path = "" if self.is_note else self.export.alike(url, span.path)
        if path:
            message = f"`{shown(url)}` がないので、名前の似た `{shown(basename(path))}` を使いました"
            self._say(Code.EXPORT_ALIKE, "guess", span, message)
        return path

    def _elsewhere(self, address: Address, span: Span) -> str | None:
        """An image on another host: beside the note where it is to be fetched, or else left where it is."""
        if self.export.fetch is None:
            self._left_elsewhere.append(span)
            return None
        try:
            picture = self.export.fetch(address.url)
        except NotFetchedError as error:
            message = f"画像 `{shown(address.url)}` を取り込めませんでした。{error}。リンクとして残しました"
            self._say(Code.IMPORT_IMAGE_FAILED, "warning", span, message)
            return None
        self._tell_large(picture.name, picture.data, span)
        new = self.shelf.put(picture.name, picture.data)
        message = f"画像 `{shown(address.url)}` を `{new}` に置き、元のアドレスを除きました"
        self._say(Code.EXPORT_FILE, "left-out", span, message, address.raw)
        return new

    def _page(self, address: Address, path: str, span: Span) -> str:
        """A link to a page: to a note where the page is one, or else its words alone."""
        if path in self.pulled.words:
            message = f"「{shown(address.label)}」のページはこのノートの中にあるので、リンクを文字にしました"
            self._say(Code.EXPORT_LINK_INSIDE, "left-out", span, message, address.raw)
            return ""
        day = next(iter(page_dates(self.export.head(path)).values()), None)
        if day:
            message = f"`{day}` の回へのリンクを、その回のノートへのリンクにしました"
            self._say(Code.EXPORT_LINK_SESSION, "left-out", span, message, address.raw)
            return f"{day}.md"
        message = f"ページ「{shown(address.label)}」は取り込まなかったので、リンクを文字にしました"
        self._say(Code.EXPORT_LINK_OUTSIDE, "left-out", span, message, address.raw)
        return ""

    def _file(self, address: Address, path: str, span: Span) -> str | None:
        self.used.add(path)
        if suffix(path) not in STORED:
            message = f"`{shown(basename(path))}` は、サイトに置かない種類のファイルなので除きました"
            self._say(Code.EXPORT_FILE_KIND, "left-out", span, message, address.raw)
            return ""
        data = self.export.tree.read(path)
        self._tell_large(path, data, span)
        # A note of ours has an address for it already; another week may have an `images/a.png`, too.
        if self.is_note and _KEPT.match(kept := normal_path(unquote(address.url))):
            self.shelf.files[kept] = data
            return None
        new = self.shelf.put(path, data)
        what = "画像" if address.is_image else "ファイル"
        message = f"{what} `{shown(basename(path))}` を `{new}` に置き、元のアドレスを除きました"
        self._placed.setdefault(span.path, []).append((span, message, address.raw))
        return new

    def _tell_placed(self) -> None:
        """One message for the files of each page: a report may have thirty images."""
        for placed in self._placed.values():
            span, message, _ = placed[0]
            if len(placed) > 1:
                folder = f"images/{self.shelf.date}/"
                message = f"画像など {len(placed)} 個を `{folder}` に置き、元のアドレスを除きました"
            self._say(Code.EXPORT_FILE, "left-out", span, message, " ".join(raw for _, _, raw in placed))

    def _tell_large(self, path: str, data: bytes, span: Span) -> None:
        if len(data) > LARGE and path not in self._large:
            self._large.add(path)
            message = f"`{shown(path)}` は {len(data) / 10**6:.1f} MB あります"
            self._say(Code.EXPORT_FILE_LARGE, "warning", span, message)

    def left(self) -> list[str]:
        """Files and pages that the session does not refer to."""
        taken = {*self.pulled.words, *self.pulled.empty, *self.used}
        return [path for path in self.export.tree.files if path not in taken]

    def unused(self) -> Iterator[Finding]:
        """Each of them by its name: what was given is in the note or in the report."""
        for path in self.left():
            what = "ページ" if path in self.export.paths else "ファイル"
            message = f"この回から使われていない{what}なので除きました"
            if (twin := all_columns(self.export, path)) != path and twin in self.pulled.words:
                message = "すべての列がある `_all.csv` のほうを表にしたので除きました"
            yield Finding(Code.EXPORT_UNUSED, "left-out", Span(path, 0, 0), message)

    def account(self, account: Account) -> Account:
        """The account with what was given and is not in the note."""
        left = self.left()
        pages = [path for path in left if path in self.export.paths]
        words = map(self.export.words, pages)
        whole, files = len(self.export.paths), len(self.export.tree.files)
        others = Things(files - whole, len(left) - len(pages))
        return with_left(account, words, Things(whole, len(pages)), others)
