"""Numbers of works: arXiv, DOI and ISBN that cannot be, and papers under another title."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from kb.check.base import Base
from kb.check.lookup import look_up, placed
from kb.check.note import Note
from kb.check.rule import Rule
from kb.check.rules.sources import clipped
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.model.registry import Paper
from kb.model.session import SOURCES

_ARXIV = re.compile(
    r"(?:\barxiv\.org/(?:abs|pdf|html)/|(?<![\w./])arxiv\s{0,3}[:：]\s{0,3})"
    r"(?=[a-zA-Z./-]{0,20}\d)(?P<id>[a-zA-Z0-9][a-zA-Z0-9.-]*(?:/\d+)?)",
    re.I,
)
_NEW_ARXIV = re.compile(r"(?P<year>\d{2})(?P<month>\d{2})\.(?P<number>\d{1,9})(?:v\d+)?")
_OLD_ARXIV = re.compile(r"[a-z\-]+(?:\.[a-z]{2})?/\d{2}(?P<month>\d{2})\d{3}(?:v\d+)?", re.I)
_DOI = re.compile(
    r"(?:\bdoi\.org/|(?<![\w./])doi\s{0,3}[:：]\s{0,3})(?P<id>[^\s\"<>、。）」』】()\[\]]+)", re.I
)
_GOOD_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_ISBN = re.compile(r"(?<!\w)isbn(?:-1[03])?\s{0,3}[:：]?\s{0,3}(?P<id>\d[\d\- ]{7,16}[\dxX])(?!\w)", re.I)
FIVE_DIGITS = 15
"""The year, in two digits, since which arXiv's numbers have five digits behind the point."""


def arxiv_fault(text: str) -> str:
    """What is wrong with an arXiv number, in words; empty for nothing."""
    text = re.sub(r"\.pdf$", "", text.rstrip(".-"), flags=re.I)
    old = _OLD_ARXIV.fullmatch(text)
    if old:
        return "" if 1 <= int(old["month"]) <= 12 else _month(old["month"])
    found = _NEW_ARXIV.fullmatch(text)
    if not found:
        return "番号の形ではありません"
    year, month, digits = int(found["year"]), int(found["month"]), len(found["number"])
    if not 1 <= month <= 12:
        return _month(found["month"])
    wanted = 5 if year >= FIVE_DIGITS and year < 91 else 4
    return "" if digits == wanted else f"点の後ろが{wanted}桁のはずですが、{digits}桁です"


def _month(month: str) -> str:
    return f"3〜4桁めは月ですが、{month}になっています"


def doi_fault(text: str) -> str:
    """What is wrong with a DOI, in words; empty for nothing."""
    return (
        ""
        if _GOOD_DOI.fullmatch(text.replace("%2F", "/").replace("%2f", "/"))
        else "`10.番号/…` の形ではありません"
    )


def isbn_fault(text: str) -> str:
    """What is wrong with an ISBN, in words; empty for nothing."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if len(digits) == 13 and digits.isdecimal():
        total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
        return "" if total % 10 == 0 else "最後の数字が合いません"
    if len(digits) == 10 and digits[:9].isdecimal():
        values = [10 if digit == "X" else int(digit) for digit in digits]
        total = sum(value * (10 - at) for at, value in enumerate(values))
        return "" if total % 11 == 0 else "最後の数字が合いません"
    return "10桁か13桁のはずです"


_SCHEMES = ((_ARXIV, "arXiv", arxiv_fault), (_DOI, "DOI", doi_fault), (_ISBN, "ISBN", isbn_fault))


class WorkIdMalformed(Rule):
    """A number of a work that no work can have."""

    code = Code.WORK_ID_MALFORMED

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Every number of every line outside of code."""
        for number, line in enumerate(note.prose, 1):
            for pattern, name, fault in _SCHEMES:
                for found in pattern.finditer(line):
                    value = found["id"].rstrip(".,;:/")
                    if reason := fault(value):
                        span = note.at(number, found.start("id"), found.start("id") + len(value))
                        message = f"{name} の番号 `{clipped(value)}` は形が合いません({reason})"
                        yield self.finding(span, message, "元のページの番号を写し直してください")


_WORD = re.compile(r"[a-z0-9]+")
MIN_WORDS = 3
"""Words that a title must have to be compared: shorter ones are nicknames."""
ALIKE = 0.34
"""The share of common words from which on two titles may be one work's."""


def _latin_words(title: str) -> list[str]:
    """The words of a title that is mostly in Latin script; none for others."""
    letters = [char for char in title if char.isalpha()]
    latin = sum(char.isascii() for char in letters)
    return _WORD.findall(title.lower()) if letters and latin >= 0.8 * len(letters) else []


def far_apart(one: str, other: str) -> bool:
    """Whether two titles cannot be those of one work: both in Latin script, and with little in common."""
    first, second = _latin_words(one), _latin_words(other)
    if min(len(first), len(second)) < MIN_WORDS:
        return False
    common = len(set(first) & set(second)) / min(len(set(first)), len(set(second)))
    near = difflib.SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False)
    return common < ALIKE and near.ratio() < 0.6


class WorkTitleDiffers(Rule):
    """A title with the address of another paper."""

    code = Code.WORK_TITLE_DIFFERS

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """One for each entry on a single registered paper of another title."""
        papers = look_up(note, base).found.works.by_id
        for one in placed(note, base):
            facts = one.facts
            paper = papers[one.sources[0]] if len(one.sources) == 1 else None
            if paper and paper.registered and _differs(facts.title, paper):
                title = clipped(paper.title)
                message = f"「{clipped(facts.title)}」の出典は、台帳では「{title}」です"
                yield self.finding(
                    note.at(facts.place(SOURCES).first),
                    message,
                    "題か出典の、まちがっている方を直してください",
                )


def _differs(title: str, paper: Paper) -> bool:
    folded = title.lower()
    if any(alias.lower() in folded for alias in paper.aliases):
        return False
    return far_apart(title, paper.title)


WORK_RULES: tuple[Rule, ...] = (WorkIdMalformed(), WorkTitleDiffers())
