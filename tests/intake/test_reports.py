"""One file for each report: when files are read so, what becomes of each, and how the other way is chosen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.intake import Brought, Given, RefusedError, bring
from kb.intake.lead import data_of
from kb.intake.report import report_text
from kb.intake.shape import Way
from kb.model.blocks import Heading
from kb.model.finding import errors
from kb.model.session import SOURCES, TAGS, Entry
from kb.read import read_text
from tests.intake.mutants import zipped
from tests.support.notes import NOTES, WILD_NOTES, examples
from tests.support.reports import POSTS, QUESTIONS, REPORTS, Report
from tests.support.steps import Work, assert_in_proportion

DAY = dt.date(2019, 5, 12)
PNG = b"\x89PNG\r\n\x1a\n"
ASKED = "\n\n".join(f"## {question}\n\n答え{at}" for at, question in enumerate(QUESTIONS))
PLAIN = "# {}\n\n## 背景\n\n文\n\n## 実験\n\n文\n\n## 所感\n\n文\n"
Files = dict[str, str | bytes]


def _bytes(files: Files) -> dict[str, bytes]:
    return {name: data if isinstance(data, bytes) else data.encode() for name, data in files.items()}


def _zip(files: Files, date: dt.date | None = None, name: str = "r.zip", way: Way = "") -> Brought:
    return bring([Given(name, data=zipped(_bytes(files)))], date, way=way)


def _put(root: Path, files: Files) -> None:
    for name, data in _bytes(files).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def _entries(brought: Brought) -> tuple[Entry, ...]:
    assert not errors(brought.findings), brought.findings
    assert brought.session
    assert brought.account
    assert not brought.account.missing
    assert read_text(brought.note, "x.md", "note").session == brought.session
    return brought.session.entries


def _titles(brought: Brought) -> list[str]:
    return [entry.title.plain for entry in _entries(brought)]


def _levels(entry: Entry) -> list[int]:
    return [block.level for block in entry.blocks if isinstance(block, Heading)]


# ---- what becomes of a file


@examples(200)
@given(st.lists(REPORTS | POSTS, min_size=1, max_size=4))
def test_each_report_is_an_entry_with_its_data(reports: list[Report]) -> None:
    brought = _zip({f"{at}.md": one.text for at, one in enumerate(reports)}, DAY)
    entries = _entries(brought)
    assert [entry.title.plain for entry in entries] == [one.title for one in reports]
    for entry, one in zip(entries, reports, strict=True):
        assert [person.name for person in entry.presenters] == [one.presenter]
        assert [source.plain for source in entry.values(SOURCES)] == [one.source]
        assert set(_levels(entry)) == {3}
        headings = [block.text.plain for block in entry.blocks if isinstance(block, Heading)]
        assert headings == list(QUESTIONS[: len(headings)])


@examples(200)
@given(
    st.lists(NOTES | WILD_NOTES, min_size=1, max_size=3),
    st.sampled_from(["", "---\ntitle: x\nk: 'y'\n---\n", "---\ntitle: x\nauthor: </details>\n---\n"]),
)
def test_any_files_are_reports_that_read_back(texts: list[str], front: str) -> None:
    files = {f"{at}.md": front + text for at, text in enumerate(texts) if text.strip()}
    encoded: Files = {name: text.encode("utf-8", "replace") for name, text in files.items()}
    if not encoded or any(b"\0" in data for data in encoded.values() if isinstance(data, bytes)):
        return
    assert len(_entries(_zip(encoded, DAY, way="reports"))) == len(files)


@pytest.mark.parametrize(
    ("line", "data"),
    [
        ("発表者: @taro", [("発表者", "@taro")]),
        ("**発表者**：山田 太郎", [("発表者", "@山田 太郎")]),
        ("発表者: @taro, @hanako", [("発表者", "@taro"), ("発表者", "@hanako")]),
        ("まとめ @n-kats", [("発表者", "@n-kats")]),
        ("（まとめ：[@taro](https://github.com/taro)）", [("発表者", "@taro")]),
        ("(まとめ：[taro](https://github.com/taro))", [("発表者", "@taro")]),
        ("まとめた人: taro", [("発表者", "@taro")]),
        ("Presented by @taro", [("発表者", "@taro")]),
        ("@taro", [("発表者", "@taro")]),
        ("https://arxiv.org/abs/1", [("出典", "https://arxiv.org/abs/1")]),
        ("<https://arxiv.org/abs/1>", [("出典", "https://arxiv.org/abs/1")]),
        ("論文: https://arxiv.org/abs/1", [("出典", "https://arxiv.org/abs/1")]),
        ("論文リンク：[題](https://arxiv.org/abs/1)", [("出典", "[題](https://arxiv.org/abs/1)")]),
        ("https://github.com/a/b", [("コード", "https://github.com/a/b")]),
        ("実装: https://github.com/a/b", [("コード", "https://github.com/a/b")]),
        ("著者: A. B, C. D", [("著者", "A. B, C. D")]),
        ("（まとめ：山田　太郎）", [("発表者", "@山田　太郎")]),
        ("(まとめ: taro38)", [("発表者", "@taro38")]),
        ("(勉強会発表者: taro)", [("発表者", "@taro")]),
        ("論文紹介 by github.com/taro", [("発表者", "@taro")]),
        (
            "[paper](https://github.com/a/b/blob/main/paper.pdf)",
            [("出典", "[paper](https://github.com/a/b/blob/main/paper.pdf)")],
        ),
        # words, not data
        ("まとめ：山田　太郎", []),
        ("（まとめ：よい論文だった。）", []),
        ("（発表：ICML）", []),
        ("（紹介：CVPR 2019）", []),
        ("(by Google)", []),
        ("まとめ: よい論文だった", []),
        ("発表: ICCV 2019", []),
        ("論文: まだ読んでいない", []),
        ("実装: なし", []),
        ("提案モデルの実装 : [なし]()", []),
        ("2019/04/17 Ashutosh Adhikari", []),
        ("結論: @taro", []),
        ("発表者: 山田さんです。よろしく", []),
        ("[目次](#a)", []),
        ("@taro は発表した。", []),
    ],
)
def test_a_first_line_is_data_where_groups_write_it_so(line: str, data: list[tuple[str, str]]) -> None:
    assert data_of(line) == data


def test_what_else_stands_in_a_front_matter_is_kept() -> None:
    front = "layout: post\ntitle: 'A: B'\ndate: 2019-05-12\ncategories: CV NLP\nvenue: ICLR 2019"
    front += "\nauthors: [A B, C D]"
    (entry,) = _entries(_zip({"2019-05-12-x.md": f"---\n{front}\n---\n\n{ASKED}"}))
    assert entry.title.plain == "A: B"
    assert [value.plain for value in entry.values(TAGS)] == ["CV, NLP"]
    assert [value.plain for value in entry.values("著者")] == ["A B, C D"]
    assert not entry.presenters
    said = str(entry.blocks[0])
    assert "venue: ICLR 2019" in said
    assert "layout: post" in said


def test_a_key_of_a_front_matter_that_is_there_twice() -> None:
    front = "title: T\nlink: https://a.b/1\nlink: https://a.b/1\nvenue: X\nvenue: Y"
    (entry,) = _entries(_zip({"x.md": f"---\n{front}\n---\n\n{ASKED}"}, DAY))
    assert [value.plain for value in entry.values(SOURCES)] == ["https://a.b/1"]


@pytest.mark.parametrize(
    "front", ["---\ntitle: A: B: C\nauthor: taro\n---", '+++\ntitle = "A: B: C"\nauthor = "taro"\n+++']
)
def test_front_matter_that_is_no_yaml(front: str) -> None:
    (entry,) = _entries(_zip({"x.md": f"{front}\n\n{ASKED}"}, DAY))
    assert entry.title.plain == "A: B: C"
    assert [person.name for person in entry.presenters] == ["taro"]


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("x.md", f"# 題\n\n{ASKED}", "題"),
        ("x.md", f"題\n====\n\n{ASKED}", "題"),
        ("x.md", f"#題\n\n{ASKED}", "題"),
        ("x.md", f"# [題](https://a.b/c)\n\n{ASKED}", "題"),
        ("x.md", f"![図](a.png)\n\n# 題\n\n{ASKED}", "題"),
        ("x.md", f"# 題\n\n{ASKED.replace('##', '#')}", "題"),
        ("x.md", f"---\ntitle: 題\n---\n\n{ASKED.replace('##', '#')}", "題"),
        ("x.md", f"---\ntitle: 題\n---\n\n# 題\n\n{ASKED}", "題"),
        ("x.md", f"---\ntitle: 別\nlayout: p\n---\n\n# 題\n\n{ASKED}", "題"),
        ("GAN_*1*.md", ASKED, "GAN_*1*"),
        ("2019-05-12-gan.md", ASKED, "gan"),
        ("GAN/README.md", ASKED, "GAN"),
        ("x.md", f"#### 題\n\n{ASKED}", "題"),
        (
            "x.md",
            f"# タイトル\n\n2019/05/12\n\nTitle: a story\n\n著者 1, 著者 2\n\n{ASKED}",
            "Title: a story",
        ),
        ("x.md", f"論文のタイトルを書く\n===\n\n@taro\n\n題は長い\n\n{ASKED}", "題は長い"),
        ("x.md", f"# タイトル\n[題は長い](https://arxiv.org/abs/1)\n\n{ASKED}", "題は長い"),
        ("x.md", f"# タイトル\n題は長い [arxiv](https://arxiv.org/abs/1)\n\n{ASKED}", "題は長い"),
        ("x.md", f"# タイトル\n\nこれは文です。\n\n{ASKED}", "タイトル"),
    ],
)
def test_the_title_of_a_report(path: str, text: str, title: str) -> None:
    assert _titles(_zip({path: text}, DAY)) == [title]


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("題 [arxiv]({})", "arxiv"),
        ("題 ([PDF]({}))", "PDF"),
        ("[\\[arXiv\\]]({}) 題", "[arXiv]"),
        ("題 {}", "https://arxiv.org/abs/1"),
        ("題[{0}]({0})", "https://arxiv.org/abs/1"),
        ("題 <{}>", "https://arxiv.org/abs/1"),
    ],
)
def test_a_link_beside_the_title_is_the_source(title: str, value: str) -> None:
    text = f"# {title.format('https://arxiv.org/abs/1')}\n\n{ASKED}"
    (entry,) = _entries(_zip({"x.md": text}, DAY))
    assert entry.title.source == "題"
    assert [one.plain for one in entry.values(SOURCES)] == [value]


@pytest.mark.parametrize(
    "title", ["題 [続編](https://a.b/c)", "A [pdf](https://a.b/c) B", "[arxiv](https://a.b/c)"]
)
def test_a_link_that_is_part_of_the_title_stays(title: str) -> None:
    assert _entries(_zip({"x.md": f"# {title}\n\n{ASKED}"}, DAY))[0].title.source == title


@pytest.mark.parametrize("kind", ["paper", "ペーパー", "論文読み"])
def test_the_kind_in_a_title_may_be_spelled_otherwise(kind: str) -> None:
    for text in (f"# [{kind}] 題\n\n{ASKED}", f"---\ntitle: '【{kind}】題'\nlayout: post\n---\n\n{ASKED}"):
        (entry,) = _entries(_zip({"x.md": text}, DAY))
        assert (entry.kind, entry.title.plain) == ("論文", "題")


def test_what_a_front_matter_says_in_the_note_is_not_told_as_left_out() -> None:
    front = "title: 題\ndate:   2019-05-01\ncategories: CV NLP\ntags:\n- a b\n- c"
    brought = _zip({"x.md": f"---\n{front}\nlayout: post\n---\n\n{ASKED}"}, DAY)
    (told,) = (one for one in brought.findings if "front matter" in one.message)
    assert told.excerpt.split() == ["title:", "categories:", "tags:"]
    (entry,) = _entries(brought)
    assert entry.tags == ("CV", "NLP", "a b", "c")


@pytest.mark.parametrize("heading", ["発表者", "発表者：", "Presenter"])
@pytest.mark.parametrize("name", ["@taro", "taro", "[taro](https://a.b/taro)"])
def test_a_name_below_a_heading_of_its_own_is_the_presenter(heading: str, name: str) -> None:
    minutes = f"# 会\n\n## A\n\n### {heading}\n\n{name}\n\n### 内容\n\n文\n\n## B\n\n文\n"
    for text in (minutes, f"---\ndate: 2019-05-12\n---\n\n{minutes}"):
        first, second = _entries(_zip({"a.md": text}, DAY))
        assert [person.name for person in first.presenters] == ["taro"]
        assert [block.text.plain for block in first.blocks if isinstance(block, Heading)] == ["内容"]
        assert not second.presenters
    (entry,) = _entries(_zip({"a.md": f"# A\n\n## {heading}\n\n{name}\n\n{ASKED}"}, DAY))
    assert [person.name for person in entry.presenters] == ["taro"]


@pytest.mark.parametrize("below", ["山田さんでした。", "- 5人", "文\n\n文"])
def test_a_section_on_presenters_stays(below: str) -> None:
    text = f"# 会\n\n## A\n\n### 発表者\n\n{below}\n\n### 内容\n\n文\n"
    assert not _entries(_zip({"a.md": text}, DAY))[0].presenters


def test_the_table_of_an_index_names_presenters_of_reports_that_name_none() -> None:
    rows = ["|発表者|論文|URL|", "|:--|:--|:--|", "|[taro](https://a.b/taro)|A|[a.md](a.md)|"]
    rows += ["|hanako|B|[b](./b.md)|", "|…|C|[c](c.md)|", "|jiro|D|[d](gone.md)|"]
    texts: Files = {f"{name}.md": f"# {name}\n\n{ASKED}" for name in "abc"}
    texts["b.md"] = f"# b\n\n(まとめ @saburo)\n\n{ASKED}"
    brought = _zip({**texts, "README.md": "# 第3回\n\n" + "\n".join(rows)}, DAY)
    people = [[person.name for person in entry.presenters] for entry in _entries(brought)]
    assert people == [["taro"], ["saburo"], []]
    assert [one.span.path for one in brought.findings if "の表の" in one.message] == ["a.md"]
    assert brought.account
    assert not brought.account.missing


def test_links_in_running_text_stay_above_what_they_head() -> None:
    text = "---\ntitle: 今月の3本\n---\n\nhttps://a.b/c\n\n面白かった。\n\n[一本目](https://a.b/1)\n速い。\n\n[二本目](https://a.b/2)\n"
    (entry,) = _entries(_zip({"x.md": text}, DAY))
    assert [one.plain for one in entry.values(SOURCES)] == ["https://a.b/c"]
    assert len(entry.blocks) == 3


def test_an_address_as_a_heading_is_the_source() -> None:
    (entry,) = _entries(
        _zip({"x.md": f"# 題\n\n## https://arxiv.org/abs/1\n\n{ASKED.replace('##', '###')}"}, DAY)
    )
    assert [value.plain for value in entry.values(SOURCES)] == ["https://arxiv.org/abs/1"]
    assert set(_levels(entry)) == {3}


@pytest.mark.parametrize("above", ["## 副題", "## 文献情報"])
def test_data_below_a_subtitle_are_found_too(above: str) -> None:
    (entry,) = _entries(_zip({"x.md": f"# 題\n\n{above}\n\nhttps://arxiv.org/abs/1\n\n{ASKED}"}, DAY))
    assert [value.plain for value in entry.values(SOURCES)] == ["https://arxiv.org/abs/1"]


def test_a_name_at_the_end_is_not_given_to_the_next_report() -> None:
    files: Files = {"a.md": f"# A\n\n{ASKED}\n\n@taro", "b.md": f"# B\n\n{ASKED}"}
    first, second = _entries(_zip(files, DAY))
    assert [person.name for person in first.presenters] == ["taro"]
    assert not second.presenters


def test_properties_of_a_database_are_data_of_its_reports() -> None:
    head = "タグ: CV\nURL: https://arxiv.org/abs/{}\n担当: 山田\n状態: 済\n作成日時: 2025年12月1日 午前 9:00"
    pages: Files = {
        f"論文 {at:032x}/{name} {at + 9:032x}.md": f"# {name}\n\n{head.format(at)}\n\n{ASKED}"
        for at, name in enumerate("AB")
    }
    for entry in _entries(_zip({**pages, f"論文 {0:032x}.csv": "名前,タグ\r\nA,CV\r\n"}, DAY)):
        assert [person.name for person in entry.presenters] == ["山田"]
        assert entry.tags == ("CV",)
        assert "状態: 済" in str(entry.blocks[0])


def test_reports_link_to_each_other_inside_of_the_note() -> None:
    files: Files = {"a.md": f"# A\n\n[B](b.md)\n\n{ASKED}", "b.md": f"# B\n\n[A](a.md)\n\n{ASKED}"}
    assert _titles(_zip(files, DAY)) == ["A", "B"]


# ---- which way


@pytest.mark.parametrize(
    "files",
    [
        {"a.md": f"# A\n\n{ASKED}"},
        {"a.md": f"# A\n\n{ASKED.replace('##', '#')}"},
        {"a.md": PLAIN.format("A"), "b.md": PLAIN.format("B")},
        {"a.md": f"# A\n\n{ASKED}", "b.md": f"# B\n\n{ASKED}", "README.md": "# 第3回\n\n[A](a.md)"},
        {"_posts/2019-05-01-a.md": "---\nlayout: post\ntitle: A\n---\n\n## 一\n\n## 二\n"},
        {"x/a.md": "---\ntitle: A\nupdated: 2019-05-01\n---\n\n読んだ論文。\n\n[題](https://a.b/c)\n文\n"},
    ],
)
def test_files_with_the_sections_of_a_report_are_reports(files: Files) -> None:
    brought = _zip(files, DAY)
    assert _titles(brought) == sorted(name[-4].upper() for name in files if "README" not in name)
    (told,) = (one for one in brought.findings if one.code == "import-reports")
    assert "--as session" in told.hint


@pytest.mark.parametrize(
    "files",
    [
        {"a.md": "# 会\n\n## [論文] A\n\n### どんなもの？\n\n### 議論はある？\n\n## [blog] B\n"},
        {"a.md": f"# 今週のTOPIC\n\n{ASKED}"},
        {"a.md": f"# 会\n\n## A\n\n- 発表者: @taro\n\n{ASKED.replace('##', '###')}"},
        {"a.md": f"# 会\n\n@taro\n\n## A\n\n{ASKED.replace('##', '###')}"},
        {"a.md": "# 会\n\n## A\n\n文\n\n## B\n\n文"},
        {"a.md": "---\nlayout: post\ntitle: 第3回 輪読会\n---\n\n## A\n\n文\n\n## B\n\n文"},
        {"a.md": "---\ndate: 2019-05-12\n---\n\n## A\n\n文\n\n## B\n\n文"},
        {"a.md": "---\ntitle: 第3回 輪読会\n---\n\n## A\n\n![図](https://a.b/c.png)\n"},
    ],
)
def test_a_session_stays_one(files: Files) -> None:
    brought = _zip(files, DAY)
    assert "import-reports" not in [one.code for one in brought.findings]
    assert _entries(brought)
    assert {one.span.path for one in brought.findings} <= {"a.md"}


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        ("# 会\n\n## A\n\n文\n\n## B\n\n文", True),
        ("# 2019-05-12 会\n\n## A\n\n文\n\n## B\n\n文", False),
        ("# 会\n\n日付: 2019-05-12\n\n## A\n\n文\n\n## B\n\n文", False),
        ("# 会\n\n## [blog] A\n\n文\n\n## B\n\n文", False),
        ("# 会\n\n## A\n\n文", False),
        ("---\ndate: 2019-05-12\n---\n\n## A\n\n文\n\n## B\n\n文", False),
    ],
)
def test_a_page_that_might_be_one_report_is_told(text: str, unsure: bool) -> None:
    codes = [one.code for one in _zip({"a.md": text}, DAY).findings]
    assert ("import-session" in codes) == unsure
    assert "import-session" not in [one.code for one in _zip({"a.md": text}, DAY, way="session").findings]


def test_minutes_of_several_weeks_are_several_sessions() -> None:
    weeks: Files = {f"2019-05-{day}.md": PLAIN.format("会") for day in ("05", "12")}
    with pytest.raises(RefusedError, match="2 回分のページ"):
        _zip(weeks)
    assert "import-reports" not in [one.code for one in _zip(weeks, DAY).findings]


def test_either_way_can_be_asked_for() -> None:
    one: Files = {"a.md": f"# A\n\n{ASKED}"}
    assert _titles(_zip(one, DAY, way="session")) == list(QUESTIONS)
    two: Files = {"a.md": "# A\n\n文", "b.md": "# B\n\n別の文"}
    with pytest.raises(RefusedError, match="--as reports"):
        _zip(two, DAY)
    assert _titles(_zip(two, DAY, way="reports")) == ["A", "B"]
    asked = _zip(one, DAY)
    (told,) = (found for found in asked.findings if found.code == "import-reports")
    assert "# 今週のTOPIC" in told.hint
    assert _titles(_zip({"a.md": f"# 今週のTOPIC\n\n# A\n\n{ASKED}"}, DAY)) == list(QUESTIONS)


# ---- the date


TWO: Files = {"a.md": f"# A\n\n{ASKED}", "b.md": f"# B\n\n{ASKED}"}


def _in(folder: str) -> Files:
    return {f"{folder}/{name}": data for name, data in TWO.items()}


@pytest.mark.parametrize("name", ["20190512_reports", "2019-05-12", "第3回 2019年5月12日"])
def test_the_name_of_what_was_given_tells_the_date(tmp_path: Path, name: str) -> None:
    _put(tmp_path, _in(name))
    folder = tmp_path / name
    ways = {
        "folder": [Given.from_path(folder)],
        "files": [Given.from_path(folder / "a.md"), Given.from_path(folder / "b.md")],
        "zip": [Given(f"{name}.zip", data=zipped(_bytes(TWO)))],
        "folder in a zip": [Given("a.zip", data=zipped(_bytes(_in(name))))],
    }
    for way, given_so in ways.items():
        brought = bring(given_so)
        assert brought.session, way
        assert brought.session.date == DAY, way
        assert _titles(brought) == ["A", "B"]


def test_a_date_that_all_files_tell_is_the_session_s() -> None:
    posts: Files = {f"2019-05-12-{name}": data for name, data in TWO.items()}
    brought = _zip(posts)
    assert brought.session
    assert brought.session.date == DAY


def test_without_a_date_the_report_says_what_to_type() -> None:
    brought = _zip({f"2019-05-0{at}-{name}": data for at, (name, data) in enumerate(TWO.items(), 1)})
    (told,) = errors(brought.findings)
    assert told.code == "note-date-missing"
    assert "`--date 2019-05-02`" in told.hint
    assert "import-reports" in [one.code for one in brought.findings]


def test_folders_of_several_dates_are_several_sessions() -> None:
    files = {**_in("2019-05-12"), **_in("20190612_reports")}
    with pytest.raises(RefusedError, match=r"2 回分.*2019-05-12、2019-06-12.*--date 2019-06-12"):
        _zip(files)
    with pytest.raises(RefusedError):
        _zip(files, dt.date(2019, 1, 1))
    brought = _zip(files, DAY)
    assert _titles(brought) == ["A", "B"]
    named = [one.span.path for one in brought.findings if one.code == "export-unused"]
    assert named == ["20190612_reports/a.md", "20190612_reports/b.md"]


def test_a_checkout_of_an_archive_gives_one_meeting(tmp_path: Path) -> None:
    """With all that a repository has besides: an index for each meeting, tools' folders, a sample."""
    files = {
        **_in("20190512_reports"),
        **{f"20190612_reports/{name}": data for name, data in TWO.items()},
        "20190512_reports/README.md": "第3回\n===\n\n[A](a.md)",
        "20190512_reports/c/readme.md": f"# C\n\n{ASKED}",
        "20190612_reports/odd.md": "# 今週のTOPIC\n\n## [論文] 題",
        "00000000_sample/x.md": f"# 見本\n\n{ASKED}",
        "README.md": "# 勉強会\n\n## 目次",
        "LICENSE.md": "# MIT",
        ".git/config": b"x",
        ".github/ISSUE_TEMPLATE/a.md": f"# 雛形\n\n{ASKED}",
        "node_modules/x/README.md": "# x",
    }
    _put(tmp_path, files)
    brought = bring([Given.from_path(tmp_path)], DAY)
    assert _titles(brought) == ["A", "B", "C"]
    told = (one.span.path for one in brought.findings if one.code == "export-unused")
    named = {Path(path).relative_to(tmp_path).as_posix() for path in told}
    assert {"README.md", "20190512_reports/README.md", "20190612_reports/odd.md"} <= named
    assert not any(path.startswith((".git", "node_modules")) for path in named)
    assert "export-system-file" in [one.code for one in brought.findings]


