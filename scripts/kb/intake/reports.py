"""Files that are one report each, as one session with an entry for each file."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.intake.data import ENTRY, is_code, lead_blocks
from kb.intake.indexes import Named, is_index, presenters_in_tables
from kb.intake.lead import KEYS, known_data, lead_of
from kb.intake.names import shown, stem, without_id
from kb.intake.posts import Post
from kb.intake.pull import Pulled, pull, shifted, unlinked
from kb.intake.template import folded, is_question
from kb.intake.titles import is_template, title_below, without_links
from kb.model.blocks import Block, Blocks, BulletList, Heading, ListItem, Paragraph
from kb.model.codes import Code
from kb.model.finding import Severity, Span
from kb.model.inline import NO_TEXT, RichText
from kb.model.session import AUTHORS, CODE, PRESENTERS, SOURCES, TAGS, DataItem, Entry, Part, Session
from kb.read.markers import KIND_LABEL
from kb.read.note import DEFAULT_TITLE, mentions, read_entry, split_kind
from kb.read.starts import heading_text, literal_start
from kb.text.inline import rich_text
from kb.text.spell import escape_literal

_COMMA = ", "
"""Between the items of a list on one line."""
_DATED = re.compile(r"^\d{4}-\d\d-\d\d-")
"""What Jekyll puts before a post's name."""


def session_of_reports(posts: Mapping[str, Post], date: dt.date, pulled: Pulled) -> Session:
    """One session with an entry for each file, in their order."""
    # What one report says of another is a link inside of the note.
    pulled.words.update({path: post.page.words for path, post in posts.items()})
    named = presenters_in_tables(pulled.export, posts)
    entries = tuple(_Report(path, post, pulled, named.get(path, ())).entry() for path, post in posts.items())
    return Session(date, DEFAULT_TITLE, (), (), (Part(NO_TEXT, (), entries),))


@dataclass(slots=True)
class _Report:
    """One file on its way to an entry."""

    path: str
    post: Post
    pulled: Pulled
    named: Sequence[Named] = ()
    """Whom a table beside it names as its presenters."""
    data: dict[tuple[str, str], DataItem] = field(default_factory=dict)
    texts: list[Block] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """What of the front matter is in the entry's title and texts."""

    def entry(self) -> Entry:
        """The report as an entry: its sections stand one level below it."""
        span = Span(self.path, 1, 1)
        self.pulled.findings += self.post.page.findings
        title, blocks = self._named(*self._titled())
        heading = Heading(ENTRY, rich_text(heading_text(title.source)), span)
        rows, texts = self._properties(heading)
        lead, sections = lead_of((*texts, *blocks))
        self.pulled.findings += lead.findings
        self._front()
        self._add(lead.data)
        if (
            not any(key == PRESENTERS for key, _ in self.data)
            and not read_entry(heading, _list(rows)).presenters
        ):
            self._from_tables()
        body = pull((*self.texts, *shifted((*lead.blocks, *sections), ENTRY)), self.pulled, ENTRY)
        body = self._unsigned((*body, *unlinked(self.path, self.pulled)))
        rows += [_row(item) for item in self.data.values()]
        self._tell_kind(heading)
        return read_entry(heading, [*_list(rows), *body])

    def _tell_kind(self, heading: Heading) -> None:
        label, kind = KIND_LABEL.match(heading.text.source), split_kind(heading.text.source)[0]
        said = label["kind"].strip() if label else ""
        if kind and kind != said:
            self._say("left-out", heading.span, f"`[{said}]` を `[{kind}]` と書きました", said)

    def _say(self, severity: Severity, span: Span, message: str, excerpt: str = "") -> None:
        self.pulled.say(Code.IMPORT_REPORT_LINE, severity, replace(span, last=span.first), message, excerpt)

    def _titled(self) -> tuple[RichText, Blocks]:
        """The title, from the first heading, the front matter or the file's name, and what is below it."""
        page, named = self.post.page, self.post.title
        blocks = page.blocks
        first = Heading(1, page.title, Span(self.path, 1, 1))
        alone = not any(isinstance(block, Heading) and block.level == 1 for block in blocks)
        if page.title and (same(page.title.plain, named) or (not is_question(page.title.plain) and alone)):
            return page.title, self._with_other(named, page.title, blocks)
        if page.title and not named and not is_question(page.title.plain):
            return page.title, blocks
        if page.title:
            blocks = (first, *blocks)
        if named:
            self.kept.append(named)
            return rich_text(literal_start(escape_literal(named))), blocks
        if head := _heads_all(blocks):
            return head.text, tuple(block for block in blocks if block is not head)
        self._say("guess", first.span, "題の見出しがないので、ファイルの名前を題にしました")
        return rich_text(literal_start(escape_literal(_file_title(self.path)))), blocks

    def _named(self, title: RichText, blocks: Blocks) -> tuple[RichText, Blocks]:
        """The title below one that a template left, and without the links that stand beside it."""
        if is_template(title) and (found := title_below(blocks)):
            line, block, blocks = found
            message = (
                f"ひな形の題 `{title.plain}` の代わりに、下の行 `{rich_text(line).plain}` を題にしました"
            )
            self._say("guess", block.span, message, title.source)
            title = rich_text(line)
        title, links = without_links(title)
        for link in links:
            key = CODE if is_code(link) else SOURCES
            # `[address](address)` has become the address.
            doubled = "" if link.startswith("[") else link
            self._say("guess", Span(self.path, 1, 1), f"題の横のリンク `{link}` を{key}にしました", doubled)
            self._add([DataItem(key, rich_text(link), Span(self.path, 1, 1))])
        return title, blocks

    def _with_other(self, named: str, title: RichText, blocks: Blocks) -> Blocks:
        """What is below a title, with the front matter's where that is another one."""
        if named and not same(title.plain, named):
            self.kept.append(f"title: {named}")
            self.texts.append(_text(self.kept[-1], self.path))
        return blocks

    def _properties(self, heading: Heading) -> tuple[list[ListItem], list[Block]]:
        """The rows of data from the lines right below the title, and the other lines."""
        above, told = lead_blocks(self.post.page, heading, in_table=False)
        self.pulled.findings += told
        rows = [item for block in above if isinstance(block, BulletList) for item in block.items]
        return rows, [block for block in above if not isinstance(block, BulletList)]

    def _front(self) -> None:
        """The front matter as data and, what no note has data for, as lines of text."""
        rest = []
        for key, value in self.post.front.items():
            found = list(_front_data(key, value)) if value else []
            self._add(DataItem(known, rich_text(one), Span(self.path, 1, 1)) for known, one in found)
            if value and not found:
                rest.append(f"{key}: {value}")
        if rest:
            self.texts.append(_text("\n".join(rest), self.path))
        if self.post.head:
            kept = [*self.kept, *rest, *(value for _, value in self.data)]
            message = "front matter を、発表のデータと文にしました"
            dropped = " ".join(_dropped(self.post.head, [one for one in kept if one]))
            self._say("left-out", Span(self.path, 1, 1), message, dropped)

    def _from_tables(self) -> None:
        for name, index in self.named:
            # What an index says counts as words of the report that took it.
            self.pulled.words[self.path] += f"\n{name}"
            self._say("guess", Span(self.path, 1, 1), f"`{shown(index)}` の表の `{name}` を発表者にしました")
            self._add([DataItem(PRESENTERS, rich_text(name), Span(self.path, 1, 1))])

    def _add(self, items: Iterable[DataItem]) -> None:
        for item in items:
            value = item.value.source
            if (item.key, value) in self.data:
                message = f"`{item.key}: {value}` は2度書かれているので、1つにしました"
                self._say("left-out", item.span, message, f"{item.key}: {value}")
            self.data.setdefault((item.key, value), item)

    def _unsigned(self, blocks: Blocks) -> Blocks:
        """The blocks without a name at their end, which a note would take for the next entry's presenter."""
        while blocks and (names := mentions(blocks[-1])):
            for name in names:
                self._say("guess", blocks[-1].span, f"終わりの行の `{name}` を発表者にしました", name)
            self._add(DataItem(PRESENTERS, rich_text(name), blocks[-1].span) for name in names)
            blocks = blocks[:-1]
        return blocks


