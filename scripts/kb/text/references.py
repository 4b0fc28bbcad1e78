"""Lines that only say who wrote what, where and when: bylines, affiliations, references, BibTeX.

They name universities, publishers and the words of other works' titles, none of which is what the
text around them is about. What has the shape of a sentence is never taken for one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.text.fold import name_key
from kb.text.ids import find_ids

MAX_LINE = 1500
"""Characters; what is longer says more than that."""

_BIBTEX = re.compile(
    r"\s*(?:@[a-z]+\s*\{|(?:author|title|booktitle|journal|year|pages|publisher)\s*=\s*[{\"])", re.I
)
_LISTED = re.compile(
    r"(?:\d+[.\s]*)?(?:参考|引用|関連)?(?:文献|論文)(?:一覧|リスト|情報|関連リンク)?|参考|出典|引用|著者(?:情報|と所属)?|所属"
    r"|references?|bibliography|citations?|bibtex|authors?|affiliations?|acknowledge?ments?|謝辞",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s*[(（【]?(?:まとめ|発表者?|担当者?|紹介者?|読んだ人|著者|所属|authors?|affiliations?|by|presented by"
    r"|summari[sz]ed by|submitted|accepted|published|to appear|presented at|投稿日?|採択|掲載"
    r"|学会|会議名?|venue)"
    r"(?:\s*[:：@＠/]|\s+(?:on|by|in|at|to)\b|\s*$)",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[A-ZÀ-ÖØ-Þ/]|et al|arxiv|doi|大学|研究|会社|学会|論文誌|予稿")
"""What every reference has."""
_HIRAGANA = re.compile(r"[ぁ-ん]")
_ENDS = frozenset("。．うくすつぬむるいただねよ")
_VERBS = re.compile(r"\b(?:is|are|was|were|we|they|that|which|can|has|have|does|shows?|uses?|propos\w+)\b")
_CAPITAL = "A-ZÀ-ÖØ-Þ"
_WORD = rf"(?<!\w)[{_CAPITAL}][\w'’\-]{{1,30}}"
_INITIALS = re.compile(
    rf"(?<!\w)[{_CAPITAL}]\.(?:[ \-]?[{_CAPITAL}]\.){{0,4}}\s?(?:(?:van|von|de|der|den)\s){{0,3}}{_WORD}"
    rf"|(?<!\w){_WORD},\s*[{_CAPITAL}]\."
)
_NAMES = re.compile(
    rf"(?:{_WORD}(?:\s+(?:[{_CAPITAL}]\.\s*)?{_WORD}){{1,3}}\s*[\d*†‡]*\s*(?:,|、|;|\band\b|$)\s*){{3,}}"
)
_OTHERS = re.compile(r"\bet\.? al\b|\bほか\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HOUSE = re.compile(
    r"\b(?:Universit\w+|Institut\w*|Laborator\w+|College|Academy|Inc|Ltd|Corp|GmbH|Springer|Elsevier|Wiley"
    r"|IEEE|ACM|Proceedings|Proc|Conference|Symposium|Workshop|Transactions|Journal|Lecture Notes"
    r"|arXiv|preprint|Press)\b"
    r"|大学|研究所|研究室|株式会社|学会|論文誌|予稿集|\bvol\.|\bpp\.",
    re.IGNORECASE,
)
_MEETING = re.compile(r"\b[A-Z][A-Za-z]{0,12}[A-Z][A-Za-z]{0,12}(?:\s?(?:19|20)\d\d|\s?['’]\d\d)\b")
_PARTS = re.compile(
    r"[.?!。．]\s+|[\"“”「」『』()（）\n]|\s*https?://\S*\s*|[,，]\s+(?=(?:in\s|arXiv|(?:19|20)\d\d|[A-Z][\w-]*\s?\d))"
)
_MARKS = re.compile(r"[\W_]+")
LEAST_TITLE, LEAST_WORDS, MAX_TITLE = 12, 2, 250
_SHORT = 60
"""Characters of a line that says nothing beside a publisher or a meeting."""


def lists_references(title: str) -> bool:
    """Whether what stands below a heading is a list of works, or tells who wrote one."""
    return bool(_LISTED.fullmatch(title.strip().strip(":：#.")))


def is_reference(line: str) -> bool:
    """Whether a text is a byline, an affiliation, a reference or a part of one."""
    if not line or len(line) > MAX_LINE or _ends_as_prose(line):
        return False
    if _BY.match(line) or _BIBTEX.match(line):
        return True
    if not _SIGN.search(line):
        return False
    kana = len(_HIRAGANA.findall(line))
    if (kana > 1 and kana * 5 > len(line)) or _VERBS.search(line):
        return False
    # A sentence may be short beside the address in it.
    return _has_authors(line) or _has_place(line) or (not kana and bool(find_ids(line)))


def titles_in(line: str) -> Iterator[str]:
    """What a reference may have as the title of its work, each as `title_key` folds it."""
    parts = _PARTS.split(line) if is_reference(line) else (line,)
    return (key for part in parts if part and (key := title_key(part)))


def title_key(title: str) -> str:
    """What two spellings of a title share; empty where it is too short to be known by itself."""
    key = _MARKS.sub(" ", name_key(title)).strip()
    return key if LEAST_TITLE <= len(key) <= MAX_TITLE and key.count(" ") >= LEAST_WORDS - 1 else ""


def _ends_as_prose(line: str) -> bool:
    return line.rstrip(" \n)）!！?？")[-1:] in _ENDS and bool(_HIRAGANA.search(line))


def _has_authors(line: str) -> bool:
    people = len(_INITIALS.findall(line))
    others = bool(_OTHERS.search(line))
    dated = bool(_YEAR.search(line) or _HOUSE.search(line))
    return people > 1 or (dated and bool(people or others)) or bool(_NAMES.search(line))


def _has_place(line: str) -> bool:
    named = bool(_HOUSE.search(line) or _MEETING.search(line))
    return named and (len(line) <= _SHORT or bool(_YEAR.search(line)) or len(_HOUSE.findall(line)) > 1)
