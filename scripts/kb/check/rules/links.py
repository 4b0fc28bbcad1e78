"""Where links and images lead: nowhere, to where only members may go, to what cannot be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Said, rule
from kb.model.codes import Code
from kb.model.finding import Span
from kb.model.inline import Image, Link
from kb.text.spell import code_span

LARGEST = 1_000_000
"""Bytes of an image; what a telephone loads in a second or two."""
BROKEN = "notion.soundefined"
"""What Notion's exporter makes of a link whose page it does not know."""

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")
# Notion's exports have the name of the file, `Untitled` or `image 3.png`, where nobody gave words.
_NO_WORDS = re.compile(
    r"\s*(?:(?:untitled|image|画像)(?:[ _-]?\d+)?(?:\.[a-z]{3,4})?"
    r"|[^\s/]*\.(?:png|jpe?g|gif|svg|webp|avif))?\s*",
    re.IGNORECASE,
)
_PAGE_ID = re.compile(r"[0-9a-f]{32}\b|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-", re.IGNORECASE)
_WORKSPACES = ("notion.so", "www.notion.so", "app.notion.com", "notion.com", "www.notion.com")
_FILES = ("file.notion.so", "secure.notion-static.com", "prod-files-secure.s3")
# `%25` before the first byte of a character that is not ASCII, or before a blank: "100%25off" is right.
_TWICE = re.compile(r"%25(?:[89A-Fa-f][0-9A-Fa-f]|20)")


def _beside(base: Base, url: str) -> Path | None:
    """The file in the folder of the notes that a relative address names; None where there is none."""
    # A file may be called by its name, `%` and all, as well as by its address.
    for path in dict.fromkeys((url.removeprefix("./"), unquote(url).removeprefix("./"))):
        inside = bool(path) and not path.startswith("/") and ".." not in path.split("/")
        try:
            if inside and (base.notes / path).is_file():
                return base.notes / path
        except (OSError, ValueError):  # a name that is too long, or with a NUL in it
            continue
    return None


def _images(note: Note, *, absolute: bool | None = None) -> Iterable[tuple[Image, Span]]:
    """Images with their places; one that stands twice on a line is told once."""
    images = ((node, span) for node, span in note.targets if isinstance(node, Image))
    return dict.fromkeys(
        (image, span) for image, span in images if absolute in (None, bool(_ABSOLUTE.match(image.url)))
    )


@rule(Code.IMAGE_MISSING)
def image_missing(note: Note, base: Base) -> Iterator[Said]:
    """An image that is not in the folder of the notes."""
    for image, span in _images(note, absolute=False):
        if _beside(base, image.url) is None:
            near = _near(base, image.url)
            hint = f"ファイルを `docs/notes/` の中に置き、正しい場所を書いてください{near}"
            yield span, f"画像 `{image.url}` が見つかりません", hint, image.url


def _near(base: Base, url: str) -> str:
    """A file of the same folder whose name differs in case or suffix only."""
    path = base.notes / url.partition("?")[0]
    name = _names(base, path.parent).get(path.stem.lower(), "")
    return f"(`{name}` ならあります)" if name else ""


# A folder is looked through once, however many images are missing in it.
@lru_cache(maxsize=256)
def _names(base: Base, folder: Path) -> Mapping[str, str]:
    """The first file of each name without case and suffix in a folder that lies with the notes."""
    try:
        inside = folder.resolve().is_relative_to(base.notes.resolve()) and folder.is_dir()
        names = sorted((one.name for one in folder.iterdir()), reverse=True) if inside else []
    except (OSError, ValueError):
        return {}
    return {Path(name).stem.lower(): name for name in names}


@rule(Code.IMAGE_ALT_MISSING)
def image_alt_missing(note: Note, _: Base) -> Iterator[Said]:
    """An image without words that say what it shows."""
    for image, span in _images(note):
        if _NO_WORDS.fullmatch(image.alt):
            shown = f"(`{image.alt.strip()}`)" if image.alt.strip() else ""
            hint = f"{code_span(f'![何の図か]({image.url})')} のように、角括弧の中に説明を書いてください"
            yield span, f"画像に説明がありません{shown}", hint


