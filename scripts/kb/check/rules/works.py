"""Numbers of works: arXiv, DOI and ISBN that cannot be, and papers under another title."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from kb.check.base import Base, look_up, placed
from kb.check.note import Note
from kb.check.rule import Said, rule
from kb.check.rules.group import clipped
from kb.model.codes import Code
from kb.model.registry import Paper

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
FIRST_YEAR = 91
"""arXiv began in 1991: a number of that year or later in its century is of the 1990s."""


def arxiv_fault(text: str) -> str:
    """What is wrong with an arXiv number, in words; empty for nothing."""
    text = re.sub(r"\.pdf$", "", text.rstrip(".-"), flags=re.I)
    found = _OLD_ARXIV.fullmatch(text) or _NEW_ARXIV.fullmatch(text)
    if not found:
        return "番号の形ではありません"
    if not 1 <= int(found["month"]) <= 12:
        return f"3〜4桁めは月ですが、{found['month']}になっています"
    if found.re is _OLD_ARXIV:
        return ""
    year, digits = int(found["year"]), len(found["number"])
    # Notes have ids with a slip, such as `1805.0831`.
    wanted = 5 if FIVE_DIGITS <= year < FIRST_YEAR else 4
    return "" if digits == wanted else f"点の後ろが{wanted}桁のはずですが、{digits}桁です"


def doi_fault(text: str) -> str:
    """What is wrong with a DOI, in words; empty for nothing."""
    # In an address the slash may be encoded.
    good = _GOOD_DOI.fullmatch(text.replace("%2F", "/").replace("%2f", "/"))
    return "" if good else "`10.番号/…` の形ではありません"


def isbn_fault(text: str) -> str:
    """What is wrong with an ISBN, in words; empty for nothing."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if len(digits) == 13 and digits.isdecimal():
        # Digits weigh 1 and 3 in turn; in an ISBN-10 they weigh from 10 down to 1, and X is ten.
        total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
        return "" if total % 10 == 0 else "最後の数字が合いません"
    if len(digits) == 10 and digits[:9].isdecimal():
        values = [10 if digit == "X" else int(digit) for digit in digits]
        total = sum(value * (10 - at) for at, value in enumerate(values))
        return "" if total % 11 == 0 else "最後の数字が合いません"
    return "10桁か13桁のはずです"


_SCHEMES = ((_ARXIV, "arXiv", arxiv_fault), (_DOI, "DOI", doi_fault), (_ISBN, "ISBN", isbn_fault))


@rule(Code.WORK_ID_MALFORMED)
def work_id_malformed(note: Note, _: Base) -> Iterator[Said]:
    """A number of a work that no work can have."""
    for number, line in enumerate(note.prose, 1):
        for pattern, name, fault in _SCHEMES:
            for found in pattern.finditer(line):
                value = found["id"].rstrip(".,;:/")  # the end of a sentence, or of an address
                if reason := fault(value):
                    message = f"{name} の番号 `{clipped(value)}` は形が合いません({reason})"
                    start = found.start("id")
                    span = note.at(number, start, start + len(value))
                    yield span, message, "元のページの番号を写し直してください", value


_WORD = re.compile(r"[a-z0-9]+")
MIN_WORDS = 3
"""Words that a title must have to be compared: shorter ones are nicknames."""
ALIKE = 0.34
"""The share of common words from which on two titles may be one work's."""


def _latin_words(title: str) -> list[str]:
    """The words of a title that is mostly in Latin script; none for others."""
    # A title in Japanese may be the translation of one in English: the two cannot be compared.
    letters = [char for char in title if char.isalpha()]
    latin = sum(char.isascii() for char in letters)
    return _WORD.findall(title.lower()) if letters and latin >= 0.8 * len(letters) else []


def far_apart(one: str, other: str) -> bool:
    """Whether two titles cannot be those of one work: both in Latin script, and with little in common."""
    first, second = _latin_words(one), _latin_words(other)
    if min(len(first), len(second)) < MIN_WORDS:
        return False
    # Of the shorter one: a subtitle is often left out.
    common = len(set(first) & set(second)) / min(len(set(first)), len(set(second)))
    near = difflib.SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False)
    return common < ALIKE and near.ratio() < 0.6


@rule(Code.WORK_TITLE_DIFFERS)
def work_title_differs(note: Note, base: Base) -> Iterator[Said]:
    """A title with the address of another paper."""
    works = look_up(note, base).found.works
    for one in placed(note, base):
        facts = one.facts
        # An entry on several papers has a title of its own.
        paper = works.by_id[one.sources[0]] if len(one.sources) == 1 else None
        if paper and paper.registered and _differs(facts.title, paper):
            shown, title = clipped(facts.title), clipped(paper.title)
            message = f"「{shown}」の出典は、台帳では「{title}」です"
            hint = "題か出典の、まちがっている方を直してください"
            yield note.at(works.place(paper.id, facts).first), message, hint, facts.title


def _differs(title: str, paper: Paper) -> bool:
    folded = title.lower()
    named = any(alias.lower() in folded for alias in paper.aliases)
    return not named and far_apart(title, paper.title)
