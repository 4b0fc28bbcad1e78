"""What a stage has to say about its input: where, what is wrong, what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.model.codes import Code

Severity = Literal["error", "warning", "minor", "guess", "loss", "left-out"]

SEVERITY_LABELS: dict[Severity, str] = {
    "error": "エラー",
    "warning": "注意",
    "minor": "ヒント",
    "guess": "推測",
    "loss": "欠落",
    "left-out": "除外",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A run of lines in a file, both ends included; the first line is 1, 0 means the whole file."""

    path: str
    """The file as its reader would name it, relative to the root where there is one."""
    first: int
    last: int
    column: int = 0
    """Where in the first line it begins, in characters from 1; 0 means the whole line."""
    end: int = 0
    """Where in the last line it ends, behind its last character; 0 means the end of that line."""

    @property
    def lines(self) -> range:
        """The number of each line."""
        return range(self.first, self.last + 1)

    def __str__(self) -> str:
        place = f"{self.path}:{self.first}" if self.first else self.path
        return f"{place}:{self.column}" if self.column else place


NOWHERE = Span("", 0, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One message about one place. Only errors stop a build."""

    code: Code
    """Its name, and that of the rule which explains it."""
    severity: Severity
    span: Span
    message: str
    """What is the case, in Japanese, without a full stop."""
    hint: str = ""
    """What to write instead, in Japanese; empty where nothing has to be done."""
    excerpt: str = ""
    """Characters that stand there in the source and are not in the note; an import accounts for them."""
    value: str = ""
    """What in these lines it speaks of, as it is typed there; empty for the lines as a whole."""

    def __str__(self) -> str:
        head = f"{self.span}: {SEVERITY_LABELS[self.severity]}[{self.code}] {self.message}"
        return f"{head}\n    → {self.hint}" if self.hint else head


LINES_TOLD = 12
"""How many lines are named of a matter that stands in more places; the rest is a number."""


def lines_told(lines: Sequence[int], total: int = 0) -> str:
    """The numbers of some lines, the first few of them; `total` where there are more than these."""
    told = "、".join(map(str, dict.fromkeys(lines[:LINES_TOLD])))
    return f"{told}{' …' if max(total, len(lines)) > LINES_TOLD else ''} 行目"


def others_told(lines: Sequence[int], total: int = 0) -> str:
    """In how many other places the same is the case, and on which lines; empty for none."""
    count = max(total, len(lines))
    where = f": {lines_told(lines, total)}" if any(lines) else ""
    return f"ほか {count} か所{where}" if count else ""


def minor_told(mended: int, by_hand: int) -> str:
    """In how many places `fix` mends what is minor, and in how many a person can; empty for none."""
    told = [f"`fix` で整えられる書き方が {mended} か所"] if mended else []
    told += [f"手で整えられるところが {by_hand} か所"] if by_hand else []
    return "、".join(told)


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Only those findings that stop a build."""
    return tuple(finding for finding in findings if finding.severity == "error")
