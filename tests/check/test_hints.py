"""What a message says to write can be written there, as it is printed, and the message is gone."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from kb.check.catalogue import RULES
from kb.check.examples import STOCK, example_bytes, run_example
from kb.check.rule import Rule
from kb.check.run import check_files
from kb.model.codes import Code
from kb.model.finding import Finding
from tests.support.hints import hinted
from tests.support.notes import examples

HERE = "docs/notes/2025-12-02.md"
Files = Mapping[str, str]
Paste = Callable[[Files, Finding, str], Files]
"""Puts what stands between backticks in a hint where the hint says that it belongs."""


def _lines(files: Files, finding: Finding) -> list[str]:
    return files[finding.span.path].split("\n")


def _with(files: Files, finding: Finding, lines: list[str]) -> Files:
    return {**files, finding.span.path: "\n".join(lines)}


def value(files: Files, finding: Finding, text: str) -> Files:
    """In the place of what is marked."""
    span, lines = finding.span, _lines(files, finding)
    line = lines[span.first - 1]
    assert span.column, f"no place is marked: {finding}"
    lines[span.first - 1] = line[: span.column - 1] + text + line[span.end - 1 :]
    return _with(files, finding, lines)


def row(files: Files, finding: Finding, text: str) -> Files:
    """As a line of data below the heading."""
    lines = _lines(files, finding)
    heading = next(at for at in range(finding.span.first - 1, -1, -1) if lines[at].startswith("## "))
    below = next((at for at in range(heading + 1, len(lines)) if lines[at].strip()), len(lines))
    lines[below:below] = [text] if "".join(lines[below : below + 1]).startswith("- ") else [text, ""]
    return _with(files, finding, lines)


def again(files: Files, finding: Finding, text: str) -> Files:
    """As data, where it says that the talk is meant; the other row brings two pages together."""
    return row(files, finding, text) if text.startswith("- 再訪") else files


def rows(files: Files, finding: Finding, text: str) -> Files:
    """The same below each heading."""
    lines = _lines(files, finding)
    for number in range(len(lines), 0, -1):
        if lines[number - 1].startswith("## "):
            lines[number + 1 : number + 1] = [text]
    return _with(files, finding, lines)


def title(files: Files, finding: Finding, text: str) -> Files:
    """Before the title of an entry."""
    assert re.fullmatch(r"\[\w+\]", text)
    lines = _lines(files, finding)
    lines[finding.span.first - 1] = re.sub(r"^##\s+", f"## {text} ", lines[finding.span.first - 1])
    return _with(files, finding, lines)


def whole(files: Files, finding: Finding, text: str) -> Files:
    """Instead of the line."""
    lines = _lines(files, finding)
    lines[finding.span.first - 1] = text
    return _with(files, finding, lines)


def front(files: Files, finding: Finding, text: str) -> Files:
    """In the front matter, or as a whole one."""
    if not text.startswith("date:"):
        return files  # the lines around it, or the name of a file
    lines = _lines(files, finding)
    kept = [line for line in lines if not line.startswith("date:")]
    return _with(files, finding, ["---", text, *(kept[1:] if lines[0] == "---" else ["---", *kept])])


def level(files: Files, finding: Finding, text: str) -> Files:
    """As the mark of a heading."""
    lines = _lines(files, finding)
    lines[finding.span.first - 1] = re.sub(r"^#+", text, lines[finding.span.first - 1])
    return _with(files, finding, lines)


def below(files: Files, finding: Finding, text: str) -> Files:
    """As a line behind the one that is marked."""
    lines = _lines(files, finding)
    lines.insert(finding.span.first, text)
    return _with(files, finding, lines)


def image(files: Files, finding: Finding, text: str) -> Files:
    """Instead of the image whose address is marked."""
    lines, span = _lines(files, finding), finding.span
    line = lines[span.first - 1]
    start = line.rfind("![", 0, span.column)
    if start < 0 or line[span.end - 1 :][:1] != ")":
        return files  # the address is spelled in another way
    lines[span.first - 1] = line[:start] + text + line[span.end :]
    return _with(files, finding, lines)


def nearest(files: Files, finding: Finding, text: str) -> Files:
    """What somebody may have meant, or a record for the registry."""
    if text.startswith("- {"):
        path = re.search(r"docs/data/\w+\.yml", finding.hint)
        assert path
        return {**files, path[0]: files[path[0]] + f"  {text}\n"}
    return value(files, finding, text)


def source(files: Files, finding: Finding, text: str) -> Files:
    """Instead of what was given, or as data."""
    return (row if text.startswith("- ") else value)(files, finding, text)


def handle(files: Files, finding: Finding, text: str) -> Files:
    """At somebody who has none yet, or in the place of another one."""
    if not text.startswith("handles: "):
        return value(files, finding, text)
    path = "docs/data/presenters.yml"
    return {**files, path: files[path].replace("name: Shun Ito}", f"name: Shun Ito, {text}}}")}


def field(files: Files, finding: Finding, text: str) -> Files:
    """As the value of the key that the message names last."""
    lines = _lines(files, finding)
    key, at = hinted(finding.message)[-1], finding.span.first - 1
    lines[at] = re.sub(rf"(\b{key}: )[^,}}]+", lambda found: found[1] + text, lines[at])
    return _with(files, finding, lines)


PASTE: Mapping[Code, Paste] = {
    Code.ALREADY_PRESENTED: again,
    Code.DATA_UNREAD: whole,
    Code.EMAIL_ADDRESS: value,
    Code.FENCE_UNCLOSED: below,
    Code.HANDLE_UNKNOWN: handle,
    Code.HEADING_JUMP: level,
    Code.IMAGE_ALT_MISSING: image,
    Code.INTERNAL_HOST: value,
    Code.KIND_MISSING: title,
    Code.KIND_UNKNOWN: value,
    Code.NOTE_DATE_MISSING: front,
    Code.NOTE_DATE_UNREADABLE: front,
    Code.PRESENTER_MISSING: row,
    Code.PRESENTER_UNKNOWN: nearest,
    Code.REGISTRY_ALIAS_DEAD: value,
    Code.REGISTRY_BROADER_UNKNOWN: value,
    Code.REGISTRY_SCHEMA: field,
    Code.SECRET: value,
    Code.SECRET_POSSIBLE: value,
    Code.SOURCE_BARE: source,
    Code.SOURCE_MISSING: row,
    Code.SPELLING_NEAR_DUPLICATE: value,
    Code.SWITCH_UNKNOWN: value,
    Code.TAG_NEAR_DUPLICATE: value,
    Code.TAG_UNKNOWN: nearest,
    Code.TOPIC_UNKNOWN: nearest,
    Code.WEEK_TWICE: rows,
}
"""Where that belongs of which a hint tells one thing to write."""
OTHERWISE: Mapping[Code, str] = {
    Code.ADDRESS_GONE: "a row that `fix` writes, and the tests of addresses too",
    Code.AT_FULL_WIDTH: "`fix` writes it",
    Code.BULLET_MIDDLE_DOT: "`fix` writes it",
    Code.EMPHASIS_UNCLOSED: "where the words end nobody can tell",
    Code.HEADING_FULL_WIDTH: "`fix` writes it",
    Code.HEADING_INSIDE: "a place to be moved to",
    Code.HEADING_TIGHT: "`fix` writes it",
    Code.HTML_RAW: "an example of what such a tag is in Markdown",
    Code.IMAGE_ELSEWHERE: "a folder",
    Code.IMAGE_MISSING: "a folder",
    Code.KIND_FULL_WIDTH: "`fix` writes it",
    Code.LINK_ENCODED_TWICE: "two signs to be changed wherever they stand",
    Code.LIST_AMBIGUOUS: "a mark and how to go on",
    Code.LIST_UNTIDY: "an example of a mark and its blank",
    Code.MATH_UNREAD: "commands to choose from",
    Code.MERGE_MARKER: "lines to be taken out",
    Code.NOTE_FOLDER: "a name of a file",
    Code.NOTE_FRONT_MATTER: "two marks around a line",
    Code.NOTE_SUFFIX: "a command, which the tests of the commands run",
    Code.REGISTRY_GONE: "a file: `tests/week/test_broken.py` puts it there",
    Code.REGISTRY_MISSING: "a file: `tests/week/test_broken.py` puts it there",
    Code.REGISTRY_ID_RESERVED: "an example",
    Code.REGISTRY_YAML: "a mark to be put somewhere: `tests/registry` tries all of them",
    Code.TABLE_RAGGED: "a sign and how it is escaped",
    Code.TOPIC_TWICE: "a key to be given a value of one's own",
    Code.ENTRY_MISSING: "an example",
}
"""What a hint has between backticks and is not to be written as it stands."""


def told(files: Files) -> tuple[Finding, ...]:
    """All that is said of the files of a checkout."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8", "surrogatepass"))
        paths = [root / name for name in files]
        return check_files(root, paths).findings


