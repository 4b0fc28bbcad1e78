"""Sub-pages and databases, brought into the place of the link that stands for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from kb.intake.archive import Progress
from kb.intake.data import ENTRY, lead_blocks, title_with_kind
from kb.intake.export import PAGES, Export, Rows, all_columns, key, read_rows, row_pages, table_of, words_of
from kb.intake.inline import Address, line_starts, sole_link
from kb.intake.names import bare_stem, shown, suffix
from kb.model.blocks import (
    Block,
    Blocks,
    BulletList,
    Heading,
    ListItem,
    OrderedList,
    Paragraph,
    Table,
    Toggle,
    rebuilt,
    texts,
)
from kb.model.codes import Code
from kb.model.finding import Finding, Severity, Span
from kb.model.inline import Link, flat
from kb.read.copied.reader import is_part
from kb.read.page import Page
from kb.read.starts import heading_text, summary_text
from kb.text.inline import rich_text
from kb.text.spell import escape_literal

MAX_DEPTH = 12
"""Pages inside each other; what lies deeper stays a link and is reported."""
_MAX_LEVEL = 6
_OTHERS = "ほかのページ"
"""The part for what nothing links to."""
_UNTITLED = "無題"
"""What Notion calls a page without a title."""


@dataclass(slots=True)
class Pulled:
    """What was brought in for one session, and what there is to say of it."""

    export: Export
    tick: Progress
    words: dict[str, str] = field(default_factory=dict)
    """The words of every page and database that was brought in, by its path."""
    findings: list[Finding] = field(default_factory=list)
    rows: set[str] = field(default_factory=set)
    """The pages that are rows of a database."""
    empty: set[str] = field(default_factory=set)
    """Those of them that hold no text."""
    depth: int = 0
    level: int = 0
    """The level of the heading below which is being read."""

    def say(self, code: Code, severity: Severity, span: Span, message: str, excerpt: str = "") -> None:
        """Add a message on a place."""
        self.findings.append(Finding(code, severity, span, message, excerpt=excerpt))


def pull(blocks: Sequence[Block], pulled: Pulled, level: int = 0, *, nested: bool = False) -> Blocks:
    """The blocks with every link that stands alone replaced by the page that it leads to.

    `level` is that of the heading that the blocks stand below. A page becomes a section; where text of
    the page above follows, which would fall into that section, or inside another block, it becomes a
    toggle. What a heading links to stands behind the text below that heading.
    """
    found: list[Block] = []
    waiting: list[Block] = []
    ends = _section_ends(blocks, pulled)
    for block, is_end in zip(blocks, ends, strict=True):
        pulled.level = level
        if isinstance(block, Heading) and not nested:
            heading, below = _headed(block, pulled)
            found += [*waiting, heading]
            level = pulled.level = block.level
            waiting = [*below, *_children(heading, pulled)]
            continue
        links = _links(block, pulled)
        if not links:
            found.append(rebuilt(block, inner=partial(pull, pulled=pulled, level=level, nested=True)))
            pulled.level = level
            found += _children(block, pulled)
        for link, rest in links:
            pulled.level = level
            as_toggle = nested or (level >= ENTRY and not is_end)
            found += _section(link, block.span, pulled, as_toggle=as_toggle)
            found += pull(rest, pulled, level, nested=nested)
    return (*found, *waiting)


def _section_ends(blocks: Sequence[Block], pulled: Pulled) -> list[bool]:
    """For each block whether only links to pages follow it before the next heading."""
    ends, end = [], True
    for block in reversed(blocks):
        if isinstance(block, Heading):
            end = True
            ends.append(True)
        else:
            ends.append(end)
            end = end and bool(_links(block, pulled))
    return ends[::-1]


Linked = tuple[Address, Blocks]
"""A link and what was nested below it."""


def _links(block: Block, pulled: Pulled) -> list[Linked]:
    """The links that a block consists of; empty where it holds anything else."""
    match block:
        case Paragraph(text, span):
            found = [_page_link(line, span, pulled) for line in text.source.split("\n")]
            return [(link, ()) for link in found if link] if all(found) else []
        case BulletList(items) | OrderedList(_, items):
            rows = [_item_link(item, pulled) for item in items]
            return [row for row in rows if row] if all(rows) else []
        case _:
            return []


def _item_link(item: ListItem, pulled: Pulled) -> Linked | None:
    head = item.blocks[0] if item.blocks else None
    if not isinstance(head, Paragraph) or item.done is not None:
        return None
    link = _page_link(head.text.source, head.span, pulled)
    return (link, item.blocks[1:]) if link else None


def _page_link(text: str, span: Span, pulled: Pulled) -> Address | None:
    """A link that is a whole line and leads to a page or a database that is not in the note yet.

    Its `url` is the path of that page or database.
    """
    link = sole_link(text)
    path = pulled.export.resolve(link.url, span.path) if link else ""
    if suffix(path) == ".csv":
        path = all_columns(pulled.export, path)
    elif suffix(path) not in PAGES:
        return None
    wanted = path not in pulled.words and pulled.depth < MAX_DEPTH
    return replace(link, url=path) if link and wanted else None


def _headed(heading: Heading, pulled: Pulled) -> tuple[Heading, list[Block]]:
    """A heading, and the text of the page that it links to."""
    link = _page_link(heading.text.source, heading.span, pulled)
    if not link or suffix(link.url) == ".csv":
        return heading, []
    title = " ".join(part for part in (link.kind, link.label) if part)
    page = _taken(link.url, pulled)
    _say_pulled(pulled, heading.span, page, link, page.title.source)
    text = rich_text(heading_text(title or page.title.source))
    named, *below = _content(page, replace(heading, text=text), pulled)
    return (named if isinstance(named, Heading) else heading), below


def _section(link: Address, span: Span, pulled: Pulled, *, as_toggle: bool) -> Iterator[Block]:
    """What stands for a link: a database's table, a section with its heading, or a toggle."""
    path = link.url
    if path in pulled.words:  # the same link stood twice in one block
        yield Paragraph(rich_text(f"[{link.label}]({link.raw})"), span)
        return
    if suffix(path) == ".csv":
        yield from _database(link, span, pulled, as_toggle=as_toggle)
        return
    page = _taken(path, pulled)
    _say_pulled(pulled, span, page, link, link.label)
    title = " ".join(part for part in (link.kind, page.title.source or link.label) if part)
    yield from _titled(page, title, span, pulled, as_toggle=as_toggle)


