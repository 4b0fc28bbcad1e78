"""The text of a line as a note spells it: mentions, files and colours are tags in the dialect."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kb.model.codes import Code
from kb.read import markers
from kb.read.enhanced.tags import CONTAINERS, LEAVES, MEDIA, TAG, attributes_of, parted
from kb.read.enhanced.told import Told
from kb.read.lines import Line
from kb.read.starts import escape_start, heading_text
from kb.text.inline import parse_inline
from kb.text.pieces import is_safe_url
from kb.text.spell import settled, source_of, target

_USER = re.compile(r"<mention-user(?P<attributes>\s[^<>]*)>(?P<name>[^<>\n]+)</mention-user>")
_BRACKETED = re.compile(r"^\\?\[([^\[\]\\\n]{1,24})\\?\]")
_CITATION = re.compile(r"\[\^(?:\{\{)?(https?://[^\s\[\]{}]+)(?:\}\})?\]")
_HIDDEN_IMAGE = re.compile(r"!\[(?P<caption>[^\[\]]*)\]\((?P<url>(?:file:|attachment:)[^()\s]*)\)")
_EXPIRING = re.compile(r"https://(?:prod-files-secure\.s3|file\.notion\.so|secure\.notion-static\.com)")
_CODE_BREAK = re.compile(r"(?<=[^`])<br\s*/?>(?=[^`])", re.IGNORECASE)
_WHOLE_MENTIONS = re.compile(r"(?:\s*<mention-user(?:\s[^<>]*)?(?:/>|>[^<>]*</mention-user>))+\s*$")
_DATES = ("start", "startTime", "end", "endTime", "timeZone")
_FILES = {"file": "添付ファイル", "pdf": "PDF", "video": "動画", "audio": "音声", "image": "画像"}


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    name: str
    attributes: dict[str, str]
    place: int
    """Which piece of what is written stands for its opening tag."""


@dataclass(slots=True)
class Inline:
    """Spells the texts of one page; a person who is named once is known wherever the address stands."""

    told: Told
    names: dict[str, str] = field(default_factory=dict)

    def learn(self, text: str) -> None:
        """Remember who is who."""
        for found in _USER.finditer(text):
            self.names.setdefault(attributes_of(found["attributes"]).get("url", ""), found["name"].strip())

    def paragraph(self, line: Line) -> str:
        """As `text`, for a line of its own: people alone on it present, all else begins no block."""
        source = self.words(line.text, line.number)
        if source.startswith("@") and not _WHOLE_MENTIONS.match(line.text) and line.text.startswith("<"):
            return "\\" + source
        return source

    def text(self, text: str, number: int) -> str:
        """A text without the tags of the dialect; `number` is its line in messages."""
        if _EXPIRING.search(text):
            self.told.outside(number, "Notionに置いた画像やファイル(アドレスは1時間で切れます)")
        return text if text.isalnum() else _unescaped(_Writing(self, number).written(text))

    def title(self, text: str, number: int) -> str:
        """As `text`, for a heading: its kind stands in brackets (`\\[論文\\] …`)."""
        source = self.text(text, number)
        opened = _BRACKETED.sub(r"[\1]", source, count=1)
        return heading_text(opened if markers.KIND_LABEL.match(opened) else source)

    def words(self, text: str, number: int) -> str:
        """As `text`, for a paragraph or an item: the handle of a remark stands in brackets."""
        source = self.text(text, number)
        opened = _BRACKETED.sub(r"[\1]", source, count=1)
        if markers.remark(opened):
            return opened
        # What was escaped begins nothing, and is no box of a task.
        kept = escape_start(source) if text.startswith("\\") else source
        return "\\" + kept if markers.TASK.match(kept) and not markers.TASK.match(text) else kept

    def element(self, name: str, attributes: dict[str, str], words: str, number: int) -> str:
        """What an element says, as a note spells it."""
        url = next(filter(None, map(attributes.get, ("url", "src", "href", "data-source-url"))), "")
        words = words.strip()
        match name:
            case "mention-user":
                return self._person(words, url, number)
            case "mention-date":
                return date_of(attributes)
            case "equation":
                return f"$`{words}`$" if words else ""
            case "image" if _is_open(url):
                return f"![{words}]({target(url)})"
            case "unknown":
                return self._unknown(attributes, words, url, number)
            case _ if name in MEDIA and not _is_open(url):
                self.told.outside(number, _FILES.get(name, "埋め込み"), url)
                return words
            case "database":
                self.told.outside(number, "データベースの中身")
        return link(words, url)

    def _person(self, words: str, url: str, number: int) -> str:
        name = words or self.names.get(url, "")
        if not name:
            name = "user-" + url.removeprefix("user://")[:8]
            message = f"名前のないメンションを `@{name}` と書きました"
            hint = f"ノートの `@{name}` を、その人の名前に書き換えてください"
            self.told.say_once(Code.NOTION_MENTION, "loss", number, message, hint)
        return name if name.startswith("@") else "@" + name

    def _unknown(self, attributes: dict[str, str], words: str, url: str, number: int) -> str:
        kind = attributes.get("alt", "") or words
        self.told.outside(number, f"`{kind}` のブロック" if kind else "Notion が書き出せないブロック")
        return link(kind, url)


def _unescaped(source: str) -> str:
    """The same text without the backslashes that a note has no need of: the dialect escapes all brackets."""
    if "\\" not in source:
        return source
    nodes = parse_inline(source)
    plainer = source_of(nodes).replace("\n", "<br>")
    # An entity, a tag or a link's title would be spelled otherwise: they stay.
    same = _signs(plainer) == _signs(source) and settled(parse_inline(plainer)) == settled(nodes)
    return plainer if same else source


def _signs(text: str) -> str:
    return "".join(text.split()).replace("\\", "")


def _is_open(url: str) -> bool:
    """Whether an address leads somewhere outside of Notion's programs."""
    return bool(url) and is_safe_url(url)