def said(files: Files) -> Counter[tuple[str, str]]:
    return Counter((one.code, one.message) for one in told(files))


def check(files: Files, finding: Finding, text: str) -> bool:
    """One thing less is told, and nothing has broken; whether the text is to be pasted by itself."""
    pasted = PASTE[finding.code](files, finding, text)
    if pasted == files:
        return False
    before, after = said(files), said(pasted)
    key = (finding.code, finding.message)
    shown = f"{finding}\npasted: {text!r}\n{files[finding.span.path]}"
    assert after[key] < before[key], shown
    broken = {code for code, _ in after - before if RULES[code].words.severity == "error"}
    assert not broken, shown
    return True


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_what_the_hint_of_an_example_says_to_write(rule: Rule) -> None:
    found = [one for one in run_example(rule) if hinted(one.hint)]
    if rule.code in OTHERWISE or not found:
        assert rule.code not in PASTE
        return
    example = rule.words.example
    bad = example_bytes(example.bad, example.path).decode()
    files = {**STOCK, **example.files, example.path: bad}
    for finding in found:
        pasted = [check(files, finding, text) for text in hinted(finding.hint)]
        assert any(pasted), finding


# Names as people type them, and such as a registry, YAML, Markdown or a pattern takes for something else.
VALUES = st.one_of(
    st.sampled_from(
        [
            *("agent-memmory", "AgentMemories", "Takumi Ida", "TakumiIida", "zanda", "gamm", "SAM3 族"),
            *("jyoshida_sci", "C++", "null", "2019", "a`b", "`x`", "**太**", "[x](y)", "@a (b)", "a|b"),
            *("arxiv.org/abs/2511.16719", "htp://e.org/a", "e.org/a（b）", "N社のブログ", "a@corp-mail.jp"),
            *("12月2日", "2025-13-40", "table-raged", "![](a b.png)", "![](x(1).png)", "~~~", "```", "例: x"),
            *("wiki.corp", "<b>", "#t", "論分", "  ", "題 [x]"),
        ]
    ),
    st.text("aBc_-.'\"!&*?{}: 山ｱ1~|%`/@#[]()é\U0001f600", min_size=1, max_size=8),
)
LINES = st.sampled_from(
    [
        *(
            "- 出展: {}",
            "- 発表者 @{}",
            "タグ: {}",
            "- 出展: {}",
            "- 発表者 @{}",
            "タグ: {}",
            "- タグ: {}",
            "- トピック: {}",
            "- 発表者: {}",
            "- 発表者: @{}",
            "- 出典: {}",
            "- 出典: [{}](https://e.org/a)",
        ),
        *("## [{}] 題", "## {}", "## [論文] {}", "# {}", "#### {}", "[{}] 声", "出典: {}", "![{}](a.png)"),
        *("![]({}.png)", "<!-- check: off {} -->", "{}", "- {}", "| a | {} |", "> {}"),
    ]
)
TYPED = st.lists(st.tuples(LINES, VALUES), min_size=1, max_size=8, unique_by=lambda one: one[1])


@examples(60)
@given(TYPED, st.sampled_from(["---\ndate: 2025-12-02\n---\n\n", "---\ndate: 12月2日\n---\n", ""]))
def test_whatever_was_typed_a_hint_can_be_pasted(typed: list[tuple[str, str]], head: str) -> None:
    files = {**STOCK, HERE: head + "\n\n".join(line.format(one, one) for line, one in typed) + "\n"}
    found = [one for one in told(files) if one.span.path == HERE and one.code in PASTE]
    pasted = [check(files, one, text) for one in found[:6] for text in hinted(one.hint)]
    event(f"{min(sum(pasted), 9)} hints")
