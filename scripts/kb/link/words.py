"""Words of an entry that may tell what it is about, and how much they do.

A word in the title tells most, one that comes again in the text less, one that is met once nothing.
Names, affiliations and references are left out (`kb/text/references.py`). Headings and first lines are
handed on as they are: where many entries have the same, they are a template's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kb.model.blocks import Heading, Remark, texts, walk
from kb.model.inline import Link, Marked, RichText, Text, flat
from kb.model.session import Entry
from kb.text.references import is_reference, lists_references, titles_in

MAX_WORD = 40
"""Characters; what is longer is no word, but something that was pasted."""
OFTEN = 2
"""Texts of an entry in which a word comes up that belongs to its subject."""
FIRST_LINES = 3
MAX_FORM = 40
"""Characters of a heading or a first line that may be a template's."""

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+#]*(?:[-.][A-Za-z0-9]+)*")
_JAPANESE = re.compile(r"[ァ-ヴー]{5,}|[\u4e00-\u9fff々]{4,}")
_RUN = re.compile(r"[ァ-ヴー\u4e00-\u9fff々]{4,}")
_NAME = re.compile(r"[A-Za-z]*(?:[A-Z][A-Za-z]*[A-Z]|\d)[A-Za-z0-9+#]*")
_LINKING = re.compile(
    "an?|and|any|are|as|at|be|but|by|beyond|can|do|does|for|from|has|have|how|in|into|is|its?|more|new|not|of|on|or"
    "|our|over|than|that|the|their|this|through|to|towards?|under|using|via|we|what|when|where|which|while|why"
    "|with|within|without|your|all|one|two"
)
_EVERYWHERE = re.compile(
    "(?:deep )?neural network|deep (?:learning|neural)|machine learning|artificial intelligence"
    "|technical report|case study|open source|(?:unified|general) framework"
    "|(?:novel|new) approach|simple baseline"
)
"""Pairs of words that tell nothing in any group of this field."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an entry, each once and in one place only, the most telling one."""

    title: tuple[str, ...]
    often: tuple[str, ...]
    once: tuple[str, ...]
    forms: tuple[str, ...]
    """Headings and first lines."""
    cited: tuple[str, ...]
    """What references have as the titles of their works, folded."""


def words_of(entry: Entry) -> Words:
    """What an entry's title and texts say, without bylines, references and code."""
    title = dict.fromkeys(words_in(entry.title.plain))
    met: Counter[str] = Counter()
    forms: dict[str, None] = {}
    cited: dict[str, None] = {}
    lines, listed = 0, False
    for block in walk(entry.blocks):
        if isinstance(block, Heading):
            listed = lists_references(block.text.plain)
        for rich in texts(block):
            text = rich.plain
            lines += not isinstance(block, (Heading, Remark))
            if len(text) <= MAX_FORM and (isinstance(block, Heading) or lines <= FIRST_LINES):
                forms.setdefault(" ".join(text.split()))
            found = set(words_in(_said(rich)))
            if found and (listed or is_reference(text)):
                cited.update(dict.fromkeys(titles_in(text)))
            else:
                met.update(found)
    often = tuple(word for word, count in met.items() if count >= OFTEN and word not in title)
    once = tuple(word for word, count in met.items() if count < OFTEN and word not in title)
    return Words(tuple(title), often, once, tuple(forms), tuple(cited))


def _said(text: RichText) -> str:
    """A text without its code, formulas and addresses."""
    if len(text.nodes) == 1 and isinstance(only := text.nodes[0], Text):
        return only.text
    inner = (Link, Marked)
    told = (one for one in flat(text.nodes) if not isinstance(one, inner))
    return "".join(one.text if isinstance(one, Text) else " " for one in told)


def words_in(text: str) -> Iterator[str]:
    """Words that may be names: Latin ones written as such, pairs of others, katakana, kanji compounds."""
    before, end = "", -2
    for found in _LATIN.finditer(text):
        word = found[0]
        if _is_name(word):
            yield _singular(word)
        low = _singular(word.lower())
        if len(low) < 3 or _LINKING.fullmatch(low):
            before = ""
            continue
        beside = before and found.start() == end + 1 and text[end] in " -"
        pair = f"{before} {low}"
        if beside and len(pair) <= MAX_WORD and not _EVERYWHERE.fullmatch(pair):
            yield pair
        before, end = low, found.end()
    for run in _RUN.findall(text):
        # `パラメータ効率的微調整` is one thing, told by its longest piece.
        if (word := max(_JAPANESE.findall(run), key=len, default="")) and len(word) <= MAX_WORD:
            yield word


def _is_name(word: str) -> bool:
    return 3 <= len(word) <= MAX_WORD and any(map(_NAME.fullmatch, word.split("-")))


def _singular(word: str) -> str:
    """`networks` and `GANs` without their ending; `MovieLens` is a name."""
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ies", "ics"))
    plural = plural and (word.islower() or word[:-1].isupper())
    return word[:-1] if plural else word
