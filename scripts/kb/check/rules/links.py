"""Links that lead nowhere, or where only members of a workspace may go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Rule
from kb.check.rules.targets import beside, is_absolute
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import Link

BROKEN = "notion.soundefined"
"""What Notion's exporter makes of a link whose page it does not know."""

_PAGE_ID = re.compile(r"[0-9a-f]{32}\b|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-", re.IGNORECASE)
_WORKSPACES = ("notion.so", "www.notion.so", "app.notion.com", "notion.com", "www.notion.com")
_FILES = ("file.notion.so", "secure.notion-static.com", "prod-files-secure.s3")
_TWICE = re.compile(r"%25(?:[89A-Fa-f][0-9A-Fa-f]|20)")


def _targets(note: Note) -> Iterable[tuple[str, Span]]:
    """The address of each link with its place; one that stands twice on a line is told once."""
    return dict.fromkeys((node.url, span) for node, span in note.targets)


class LinkNotionPrivate(Rule):
    """A link to a page of a Notion workspace."""

    code = Code.LINK_NOTION_PRIVATE

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look at the host and the path of each link."""
        for url, span in _targets(note):
            if "notion" in url and _is_private(url):
                message = "Notionのページへのリンクです。会の外の人は開けません"
                hint = "だれでも開けるアドレスにするか、要点を書いてリンクを消してください"
                yield self.finding(span, message, hint)


def _is_private(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.netloc.lower().rpartition("@")[2].partition(":")[0]
    if host in _FILES or host.startswith(_FILES[-1]):
        return True
    page = bool(_PAGE_ID.search(parts.path))
    return host.endswith(".notion.site") or (host in _WORKSPACES and (page or host == "app.notion.com"))


class LinkNotionBroken(Rule):
    """A link that Notion's exporter broke."""

    code = Code.LINK_NOTION_BROKEN

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look for the exporter's word in every line that is not code."""
        for number, line in enumerate(note.prose, 1):
            start = line.find(BROKEN)
            while start >= 0:
                end = start + len(BROKEN)
                message = f"リンクが壊れています(`{BROKEN}`)"
                yield self.finding(note.at(number, start, end), message, "正しいアドレスに直してください")
                start = line.find(BROKEN, end)


class LinkEncodedTwice(Rule):
    """An address whose percent signs were encoded again."""

    code = Code.LINK_ENCODED_TWICE

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look at the path of each link; a query may well hold an address that is encoded."""
        for url, span in _targets(note):
            path = url.partition("?")[0]
            if _TWICE.search(path):
                mended = unquote(path.replace("%25", "%"))
                message = "アドレスが二重に変換されています"
                yield self.finding(
                    span, message, f"`%25` を `%` に戻してください(元は「{_short(mended)}」です)"
                )


def _short(text: str) -> str:
    tail = text.rstrip("/").rpartition("/")[2]
    return tail if len(tail) <= 30 else tail[:30] + "…"


class LinkMissing(Rule):
    """A relative link to a note or a file that is not there."""

    code = Code.LINK_MISSING

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """Look for the file of each relative link; images have their own rule."""
        relative = ((one.url, span) for one, span in note.targets if isinstance(one, Link))
        for url, span in relative:
            path = re.split(r"[?#]", url, maxsplit=1)[0]
            if path and not is_absolute(url) and beside(base, path) is None and beside(base, url) is None:
                message = f"リンク先 `{url}` が `docs/notes/` にありません"
                hint = "ある名前に直すか、ウェブのアドレスにするか、リンクを外してください"
                yield self.finding(span, message, hint)
