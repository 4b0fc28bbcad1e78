"""From what was given to a note: what is chosen, what is told, and that nothing is lost on the way."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.intake import Brought, Given, RefusedError, bring, report_json, report_text
from kb.model.finding import errors
from kb.read import read_text
from tests.support.notes import DEEP_NOTES, NOTES, WILD_NOTES, examples

BRINGING = importlib.import_module("kb.intake.bring")  # the package has the function of that name
HOME = Path(__file__).resolve().parents[2]
GOLDEN = HOME / "tests" / "golden"
ID = "1a2b3c4d5e6f47a8b9c0d1e2f3a4b5c6"
DAY = dt.date(2025, 12, 2)
PNG = b"\x89PNG\r\n\x1a\n"


def _folder(root: Path, files: dict[str, str | bytes]) -> list[Given]:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return [Given.from_path(root)]


def _codes(brought: Brought) -> list[str]:
    return [finding.code for finding in brought.findings]


def _page(text: str, name: str = f"2025-12-02 会 {ID}.md", date: dt.date | None = None) -> Brought:
    return bring([Given(name, data=text.encode())], date)


def test_the_first_note_comes_back_as_it_is() -> None:
    brought = bring([Given.from_path(HOME / "docs/notes/2025-11-25.md")])
    assert brought.dialect == "note"
    assert brought.note == (HOME / "docs/notes/2025-11-25.md").read_text(encoding="utf-8")
    assert brought.account
    assert brought.account.report == 0


def test_copied_text_is_accounted_for_without_its_contents_line() -> None:
    page = GOLDEN / "copied/2025-11-25/input.txt"
    brought = bring([Given("-", data=page.read_bytes())])
    assert brought.dialect == "copied"
    assert brought.note == (GOLDEN / "copied/2025-11-25/expected.md").read_text(encoding="utf-8")
    (contents,) = (one for one in brought.findings if one.code == "copy-contents")
    assert len(contents.excerpt) == 517
    assert not errors(brought.findings)


def test_a_date_that_is_given_wins_and_the_title_is_told() -> None:
    brought = _page("# 2025-12-01 会\n\n## [blog] 題\n\n本文。", date=DAY)
    assert brought.session
    assert brought.session.date == DAY
    assert {"note-date-differs", "notion-title-date"} <= set(_codes(brought))


BODY = "@Shun Ito\n[論文] 題\n本文です。\n"
DATED = {
    "a note": ("x.md", "---\ndate: 2025-11-25\n---\n\n# 今週のTOPIC\n\n## [blog] 題\n\n本文。\n"),
    "a note by its title": ("x.md", "# 2025-11-25 会\n\n## [blog] 題\n\n本文。\n"),
    "a note by its name": ("2025-11-25.md", "## [blog] 題\n\n本文。\n"),
    "a note that disagrees with itself": (
        "2025-11-18.md",
        "---\ndate: 2025-11-25\n---\n\n## [blog] 題\n\n文。\n",
    ),
    "copied text": ("-", f"2025-11-25 機械学習勉強会\n{BODY}"),
    "copied text in Japanese": ("page.txt", f"2025年11月25日 機械学習勉強会\n{BODY}"),
    "an exported page": (f"会 {ID}.md", "# 2025-11-25 会\n\n## [blog] 題\n\n本文。\n"),
}


@pytest.mark.parametrize(("name", "text"), DATED.values(), ids=list(DATED))
def test_a_date_that_is_given_against_the_text_is_told_once(name: str, text: str) -> None:
    (told,) = (one for one in _page(text, name, DAY).findings if one.code == "note-date-differs")
    assert "2025-11-25" in told.message
    assert told.message.endswith(f"{DAY} を使いました")
    assert told.span.path.endswith(name)


@pytest.mark.parametrize(("name", "text"), DATED.values(), ids=list(DATED))
def test_a_date_that_is_given_with_the_text_is_not_told(name: str, text: str) -> None:
    agreed = _page(
        text.replace("2025-11-18", "2025-11-25"), name.replace("11-18", "11-25"), dt.date(2025, 11, 25)
    )
    assert "note-date-differs" not in _codes(agreed)


@pytest.mark.parametrize("name", [f"会 {ID}.md", "note.md", "page.txt"])
def test_a_date_that_is_given_helps_where_there_is_none(name: str) -> None:
    text = "勉強会\n[blog] 題\n本文です。\n" if name.endswith("txt") else "# 会\n\n## [blog] 題\n\n本文。"
    without = _page(text, name)
    assert without.session is None
    assert "note-date-missing" in _codes(without)
    brought = _page(text, name, DAY)
    assert brought.session
    assert brought.session.date == DAY
    assert not errors(brought.findings)
    assert {finding.span.path for finding in brought.findings} <= {name}


def test_a_date_chooses_among_several_sessions(tmp_path: Path) -> None:
    given = _folder(
        tmp_path,
        {f"2025-12-0{day} 会 {ID[:-1]}{day}.md": f"# 2025-12-0{day} 会\n\n## 題{day}" for day in (1, 2, 3)},
    )
    with pytest.raises(RefusedError, match=r"3 回分.*2025-12-01、2025-12-02、2025-12-03.*--date") as refused:
        bring(given)
    assert "\n" not in refused.value.message
    brought = bring(given, DAY)
    assert brought.session
    assert [entry.title.source for entry in brought.session.entries] == ["題2"]
    assert _codes(brought).count("export-unused") == 2


@pytest.mark.parametrize("above", ["", "Private & Shared/"])
def test_the_list_of_pages_of_an_html_export_is_not_the_session(tmp_path: Path, above: str) -> None:
    page = (
        f'<html><body><article id="{ID}" class="page sans"><header><h1 class="page-title">会</h1></header>'
        '<div class="page-body"><h2>[blog] 題</h2><p>本文。</p></div></article></body></html>'
    )
    listed = f'<html><body><h1>Index</h1><ul><li><a href="会 {ID}.html">会</a></li></ul></body></html>'
    given = _folder(tmp_path, {f"{above}会 {ID}.html": page, "index.html": listed})
    assert _codes(bring(given)) == ["note-date-missing"]
    brought = bring(given, DAY)
    assert brought.session
    assert [entry.title.source for entry in brought.session.entries] == ["題"]
    assert _codes(brought) == ["export-unused"]


def test_notes_of_ours_in_a_folder_are_chosen_by_date(tmp_path: Path) -> None:
    notes = {f"notes/2025-12-0{day}.md": f"## [blog] 題{day}" for day in (1, 2)}
    given = _folder(tmp_path, {**notes, "notes/images/2025-12-02/a.png": PNG, "README.md": "# 説明"})
    with pytest.raises(RefusedError, match="2 回分"):
        bring(given)
    brought = bring(given, DAY)
    assert "題2" in brought.note
    assert "題1" not in brought.note


def test_an_image_keeps_its_name_whatever_it_is_called(tmp_path: Path) -> None:
    text = "# 2025-12-02 会\n\n## [blog] 題\n\n![図]({})"
    one = bring(_folder(tmp_path / "a", {f"会 {ID}.md": text.format("x/a.png"), "x/a.png": PNG}))
    two = bring(_folder(tmp_path / "b", {f"会 {ID}.md": text.format("y/A.PNG"), "y/A.PNG": PNG}))
    assert list(one.files) == list(two.files)
    (name,) = one.files
    assert re.fullmatch(r"images/2025-12-02/a-[0-9a-f]{8}\.png", name)
    assert f"![図]({name})" in one.note


_NOTE = "---\ndate: 2025-12-02\n---\n\n## [blog] 題\n\n![図]({})\n"
_NOTION = "# 2025-12-02 会\n日付: 2025-12-02\n\n## [blog] 題\n\n![図]({})\n"
_PAGE = "<html><head><title>2025-12-02 会</title></head><body><h2>題</h2><p><img src='{}'></p></body></html>"
_ALONE = pytest.mark.parametrize(
    ("name", "text"), [("note.md", _NOTE), (f"会 {ID}.md", _NOTION), ("page.html", _PAGE)]
)


@_ALONE
@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("a.png", "a.png"),
        ("a.png", "./a.png"),
        ("images/a.png", "images/a.png"),
        (
            "別の フォルダ/図 1.png",
            "%E5%88%A5%E3%81%AE%20%E3%83%95%E3%82%A9%E3%83%AB%E3%83%80/%E5%9B%B3%201.png",
        ),
        ("デ.png", "%E3%83%86%E3%82%99.png"),
        (unicodedata.normalize("NFD", "ガ.png"), "ガ.png"),
        ("images/a.png", "images/a.png?x=1"),
    ],
)
def test_an_image_beside_a_file_that_was_given_alone_comes_with_it(
    tmp_path: Path, name: str, text: str, file: str, address: str
) -> None:
    _folder(tmp_path, {name: text.format(address), file: PNG, "other.png": PNG + b"2"})
    brought = bring([Given.from_path(tmp_path / name)])
    (stored,) = brought.files
    assert re.fullmatch(r"images/2025-12-02/[a-z0-9]+(?:-\d)?-[0-9a-f]{8}\.png", stored)
    assert f"]({stored})" in brought.note
    assert brought.files[stored] == PNG
    assert not errors(brought.findings)


@_ALONE
@pytest.mark.parametrize(
    "address", ["gone.png", "../out.png", "x/../../out.png", "link.png", "folder/in.png"]
)
def test_an_image_that_does_not_come_is_told(tmp_path: Path, name: str, text: str, address: str) -> None:
    """Nothing above the file's folder is read, and nothing to which a link leads."""
    _folder(tmp_path, {f"here/{name}": text.format(address), "out.png": PNG, "far/in.png": PNG})
    (tmp_path / "here/link.png").symlink_to(tmp_path / "out.png")
    (tmp_path / "here/folder").symlink_to(tmp_path / "far")
    brought = bring([Given.from_path(tmp_path / "here" / name)])
    assert not brought.files
    assert _codes(brought).count("export-missing") == 1
    assert address in brought.note


