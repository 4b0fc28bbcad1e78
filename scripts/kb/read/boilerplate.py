"""The group's standing instructions at the top of its page: known, and not content."""

from __future__ import annotations

import re
import unicodedata

_RULES = (
    r"※?\s*\[論文\]\s*\[blog\]\s*など何に関するTOPICなのかパッと見で分かるようにしましょう。?",
    r"技術的に学びのあるトピックを解説する時間にできると\W*"
    r"\(AIツール紹介等はslack channelでの共有など別機会にて推奨\)",
    r"出典を埋め込みURLにしましょう。?",
)
_LINE = re.compile("|".join(f"(?:{rule})" for rule in _RULES), re.IGNORECASE)


def is_boilerplate(text: str) -> bool:
    """Whether each line of a text is one of the standing instructions."""
    lines = [unicodedata.normalize("NFKC", line).strip().replace("\\", "") for line in text.split("\n")]
    return all(_LINE.fullmatch(line.lstrip("-・ ")) for line in lines)
