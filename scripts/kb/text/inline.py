"""Inline Markdown as people mean it.

The grammar is CommonMark's (https://spec.commonmark.org/0.31.2/#inlines) with these departures, each
for a habit of real notes:

* `**` next to Japanese punctuation opens and closes all the same (`**「重要」**です`);
* a line feed is a line break, because in Notion it was made with shift+enter;
* bare `https://…` is a link, and stops before Japanese text and closing punctuation;
* raw HTML is text, but for `<br>`, `<img>` and comments;
* a link to anything but http, https, mailto or a relative path is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.entities import html5
from typing import Literal

Mark = Literal["strong", "em", "del"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words."""

    text: str


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """Code inside a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """`[label](url "title")`."""

    label: tuple[Inline, ...]
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """`![alt](url "title")`, or an `<img>`."""

    alt: str
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Url:
    """An address that stands in the text itself."""

    url: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Emphasis of one kind around other inlines."""

    mark: Mark
    inner: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """An HTML comment."""

    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that names something with a page; the linker puts it in, no note holds one."""

    text: str
    kind: str
    id: str


Inline = Text | CodeSpan | Link | Image | Url | Marked | Break | Hidden | Mention


@dataclass(slots=True)
class _Run:
    """A run of emphasis characters that has not found its partner yet."""

    char: str
    count: int
    opens: bool
    closes: bool


_SPECIAL = re.compile(r"[\\`*_\[<!~&\n]|https?://")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BARE_URL = re.compile(r"https?://[!#-;=?-Z_a-z~%\[\]]+")
_ANGLE_URL = re.compile(r"<(https?://[^<>\s]*|mailto:[^<>\s]+)>")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_IMAGE_TAG = re.compile(r"<img\s[^<>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SCHEME = re.compile(r"[\s\x00-\x1f]*([A-Za-z][A-Za-z0-9+.\-]*):")
_SAFE_SCHEMES = frozenset(("http", "https", "mailto"))
_TITLE = re.compile(r"""\s+(?:"([^"]*)"|'([^']*)')\s*""")
_IMAGE_FILE = re.compile(r"[^()\n<>]*\.(?:png|jpe?g|gif|svg|webp|avif)", re.IGNORECASE)
_MAX_DEPTH = 8
_MAX_TARGET = 4096


def is_safe_url(url: str) -> bool:
    """Whether an address may become a link: http, https, mailto, or no scheme at all."""
    scheme = _SCHEME.match(html.unescape(url))
    return not scheme or scheme[1].lower() in _SAFE_SCHEMES


def parse_inline(source: str) -> tuple[Inline, ...]:
    """Read inline Markdown. Every character of the source is markup or part of a result."""
    if not _SPECIAL.search(source):
        return (Text(source),) if source else ()
    return _Scanner(source, 0).run()