def _titled(page: Page, title: str, span: Span, pulled: Pulled, *, as_toggle: bool) -> Iterator[Block]:
    is_name = is_part(rich_text(title).plain.strip()) and not as_toggle
    level = 1 if is_name else max(ENTRY, pulled.level + 1)
    # Notion lets pages go without a title.
    title = title or bare_stem(page.span.path) or _UNTITLED
    heading = Heading(min(level, _MAX_LEVEL), rich_text(heading_text(title)), span)
    content = _content(page, heading, pulled)
    if as_toggle:
        _, *inner = content
        yield Toggle(rich_text(summary_text(title)), tuple(inner), span)
    else:
        yield from content


def _taken(path: str, pulled: Pulled) -> Page:
    pulled.tick(f"子ページを読んでいます({len(pulled.words):,} 個)")
    page = pulled.export.page(path)
    pulled.words[path] = page.words  # before its text is read: pages that hold each other end here
    pulled.findings += page.findings
    return page


def _say_pulled(pulled: Pulled, span: Span, page: Page, link: Address, repeated: str) -> None:
    title = page.title or rich_text(link.label)
    message = f"子ページ「{shown(title.plain)}」の中身をここに入れ、リンクは除きました"
    pulled.say(Code.EXPORT_PULLED, "left-out", span, message, f"{link.raw} {repeated}")


def _content(page: Page, heading: Heading, pulled: Pulled) -> Iterator[Block]:
    """A heading and a page's text below it, its own headings shifted to fit."""
    heading = title_with_kind(heading, page)
    yield heading
    lead, told = lead_blocks(page, heading, in_table=page.span.path in pulled.rows)
    pulled.findings += told
    above = pulled.level  # the text of a page has levels of its own, and comes back to this one
    pulled.depth += 1
    yield from lead
    yield from pull(shifted(page.blocks, heading.level), pulled, heading.level)
    pulled.level = heading.level
    yield from unlinked(page.span.path, pulled)
    pulled.depth -= 1
    pulled.level = above


def shifted(blocks: Blocks, level: int) -> Blocks:
    """Blocks whose topmost headings stand one level below this one."""
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    shift = level + 1 - min(levels, default=0)
    return tuple(
        replace(block, level=min(block.level + shift, _MAX_LEVEL)) if isinstance(block, Heading) else block
        for block in blocks
    )


def _children(block: Block, pulled: Pulled) -> Iterator[Block]:
    """The pages to which a sentence or a cell of a table links and that lie below a page of the note."""
    for text in texts(block):
        for node in flat(text.nodes):
            path = _linked_page(node.url, block.span, pulled) if isinstance(node, Link) else ""
            if path and _belongs(path, pulled):
                message = "文や表の中からリンクされた子ページ「{}」の中身を、その下に入れました"
                yield from _as_toggle(path, block.span, message, pulled)
    if isinstance(block, Table):
        yield from _rows_without_links(block, pulled)


def _rows_without_links(table: Table, pulled: Pulled) -> Iterator[Block]:
    """The pages of a database's rows in an export of HTML, where the table that shows it has no links."""
    titles = {key(row[0].plain) for row in table.rows[1:] if row and row[0].plain.strip()}
    for path in pulled.export.all_below(table.span.path):
        if (
            suffix(path) in PAGES
            and _belongs(path, pulled)
            and key(pulled.export.head(path).title.plain) in titles
        ):
            message = "表の行と同じ題の子ページ「{}」の中身を、その下に入れました"
            yield from _as_toggle(path, table.span, message, pulled)


