"""The account of characters: what the source says is in the note or in the report, or was a mark.

Counted are all characters but blanks, in NFC, as a multiset: order is what the reader's tests look at.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from kb.model.blocks import Blocks, CodeBlock, Comment, Math, Remark, texts, walk
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.session import Session
from kb.read.lines import lines_of
from kb.read.markers import BOX_NAMES

_LEAD = re.compile(
    r"^(?:[^\S\n]|>)*"
    r"(?:(?:[-*+]|\d{1,9}[.)])(?:[^\S\n]+|$)|[・•][^\S\n]*)*"
    r"(?:\[[ xX]\](?=\s|$))?",
    re.MULTILINE,
)
"""Quote marks, list markers and their numbers, and the box of a task: the note has its own."""
_TAG = re.compile(rf"</?(?:{BOX_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MARKS = frozenset("#-*_>|`~[](){}<!\\&;:+=：［］【】（）")
"""What a dialect may use as a mark; the note has its own where one is needed."""
_STORED = re.compile(r"images/\d{4}-\d\d-\d\d/[a-z0-9-]+\.[a-z0-9]+")
_SHOWN = 24
_LINES = 8
_LOOKED_AT = 400
"""Lines of a source that are compared with the note, to say where characters went missing."""


@dataclass(frozen=True, slots=True)
class Things:
    """So many pages or files: those that were given, and those of them that are only named in the report."""

    given: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """So many characters in what was given, in the note, in the report, marks, and in pages left out."""

    source: int
    note: int
    report: int
    marks: int
    missing: str = ""
    """Characters that are nowhere, sorted."""
    left: int = 0
    """Characters of pages that are no part of the session; the report names each of them."""
    pages: Things = Things()
    files: Things = Things()

    @property
    def numbers(self) -> dict[str, int]:
        """The same in numbers; the first is the sum of the five behind it."""
        said = {"source": self.source, "note": self.note, "report": self.report, "marks": self.marks}
        things = {"pages": self.pages.given, "pages_left": self.pages.left}
        things |= {"files": self.files.given, "files_left": self.files.left}
        return {**said, "left": self.left, "unaccounted": len(self.missing), **things}

    @property
    def things(self) -> str:
        """How many pages and files there were and what became of them; empty for one page alone."""
        if self.pages.given + self.files.given < 2:
            return ""
        kinds = (("ページ", self.pages), ("ファイル", self.files))
        told = (
            f"{kind} {one.given:,} 個 = ノートに入れたもの {one.given - one.left:,} 個"
            f" + この報告に名前を書いたもの {one.left:,} 個"
            for kind, one in kinds
            if one.given
        )
        return "渡されたもの: " + "、".join(told)

    def __str__(self) -> str:
        told = (
            f"原文 {self.source:,} 字 = ノート {self.note:,} 字"
            f" + この報告に書いたもの {self.report:,} 字 + 見出しや箇条書きの記号 {self.marks:,} 字"
        )
        told += f" + 入れなかったページ {self.left:,} 字" if self.left else ""
        return told + (f" + 不明 {len(self.missing):,} 字" if self.missing else "")


def account_of(
    sources: Mapping[str, str],
    session: Session,
    findings: Iterable[Finding],
    files: Iterable[str],
    head: str = "",
) -> Account:
    """Settle the account of an import.

    `sources` are the words of every page that went into the note, `files` the addresses that the import
    itself made, `head` what the note's date and title took over from the sources: a date that was given,
    or that a file's name tells, stands for no digits of theirs.
    """
    whole = sum(count for text in sources.values() for count in _count(text).values())
    left = sum((_count(_bare(text)) for text in sources.values()), Counter[str]())
    said = left.total()
    made = frozenset(files)
    words = f"{head}\n{words_of(session)}\n{_labels(session, sources)}"
    note = _STORED.sub(lambda found: " " if found[0] in made else found[0], words)
    if any(text.lstrip().startswith("---") for text in sources.values()):
        note += " date title"  # the keys of the front matter, which the note has, too
    report = " ".join(finding.excerpt for finding in findings)
    left -= _count(note)
    in_note = said - left.total()
    left -= _count(report)
    in_report = said - in_note - left.total()
    missing = _unmarked(left)
    if missing:  # an accent that stood behind a mark may have found its letter
        apart = _apart(*map(_bare, sources.values())) - _apart(note, report)
        missing = "".join(_lost(missing, apart))
    marks = whole - in_note - in_report - len(missing)
    return Account(whole, in_note, in_report, marks, missing)


def with_left(account: Account, left: Iterable[str], pages: Things, files: Things) -> Account:
    """The account with the words of pages that were left out, and with how many things there were."""
    count = sum(_count(text).total() for text in left)
    return replace(account, source=account.source + count, left=count, pages=pages, files=files)


def _labels(session: Session, sources: Mapping[str, str]) -> str:
    """The keys of data and the kinds in a note, as often as the sources have them: others the note made."""
    text = "\n".join(sources.values())
    keys = Counter(item.key for entry in session.entries for item in entry.data)
    kinds = Counter(entry.kind for entry in session.entries if entry.kind)
    found = [_often(key, count, rf"{re.escape(key)}[\s*_`]*[:：]", text) for key, count in keys.items()]
    found += [_often(kind, count, rf"[\[［【]\s*{re.escape(kind)}", text) for kind, count in kinds.items()]
    return "\n".join(found)


def _often(label: str, count: int, pattern: str, text: str) -> str:
    return f"{label}\n" * min(count, len(re.findall(pattern, text)))


def _count(text: str) -> Counter[str]:
    # Exports have names in NFD (テ and a mark), notes are NFC.
    counted = Counter(unicodedata.normalize("NFC", text))
    return Counter({char: count for char, count in counted.items() if not char.isspace()})


def _unmarked(left: Counter[str]) -> str:
    return "".join(sorted(char for char in left.elements() if char not in _MARKS))


def _apart(*texts: str) -> Counter[str]:
    """As `_count`, with accents apart from their letters."""
    return Counter("".join(unicodedata.normalize("NFD", "".join(text.split())) for text in texts))


def _lost(missing: str, apart: Counter[str]) -> Iterator[str]:
    """The characters of which a part is nowhere. They stay whole, or the sum would count some twice."""
    for char in missing:
        parts = Counter(unicodedata.normalize("NFD", char))
        if parts & apart:
            apart -= parts
            yield char


def _bare(text: str) -> str:
    """A text without the marks that hold letters or digits."""
    # Notion's CSV and pages from Windows have CRLF.
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LEAD.sub("", _TAG.sub(" ", lines))


def words_of(session: Session) -> str:
    """What a note says, without the marks that it says it with, its date, its title and its labels."""
    extra = (f"{key} {value}" for key, value in session.extra)
    said = [*extra, *_words(session.blocks)]
    for part in session.parts:
        said += [part.name.source, *_words(part.blocks)]
        for entry in part.entries:
            said += [entry.title.source, *(item.value.source for item in entry.data)]
            said += _words(entry.blocks)
    return "\n".join(said)


def _words(blocks: Blocks) -> Iterator[str]:
    for block in walk(blocks):
        match block:
            case CodeBlock(info, text):
                yield f"{info} {text}"
            case Math(text):
                yield f"$$ {text} $$"
            case Comment(text):
                yield text
            case Remark(handle, said):
                yield f"{handle} {said.source}"
            case _:
                yield from (one.source for one in texts(block))


def unaccounted(account: Account, sources: Mapping[str, str], note: str) -> Iterator[Finding]:
    """The error that ends an import which would lose characters."""
    if not account.missing:
        return
    counts = Counter(account.missing)
    chars = "".join(list(counts)[:_SHOWN])
    places = list(_places(set(counts), sources, note))
    first = Span(*places[0], places[0][1]) if places else Span(next(iter(sources), ""), 0, 0)
    lines = "、".join(str(line) for _, line in places) or "不明"
    message = f"原文の {len(account.missing):,} 字({chars})がノートにも報告にもありません({lines} 行目)"
    hint = "このページの読み方に誤りがあります。元のファイルを添えて知らせてください"
    yield Finding(Code.IMPORT_UNACCOUNTED, "error", first, message, hint)


def _places(chars: set[str], sources: Mapping[str, str], note: str) -> Iterator[tuple[str, int]]:
    """Lines that hold one of the characters and do not stand in the note as they are."""
    squeezed = "".join(note.split())
    lines = ((path, line) for path, text in sources.items() for line in lines_of(text))
    suspects = islice(((path, line) for path, line in lines if not chars.isdisjoint(line.text)), _LOOKED_AT)
    gone = (one for one in suspects if "".join(_bare(one[1].text).split()) not in squeezed)
    return ((path, line.number) for path, line in islice(gone, _LINES))