def link(words: str, url: str) -> str:
    """A link, or its words where its address leads nowhere."""
    if not _is_open(url):
        return words
    return f"[{words}]({target(url)})" if words else url


def date_of(attributes: dict[str, str]) -> str:
    """A date, or the time from one to another."""
    start, clock, end, until, zone = (attributes.get(name, "") for name in _DATES)
    first, last = (" ".join(filter(None, pair)) for pair in ((start, clock), (end, until)))
    return " → ".join(filter(None, (first, last))) + (f" ({zone})" if zone else "")


@dataclass(slots=True)
class _Writing:
    """One text while it is written."""

    inline: Inline
    number: int
    pieces: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)

    def written(self, text: str) -> str:
        for piece, is_code in parted(text):
            if is_code:
                ticks = piece[: len(piece) - len(piece.lstrip("`"))]
                self.pieces.append(_CODE_BREAK.sub(f"{ticks}<br>{ticks}", piece))
            else:
                self._words(piece)
        while self.open:
            self._unclosed(self.open.pop())
        return "".join(self.pieces)

    def _words(self, piece: str) -> None:
        piece = _CITATION.sub(r"(\1)", piece)
        piece = _HIDDEN_IMAGE.sub(self._hidden_image, piece)
        position = 0
        for found in TAG.finditer(piece):
            self.pieces.append(piece[position : found.start()])
            position = found.end()
            if found[0].startswith("</"):
                self._close(found["name"])
            else:
                self._opened(found)
        self.pieces.append(piece[position:])

    def _hidden_image(self, found: re.Match[str]) -> str:
        self.inline.told.outside(self.number, "画像", found["url"])
        return found["caption"]

    def _opened(self, found: re.Match[str]) -> None:
        name, attributes = found["name"], attributes_of(found["attributes"])
        if name == "u":
            self.pieces.append(found[0])
            return
        if "color" in attributes:
            self.inline.told.colour(self.number)
        if found["alone"] or name not in (*LEAVES, "span"):
            self.pieces.append(self._alone(name, attributes))
            return
        self.open.append(_Open(name, attributes, len(self.pieces)))
        self.count[name] += 1
        self.pieces.append("")

    def _alone(self, name: str, attributes: dict[str, str]) -> str:
        if name in LEAVES:
            return self.inline.element(name, attributes, "", self.number)
        return " ".join(filter(None, (icon_of(attributes), attributes.get("notice", ""))))

    def _unclosed(self, one: _Open) -> None:
        self.count[one.name] -= 1
        self.pieces[one.place] = self._alone(one.name, one.attributes)

    def _close(self, name: str) -> None:
        if name == "u":
            self.pieces.append("</u>")
        if not self.count[name]:
            return
        while (one := self.open.pop()).name != name:
            self._unclosed(one)
        self.count[name] -= 1
        if name != "span":
            words = "".join(self.pieces[one.place :])
            self.pieces[one.place :] = [self.inline.element(name, one.attributes, words, self.number)]
        elif one.attributes.get("underline") == "true":
            self.pieces[one.place] = "<u>"
            self.pieces.append("</u>")


def visible(text: str) -> str:
    """The words of a line and its addresses, told without regard to what becomes of them."""
    said = (piece if is_code else _CITATION.sub(r"(\1)", piece) for piece, is_code in parted(text))
    return "".join(TAG.sub(_seen, piece) if piece[:1] not in ("`", "\\") else piece for piece in said)


def _seen(found: re.Match[str]) -> str:
    name, attributes = found["name"], attributes_of(found["attributes"])
    said = [icon_of(attributes), attributes.get("notice", "")] if name in CONTAINERS else []
    if name in LEAVES:
        said += [url for one in ("url", "src", "href") if _is_open(url := attributes.get(one, ""))]
    if name == "unknown":
        said.append(attributes.get("alt", ""))
    if name == "mention-date":
        said += (attributes.get(one, "") for one in _DATES)
    return " ".join(("", *filter(None, said), ""))


def icon_of(attributes: dict[str, str]) -> str:
    """The emoji of a callout or a tab; the address of a picture is none."""
    icon = attributes.get("icon", "")
    return "" if any(char.isascii() and char not in "#*0123456789" for char in icon) else icon