def test_images_of_two_weeks_with_one_name_stay_apart(tmp_path: Path) -> None:
    made: list[str] = []
    for day, data in (("2025-12-02", PNG), ("2025-12-09", PNG + b"2")):
        text = _NOTE.replace("2025-12-02", day).format("images/a.png")
        _folder(tmp_path / day, {f"{day}.md": text, "images/a.png": data})
        made += bring([Given.from_path(tmp_path / day / f"{day}.md")]).files
    assert len(set(made)) == 2


@pytest.mark.parametrize("address", ["A%20B.md", "A%20%20B.md", "%E4%BC%9A/A%20%20B.md"])
@pytest.mark.parametrize("name", ["A B.md", "A  B.md", "A　B.md"])
def test_a_title_with_two_blanks_is_the_same_title_in_names_of_files(
    tmp_path: Path, name: str, address: str
) -> None:
    page = f"# 2025-12-02 会\n\n[A B]({address})"
    brought = bring(_folder(tmp_path, {f"会 {ID}.md": page, f"会/{name}": "# A  B\n\n子の本文。"}))
    assert "子の本文。" in brought.note
    assert not errors(brought.findings)


def test_a_large_image_is_told_once(tmp_path: Path) -> None:
    text = "# 2025-12-02 会\n\n## [blog] 題\n\n![図](a.png)\n\n![図](a.png)"
    brought = bring(_folder(tmp_path, {f"会 {ID}.md": text, "a.png": PNG + bytes(1_200_000)}))
    assert _codes(brought).count("export-file-large") == 1


