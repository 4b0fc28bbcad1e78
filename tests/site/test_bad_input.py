"""What cannot be read stops a build before anything is written, and all of it is told in one run.

A folder per case under `bad_input/`; `UPDATE_GOLDEN=1` writes what is expected anew.
"""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pytest

from kb.cli import site, week

CASES = Path(__file__).resolve().parent / "bad_input"
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))
NOTE = "---\ndate: 2025-11-25\n---\n\n## [blog] 題\n\n本文。\n"
PAGE = "2025-12-02 機械学習勉強会\n今週のTOPIC[blog] 題\n今週のTOPIC\n[blog] 題\n本文。\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
STANDING = {
    "docs/index.md": "前の表紙\n",
    "docs/sessions/2025-11-25.md": "前の回\n",
    "docs/topics/sam3.md": "前のトピック\n",
    "site/index.html": "<p>前のサイト</p>\n",
    "site/sessions/2025-11-25/index.html": "<p>前の回</p>\n",
}
"""What an earlier build left behind; a page whose note is gone would be removed by a build that works."""
BYTES = {
    "note-not-utf-8": (
        "docs/notes/2025-12-02.md",
        "---\ndate: 2025-12-02\n---\n\n## 勉強会".encode("cp932"),
        "docs/notes/2025-12-02.md:5: エラー[note-encoding] UTF-8 として読めません(5行目に 0x95 のバイト)",
    ),
    "note-utf-16": (
        "docs/notes/2025-12-02.md",
        NOTE.encode("utf-16"),
        "docs/notes/2025-12-02.md:1: エラー[note-encoding] UTF-8 として読めません(1行目に 0xff のバイト)",
    ),
    "note-png": (
        "docs/notes/2025-12-02.md",
        PNG,
        "docs/notes/2025-12-02.md: エラー[note-binary] テキストではなく PNG 画像 のファイルです",
    ),
    "note-zip": (
        "docs/notes/2025-12-02.md",
        b"PK\x03\x04\x14\x00",
        "docs/notes/2025-12-02.md: エラー[note-binary] テキストではなく zip のファイルです",
    ),
    "note-nul": (
        "docs/notes/2025-12-02.md",
        NOTE.encode() + b"\0",
        "docs/notes/2025-12-02.md:8: エラー[note-binary] テキストではありません(NUL 文字があります)",
    ),
    "registry-not-utf-8": (
        "docs/data/tags.yml",
        "tags:\n  - id: rag\n    ja: 検索".encode("euc-jp"),
        "docs/data/tags.yml:3: エラー[note-encoding] UTF-8 として読めません(3行目に 0xb8 のバイト)",
    ),
    "registry-png": (
        "docs/data/tags.yml",
        PNG,
        "docs/data/tags.yml: エラー[note-binary] テキストではなく PNG 画像 のファイルです",
    ),
}
"""Files that no version control likes: what they hold, and the first line of what is said of them."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root that was built before."""
    root = tmp_path / "root"
    for name, text in STANDING.items():
        _put(root / name, text.encode())
    return root


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder with its bytes and the time of its last change."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def _refused(root: Path, capsys: pytest.CaptureFixture[str], command: str = "generate") -> str:
    """What a build says that must fail and leave everything as it was."""
    before = _files(root)
    assert site.main([command, "--root", str(root)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert _files(root) == before
    assert "Traceback" not in said.err
    return said.err


@pytest.mark.parametrize(
    "case", sorted(path.name for path in CASES.iterdir() if path.is_dir()), ids=lambda case: case
)
def test_bad_input_is_told_and_changes_nothing(
    case: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(CASES / case / "root", root, dirs_exist_ok=True)
    said = _refused(root, capsys)
    expected = CASES / case / "expected.txt"
    if UPDATE:
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", BYTES)
def test_bytes_that_are_no_text(case: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, data, message = BYTES[case]
    _put(root / "docs/notes/2025-11-25.md", NOTE.encode())
    _put(root / name, data)
    assert _refused(root, capsys).splitlines() == [
        message,
        "    → UTF-8 のテキストで保存し直してください",
        "エラーが 1 件あります。ページは作りませんでした。",
    ]


def test_a_good_root_is_generated_over_what_stands(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _put(root / "docs/notes/2025-11-25.md", NOTE.encode())
    built = _files(root / "site")
    assert site.main(["generate", "--root", str(root)]) == 0
    assert "Traceback" not in capsys.readouterr().err
    assert not (root / "docs/topics/sam3.md").exists()
    assert _files(root / "site") == built


def test_a_root_without_docs_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert site.main(["generate", "--root", str(folder)]) == 2
        assert capsys.readouterr().err == (
            f"{folder} に docs/ フォルダがありません。--root を確かめてください\n"
        )
    assert not list(tmp_path.iterdir())


def test_a_page_that_cannot_be_written_is_refused_in_one_line(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _put(root / "docs/notes/2025-11-25.md", NOTE.encode())
    _put(root / "docs/presenters", b"a file where a folder belongs")
    assert site.main(["generate", "--root", str(root)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[-1].startswith(str(root / "docs/presenters"))
    assert "読み書きできません" in said[-1]


def _import(*arguments: str | Path) -> int:
    return week.main(["import", *map(str, arguments)])


def test_import_refuses_to_overwrite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, note = tmp_path / "page.txt", tmp_path / "notes/2025-12-02.md"
    _put(page, PAGE.encode())
    assert _import(page, "--out", note.parent) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{note} を作りました(発表 1 件)。",
        f"次は: .venv/bin/python scripts/week.py check {note}",
    ]
    made = note.read_text(encoding="utf-8")
    note.write_text("手で直したノート", encoding="utf-8")

    assert _import(page, "--out", note.parent) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[-1] == f"{note} はすでにあります。上書きするときは --force を付けてください"
    assert note.read_text(encoding="utf-8") == "手で直したノート"

    assert _import(page, "--out", note.parent, "--force") == 0
    assert note.read_text(encoding="utf-8") == made


def _standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_import_reads_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _standard_input(monkeypatch, PAGE.encode())
    assert _import("-", "--out", tmp_path) == 0
    assert "\n(標準入力):2: 除外[copy-contents]" in capsys.readouterr().err
    assert (tmp_path / "2025-12-02.md").read_text(encoding="utf-8").startswith("---\ndate: 2025-12-02\n")


def test_import_takes_a_date_where_the_text_has_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    undated = PAGE.replace("2025-12-02 ", "").encode()
    _standard_input(monkeypatch, undated)
    assert _import("-", "--out", tmp_path) == 1
    said = capsys.readouterr().err
    assert "(標準入力):1: エラー[note-date-missing]" in said
    assert said.endswith("ノートは作りませんでした。\n")
    assert not list(tmp_path.iterdir())

    _standard_input(monkeypatch, undated)
    assert _import("-", "--out", tmp_path, "--date", "2025-12-09") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["2025-12-09.md"]


def test_import_of_a_missing_file_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "nowhere.txt"
    assert _import(missing, "--out", tmp_path) == 2
    assert capsys.readouterr().err == f"{missing}: ファイルがありません\n"
    assert _import(tmp_path, "--out", tmp_path) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("読めるページがありません")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (PNG, "note-binary"),
        (b"", "note-empty"),
        (PAGE.encode("cp932"), "note-encoding"),
        (b"<!DOCTYPE html><html></html>", "note-date-missing"),
    ],
    ids=["png", "empty", "shift-jis", "html"],
)
def test_import_of_what_is_no_text_makes_nothing(
    data: bytes, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    _put(page, data)
    assert _import(page, "--out", tmp_path / "notes") == 1
    said = capsys.readouterr().err
    assert f"エラー[{code}]" in said
    assert said.endswith("ノートは作りませんでした。\n")
    assert not (tmp_path / "notes").exists()


def test_import_of_a_broken_zip_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    _put(page, b"PK\x03\x04")
    assert _import(page, "--out", tmp_path / "notes") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("zip が壊れています。もう一度書き出してください")
    assert not (tmp_path / "notes").exists()


def test_an_impossible_date_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        _import("-", "--date", "2025-02-30")
    assert stopped.value.code == 2
    assert "2025-02-30" in capsys.readouterr().err.splitlines()[-1]


def test_a_build_prints_errors_and_a_count_of_the_rest(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for day in range(1, 21):
        people = "\n".join(f"- 発表者: @Neu Mann {day} {number}" for number in range(10))
        text = f"---\ndate: 2024-01-{day:02}\n---\n\n## [ろんぶん] 題\n\n{people}\n- タグ: 語{day}\n"
        _put(root / f"docs/notes/2024-01-{day:02}.md", text.encode())
    assert site.main(["generate", "--root", str(root)]) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "注意 221 件 (`.venv/bin/python scripts/week.py check` で見られます)"
    _put(root / "docs/notes/2024-02-01.md", b"## a\n<<<<<<<\n")
    _put(root / "docs/data/tags.yml", b"tags: [")
    said = _refused(root, capsys).splitlines()
    assert [row for row in said if "エラー[registry-yaml]" in row]
    assert not [row for row in said if "注意[" in row]
    assert len(said) < 10