@dataclass(slots=True)
class _Scanner:
    """One pass from left to right; emphasis is paired up at the end."""

    source: str
    depth: int
    nodes: list[Inline | _Run] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)

    def run(self) -> tuple[Inline, ...]:
        position, source = 0, self.source
        while found := _SPECIAL.search(source, position):
            if found.start() > position:
                self.buffer.append(source[position : found.start()])
            position = self._special(found.start())
        self.buffer.append(source[position:])
        self._flush()
        return _pair(self.nodes)

    def _flush(self) -> None:
        if text := "".join(self.buffer):
            self.nodes.append(Text(text))
        self.buffer.clear()

    def _add(self, node: Inline | _Run, end: int) -> int:
        self._flush()
        self.nodes.append(node)
        return end

    def _literal(self, start: int, end: int) -> int:
        self.buffer.append(self.source[start:end])
        return end

    def _special(self, at: int) -> int:
        """Read what begins at a special character; answer where it ends."""
        match self.source[at]:
            case "\\":
                return self._escape(at)
            case "`":
                return self._code(at)
            case "*" | "_" | "~" as char:
                return self._run_of(char, at)
            case "[":
                return self._link(at)
            case "!":
                return self._image(at)
            case "<":
                return self._angle(at)
            case "&":
                return self._entity(at)
            case "\n":
                return self._add(Break(), at + 1)
            case _:
                return self._bare_url(at)

    def _escape(self, at: int) -> int:
        following = self.source[at + 1 : at + 2]
        if following == "\n":
            return self._add(Break(), at + 2)
        if following in _ESCAPABLE and following:
            self.buffer.append(following)
            return at + 2
        return self._literal(at, at + 1)

    def _code(self, at: int) -> int:
        fence = _run_length(self.source, at)
        close = _closing_ticks(self.source, at + fence, fence)
        if close < 0:
            return self._literal(at, at + fence)
        text = self.source[at + fence : close].replace("\n", " ")
        if len(text) > 2 and text[0] == text[-1] == " " and text.strip():
            text = text[1:-1]
        return self._add(CodeSpan(text), close + fence)

    def _run_of(self, char: str, at: int) -> int:
        source, count = self.source, _run_length(self.source, at)
        if (char == "~" and count != 2) or count > 3:
            return self._literal(at, at + count)
        before, after = source[at - 1 : at], source[at + count : at + count + 1]
        opens, closes = bool(after.strip()), bool(before.strip())
        if char == "_":
            opens, closes = opens and not _is_word(before), closes and not _is_word(after)
        if not opens and not closes:
            return self._literal(at, at + count)
        return self._add(_Run(char, count, opens, closes), at + count)

    def _link(self, at: int) -> int:
        target = _target(self.source, at)
        if not target or self.depth >= _MAX_DEPTH:
            return self._literal(at, at + 1)
        label, url, title, end = target
        if not is_safe_url(url):
            return self._literal(at, end)
        return self._add(Link(_Scanner(label, self.depth + 1).run(), url, title), end)

    def _image(self, at: int) -> int:
        target = _target(self.source, at + 1) if self.source.startswith("![", at) else None
        if not target:
            return self._literal(at, at + 1)
        label, url, title, end = target
        if not is_safe_url(url):
            return self._literal(at, end)
        return self._add(Image(plain(parse_inline(label)), url, title), end)

    def _angle(self, at: int) -> int:
        source = self.source
        if found := _ANGLE_URL.match(source, at):
            return self._add(Url(found[1]), found.end())
        if found := _BREAK_TAG.match(source, at):
            return self._add(Break(), found.end())
        if found := _COMMENT.match(source, at):
            return self._add(Hidden(found[1].strip()), found.end())
        if (found := _IMAGE_TAG.match(source, at)) and (image := _image_tag(found[0])):
            return self._add(image, found.end())
        return self._literal(at, at + 1)

    def _entity(self, at: int) -> int:
        found = _ENTITY.match(self.source, at)
        self.buffer.append(_character(found) if found else "&")
        return found.end() if found else at + 1

    def _bare_url(self, at: int) -> int:
        found = _BARE_URL.match(self.source, at)
        url = _trim_url(found[0]) if found else ""
        if not found or url in ("http://", "https://"):
            return self._literal(at, at + 1)
        return self._add(Url(url), at + len(url))


def _run_length(source: str, at: int) -> int:
    end = at
    while source[end : end + 1] == source[at]:
        end += 1
    return end - at


def _closing_ticks(source: str, at: int, count: int) -> int:
    while (at := source.find("`", at)) >= 0:
        length = _run_length(source, at)
        if length == count:
            return at
        at += length
    return -1


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _trim_url(url: str) -> str:
    """Leave closing punctuation to the sentence, but keep brackets that the address opened."""
    while url:
        last = url[-1]
        if (
            last in ".,:;!?'*~\"_"
            or (last == ")" and url.count(")") > url.count("("))
            or (last == "]" and url.count("]") > url.count("["))
        ):
            url = url[:-1]
        else:
            break
    return url


def _closing(source: str, at: int, opening: str, closing: str) -> int:
    """Where the bracket that opens at `at` closes, or -1; escapes and code spans are passed over."""
    # The bound keeps a line of ten thousand brackets from taking quadratic time.
    level, index, size = 0, at, min(len(source), at + _MAX_TARGET)
    while index < size:
        char = source[index]
        if char == "\\":
            index += 1
        elif char == "`":
            length = _run_length(source, index)
            close = _closing_ticks(source, index + length, length)
            index = close + length - 1 if close >= 0 else index + length - 1
        elif char == opening:
            level += 1
        elif char == closing:
            level -= 1
            if level == 0:
                return index
        index += 1
    return -1


def _target(source: str, at: int) -> tuple[str, str, str, int] | None:
    """Label, address, title and end of `[label](address "title")` at `at`."""
    if source.find("](", at) < 0:
        return None
    close = _closing(source, at, "[", "]")
    if close < 0 or source[close + 1 : close + 2] != "(" or source.find(")", close) < 0:
        return None
    end = _closing(source, close + 1, "(", ")")
    if end < 0:
        return None
    address = _address(source[close + 2 : end].strip())
    return (source[at + 1 : close], *address, end + 1) if address else None