def test_pages_inside_each_other_for_ever_are_read_to_a_depth(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"会 {ID}.md": "# 2025-12-02 会\n\n[0](p0.md)"}
    for number in range(300):
        files[f"p{number}.md"] = f"# 題{number}\n\n本文{number}\n\n[次]({f'p{number + 1}.md'})"
    brought = bring(_folder(tmp_path, files))
    assert "本文11" in brought.note
    assert "本文12" not in brought.note
    assert "export-link-outside" in _codes(brought)
    assert not errors(brought.findings)


def test_a_page_that_is_no_text_is_an_error_and_no_traceback() -> None:
    for data in (PNG, b"", "勉強会".encode("cp932"), b"a\0b"):
        brought = bring([Given(f"会 {ID}.md", data=data)])
        assert brought.session is None
        assert errors(brought.findings)


def test_nothing_to_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="読めるページがありません"):
        bring(_folder(tmp_path, {"a.png": PNG}))


def test_characters_that_are_nowhere_stop_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BRINGING, "write", lambda _: "")
    monkeypatch.setattr("kb.intake.account.words_of", lambda _: "2025-12-02 会 blog 題")
    brought = _page("# 2025-12-02 会\n\n## [blog] 題\n\n消える文。")
    (found,) = errors(brought.findings)
    assert found.code == "import-unaccounted"
    assert found.span.first == 5
    assert "(。える文消)" in found.message
    assert "(5 行目)" in found.message
    assert "不明" in report_text(brought)


