"""Whether what was given is one file for each report, which files are the session's, and its date."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kb.intake.choice import LISTED, tops
from kb.intake.data import sole_address
from kb.intake.export import Export
from kb.intake.given import RefusedError
from kb.intake.indexes import is_index
from kb.intake.lead import heads_people
from kb.intake.posts import Post, post_of
from kb.intake.template import folded, is_question
from kb.model.blocks import Blocks, Heading
from kb.model.codes import Code
from kb.model.finding import NOWHERE, Finding, Span
from kb.model.session import PRESENTERS
from kb.read.copied.reader import is_part
from kb.read.dates import date_in
from kb.read.note import is_labelled, mentions, no_date, read_entry
from kb.read.notion.session import page_dates

Way = Literal["", "reports", "session"]
"""How files are taken: each as one report, one as a session with its entries, or as they look."""
WAYS: tuple[Way, ...] = ("reports", "session")
"""Those that can be asked for."""
_POSTS = frozenset(("layout", "author", "authors", "link", "paper_url", "paper", "categories", "category"))
"""Keys of a front matter that posts have, and notes do not."""
_MEETING = re.compile(
    r"勉強会|輪読会|輪講|読書会|ゼミ|議事録|第\s*\d+\s*回|meeting|meetup|minutes", re.IGNORECASE
)
"""What the title of a post says that tells of a meeting."""
_LEAST = 2
"""Headings that files have in common, or questions that one answers, for them to be reports."""
_FOLDERS = 2
"""Folders above a file whose names may tell the session's date."""


@dataclass(frozen=True, slots=True)
class Reports:
    """Files that are one report each."""

    posts: Mapping[str, Post]
    dates: Mapping[str, dt.date]
    """What tells the session's date, by its name in messages; the first is believed."""
    finding: Finding
    """Which way was chosen, and how to choose the other."""


def reports_in(export: Export, way: Way, date: dt.date | None, names: Sequence[str]) -> Reports | None:
    """The reports among the pages; None where they are no reports, or were said to be none.

    Raises:
        RefusedError: They lie in folders of several dates and none was chosen.
    """
    if way == "session":
        return None
    unfit = ("",) if way else ("", "copied")
    found = [path for path in tops(export) if export.dialect(path) not in unfit]
    folders = {path: _folder_date(export, path) for path in found}
    days = sorted({day for day in folders.values() if day})
    day = date if date in days else days[-1] if days else None
    several = len(days) > 1  # what lies in none of them belongs to no session
    posts = {path: post_of(export, path) for path in found if folders[path] == day or not several}
    posts = _without_indexes(posts)
    shared = _shared(list(posts.values()))
    if not posts or not (way or _look_so(posts, shared)):
        return None
    if several and day != date:
        raise RefusedError(_which(days))
    named = [date_in(posixpath.basename(name)) for name in names]
    dates = {"フォルダの名前": day, "渡した名前": _common(named)}
    dates["ファイル"] = _common([_file_date(path, post) for path, post in posts.items()])
    finding = _told(posts, shared, forced=bool(way))
    return Reports(posts, {key: day for key, day in dates.items() if day}, finding)


def _without_indexes(posts: Mapping[str, Post]) -> dict[str, Post]:
    """The posts without pages that only tell what lies beside them."""
    kept = {path: post for path, post in posts.items() if not is_index(path) or _asks(post)}
    return kept or dict(posts)


def _look_so(posts: Mapping[str, Post], shared: Counter[str]) -> bool:
    """Whether no file has what only a session has, and most have the sections of a report."""
    if any(_is_session(post) for post in posts.values()):
        return False
    asked = sum(_asks(post) or _is_post(post) for post in posts.values())
    if len(posts) == 1 or 2 * asked > len(posts):
        return bool(asked)
    alike = sum(len(shared.keys() & _headings(post)) >= _LEAST for post in posts.values())
    days = [_file_date(path, post) for path, post in posts.items()]
    # Minutes of several weeks have headings in common, too: each is a session of its own.
    weeks = all(days) and len(set(days)) == len(days)
    return 2 * (alike + asked) > len(posts) and not weeks


def _sections(blocks: Blocks) -> list[Heading]:
    """The topmost headings."""
    headings = [one for one in blocks if isinstance(one, Heading) and not sole_address(one.text)]
    top = min((heading.level for heading in headings), default=0)
    return [heading for heading in headings if heading.level == top]


def _headings(post: Post) -> set[str]:
    return {folded(one.text.plain) for one in post.page.blocks if isinstance(one, Heading)} - {""}


def _shared(posts: Sequence[Post]) -> Counter[str]:
    """Headings that stand in several files, with the number of these."""
    counts = Counter(heading for post in posts for heading in _headings(post))
    return Counter({heading: count for heading, count in counts.items() if count > 1})


