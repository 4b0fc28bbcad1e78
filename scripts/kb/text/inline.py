"""Inline Markdown as people mean it.

The grammar is CommonMark's (https://spec.commonmark.org/0.31.2/#inlines) with these departures, each
for a habit of real notes:

* `**` next to Japanese punctuation opens and closes all the same (`**「重要」**です`);
* a line feed is a line break, because in Notion it was made with shift+enter;
* bare `https://…` is a link, and stops before Japanese text and closing punctuation;
* raw HTML is text, but for `<br>`, `<img>`, comments and the tags that only format (`kb.text.tags`);
* `$…$`, `` $`…`$ ``, `$$…$$` and `\\(…\\)` are formulas (`kb.text.formula` tells them from prices);
* a link to anything but http, https, mailto or a relative path is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.model import inline as i
from kb.text import pieces
from kb.text.emphasis import Run
from kb.text.formula import formula_at
from kb.text.tags import Tag, formatted, tag_at

_SPECIAL = re.compile(r"[\\`*_\[<!~&$\n]|https?://")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ANGLE_URL = re.compile(r"<(https?://[^<>\s]*|mailto:[^<>\s]+)>")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_IMAGE_TAG = re.compile(r"<img\s[^<>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
# Labels hold labels; a page of nothing but brackets must not exhaust the stack.
_MAX_DEPTH = 8


def parse_inline(source: str) -> tuple[i.Inline, ...]:
    """Read inline Markdown. Every character of the source is markup or part of a result."""
    if not _SPECIAL.search(source):
        return (i.Text(source),) if source else ()
    return _Scanner(source, 0).run()


Place = tuple[int, int, i.Link | i.Image]
"""From where to where in a source a link or an image stands."""


def places(source: str, depth: int = 0) -> list[Place]:
    """The links and images that are read in a source, but for those in the label of another."""
    scanner = _Scanner(source, depth)
    scanner.run()
    return scanner.places


@dataclass(slots=True)
class _Scanner:
    """One pass from left to right; tags and emphasis are paired up at the end."""

    source: str
    depth: int
    nodes: list[i.Inline | Run | Tag] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    """Where a sign stands for the last time."""
    places: list[Place] = field(default_factory=list)

    def run(self) -> tuple[i.Inline, ...]:
        position, source = 0, self.source
        while found := _SPECIAL.search(source, position):
            if found.start() > position:
                self.buffer.append(source[position : found.start()])
            position = self._special(found.start())
        self.buffer.append(source[position:])
        self._flush()
        return formatted(self.nodes)

    def _flush(self) -> None:
        if text := "".join(self.buffer):
            self.nodes.append(i.Text(text))
        self.buffer.clear()

    def _add(self, node: i.Inline | Run | Tag, end: int) -> int:
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
            case "$":
                return self._formula(at) or self._literal(at, at + pieces.run_length(self.source, at))
            case "`":
                return self._code(at)
            case "*" | "_" | "~" as char:
                return self._run_of(char, at)
            case "[" | "!":
                return self._brackets(at)
            case "<":
                return self._angle(at)
            case "&":
                return self._entity(at)
            case "\n":
                return self._add(i.Break(), at + 1)
            case _:
                return self._bare_url(at)

    def _escape(self, at: int) -> int:
        following = self.source[at + 1 : at + 2]
        if following == "(" and (end := self._formula(at)):
            return end
        if following == "\n":
            return self._add(i.Break(), at + 2)
        if following in _ESCAPABLE and following:
            self.buffer.append(following)
            return at + 2
        return self._literal(at, at + 1)

    def _code(self, at: int) -> int:
        fence = pieces.run_length(self.source, at)
        close = pieces.closing_ticks(self.source, at + fence, fence)
        if close < 0:
            return self._literal(at, at + fence)
        text = self.source[at + fence : close].replace("\n", " ")
        if len(text) > 2 and text[0] == text[-1] == " " and text.strip():
            text = text[1:-1]
        return self._add(i.CodeSpan(text), close + fence)

    def _formula(self, at: int) -> int:
        found = formula_at(self.source, at)
        return self._add(i.Math(found.tex), found.end) if found else 0

    def _run_of(self, char: str, at: int) -> int:
        source, count = self.source, pieces.run_length(self.source, at)
        # `数百~数千` and a line of stars are text.
        if (char == "~" and count != 2) or count > 3:
            return self._literal(at, at + count)
        before, after = source[at - 1 : at], source[at + count : at + count + 1]
        opens, closes = bool(after.strip()), bool(before.strip())
        # `a_b` is a name: inside of a word an underscore is a letter.
        if char == "_":
            opens, closes = opens and not _is_word(before), closes and not _is_word(after)
        if not opens and not closes:
            return self._literal(at, at + count)
        return self._add(Run(char, count, opens, closes), at + count)

    def _brackets(self, at: int) -> int:
        """A link, or an image where `!` stands before its brackets."""
        is_image = self.source[at] == "!"
        inside = self.depth < _MAX_DEPTH if not is_image else self.source.startswith("![", at)
        target = pieces.target_at(self.source, at + is_image) if inside and self._follows("](", at) else None
        if not target:
            return self._literal(at, at + 1)
        label, url, title, end = target
        if not pieces.is_safe_url(url):
            return self._literal(at, end)
        if is_image:
            node: i.Link | i.Image = i.Image(i.plain(parse_inline(label)), url, title)
        else:
            node = i.Link(_Scanner(label, self.depth + 1).run(), url, title)
        self.places.append((at, end, node))
        return self._add(node, end)

    def _angle(self, at: int) -> int:
        source = self.source
        if found := _ANGLE_URL.match(source, at):
            return self._add(i.Url(found[1]), found.end())
        if found := _BREAK_TAG.match(source, at):
            return self._add(i.Break(), found.end())
        if self._follows("-->", at) and (found := _COMMENT.match(source, at)):
            return self._add(i.Hidden(found[1].strip()), found.end())
        if (found := _IMAGE_TAG.match(source, at)) and (image := _image_tag(found[0])):
            self.places.append((at, found.end(), image))
            return self._add(image, found.end())
        if tag := tag_at(source, at):
            return self._add(tag, at + len(tag.source))
        return self._literal(at, at + 1)

    def _follows(self, sign: str, at: int) -> bool:
        """Whether a sign follows: looked for once, however often something opens without an end."""
        if sign not in self.last:
            self.last[sign] = self.source.rfind(sign)
        return at < self.last[sign]

    def _entity(self, at: int) -> int:
        found = pieces.ENTITY.match(self.source, at)
        self.buffer.append(pieces.character(found) if found else "&")
        return found.end() if found else at + 1

    def _bare_url(self, at: int) -> int:
        found = pieces.BARE_URL.match(self.source, at)
        url = pieces.trim_url(found[0]) if found else ""
        if not found or url in ("http://", "https://"):
            return self._literal(at, at + 1)
        return self._add(i.Url(url), at + len(url))


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _image_tag(tag: str) -> i.Image | None:
    attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
    url = pieces.decoded(attributes.get("src", ""))
    if not url or not pieces.is_safe_url(url):
        return None
    return i.Image(pieces.decoded(attributes.get("alt", "")), url)


def rich_text(source: str) -> i.RichText:
    """Read inline Markdown and keep what was read: made once, where a note is read."""
    return i.RichText(source, parse_inline(source))