def test_the_report_is_the_same_for_a_program() -> None:
    brought = _page("# 2025年12月2日 会\n\n## [ブログ] 題\n\n[x](%E5.png)")
    data = json.loads(report_json(brought))
    text = report_text(brought)
    assert data["account"]["unaccounted"] == 0
    numbers = [data["account"][key] for key in ("note", "report", "marks")]
    assert sum(numbers) == data["account"]["source"]
    assert text.splitlines()[-1] == (
        f"原文 {data['account']['source']} 字 = ノート {numbers[0]} 字"
        f" + この報告に書いたもの {numbers[1]} 字 + 見出しや箇条書きの記号 {numbers[2]} 字(空白は数えない)"
    )
    assert [one["code"] for one in data["findings"]] == _codes(brought)
    assert all(one["message"] in text and (one["excerpt"] in text) for one in data["findings"])
    assert data["counts"]["loss"] == 1


def test_progress_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seconds = iter(range(10_000))
    monkeypatch.setattr(BRINGING.time, "monotonic", lambda: next(seconds) / 10)
    told: list[str] = []
    files: dict[str, str | bytes] = {f"{number} {ID[:-2]}{number:02}.md": "# 題" for number in range(20)}
    bring(_folder(tmp_path, {**files, f"会 {ID}.md": "# 2025-12-02 会"}), progress=told.append)
    assert 3 < len(told) < 60


@examples(400)
@given(NOTES | WILD_NOTES | DEEP_NOTES, st.sampled_from(["note.md", "page.txt", f"会 {ID}.md"]))
def test_any_text_is_accounted_for(text: str, name: str) -> None:
    brought = bring([Given(name, data=f"# 2025-12-02 会\n\n{text}".encode("utf-8", "replace"))], DAY)
    if not brought.session:
        assert errors(brought.findings)
        return
    assert brought.account
    assert not brought.account.missing
    assert read_text(brought.note, "2025-12-02.md", "note").session == brought.session


@examples(200)
@given(st.text(max_size=80), st.sampled_from(["[a]({})", "![a]({})", '<img src="{}">', "[[論文] a]({})"]))
def test_any_address_is_resolved_or_told(address: str, form: str) -> None:
    text = f"# 2025-12-02 会\n\n## 題\n\n{form.format(address)}"
    brought = _page(text.encode("utf-8", "replace").decode(), date=DAY)
    assert brought.account is None or not brought.account.missing
