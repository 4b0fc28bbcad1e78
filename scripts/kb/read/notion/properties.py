"""A page's properties: the bare lines below its title in a Markdown export.

Notion writes each as its name, a colon, a blank and the value (https://www.notion.com/help/database-properties).
Nothing but the place tells such a line from a paragraph `結論: …`, so at least one name of a run has to
be one that people give to properties.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from kb.model.session import DATA_KEYS
from kb.read.dates import date_in
from kb.read.lines import Line
from kb.read.starts import interrupts

Properties = tuple[tuple[str, str], ...]

_PROPERTY = re.compile(r"(?P<key>[^:：\n`\[\]|<>]{1,40}):(?: +(?P<value>.*))?$")
_DATES = ("日付", "開催日", "実施日", "日時", "date", "full date", "event date", "meeting date", "held on")
# Both languages of the interface, several generations of the exporter.
_CLOCKS = (
    *("作成日時", "作成日", "最終更新日時", "最終更新", "更新日時", "更新日"),
    *("created", "created time", "created at", "date created"),
    *("last edited", "last edited time", "last updated", "updated"),
)
_AUTHORS = ("作成者", "最終更新者", "created by", "last edited by", "owner", "オーナー")
_OTHERS = (
    *("ステータス", "status", "種類", "種別", "type", "kind", "カテゴリ", "カテゴリー", "category", "id"),
    *("参加者", "attendees", "participants", "場所", "担当", "担当者", "公開", "priority", "優先度"),
    *("名前", "name", "リンク", "link", "ファイル", "files", "完了", "done", "日程", "会議", "event"),
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS)
_ENGLISH = re.compile(rf"\b(?P<month>{_MONTH})\.? +(?P<day>\d{{1,2}}),? +(?P<year>\d{{4}})", re.IGNORECASE)


def is_clock(key: str) -> bool:
    """Whether a property says when or by whom the page was made, which is no date of a meeting."""
    return key.strip().lower() in (*_CLOCKS, *_AUTHORS)


def is_date_key(key: str) -> bool:
    """Whether a property is called like the date of a meeting."""
    return key.strip().lower() in _DATES


def _known(key: str) -> bool:
    low = key.strip().lower()
    return low in DATA_KEYS or low in _OTHERS or is_clock(key) or is_date_key(key)


def properties_at(lines: list[Line], index: int) -> tuple[Properties, int]:
    """The properties that stand at a line, and the index behind them."""
    while index < len(lines) and lines[index].blank:
        index += 1
    found: list[tuple[str, str]] = []
    end = index
    # Of a heading, an item or a remark the colon is part of what it says: `## 発表: SAM3`.
    while end < len(lines) and (row := _PROPERTY.match(lines[end].text)) and not interrupts(lines, end):
        found.append((" ".join(row["key"].split()), " ".join((row["value"] or "").split())))
        end += 1
    if not any(_known(key) for key, _ in found):
        return (), index
    return tuple(found), end


def notion_date(text: str) -> dt.date | None:
    """A date in any spelling of Notion's two interfaces: as `date_in`, or `December 4, 2024 8:45 AM`."""
    if day := date_in(text):
        return day
    for found in _ENGLISH.finditer(text):
        try:
            return dt.date(int(found["year"]), _month(found["month"]), int(found["day"]))
        except ValueError:
            continue
    return None


def _month(name: str) -> int:
    return 1 + next(at for at, month in enumerate(_MONTHS) if month.startswith(name.lower()[:3]))


def property_date(properties: Iterable[tuple[str, str]]) -> tuple[str, dt.date | None]:
    """The first property that tells the meeting's date, with its name."""
    for key, value in properties:
        if is_date_key(key) and (day := notion_date(value)):
            return key, day
    return "", None