@rule(Code.IMAGE_LARGE)
def image_large(note: Note, base: Base) -> Iterator[Said]:
    """An image of more than a megabyte."""
    for image, span in _images(note, absolute=False):
        file = _beside(base, image.url)
        size = file.stat().st_size if file else 0
        if size > LARGEST:
            message = f"画像 `{image.url}` が {size / 1_000_000:.1f} MB あります"
            yield span, message, "1 MB以下に縮めてください(幅1600ピクセルほどで十分です)"


@rule(Code.IMAGE_ELSEWHERE)
def image_elsewhere(note: Note, _: Base) -> Iterator[Said]:
    """An image on another host."""
    for _image, span in _images(note, absolute=True):
        hint = "使ってよい画像なら保存して `docs/notes/` の中に置き、その場所を書いてください"
        yield span, "ほかのサイトの画像なので、リンクとして出ます", hint


@rule(Code.LINK_MISSING)
def link_missing(note: Note, base: Base) -> Iterator[Said]:
    """A relative link to a note or a file that is not there; images have their own rule."""
    relative = ((one.url, span) for one, span in note.targets if isinstance(one, Link))
    for url, span in relative:
        path = re.split(r"[?#]", url, maxsplit=1)[0]
        # Notion's exports hold files with a `#` in their names, so the whole may be one.
        if path and not _ABSOLUTE.match(url) and not _beside(base, path) and not _beside(base, url):
            hint = "ある名前に直すか、ウェブのアドレスにするか、リンクを外してください"
            yield span, f"リンク先 `{url}` が `docs/notes/` にありません", hint


def _targets(note: Note) -> Iterable[tuple[str, Span]]:
    """The address of each link with its place; one that stands twice on a line is told once."""
    return dict.fromkeys((node.url, span) for node, span in note.targets)


@rule(Code.LINK_NOTION_PRIVATE)
def link_notion_private(note: Note, _: Base) -> Iterator[Said]:
    """A link to a page of a Notion workspace."""
    for url, span in _targets(note):
        if "notion" in url and _is_private(url):
            hint = "だれでも開けるアドレスにするか、要点を書いてリンクを消してください"
            yield span, "Notionのページへのリンクです。会の外の人は開けません", hint


def _is_private(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # `http://[`
        return False
    host = parts.netloc.lower().rpartition("@")[2].partition(":")[0]
    if host in _FILES or host.startswith(_FILES[-1]):
        return True
    # Notion's own pages, its blog and its help, have no id of 32 digits.
    page = bool(_PAGE_ID.search(parts.path))
    return host.endswith(".notion.site") or (host in _WORKSPACES and (page or host == "app.notion.com"))


@rule(Code.LINK_NOTION_BROKEN)
def link_notion_broken(note: Note, _: Base) -> Iterator[Said]:
    """A link that Notion's exporter broke."""
    for number, line in enumerate(note.prose, 1):
        for found in re.finditer(re.escape(BROKEN), line):
            message = f"リンクが壊れています(`{BROKEN}`)"
            yield note.at(number, *found.span()), message, "正しいアドレスに直してください"


@rule(Code.LINK_ENCODED_TWICE)
def link_encoded_twice(note: Note, _: Base) -> Iterator[Said]:
    """An address whose percent signs were encoded again, as in some of Notion's exports."""
    for url, span in _targets(note):
        path = url.partition("?")[0]  # a query may well hold an address that is encoded
        if _TWICE.search(path):
            mended = _short(unquote(path.replace("%25", "%")))
            hint = f"`%25` を `%` に戻してください(元は「{mended}」です)"
            yield span, "アドレスが二重に変換されています", hint


def _short(text: str) -> str:
    tail = text.rstrip("/").rpartition("/")[2]
    return tail if len(tail) <= 30 else tail[:30] + "…"
