"""A small base that can be changed in every way, and its site as a visitor meets it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from kb.link import Linker
from kb.pages import Context, all_pages
from kb.pages.redirects import redirect_pages
from kb.read import read
from kb.registry import read_records, registry_of
from kb.registry.moved import MOVED

Files = dict[str, bytes]
_MARK = re.compile(r"しるし(\d+)号")
_AWAY = re.compile(r"この発表は \[.*?\]\(\.\./topics/(.*?)\.md#(.*?)\) にあります")


@dataclass
class Talk:
    """An entry, with a mark in each piece of its text by which it is known again."""

    mark: int
    title: str
    people: str = ""
    source: str = ""
    topic: str = ""
    tag: str = ""

    @property
    def text(self) -> str:
        """The entry in its note."""
        data = {"発表者": self.people, "出典": self.source, "トピック": self.topic, "タグ": self.tag}
        rows = "".join(f"- {key}: {value}\n" for key, value in data.items() if value)
        said = f"これは しるし{self.mark}号 の話。"
        return f"## {self.title}\n\n{rows}\n{said}\n\n### 結果\n\n{said}その結果。\n\n"


@dataclass
class Town:
    """What people have written."""

    notes: dict[str, list[Talk]] = field(default_factory=dict)
    records: dict[str, dict[str, dict[str, object]]] = field(default_factory=dict)
    """By registry and id."""
    moved: str = ""

    def files(self) -> Files:
        """What is read."""
        notes = {
            f"docs/notes/{date}.md": f"---\ndate: {date}\n---\n\n# 部\n\n"
            + "".join(one.text for one in talks)
            for date, talks in self.notes.items()
        }
        data = {
            f"docs/data/{name}.yml": f"{name}:\n"
            + "".join(
                f"  - {json.dumps({'id': one, **row}, ensure_ascii=False)}\n" for one, row in rows.items()
            )
            for name, rows in self.records.items()
            if rows
        }
        moved = {MOVED: self.moved} if self.moved else {}
        return {path: text.encode() for path, text in sorted({**notes, **data, **moved}.items())}


class Site:
    """The pages of a state, and where a visitor gets who opens an address."""

    def __init__(self, files: Files) -> None:
        notes = [read(data, path, "note").session for path, data in files.items() if path.endswith(".md")]
        registry, found = registry_of(
            {path: read_records(path, data) for path, data in files.items() if path.endswith(".yml")}
        )
        assert found == ()
        base = Linker().link([one for one in notes if one], registry)
        self.pages = {page.url: "\n".join(page.lines) for page in all_pages(base)}
        self.redirects = redirect_pages(Context(base, frozenset()))

    def addresses(self) -> list[str]:
        """Every address, with the anchors of talks and sections."""
        own = {url for url in self.pages if url.count("/") == 2 and not re.search(r"/\d{4}/$", url)}
        anchors = (
            f"{url}#{one}"
            for url in own
            if url.startswith("topics/")
            for one in re.findall(r'\{: #(\S+) \}|<div id="(.+?)">', self.pages[url])
            for one in one
            if one
        )
        return [*own, *self.redirects, *anchors]

    def marks(self, address: str) -> set[int]:
        """The talks that a visitor meets: that at the anchor, or all of the page.

        Raises:
            KeyError: nothing answers.
        """
        url, _, anchor = address.partition("#")
        if url not in self.pages:
            url, _, anchor = self._led(url, anchor).partition("#")
        text = self.pages[url]
        if anchor and url.startswith("topics/") and url.count("/") == 2:
            return self._at(url, unquote(anchor))
        return set(map(int, _MARK.findall(text)))

    def shown(self, address: str) -> set[int]:
        """All talks of the page on which a visitor is."""
        url = address if address in self.pages else self._led(address, "").partition("#")[0]
        return set(map(int, _MARK.findall(self.pages[url])))

    def _at(self, url: str, anchor: str) -> set[int]:
        text = self.pages[url]
        places = [text.find(mark) for mark in (f"{{: #{anchor} }}", f'<div id="{anchor}">')]
        if (start := max(places)) < 0:
            raise KeyError(f"{url}#{anchor}")
        if "ここにあった発表は" in text[start:].split("\n\n")[1]:
            return set()
        mark, away = _MARK.search(text, start), _AWAY.search(text, start)
        if away and (not mark or away.start() < mark.start()):
            return self._at(f"topics/{unquote(away[1])}/", unquote(away[2]))
        assert mark
        return {int(mark[1])}

    def _led(self, url: str, anchor: str) -> str:
        """What the script of a redirect page does."""
        told = json.loads(re.search(r"const \{ to, plain, marks \} = (.*);", self.redirects[url])[1])  # type: ignore[index]
        return unquote(_aim(told, anchor)).removeprefix("../../")


def _aim(told: dict[str, object], anchor: str) -> str:
    to, plain, marks = str(told["to"]), told["plain"], told["marks"]
    assert isinstance(marks, dict)
    for mark, (page, entry, suffix) in marks.items():
        if anchor == f"e-{mark}":
            return f"{page}#{entry}"
        if anchor.endswith(f"-{mark}"):
            return f"{page}#{anchor.removesuffix(f'-{mark}')}{suffix}"
    if not anchor or anchor.startswith("e-"):
        return to
    if isinstance(plain, list):
        return f"{plain[0]}#{anchor}{plain[2]}"
    return to if "#" in to else f"{to}#{anchor}"