# ---- files beside


IMAGES = {
    "images/a.png": "images/a.png",
    "./x/a.png": "x/a.png",
    "../assets/a.png": "assets/a.png",
    "x/%E5%9B%B3%201.png": "x/図 1.png",
    "x/図 1.png": "x/図 1.png",
    "{{ site.baseurl }}/images/a.png": "images/a.png",
    "{{ site.url }}{{ site.baseurl }}/images/a.png": "images/a.png",
    '{{ "/images/a.png" | relative_url }}': "images/a.png",
    "/images/a.png": "images/a.png",
    "/img/a.png": "static/img/a.png",
}


@pytest.mark.parametrize("address", IMAGES)
@pytest.mark.parametrize("form", ["![図]({})", "<img src='{}' width=10>"])
@pytest.mark.parametrize("whole", ["zip", "folder"])
def test_images_beside_come_with_the_reports(tmp_path: Path, address: str, form: str, whole: str) -> None:
    folder = "_posts/" if address.startswith(("{", "/", "..")) else ""
    text = f"# A\n\n{ASKED}\n\n{form.format(address)}"
    others: Files = {f"{folder}b.md": f"# B\n\n{ASKED}", "other/a.png": PNG + b"2"}
    files: Files = {f"{folder}a.md": text, IMAGES[address]: PNG, **others}
    if whole == "folder":
        _put(tmp_path, files)
        brought = bring([Given.from_path(tmp_path)], DAY)
    else:
        brought = _zip(files, DAY)
    assert PNG in brought.files.values(), [one.message for one in brought.findings]
    assert _entries(brought)


