"""The YAML between `---` lines at the top of a note."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

import yaml

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.read.dates import date_in
from kb.text.bounds import unbounded

_HINT = "`---` の間は `date: 2025-11-25` のように「キー: 値」を1行ずつ書いてください"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter tells, and how many lines it takes."""

    date: dt.date | None = None
    title: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    lines: int = 0


_NEWLINE = re.compile(r"\r\n|\r|\n")
_OPENING = re.compile(r"\s*---[ \t]*(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"(?:^|(?<=\r))(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_FIRST_KEY = re.compile(r"(?:\s*#.*)*\s*[A-Za-z_][\w-]*[ \t]*:")  # else `---` is a divider


def read_front_matter(text: str, path: str) -> tuple[FrontMatter | None, str, tuple[Finding, ...]]:
    """Front matter, the text behind it, and findings. None where it is there but cannot be read."""
    opening = _OPENING.match(text)
    if not opening or not _FIRST_KEY.match(text, opening.end()):
        return _empty(text, opening)
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        return None, text, (_broken(path, 1, "front matter の終わりの `---` がありません"),)
    first = _count(text[: opening.end()]) + 1
    source, rest = text[opening.end() : closing.start()], text[closing.end() :]
    data, finding = _load(source, path, first)
    if finding:
        return None, rest, (finding,)
    front, found = _front(data, path, first)
    return replace(front, lines=_count(text[: closing.end()])), rest, found


def _empty(text: str, opening: re.Match[str] | None) -> tuple[FrontMatter, str, tuple[Finding, ...]]:
    """No front matter, or one without any key between its lines."""
    closing = _CLOSING.match(text, opening.end()) if opening else None
    if not closing:
        return FrontMatter(), text, ()
    return FrontMatter(lines=_count(text[: closing.end()])), text[closing.end() :], ()


def _count(text: str) -> int:
    return len(_NEWLINE.findall(text))


def _broken(path: str, line: int, message: str) -> Finding:
    return Finding(Code.NOTE_FRONT_MATTER, "error", Span(path, line, line), message, _HINT)


def _load(source: str, path: str, first: int) -> tuple[dict[str, object], Finding | None]:
    if found := unbounded(source):
        return {}, _broken(path, first + found.line, f"front matter が読めません({found.reason})")
    try:
        data = yaml.load(source, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first + (mark.line if mark else 0)
        return {}, _broken(path, line, f"front matter が YAML として読めません({error.problem})")
    except ValueError:
        # YAML makes dates of what looks like one: `2025-02-30`.
        return {}, _broken(path, first, "front matter に暦にない日付があります")
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        return {}, _broken(path, first, f"front matter が YAML として読めません({reason})")
    if not isinstance(data, dict):
        return {}, _broken(path, first, "front matter が「キー: 値」の形になっていません")
    return {str(key): value for key, value in data.items()}, None


def _front(data: dict[str, object], path: str, first: int) -> tuple[FrontMatter, tuple[Finding, ...]]:
    date, findings = data.pop("date", None), []
    day = date_in(str(date)) if date is not None else None
    if date is not None and day is None:
        message = f"front matter の date `{date}` が日付として読めません"
        hint = "`date: 2025-11-25` の形で書いてください"
        findings.append(Finding(Code.NOTE_DATE_UNREADABLE, "error", Span(path, first, first), message, hint))
    # A title may be a number or a date to YAML.
    title = data.pop("title", None)
    extra = tuple((key, yaml_line(value)) for key, value in data.items())
    return FrontMatter(day, "" if title is None else " ".join(str(title).split()), extra), tuple(findings)


def yaml_line(value: object) -> str:
    """A value as YAML on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**9)
    return str(text).removesuffix("...\n").rstrip("\n")
