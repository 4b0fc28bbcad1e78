"""Whatever tree of pages and files is given, each of its words and files is in the note or in the report."""

from __future__ import annotations

import os
import posixpath
import random
import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

import pytest

from kb.intake import Brought, Given, bring, report_json
from tests.intake.mutants import zipped

DAY = "2025-12-02"
TREES = 120 * int(os.environ.get("EXAMPLES", "1"))


@dataclass(slots=True)
class Tree:
    """An export that grows at random: pages, databases with pages of rows, files, and what links to them."""

    chance: random.Random
    html: bool
    ids: bool
    files: dict[str, bytes] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    """A word for each place that text stands in; none is part of another."""

    count: int = 0

    def word(self, *, told: bool = True) -> str:
        """A new word; one that is not told stands in the name of something alone."""
        self.count += 1
        word = f"語{self.count:03d}印"
        self.words += [word] * told
        return word

    def name(self, title: str) -> str:
        digits = "".join(self.chance.choice("0123456789abcdef") for _ in range(32))
        title = self.chance.choice([*[""] * 4, "A & B ", "50% ", "#1 ", "が ", "x.y "]) + title
        return f"{title} {digits}" if self.ids else title

    def page(self, folder: str, title: str, depth: int) -> str:
        """A page with its folder; answers its path."""
        name = self.name(title)
        path = f"{folder}{name}.{'html' if self.html else 'md'}"
        self.files[path] = b""  # its place in the order of the export
        inner = f"{folder}{name}/"
        blocks = [self.text() for _ in range(self.chance.randrange(1, 3))]
        if depth:
            blocks += [self.grown(folder, inner, depth - 1) for _ in range(self.chance.randrange(4))]
        self.files[path] = (self.html_page if self.html else self.markdown_page)(title, blocks)
        return path

    def text(self) -> str:
        return f"<p>{self.word()}</p>" if self.html else self.word()

    def grown(self, folder: str, inner: str, depth: int) -> str:
        """A block that holds or links to something new; or nothing does."""
        kind = self.chance.choice(["page", "page", "file", "database", "lost file", "known"])
        if kind == "known":  # a page that another one may link to, too, or this very page
            others = [path for path in self.files if path.endswith((".md", ".html"))]
            how = self.chance.choice(["alone", "sentence", "cell"])
            return self.link(self.chance.choice(others), folder, how)
        if kind == "database":
            return self.database(folder, inner, depth)
        if "file" in kind:
            suffix = self.chance.choice(["png", "pdf", "exe", "zip"])
            path = f"{inner}{self.name(self.word(told=False))}.{suffix}"
            self.files[path] = b"\x89PNG" + self.word(told=False).encode()
        else:
            path = self.page(inner, self.word(), depth)
        hows = ["not"] if kind == "lost file" else ["alone", "sentence", "cell", "item", "not"]
        return self.link(path, folder, self.chance.choice(hows))

    def link(self, path: str, folder: str, how: str) -> str:
        if how == "not":
            return self.text()
        address, label = quote(posixpath.relpath(path, folder or ".")), self.word()
        one = f'<a href="{address}">{label}</a>' if self.html else f"[{label}]({address})"
        word = self.word()
        if self.html:
            forms = {"alone": f"<p>{one}</p>", "sentence": f"<p>{word} {one} です。</p>"}
            forms["cell"] = f"<table><tbody><tr><td>{one}</td><td>{word}</td></tr></tbody></table>"
            forms["item"] = f"<ul><li>{word} {one}</li></ul>"
        else:
            forms = {"alone": one, "sentence": f"{word} {one} です。"}
            forms["cell"] = f"| 題 | 値 |\n| --- | --- |\n| {one} | {word} |"
            forms["item"] = f"- {word} {one}"
        if how == "alone":
            self.words.remove(word)
        return forms[how]

    def database(self, folder: str, inner: str, depth: int) -> str:
        """A database with rows, some of which have pages; HTML shows it as a table, Markdown links to it."""
        name = self.name(self.word(told=False))
        rows = [(self.word(), self.word()) for _ in range(2)]
        pages = [
            self.page(f"{inner}{name}/", title, depth) if self.chance.random() < 0.7 else ""
            for title, _ in rows
        ]
        if self.html:
            table = ""
            for (title, value), path in zip(rows, pages, strict=True):
                linked = f'<a href="{quote(path[len(folder) :])}">{title}</a>'
                cell = linked if path and self.chance.random() < 0.5 else title
                table += f"<tr><td>{cell}</td><td>{value}</td></tr>"
            return f'<table class="collection-content"><tbody>{table}</tbody></table>'
        data = "\r\n".join(["名前,値", *(",".join(row) for row in rows)])
        for suffix in ("", "_all"):
            self.files[f"{inner}{name}{suffix}.csv"] = f"\ufeff{data}".encode()
        how = self.chance.choice(["alone", "sentence", "not"])
        return self.link(f"{inner}{name}.csv", folder, how)

    def html_page(self, title: str, blocks: list[str]) -> bytes:
        head = f'<header><h1 class="page-title">{escape(title)}</h1></header>'
        body = f'{head}<div class="page-body">{"".join(blocks)}</div>'
        return f'<html><body><article class="page sans">{body}</article></body></html>'.encode()

    def markdown_page(self, title: str, blocks: list[str]) -> bytes:
        return "\n\n".join([f"# {title}", *blocks]).encode()