def _address(inside: str) -> tuple[str, str] | None:
    """Address and title from what stands between the round brackets."""
    if inside.startswith("<") and ">" in inside:
        url, _, rest = inside[1:].partition(">")
    elif _IMAGE_FILE.fullmatch(inside):
        return inside, ""
    else:
        url, rest = inside, ""
        if found := re.search(r"\s", inside):
            url, rest = inside[: found.start()], inside[found.start() :]
    if not rest.strip():
        return _unescape(url), ""
    title = _TITLE.fullmatch(rest)
    return (_unescape(url), title[1] or title[2] or "") if title else None


def _unescape(url: str) -> str:
    return _decoded(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", url))


def _decoded(text: str) -> str:
    """A text with its entities decoded, only those with a semicolon: `&section=2` is a query."""
    return _ENTITY.sub(_character, text)


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for; one that HTML does not know stands for itself."""
    name = entity[0][1:]
    return html.unescape(entity[0]) if name.startswith("#") else html5.get(name, entity[0])


def _image_tag(tag: str) -> Image | None:
    attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
    url = _decoded(attributes.get("src", ""))
    if not url or not is_safe_url(url):
        return None
    return Image(_decoded(attributes.get("alt", "")), url)


_MARKS: dict[tuple[str, int], Mark] = {
    ("*", 1): "em",
    ("*", 2): "strong",
    ("_", 1): "em",
    ("_", 2): "strong",
    ("~", 2): "del",
}


def _pair(nodes: list[Inline | _Run]) -> tuple[Inline, ...]:
    """Turn runs of `*`, `_` and `~~` into emphasis; those without a partner are text."""
    done: list[Inline | _Run] = []
    for node in nodes:
        if isinstance(node, _Run) and node.closes:
            _close(done, node)
        if not isinstance(node, _Run) or node.count:
            done.append(node)
    return _merge(Text(node.char * node.count) if isinstance(node, _Run) else node for node in done)


def _close(done: list[Inline | _Run], closer: _Run) -> None:
    """Use up as much of a closing run as there are openers for."""
    while closer.count:
        index = _opener(done, closer)
        if index < 0:
            return
        opener = done[index]
        assert isinstance(opener, _Run)
        width = 2 if opener.count >= 2 and closer.count >= 2 else 1
        inner = _merge(
            Text(node.char * node.count) if isinstance(node, _Run) else node for node in done[index + 1 :]
        )
        opener.count -= width
        closer.count -= width
        keep = index + 1 if opener.count else index
        done[keep:] = [Marked(_MARKS[closer.char, width], inner)]


def _opener(done: list[Inline | _Run], closer: _Run) -> int:
    for index in range(len(done) - 1, -1, -1):
        node = done[index]
        if isinstance(node, _Run) and node.opens and node.char == closer.char:
            same = node.count == closer.count or 3 in (node.count, closer.count)
            if same and index < len(done) - 1:
                return index
    return -1


def _merge(nodes: Iterable[Inline]) -> tuple[Inline, ...]:
    """Join neighbouring texts."""
    merged: list[Inline] = []
    for node in nodes:
        if isinstance(node, Text) and merged and isinstance(last := merged[-1], Text):
            merged[-1] = Text(last.text + node.text)
        else:
            merged.append(node)
    return tuple(merged)


def plain(inlines: tuple[Inline, ...]) -> str:
    """What a reader sees: no markup, a line feed for a break, the alternative text of an image."""
    if len(inlines) == 1 and isinstance(only := inlines[0], Text):
        return only.text
    return "".join(map(_plain, inlines))


def _plain(node: Inline) -> str:
    match node:
        case Text(text) | CodeSpan(text) | Mention(text):
            return text
        case Link(label) | Marked(_, label):
            return plain(label)
        case Image(alt):
            return alt
        case Url(url):
            return url
        case Break():
            return "\n"
        case Hidden():
            return ""


def plain_text(source: str) -> str:
    """`plain` of inline Markdown source."""
    return plain(parse_inline(source))


_LITERAL = re.compile(r"[\\`*_\[\]<!~&]")


def escape_literal(text: str) -> str:
    """Inline source that reads back as exactly this text; addresses stay links.

    Nothing is escaped where nothing would be taken for markup, so that notes stay readable.
    """
    nodes = parse_inline(text)
    if all(isinstance(node, Text | Url) for node in nodes) and plain(nodes) == text:
        return text
    pieces, position = [], 0
    for found in _BARE_URL.finditer(text):
        url = _trim_url(found[0])
        if url in ("http://", "https://"):
            continue
        pieces += [_LITERAL.sub(r"\\\g<0>", text[position : found.start()]), url]
        position = found.start() + len(url)
    pieces.append(_LITERAL.sub(r"\\\g<0>", text[position:]))
    return "".join(pieces)