def _linked_page(url: str, span: Span, pulled: Pulled) -> str:
    export = pulled.export
    path = export.by_notion_address(url) if "://" in url else export.resolve(url, span.path)
    return path if suffix(path) in PAGES else ""


def _belongs(path: str, pulled: Pulled) -> bool:
    """Whether a page that is not in the note yet lies below one that is."""
    wanted = path not in pulled.words and path not in pulled.empty and pulled.depth < MAX_DEPTH
    return wanted and any(above in pulled.words for above in pulled.export.above(path))


def _as_toggle(path: str, span: Span, message: str, pulled: Pulled) -> Iterator[Block]:
    page = pulled.export.page(path)
    if not page.blocks and not page.properties:  # its title is all, and the report names it
        return
    _taken(path, pulled)
    title = page.title or rich_text(bare_stem(path))
    pulled.say(Code.EXPORT_CHILD, "guess", span, message.format(shown(title.plain)))
    yield from _titled(page, title.source, span, pulled, as_toggle=True)


def other_pages(path: str, pulled: Pulled) -> Blocks:
    """A part with the pages below the session's page to which nothing links, as an export has them."""
    pulled.level = 1
    found = unlinked(path, pulled)
    heading = Heading(1, rich_text(_OTHERS), Span(path, 1, 1))
    return (heading, *found) if found else ()


def unlinked(path: str, pulled: Pulled) -> Blocks:
    """The pages and databases right below a page that no page of the note links to, each as a toggle."""
    found: list[Block] = []
    export = pulled.export
    message = "どこからもリンクされていない子ページ「{}」の中身を、終わりに入れました"
    for one in export.below(path):
        if suffix(one) in PAGES and _belongs(one, pulled):
            found += _as_toggle(one, Span(one, 1, 1), message, pulled)
        # A page of HTML shows its databases itself.
        elif suffix(one) == ".csv" and all_columns(export, one) == one and export.dialect(path) != "html":
            found += _unlinked_database(one, pulled)
        if one not in pulled.words:
            found += unlinked(one, pulled)
    return tuple(found)


def _unlinked_database(path: str, pulled: Pulled) -> Iterator[Block]:
    rows = read_rows(pulled.export, path) if path not in pulled.words else None
    if not rows:
        return
    pulled.words[path] = words_of(rows)
    title = bare_stem(path).removesuffix("_all").strip()
    message = f"どこからもリンクされていないデータベース「{shown(title)}」を、終わりに表にしました"
    pulled.say(Code.EXPORT_CHILD, "guess", Span(path, 1, 1), message)
    inner = _row_pages(path, rows, Span(path, 1, 1), pulled, as_toggle=True)
    summary = rich_text(summary_text(escape_literal(title or _UNTITLED)))
    yield Toggle(summary, (table_of(rows, path), *inner), Span(path, 1, 1))


def _database(link: Address, span: Span, pulled: Pulled, *, as_toggle: bool) -> Iterator[Block]:
    path = link.url
    rows = read_rows(pulled.export, path)
    pulled.words[path] = words_of(rows or ())
    if not rows:
        message = f"データベース `{shown(link.label)}` に読める行がありません"
        pulled.say(Code.EXPORT_DATABASE, "loss", span, message)
        yield Paragraph(rich_text(f"[{link.label}]({link.raw})"), span)
        return
    message = f"データベース「{shown(link.label)}」を表にし、リンクは除きました({len(rows) - 1} 行)"
    pulled.say(Code.EXPORT_DATABASE, "left-out", span, message, link.raw)
    if link.label.strip():
        yield Paragraph(rich_text(line_starts(link.label)), span)
    yield table_of(rows, path)
    yield from _row_pages(path, rows, span, pulled, as_toggle=as_toggle)


def _row_pages(path: str, rows: Rows, span: Span, pulled: Pulled, *, as_toggle: bool) -> Iterator[Block]:
    """The texts of a database's rows, each below its title; rows without text are told in one line."""
    empty = 0
    for row in row_pages(pulled.export, path, rows):
        if row in pulled.words or pulled.depth >= MAX_DEPTH:
            continue
        page = pulled.export.page(row)
        if not page.blocks:
            empty += 1
            pulled.empty.add(row)
            continue
        pulled.rows.add(row)
        _taken(row, pulled)
        message = f"行「{shown(page.title.plain)}」のページの中身を、表の下に入れました"
        pulled.say(Code.EXPORT_ROW, "guess", page.span, message)
        yield from _titled(page, page.title.source, page.span, pulled, as_toggle=as_toggle)
    if empty:
        message = f"本文のない行のページ {empty} 個は、表にあるので除きました"
        pulled.say(Code.EXPORT_ROW_EMPTY, "left-out", span, message)
