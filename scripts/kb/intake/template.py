"""The fixed questions that reports answer section by section, and how headings are compared."""

from __future__ import annotations

import re
from unicodedata import normalize

_NUMBER = re.compile(r"^[\s#]*(?:q?\d+[.)．）:：]?|[①-⑳])\s*", re.IGNORECASE)
_NO_WORD = re.compile(r"[^\w]+")
# The questions of 落合陽一, which most groups ask, in the spellings of many.
_QUESTIONS = re.compile(
    r"どんなもの|(?:先行|従来|既存)(?:研究|手法)(?:と比べ|との|より)|(?:技術|手法)[や・と]?(?:技術|手法)?の(?:キモ|肝|きも)"
    r"|どうやって有効|(?:有効性?|有用性)(?:だと|を|の)?検証|どのように検証|議論(?:は|点)|次に読むべき"
)


def folded(text: str) -> str:
    """A heading without its number, its marks and its width."""
    return _NO_WORD.sub("", _NUMBER.sub("", normalize("NFKC", text))).casefold()


def is_question(text: str) -> bool:
    """Whether a heading is one of the questions that reports answer."""
    return bool(_QUESTIONS.match(folded(text)))