def _tree(number: int) -> Tree:
    chance = random.Random(f"tree-{number}")
    tree = Tree(chance, html=chance.random() < 0.5, ids=chance.random() < 0.7)
    tree.page("", f"{DAY} 会{tree.word()}", 3)
    for _ in range(chance.randrange(3)):  # pages beside the session's
        tree.page(chance.choice(["", "ほか/"]), tree.word(), 1)
    return tree


def _faults(tree: Tree, brought: Brought) -> list[str]:
    report = report_json(brought)
    if brought.failed:
        return [one.message for one in brought.findings if one.severity == "error"]
    named = {one.span.path for one in brought.findings if one.code == "export-unused"}
    kept = set(brought.files.values())
    wrong = []
    for word in tree.words:
        left = any(word.encode() in tree.files[path] or word in path for path in named)
        if word not in brought.note and word not in report and not left:
            wrong.append(f"{word} is nowhere")
    for path, data in tree.files.items():
        page = path.endswith((".md", ".html", ".csv"))
        told = path in named or path.split("/")[-1].split(".")[0] in report
        if not page and data not in kept and not told:
            wrong.append(f"{path} is neither kept nor named")
    return wrong


@pytest.mark.parametrize("start", range(0, TREES, 20))
def test_every_word_and_file_is_in_the_note_or_in_the_report(start: int) -> None:
    for number in range(start, start + 20):
        tree = _tree(number)
        brought = bring([Given("Export.zip", data=zipped(tree.files))])
        wrong = _faults(tree, brought)
        assert not wrong, f"tree {number}: {wrong}\n" + "\n".join(tree.files)
        _check_account(tree, brought, number)


def _check_account(tree: Tree, brought: Brought, number: int) -> None:
    account = brought.account
    assert account, number
    assert account.source == account.note + account.report + account.marks + account.left
    assert account.pages.given + account.files.given == len(tree.files)
    named = [one.span.path for one in brought.findings if one.code == "export-unused"]
    assert account.pages.left + account.files.left == len(named)


def test_pages_below_the_session_are_in_the_note() -> None:
    """Not only named: what a meeting's page holds is the meeting's."""
    for number in range(TREES):
        tree = _tree(number)
        brought = bring([Given("Export.zip", data=zipped(tree.files))])
        top = next(iter(tree.files)).rsplit(".", 1)[0]
        # The words of a link that has become the page's own title are in the report.
        labels = "".join(one.excerpt for one in brought.findings if one.code == "export-pulled")
        for path, data in tree.files.items():
            if path.startswith(f"{top}/") and path.endswith((".md", ".html")):
                for word in re.findall("語\\d{3}印", data.decode()):
                    assert word in brought.note or word in labels, f"tree {number}: {word} of {path}"
