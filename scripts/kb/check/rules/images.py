"""Images: whether they are there, what they show, how large they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Rule
from kb.check.rules.targets import beside, is_absolute
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.inline import Image

LARGEST = 1_000_000
"""Bytes of an image; what a telephone loads in a second or two."""

_NO_WORDS = re.compile(
    r"\s*(?:(?:untitled|image|画像)(?:[ _-]?\d+)?(?:\.[a-z]{3,4})?"
    r"|[^\s/]*\.(?:png|jpe?g|gif|svg|webp|avif))?\s*",
    re.IGNORECASE,
)


def _images(note: Note) -> Iterable[tuple[Image, Span]]:
    """Every image with its place; one that stands twice on a line is told once."""
    return dict.fromkeys((node, span) for node, span in note.targets if isinstance(node, Image))


class ImageMissing(Rule):
    """An image that is not in the folder of the notes."""

    code = Code.IMAGE_MISSING

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """Look for the file of each image beside the notes."""
        for image, span in _images(note):
            if not is_absolute(image.url) and beside(base, image.url) is None:
                hint = (
                    f"ファイルを `docs/notes/` の中に置き、正しい場所を書いてください{_near(base, image.url)}"
                )
                yield self.finding(span, f"画像 `{image.url}` が見つかりません", hint)


def _near(base: Base, url: str) -> str:
    """A file of the same folder whose name differs in case or suffix only."""
    path = base.notes / url.partition("?")[0]
    try:
        inside = path.parent.resolve().is_relative_to(base.notes.resolve()) and path.parent.is_dir()
        names = sorted(one.name for one in path.parent.iterdir()) if inside else []
    except (OSError, ValueError):
        return ""
    alike = (name for name in names if Path(name).stem.lower() == path.stem.lower())
    return next((f"(`{name}` ならあります)" for name in alike), "")


class ImageAltMissing(Rule):
    """An image without words that say what it shows."""

    code = Code.IMAGE_ALT_MISSING

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look at the alternative text of each image."""
        for image, span in _images(note):
            if _NO_WORDS.fullmatch(image.alt):
                shown = f"(`{image.alt.strip()}`)" if image.alt.strip() else ""
                hint = f"`![何の図か]({image.url})` のように、角括弧の中に説明を書いてください"
                yield self.finding(span, f"画像に説明がありません{shown}", hint)


class ImageLarge(Rule):
    """An image of more than a megabyte."""

    code = Code.IMAGE_LARGE

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """Weigh the file of each image."""
        for image, span in _images(note):
            file = None if is_absolute(image.url) else beside(base, image.url)
            size = file.stat().st_size if file else 0
            if size > LARGEST:
                message = f"画像 `{image.url}` が {size / 1_000_000:.1f} MB あります"
                yield self.finding(span, message, "1 MB以下に縮めてください(幅1600ピクセルほどで十分です)")


class ImageElsewhere(Rule):
    """An image on another host."""

    code = Code.IMAGE_ELSEWHERE

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look for images with an address of the web."""
        for image, span in _images(note):
            if is_absolute(image.url):
                message = "ほかのサイトの画像なので、リンクとして出ます"
                hint = "使ってよい画像なら保存して `docs/notes/` の中に置き、その場所を書いてください"
                yield self.finding(span, message, hint)
