"""The issue form 「新しい週を追加」, read from the text that GitHub makes of it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

LABEL = "new-week"
TITLES = ("勉強会の日付", "ノートの文章", "添付ファイル", "公開の確認")
"""The labels of the form's fields, in order; a test compares them with the form."""
_EMPTY = "_No response_"  # what GitHub writes for an empty field
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
# GitHub's fence is longer than three where the note has fences of its own.
_OPENED = re.compile(r"(`{3,})[a-z]*")
# GitHub makes an image of a picture, a link of a file, and a bare address of a video.
_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,200})\]\((https://[^\s()<>\"]{1,500})\)|(https://[^\s()<>\"]{1,500})")
_NAME = re.compile(r"[^\w.()（） -]")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was dropped into the form."""

    url: str
    name: str
    """A plain file name, without folders."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a member asked for."""

    date: dt.date | None
    text: str
    """The pasted note, as it was pasted."""
    attachments: tuple[Attachment, ...]
    consent: bool


class NotBroughtError(Exception):
    """The week cannot be made into a note. The message is Markdown for the issue."""


def request_of(body: str) -> Request:
    """Take the form's text apart.

    A pasted note has headings of its own, perhaps these very ones: the first field begins at the top, and
    the ends of the others are looked for from below.
    """
    # GitHub's forms send CRLF.
    rest = body.replace("\r\n", "\n").strip()
    values: list[str] = []
    for title in reversed(TITLES):
        rest, found, value = f"\n{rest}\n".rpartition(f"\n### {title}\n")
        if not found:
            raise NotBroughtError(f"「{title}」の欄が見つかりません。見出しを消さずに書き直してください。")
        values.append("" if value.strip() == _EMPTY else value.strip("\n"))
    consent, files, text, date = values
    return Request(_date(date), _unfenced(text), _attachments(files), _agreed(consent))


def _date(value: str) -> dt.date | None:
    # A Japanese keyboard gives full-width digits and strokes.
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", value).replace(" ", "").strip())
    if found is None:
        return None
    try:
        return dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def _unfenced(value: str) -> str:
    """Without the fence that `render: text` puts around the field, which belongs to no note."""
    lines = value.split("\n")
    opened = _OPENED.fullmatch(lines[0].strip())
    if opened and len(lines) > 1 and lines[-1].strip() == opened[1]:
        inner = "\n".join(lines[1:-1])
        return "" if inner.strip() == _EMPTY else inner
    return value


def _attachments(value: str) -> tuple[Attachment, ...]:
    found = (
        Attachment(one[3] or one[4], _name(one[2] or "", one[3] or one[4])) for one in _LINK.finditer(value)
    )
    return tuple({attachment.url: attachment for attachment in found}.values())


def _name(label: str, url: str) -> str:
    """The label, if it is a file's name; otherwise the last part of the address."""
    name = label if "." in label else unquote(url.rsplit("/", 1)[-1])
    # Names from macOS come in NFD; of a long one the end stays, with its suffix.
    return _NAME.sub("_", unicodedata.normalize("NFC", name)).strip(" .")[-120:] or "file"


def _agreed(value: str) -> bool:
    boxes = [line.strip()[:5].lower() for line in value.split("\n") if line.strip().startswith("- [")]
    return bool(boxes) and all(box == "- [x]" for box in boxes)