def _list(rows: Sequence[ListItem]) -> list[Block]:
    return [BulletList(tuple(rows), rows[0].span)] if rows else []


def _row(item: DataItem) -> ListItem:
    text = rich_text(literal_start(f"{item.key}: {item.value.source}"))
    return ListItem((Paragraph(text, item.span),), span=item.span)


def _text(text: str, path: str) -> Paragraph:
    lines = (literal_start(escape_literal(line)) for line in text.split("\n"))
    return Paragraph(rich_text("\n".join(lines)), Span(path, 1, 1))


def _front_data(key: str, value: str) -> Iterator[tuple[str, str]]:
    """What a line of a front matter is in the words of a note."""
    known = KEYS.get(key.lower(), "")
    if known == AUTHORS and key.lower() == "author" and re.fullmatch(r"@?[^\s,、，@]{1,30}", value):
        known = PRESENTERS  # who wrote the post: papers' authors have names of two words, and are several
    if known == TAGS and key.lower().startswith("categor") and "," not in value:
        value = ", ".join(value.split())  # as Jekyll reads it
    yield from known_data(known, value)


def _heads_all(blocks: Blocks) -> Heading | None:
    """The first heading, where it stands above the levels of all others."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    if not headings or is_question(headings[0].text.plain):
        return None
    # Slides have their title smaller than the questions.
    if headings[0] is blocks[0] and len(headings) > 1 and is_question(headings[1].text.plain):
        return headings[0]
    others = min((one.level for one in headings[1:]), default=7)
    return headings[0] if headings[0].level < others else None


def _file_title(path: str) -> str:
    name = without_id(stem(path))
    folder = posixpath.basename(posixpath.dirname(path))
    return _DATED.sub("", folder if is_index(path) and folder else name) or name


def _dropped(head: str, kept: Sequence[str]) -> Iterator[str]:
    """Of each line of a front matter what does not stand in the note."""
    # A key may be there twice, and the note has one of its values.
    left = [one.split(_COMMA) for one in kept]
    for row in head.split("\n"):
        line = " ".join(row.split())
        key, _, value = line.partition(":")
        if line.split(_COMMA) in left:
            left.remove(line.split(_COMMA))
        elif value:
            yield f"{key}: {_without(value, left)}".strip("-+ ")
        else:
            yield _without(line, left).strip("-+ ")


def _without(value: str, left: list[list[str]]) -> str:
    """A value without what is left of those in the note: a list there may be several lines here."""
    while True:
        wholes = [(_COMMA.join(items), items, items) for items in left if items]
        parts = [(item, items, [item]) for items in left for item in items]
        said = max(
            (one for one in (*wholes, *parts) if one[0] in value), key=lambda one: len(one[0]), default=None
        )
        if not said or not said[0]:
            return " ".join(value.split())
        value = value.replace(said[0], "", 1)
        said[1][:] = [item for item in said[1] if item not in said[2]]


def same(one: str, other: str) -> bool:
    """Whether two titles are one, but for blanks and marks."""
    return bool(one) and folded(one) == folded(other)
