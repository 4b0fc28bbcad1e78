"""Links that lead nowhere, or where only members of a workspace may go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Example, Rule
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
    title = "Notionのページへのリンクです"
    why = (
        "Notionのページは、そのワークスペースの人しか開けないことがほとんどです。"
        "画像や添付ファイルのアドレスは、しばらくすると開けなくなります。"
        "元の論文や記事のアドレスにするか、要点をノートに書いてください。"
        "公開されているページなら、`<!-- check: off link-notion-private -->` でこの注意を消せます。"
    )
    example = Example(
        bad="## [blog] GAM\n\n[前のメモ](https://www.notion.so/GAM-0123456789abcdef0123456789abcdef)\n",
        good="## [blog] GAM\n\n[論文](https://arxiv.org/abs/2511.18423)\n",
    )

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
    title = "Notionの書き出しで壊れたリンクです"
    why = (
        f"Notionは、行き先のわからないリンクを `{BROKEN}` と書き出します。"
        "元のページを開いて、正しいアドレスに直してください。わからなければ、リンクを外して言葉だけを残します。"
    )
    example = Example(
        bad=f"## [blog] GAM\n\n[論文](https://www.{BROKEN})を読んだ。\n",
        good="## [blog] GAM\n\n[論文](https://arxiv.org/abs/2511.18423)を読んだ。\n",
    )

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
    title = "アドレスの `%` が二重に変換されています"
    why = (
        "`%E3%81%82` のような文字をもう一度変換すると `%25E3%2581%2582` になり、リンクが開けなくなります。"
        "Notionの書き出しでときどき起こります。`%25` を `%` に戻すと直ります。"
    )
    example = Example(
        bad="## [blog] 記事\n\n[記事](https://example.com/%25E8%25A8%2598%25E4%25BA%258B)\n",
        good="## [blog] 記事\n\n[記事](https://example.com/%E8%A8%98%E4%BA%8B)\n",
    )

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
    title = "リンク先のノートやファイルがありません"
    why = (
        "`[前の回](2025-11-25.md)` のように、`docs/notes/` の中のノートやファイルへリンクできます。"
        "そこにないものへのリンクは、サイトではリンクにならず文字で出ます。"
        "Notionの書き出しに入っていた子ページへのリンクも、ページを取り込まないと行き先がありません。"
    )
    example = Example(
        bad="## [論文] GAM\n\n[前の回](2025-11-24.md)の続き。\n",
        good="## [論文] GAM\n\n[前の回](2025-11-25.md)の続き。\n",
        files={"docs/notes/2025-11-25.md": "---\ndate: 2025-11-25\n---\n\n## [論文] GAM\n\n説明。\n"},
    )

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """Look for the file of each relative link; images have their own rule."""
        relative = ((one.url, span) for one, span in note.targets if isinstance(one, Link))
        for url, span in relative:
            path = re.split(r"[?#]", url, maxsplit=1)[0]
            if path and not is_absolute(url) and beside(base, path) is None and beside(base, url) is None:
                message = f"リンク先 `{url}` が `docs/notes/` にありません"
                hint = "ある名前に直すか、ウェブのアドレスにするか、リンクを外してください"
                yield self.finding(span, message, hint)