def _asks(post: Post) -> bool:
    """Whether a file's sections answer the questions of a report."""
    own = sum(is_question(heading.text.plain) for heading in _sections(post.page.blocks))
    every = sum(is_question(one.text.plain) for one in post.page.blocks if isinstance(one, Heading))
    return own >= _LEAST or (every > _LEAST and (own > 0 or not post.page.title.source))


def _is_post(post: Post) -> bool:
    """Whether a file has the front matter of a post; one without date and headings is no session, either."""
    if not post.title or _MEETING.search(post.title):
        return False
    plain = not post.date and not any(isinstance(block, Heading) for block in post.page.blocks)
    return bool(_POSTS & post.front.keys()) or plain


def _is_session(post: Post) -> bool:
    """Whether a page has what only a session has: parts, kinds before titles, presenters of its sections."""
    blocks = post.page.blocks
    if is_part(post.page.title.plain.strip()):
        return True
    for at, block in enumerate(blocks):
        if not isinstance(block, Heading) or block.level > _LEAST or heads_people(block):
            continue
        if is_part(block.text.plain.strip()) or is_labelled(block.text.source):
            return True
        if (at and mentions(blocks[at - 1])) or _has_presenter(block, blocks[at + 1 : at + 2]):
            return not is_question(block.text.plain)
    return False


def _has_presenter(heading: Heading, below: Blocks) -> bool:
    return any(item.key == PRESENTERS for item in read_entry(heading, list(below)).data)


def _folder_date(export: Export, path: str) -> dt.date | None:
    """The date in the name of the folder in which a file lies."""
    folder = posixpath.dirname(path)
    if here := export.tree.folders.get(folder):
        folder = here.resolve().as_posix()
    names = folder.split("/")[-_FOLDERS:]
    return next((day for name in reversed(names) if (day := date_in(name))), None)


def _file_date(path: str, post: Post) -> dt.date | None:
    return post.date or next(iter(page_dates(post.page).values()), None) or date_in(posixpath.basename(path))


def _common(days: Sequence[dt.date | None]) -> dt.date | None:
    """The date that all of them are."""
    return days[0] if len(set(days)) == 1 else None


def _which(days: Sequence[dt.date]) -> str:
    """What to say where the files lie in folders of several dates."""
    listed = "、".join(map(str, days[:LISTED])) + (" など" if len(days) > LISTED else "")
    found = f"1つのファイルが1つの発表のフォルダが、{len(days)} 回分({listed})あります"
    return f"{found}。`--date {days[-1]}` のように1回を選んでください"


def no_common_date(reports: Reports) -> Finding:
    """What to say where nothing tells the session's date."""
    days = sorted({day for path, post in reports.posts.items() if (day := _file_date(path, post))})
    example = days[-1] if days else "2025-11-25"
    why = f"(ファイルの日付は {days[0]} から {days[-1]} まであります)" if days else ""
    hint = f"`--date {example}` のように、会の日付を付けてください{why}"
    return no_date(next(iter(reports.posts)), hint)


def unsure(export: Export, path: str, way: Way) -> Iterator[Finding]:
    """What to say of a page that is read as a session, and might as well be one report."""
    if way or export.dialect(path) != "notion":
        return
    page = export.page(path)
    sections, named = _sections(page.blocks), page_dates(replace(page, span=NOWHERE))
    if not page.title or named or len(sections) < _LEAST or _is_session(Post(page)):
        return
    message = f"見出し {len(sections)} 個(「{sections[0].text.plain}」など)を、1つずつの発表として読みました"
    hint = "このファイルが1つの発表のときは、`--as reports` を付けて取り込み直してください"
    yield Finding(
        Code.IMPORT_SESSION, "guess", replace(sections[0].span, last=sections[0].span.first), message, hint
    )


_OTHER_WAY = (
    "1つのファイルの中に発表が並んでいるときは、`--as session` を付けるか、"
    "ファイルの先頭に `# 今週のTOPIC` の行を足して、取り込み直してください"
)


def _told(posts: Mapping[str, Post], shared: Counter[str], *, forced: bool) -> Finding:
    """Which way was chosen, why, and what chooses the other."""
    path, post = next(iter(posts.items()))
    names = [one.text.plain for one in post.page.blocks if isinstance(one, Heading)]
    named = next((one for one in names if folded(one) in shared or is_question(one)), "")
    why = f"(「{named}」などの見出しは、発表の中の節にしました)" if named else ""
    if len(posts) == 1:
        message = f"このファイルを、1つの発表として読みました{why}"
    else:
        message = f"ファイル {len(posts)} 個を、1つずつの発表として、1回の会にまとめました{why}"
    if forced:
        message = f"`--as reports` のとおり、{message}"
    return Finding(Code.IMPORT_REPORTS, "guess", Span(path, 0, 0), message, _OTHER_WAY)
