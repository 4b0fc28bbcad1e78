"""Notion's enhanced Markdown: what its tags mean, how it is known, and that nothing of it is lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.check.note import Note
from kb.intake import Given, bring
from kb.model.session import PRESENTERS, Session
from kb.read import read, read_text
from kb.read.dialects import dialect_of
from kb.read.enhanced.page import read_enhanced_page
from kb.read.enhanced.tags import looks_enhanced, without_code
from kb.write import write
from tests.support.dialects import as_html, as_note, as_notion
from tests.support.notes import FRAGMENTS, examples
from tests.support.sessions import SESSIONS
from tests.support.steps import Work, assert_in_proportion

HEAD = "# 2025-12-02 機械学習勉強会\n<empty-block/>\n# 今週のTOPIC\n## [論文] GAM\n"


def session_of(text: str) -> Session:
    session = read_text(HEAD + text, "a.md", "enhanced").session
    assert session
    return session


def body_of(text: str) -> str:
    """What a note says below the heading of the entry."""
    return write(session_of(text)).split("## [論文] GAM\n", 1)[1].strip()


BLOCKS = {
    "a\nb": "a\n\nb",
    "a\n\tb\n\t\tc": "a\n\nb\n\nc",
    "- a\n\t- b\n\t\tc\n- d": "- a\n    - b\n\n        c\n- d",
    "1. a\n2. b\n\tc": "1. a\n2. b\n\n    c",
    "- [x] a\n- [ ] b": "- [x] a\n- [ ] b",
    "> a<br>b\n\tc\n> d": "> a<br>b\n>\n> c\n\n> d",
    '### a {toggle="true" color="blue"}\n\tb': "### a\n\nb",
    'a {color="red_bg"}': "a",
    "a\n<empty-block/>\nb": "a\n\nb",
    '<callout icon="💡" color="gray_bg">\n\ta\n\t- b\n</callout>': "<aside>\n\n💡 a\n\n- b\n\n</aside>",
    '<callout icon="💡">\n\t- b\n</callout>': "<aside>\n\n💡\n\n- b\n\n</aside>",
    '<callout icon="https://a.b/c.svg">a</callout>': "<aside>\n\na\n\n</aside>",
    "<callout>\na\n</callout>": "<aside>\n\na\n\n</aside>",
    "<callout>\n<empty-block/>\n</callout>\na": "a",
    '::: callout {icon="🎯"}\na\n:::\nb': "<aside>\n\n🎯 a\n\n</aside>\n\nb",
    "<columns>\n\t<column>\n\t\ta\n\t</column>\n\t<column>b</column>\n</columns>": "a\n\nb",
    "<columns><column>a</column><column>b `</column>`</column></columns>c": "a\n\nb `</column>`\n\nc",
    "- <callout>a</callout>b": "-\n    <aside>\n\n    a\n\n    </aside>\n\n    b",
    "<column><table><tr><td>a</td></tr></table></column>": "| a |\n|---|",
    "- a\n<columns>\n\t<column>\n\t\tb\n\t</column>\n</columns>": "- a\n\nb",
    "- a\n\t<columns>\n\t\t<column>b</column>\n\t</columns>": "- a\n\n    b",
    "<tabs>\n\t<tab>\n\t\ta\n\t\tb\n\t</tab>\n</tabs>": "a\n\nb",
    '<details color="gray">\n<summary>a **b**</summary>\n\tc\n</details>': (
        "<details>\n<summary>a **b**</summary>\n\nc\n\n</details>"
    ),
    "<details><summary>a</summary>b</details>": "<details>\n<summary>a</summary>\n\nb\n\n</details>",
    '<synced_block url="https://a.b">\n\ta\n</synced_block>': "a",
    '<synced_block_reference url="https://a.b" notice="権限">\n</synced_block_reference>': "権限",
    "<meeting-notes>\n\ta\n\t<summary>\n\t\tb\n\t</summary>\n\t<notes>c</notes>\n</meeting-notes>": (
        "a\n\nb\n\nc"
    ),
    '<table header-row="true">\n\t<tr>\n\t\t<td>a</td>\n\t\t<td>b \\| `c|d`</td>\n\t</tr>\n</table>': (
        "| a | b \\| `c\\|d` |\n|---|---|"
    ),
    '<table fit-page-width="true"><colgroup><col color="red"></colgroup><tr><td>a<br>b</td></tr></table>': (
        "| a<br>b |\n|---|"
    ),
    '| a | b |\n|---|---|\n| <mention-user url="u">c</mention-user> | d |': (
        "| a | b |\n|---|---|\n| @c | d |"
    ),
    "\t```python\n\tdef f():\n\t\treturn '<tab>'\n\t```": "```python\ndef f():\n    return '<tab>'\n```",
    "$$\n<page>\n$$": "$$\n<page>\n$$",
    '<database url="https://a.b/c" inline="true">表</database>': "[表](https://a.b/c)",
    '<page url="{{https://a.b/c}}">子</page>': "[子](https://a.b/c)",
    '<file src="https://a.b/c d.pdf">資料</file>': "[資料](<https://a.b/c d.pdf>)",
    '<video src="https://a.b/c.mp4"></video>': "https://a.b/c.mp4",
    '<image src="https://a.b/c.png">図</image>': "![図](https://a.b/c.png)",
    '<pdf src="file://x">論文</pdf>': "論文",
    "![図](file://x%7B)": "図",
    '<unknown url="https://a.b/c" alt="bookmark"/>': "[bookmark](https://a.b/c)",
    "<table_of_contents/>\na": "a",
    "\\[pon\\] a": "[pon] a",
    "- \\[pon\\] a": "- [pon] a",
    '<span color="green">\\[pon\\]</span> a': "[pon] a",
    "##a\n\\- b\n\\# c": "\\##a\n\n\\- b\n\n\\# c",
    "> \\- a\n- \\[x\\] b": "> \\- a\n\n- \\[x] b",
}

INLINE = {
    '<span color="red">a</span>b': "ab",
    '<span underline="true">a</span>': "<u>a</u>",
    '<span underline="true" color="red">a</span>': "<u>a</u>",
    '**<span color="red">a</span>**': "**a**",
    '<span color="red">a': "a",
    'あ<mention-user url="user://1">Shun Ito</mention-user>は': "あ@Shun Itoは",
    '<mention-user url="user://1">Shun Ito</mention-user> の話': "\\@Shun Ito の話",
    '<mention-page url="https://a.b/c">題</mention-page>と': "[題](https://a.b/c)と",
    '<mention-page url="https://a.b/c"/>と': "https://a.b/cと",
    '<mention-data-source url="collection://1">表</mention-data-source>': "表",
    '<mention-date start="2026-01-02" startTime="10:00" timeZone="Asia/Tokyo"/>まで': (
        "2026-01-02 10:00 (Asia/Tokyo)まで"
    ),
    '<mention-date start="2026-01-02" end="2026-01-05"/>': "2026-01-02 → 2026-01-05",
    "`<mention-user>` と \\<page> と `a<br>b`": "`<mention-user>` と \\<page> と `a`<br>`b`",
    "$`x_1<y>`$": "$`x_1<y>`$",
    "<equation>x_1</equation>": "$`x_1`$",
    "\\~2k \\$5 \\[1\\] \\{a\\} \\^": "~2k $5 [1] {a} ^",
    "出典[^https://a.b/c]": "出典(https://a.b/c)",
    "a < b > c :smile:": "a < b > c :smile:",
}


@pytest.mark.parametrize(("text", "note"), [*BLOCKS.items(), *INLINE.items()])
def test_what_it_means(text: str, note: str) -> None:
    assert body_of(text) == note


MENTION = '<mention-user url="user://1">Shun Ito</mention-user>'


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (f"{MENTION}\n本文", ["@Shun Ito"]),
        (f'{MENTION} <mention-user url="user://2">frkake</mention-user>\n本文', ["@Shun Ito", "@frkake"]),
        (f'{MENTION}\n<mention-user url="user://2">frkake</mention-user>', ["@Shun Ito", "@frkake"]),
        (f"- 発表者: {MENTION}", ["@Shun Ito"]),
        (f'- 発表者: <mention-user url="user://1"/>\n\n{MENTION}と話した', ["@Shun Ito"]),
        ('<mention-user url="user://51787-85b"/>', ["@user-51787-85"]),
        (f"{MENTION} の話", []),
        (f"本文\n{MENTION}", []),
        ('<mention-date start="2025-12-02"/>', []),
    ],
)
def test_who_presents(text: str, people: list[str]) -> None:
    (entry,) = session_of(text).entries
    assert [person.source for person in entry.values(PRESENTERS)] == people


def test_a_file_in_notion_is_told_for_its_address_ends_within_the_hour() -> None:
    text = HEAD + "![](https://prod-files-secure.s3.us-west-2.amazonaws.com/a.png?X-Amz-Expires=3600)\n" * 2
    (finding,) = read_enhanced_page(text, "a.md").findings
    assert (finding.code, finding.severity, finding.span.first) == ("notion-outside", "loss", 5)


def test_who_stands_above_a_heading_presents_it() -> None:
    first, second = session_of(f"本文\n{MENTION}\n## [blog] 次\n本文").entries
    assert not first.values(PRESENTERS)
    assert [person.source for person in second.values(PRESENTERS)] == ["@Shun Ito"]


def test_each_kind_of_loss_is_told_once() -> None:
    text = HEAD + 'a {color="red"}\n<span color="red">b</span>\n' * 3 + "<columns>\n</columns>\n" * 2
    findings = read_enhanced_page(text, "a.md").findings
    assert [finding.code for finding in findings] == ["notion-colour", "notion-layout"]


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ("# 題\n<empty-block/>\n", True),
        ('## [論文] GAM\n\n文 {color="red"}\n', True),
        ('- <span color="red">a</span>\n', True),
        ('::: callout {icon="💡"}\na\n:::\n', True),
        # notes about it, and notes of ours
        ("## [blog] Notion\n\n`<mention-user>` と `<empty-block/>`\n", False),
        ('## [blog] Notion\n\n```\n<empty-block/>\na {color="red"}\n```\n', False),
        ("## [blog] Notion\n\n\\<empty-block/>\n", False),
        ("---\ndate: 2025-12-02\n---\n\n## a\n\n<empty-block/>\n", False),
        ("## a\n\n<details>\n<summary>b</summary>\n\nc\n\n</details>\n\n<aside>\n💡 d\n</aside>\n", False),
        ('## a\n\n<span style="color: red">b</span> {#c} {{ d }} {% e %}\n::: note\nf\n:::\n', False),
        ('## a\n\n<video src="b.mp4"></video>\n<table><tr><td>c</td></tr></table>\n', False),
    ],
)
def test_how_it_is_known(text: str, is_known: bool) -> None:
    assert (dialect_of(text) == "enhanced") == is_known


@examples(100)
@given(SESSIONS)
def test_no_other_text_is_taken_for_it(session: Session) -> None:
    assert dialect_of(as_note(session).text) == "note"
    assert dialect_of(as_notion(session).text) == "notion"
    assert dialect_of(as_html(session).text) == "html"


ANSWER = """Here is the result of "view" for the Page with URL https://app.notion.com/p/1 as of 2026-01-01:
<page url="https://app.notion.com/p/1" icon="📝">
<ancestor-path>
<parent-page url="https://app.notion.com/p/2" title="研究室"/>
</ancestor-path>
<properties>
{"タイトル":"\\\\[定例\\\\] 勉強会","date:開催日:start":"2025-12-09",
"date:開催日:is_datetime":0,
"参加者":["<mention-user url=\\"user://1\\">Ito</mention-user>"],
"url":"https://app.notion.com/p/1"}
</properties>
<iconMetadata>{"type":"emoji"}</iconMetadata>
<content>
# 今週のTOPIC
## \\[論文\\] GAM
本文
</content>
</page>
"""


def test_the_answer_of_a_tool_is_its_page() -> None:
    brought = bring([Given("a.md", data=ANSWER.encode())])
    assert brought.session
    assert brought.session.date == dt.date(2025, 12, 9)
    assert brought.session.title == "[定例] 勉強会"
    assert brought.session.extra == (("参加者", "'@Ito'"),)
    assert [(entry.kind, entry.title.source) for entry in brought.session.entries] == [("論文", "GAM")]
    assert "<" not in brought.note


TAGS = st.sampled_from(
    [
        *(
            '<callout icon="💡" color="red">',
            "</callout>",
            "<columns>",
            "</columns>",
            "<column>",
            "</column>",
        ),
        *("<details>", "</details>", "<summary>a</summary>", "<summary>", "</summary>", "<empty-block/>"),
        *('<table header-row="true">', "</table>", "<tr>", "</tr>", "<td>", "</td>", "<tabs>", "<tab>"),
        *('<span color="red">', '<span underline="true">', "</span>", ' {color="red"}', "::: callout", ":::"),
        *('<mention-user url="user://1">', "</mention-user>", '<mention-user url="user://2"/>', MENTION),
        *('<page url="https://a.b/c">', "</page>", '<file src="file://x">', "</file>", "![a](file://b)"),
        *('<mention-date start="2026-01-02"/>', "[^https://a.b]", '<unknown url="user://x" alt="b"/>'),
        *(
            "<synced_block>",
            "</synced_block>",
            "<meeting-notes>",
            "\n",
            "\n",
            "\n\t",
            "\n\t\t",
            "\n- ",
            "\n> ",
        ),
        *("\\[pon\\] ", "\\<", "`", "|", "\n|a|\n", "\n```\n", "\n$$\n", "文", "a"),
    ]
)
HOSTILE = st.lists(TAGS | FRAGMENTS, max_size=25).map("".join)
COMMENT = re.compile("<!--.*?-->", re.DOTALL)
RAW = re.compile(
    r"</?(?:mention-|callout|columns?\b|empty-block|synced_block|meeting-notes|table_of_contents"
    r"|page\b|unknown\b|tabs?\b)[^<>]*>"
)


@examples(400)
@given(HOSTILE)
@example("<details>\n<summary>a\n</details>")
@example("- <callout>\n\t</callout>")
def test_nothing_is_lost_and_no_tag_is_left(text: str) -> None:
    """Whatever it is: the account of the import is exact, and the note reads back."""
    data = (HEAD + text.replace("\0", "")).encode("utf-8", "replace")  # a file with NUL is no text
    brought = bring([Given("a.md", data=data)], dt.date(2025, 12, 2))
    assert brought.dialect == "enhanced"
    assert brought.account
    assert not brought.account.missing, brought.note
    assert read(brought.note.encode(), "2025-12-02.md", "note").session == brought.session
    for one in Note.from_bytes("docs/notes/2025-12-02.md", brought.note.encode()).inlines:
        assert not RAW.search(without_code(COMMENT.sub("", one.text.source))), one.text.source


@pytest.mark.parametrize(
    "piece",
    [
        *("<callout>\n", "</callout>\n", "<page>", "</page>", "<span color='a'>", "</span>", "<table>\n<tr>"),
        *("\t- a\n", "`", "<td>", "{color=", ":::\n", "<mention-user url='a'>", "[^http://a"),
        *("\n", " ", "<table ", "<tab a", "![a](file:", "\\[", "<summary>"),
    ],
)
def test_long_runs_take_time_in_proportion(piece: str) -> None:
    def reading(count: int) -> Work:
        text = "# a\n" + piece * count
        return lambda: (looks_enhanced(text), read_enhanced_page(text, "a.md"))

    assert_in_proportion(reading, 50, 500)