@pytest.mark.parametrize("address", IMAGES)
def test_images_beside_files_that_were_given_alone_come_or_are_told(tmp_path: Path, address: str) -> None:
    """Several files, each with what lies beside it; nothing above their folders is read."""
    where = IMAGES[address]
    texts: Files = {f"here/{name}.md": f"# {name}\n\n{ASKED}\n\n![図]({address})" for name in ("a", "b")}
    outside = address.startswith("../") or where.startswith("static/")
    _put(tmp_path, {**texts, where if outside else f"here/{where}": PNG})
    brought = bring([Given.from_path(tmp_path / name) for name in texts], DAY)
    assert len(_entries(brought)) == 2
    told = [one.span.path for one in brought.findings if one.code == "export-missing"]
    assert (PNG in brought.files.values()) != outside
    assert told == ([(tmp_path / name).as_posix() for name in texts] if outside else [])


@pytest.mark.parametrize("address", ["x/fig 1.png", "x/Fig-1.PNG", "x/Fig%201.png", "./X/fig_1.png"])
def test_an_image_whose_name_is_written_otherwise_comes_and_is_told(address: str) -> None:
    others: Files = {"x/Fig_2.png": PNG + b"2", "y/Fig_1.png": PNG + b"3"}
    brought = _zip({"a.md": f"# A\n\n{ASKED}\n\n![図](<{address}>)", "x/Fig_1.png": PNG, **others}, DAY)
    assert list(brought.files.values()) == [PNG]
    assert [one.severity for one in brought.findings if one.code == "export-alike"] == ["guess"]
    assert _entries(brought)


