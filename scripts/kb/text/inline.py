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

import re
from dataclasses import dataclass, field

from kb.model.inline import Break, CodeSpan, Hidden, Image, Inline, Link, RichText, Text, Url, plain
from kb.text.emphasis import Run, pair
from kb.text.pieces import (
    BARE_URL,
    ENTITY,
    character,
    closing_ticks,
    decoded,
    is_safe_url,
    run_length,
    target_at,
    trim_url,
)

_SPECIAL = re.compile(r"[\\`*_\[<!~&\n]|https?://")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ANGLE_URL = re.compile(r"<(https?://[^<>\s]*|mailto:[^<>\s]+)>")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_IMAGE_TAG = re.compile(r"<img\s[^<>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_MAX_DEPTH = 8


def parse_inline(source: str) -> tuple[Inline, ...]:
    """Read inline Markdown. Every character of the source is markup or part of a result."""
    if not _SPECIAL.search(source):
        return (Text(source),) if source else ()
    return _Scanner(source, 0).run()


Place = tuple[int, int, Link | Image]
"""From where to where in a source a link or an image stands."""


def places(source: str, depth: int = 0) -> list[Place]:
    """The links and images that are read in a source, but for those in the label of another."""
    scanner = _Scanner(source, depth)
    scanner.run()
    return scanner.places


@dataclass(slots=True)
class _Scanner:
    """One pass from left to right; emphasis is paired up at the end."""

    source: str
    depth: int
    nodes: list[Inline | Run] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    last_comment_end: int | None = None
    last_target: int | None = None
    places: list[Place] = field(default_factory=list)

    def run(self) -> tuple[Inline, ...]:
        position, source = 0, self.source
        while found := _SPECIAL.search(source, position):
            if found.start() > position:
                self.buffer.append(source[position : found.start()])
            position = self._special(found.start())
        self.buffer.append(source[position:])
        self._flush()
        return pair(self.nodes)

    def _flush(self) -> None:
        if text := "".join(self.buffer):
            self.nodes.append(Text(text))
        self.buffer.clear()

    def _add(self, node: Inline | Run, end: int) -> int:
        self._flush()
        self.nodes.append(node)
        return end

    def _add_place(self, start: int, node: Link | Image, end: int) -> int:
        self.places.append((start, end, node))
        return self._add(node, end)

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
        fence = run_length(self.source, at)
        close = closing_ticks(self.source, at + fence, fence)
        if close < 0:
            return self._literal(at, at + fence)
        text = self.source[at + fence : close].replace("\n", " ")
        if len(text) > 2 and text[0] == text[-1] == " " and text.strip():
            text = text[1:-1]
        return self._add(CodeSpan(text), close + fence)

    def _run_of(self, char: str, at: int) -> int:
        source, count = self.source, run_length(self.source, at)
        if (char == "~" and count != 2) or count > 3:
            return self._literal(at, at + count)
        before, after = source[at - 1 : at], source[at + count : at + count + 1]
        opens, closes = bool(after.strip()), bool(before.strip())
        if char == "_":
            opens, closes = opens and not _is_word(before), closes and not _is_word(after)
        if not opens and not closes:
            return self._literal(at, at + count)
        return self._add(Run(char, count, opens, closes), at + count)

    def _link(self, at: int) -> int:
        target = self._target(at)
        if not target or self.depth >= _MAX_DEPTH:
            return self._literal(at, at + 1)
        label, url, title, end = target
        if not is_safe_url(url):
            return self._literal(at, end)
        return self._add_place(at, Link(_Scanner(label, self.depth + 1).run(), url, title), end)

    def _target(self, at: int) -> tuple[str, str, str, int] | None:
        """What the bracket at `at` leads to. `](` is looked for once, however many brackets have none."""
        if self.last_target is None:
            self.last_target = self.source.rfind("](")
        return target_at(self.source, at) if at < self.last_target else None

    def _image(self, at: int) -> int:
        target = self._target(at + 1) if self.source.startswith("![", at) else None
        if not target:
            return self._literal(at, at + 1)
        label, url, title, end = target
        if not is_safe_url(url):
            return self._literal(at, end)
        return self._add_place(at, Image(plain(parse_inline(label)), url, title), end)

    def _angle(self, at: int) -> int:
        source = self.source
        if found := _ANGLE_URL.match(source, at):
            return self._add(Url(found[1]), found.end())
        if found := _BREAK_TAG.match(source, at):
            return self._add(Break(), found.end())
        if self._comment_may_end(at) and (found := _COMMENT.match(source, at)):
            return self._add(Hidden(found[1].strip()), found.end())
        if (found := _IMAGE_TAG.match(source, at)) and (image := _image_tag(found[0])):
            return self._add_place(at, image, found.end())
        return self._literal(at, at + 1)

    def _comment_may_end(self, at: int) -> bool:
        """Whether `-->` follows: looked for once, however often `<!--` stands there without an end."""
        if self.last_comment_end is None:
            self.last_comment_end = self.source.rfind("-->")
        return at < self.last_comment_end

    def _entity(self, at: int) -> int:
        found = ENTITY.match(self.source, at)
        self.buffer.append(character(found) if found else "&")
        return found.end() if found else at + 1

    def _bare_url(self, at: int) -> int:
        found = BARE_URL.match(self.source, at)
        url = trim_url(found[0]) if found else ""
        if not found or url in ("http://", "https://"):
            return self._literal(at, at + 1)
        return self._add(Url(url), at + len(url))


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _image_tag(tag: str) -> Image | None:
    attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
    url = decoded(attributes.get("src", ""))
    if not url or not is_safe_url(url):
        return None
    return Image(decoded(attributes.get("alt", "")), url)


def rich_text(source: str) -> RichText:
    """Read inline Markdown and keep what was read: made once, where a note is read."""
    return RichText(source, parse_inline(source))