def test_an_image_that_two_names_are_like_is_none_of_them() -> None:
    files: Files = {"fig_1.png": PNG, "Fig1.png": PNG + b"2"}
    brought = _zip({"a.md": f"# A\n\n{ASKED}\n\n![図](FIG1.png)", **files}, DAY)
    assert not brought.files
    assert "export-missing" in [one.code for one in brought.findings]


def test_all_images_of_a_report_are_told_in_one_message() -> None:
    images = "\n\n".join(f"![図](x/{at}.png)" for at in range(9))
    files: Files = {f"x/{at}.png": PNG + bytes([at]) for at in range(9)}
    brought = _zip({"a.md": f"# A\n\n{ASKED}\n\n{images}", **files}, DAY)
    assert len(brought.files) == 9
    (told,) = (one for one in brought.findings if one.code == "export-file")
    assert "9 個" in told.message
    assert _entries(brought)


@pytest.mark.parametrize("address", ["../gone.png", "/gone.png", "{{ site.baseurl }}/gone.png"])
def test_images_that_are_not_there_are_told(address: str) -> None:
    brought = _zip({"a.md": f"# A\n\n{ASKED}\n\n![図]({address})"}, DAY)
    assert "export-missing" in [one.code for one in brought.findings]


def test_files_are_named_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path that was typed, or the one within a zip."""
    files: Files = {"中/下/a.md": f"# A\n\n{ASKED}\n\n![図](gone.png)", "中/b.md": f"# B\n\n{ASKED}\n\n@taro"}
    _put(tmp_path, files)
    monkeypatch.chdir(tmp_path)

    def named(*given: Given) -> set[str]:
        return {one.span.path for one in bring(list(given), DAY).findings}

    both = {"中/下/a.md", "中/b.md"}
    assert named(Given.from_path(Path("中"))) == both
    assert named(*(Given.from_path(Path(path)) for path in both)) == both
    assert named(Given("x.zip", data=zipped(_bytes(files)))) == both
    assert named(Given.from_path(Path())) == both
    whole = (tmp_path / "中").as_posix()
    assert named(Given.from_path(Path(whole))) == {f"{whole}/下/a.md", f"{whole}/b.md"}


def test_a_report_on_files_named_by_their_whole_paths_names_their_folder_once(tmp_path: Path) -> None:
    _put(
        tmp_path, {"会/a.md": f"# A\n\n(まとめ　@taro)\n\n{ASKED}", "会/下/b.md": f"# B\n\n@jiro\n\n{ASKED}"}
    )
    text = report_text(bring([Given.from_path(tmp_path / "会")], DAY))
    assert text.count(tmp_path.as_posix()) == 1
    assert f"フォルダ: {tmp_path.as_posix()}/会\n" in text
    assert "\na.md:3: " in text
    assert "\n下/b.md:3: " in text


def test_many_files_take_steps_in_proportion() -> None:
    def imported(count: int) -> Work:
        files: Files = {f"r/{at}.md": f"# 題{at}\n\n{ASKED}" for at in range(count)}
        data = zipped(_bytes(files))
        return lambda: bring([Given("r.zip", data=data)], DAY)

    assert_in_proportion(imported, 20)
