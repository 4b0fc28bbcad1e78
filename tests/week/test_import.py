"""`week.py import`, as a person uses it: every dialect, and what is refused with one line."""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from kb.cli import week
from kb.intake.addresses import STORED
from kb.intake.given import Picture
from tests.golden.test_export import packed
from tests.intake.mutants import GOLDEN, HOME, ID, zipped
from tests.week.conftest import OLD, Week, files, put

DAY = "2025-12-02"
NOTE = f"docs/notes/{DAY}.md"
PAGE = f"# {DAY} 機械学習勉強会\n\n# 今週のTOPIC\n\n## [blog] 題\n\n![図](a.png)\n\n本文。\n"
PNG = b"\x89PNG\r\n\x1a\n"
ZIP = zipped({f"{DAY} 会 {ID}.md": PAGE.encode(), "a.png": PNG})
HTML = f"<html><head><title>{DAY} 会</title></head><body><h2>[blog] 題</h2><p>本文。</p></body></html>"
DIALECTS = {
    "zip": ZIP,
    "zip of a zip": zipped({"Part-1.zip": ZIP}),
    "page.md": PAGE.encode(),
    "page.html": HTML.encode(),
    "page.txt": f"{DAY} 機械学習勉強会\n今週のTOPIC\n[blog] 題\n本文。\n".encode(),
    "note.md": OLD.replace("2025-11-25", DAY).encode(),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_every_dialect_becomes_a_note(name: str, root: Path, tmp_path: Path, run: Week) -> None:
    said = run("import", put(tmp_path / name, DIALECTS[name]))
    assert said.code == 0, said.err
    first, second = said.out.splitlines()
    assert first.startswith(f"{root / NOTE} を作りました(発表 1 件")
    assert second == f"次は: .venv/bin/python scripts/week.py check {root / NOTE}"
    assert said.lines[-1].startswith("原文 ")
    assert run("check", NOTE).code == 0


def test_a_folder_and_several_files(root: Path, tmp_path: Path, run: Week) -> None:
    folder = tmp_path / "export"
    put(folder / f"会 {ID}.md", PAGE)
    put(folder / "a.png", PNG)
    assert run("import", folder).code == 0
    made = files(root)
    assert run("import", "--force", folder / f"会 {ID}.md", folder / "a.png").code == 0
    assert files(root) == made
    (image,) = (name for name in made if name.startswith("docs/notes/images/"))
    assert made[image] == PNG


@pytest.mark.parametrize(
    "name", [path.name for path in sorted((GOLDEN / "export").iterdir()) if path.is_dir()]
)
def test_golden_exports_through_the_command(name: str, root: Path, tmp_path: Path, run: Week) -> None:
    folder = GOLDEN / "export" / name
    given = []
    for path in sorted(folder.glob("input*")):
        zip_folder = path.is_dir() and path.suffix == ".zip"
        given.append(put(tmp_path / path.name, packed(path)) if zip_folder else path)
    before = files(root)
    said = run("import", *given)
    if said.code:
        assert files(root) == before
        assert not (folder / "expected.md").exists() or "エラー[" in said.err
        return
    made = {path: data for path, data in files(root).items() if path not in before}
    note = next(data for path, data in made.items() if path.endswith(".md"))
    assert note == (folder / "expected.md").read_bytes()
    assert len(made) == 1 + len(
        (folder / "files.txt").read_text().splitlines() if (folder / "files.txt").exists() else []
    )


REPORT = "# {}\n\n(まとめ @taro)\n\n## どんなもの？\n\n文。\n\n## 議論はある？\n\nある。\n"


def test_one_file_per_report(root: Path, tmp_path: Path, run: Week) -> None:
    """The way is told, and the other one is a word away."""
    given = [put(tmp_path / f"{name}.md", REPORT.format(name)) for name in ("A", "B")]
    undated = run("import", *given)
    assert undated.code == 1
    assert "--date" in undated.err
    said = run("import", *given, "--date", DAY)
    assert said.code == 0
    assert said.out.startswith(f"{root / NOTE} を作りました(発表 2 件")
    assert "--as session" in said.err
    assert run("check", NOTE).code == 0
    other = run("import", given[0], "--date", DAY, "--as", "session", "--force")
    assert "(発表 2 件" in other.out
    assert (root / NOTE).read_text("utf-8").count("\n## どんなもの？\n") == 1


def test_the_help_says_what_the_ways_are(run: Week) -> None:
    assert "1つのファイルを1つの発表として" in "".join(run("import", "--help").out.split())


def test_images_on_other_hosts_come_when_asked_for(
    root: Path, tmp_path: Path, run: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetched(url: str) -> Picture:
        asked.append(url)
        return Picture("far.png", PNG)

    monkeypatch.setattr(week, "Fetcher", lambda: fetched)
    page = put(tmp_path / "page.md", PAGE + "\n\n![遠い図](https://images.example/far.png?x=1)\n")
    assert run("import", page).code == 0
    assert not asked
    assert "https://images.example/far.png" in (root / NOTE).read_text(encoding="utf-8")
    assert run("import", page, "--fetch", "--force").code == 0
    assert asked == ["https://images.example/far.png?x=1"]
    (name,) = (path for path in files(root) if "far" in path)
    assert files(root)[name] == PNG
    assert f"![遠い図]({name.removeprefix('docs/notes/')})" in (root / NOTE).read_text(encoding="utf-8")


def test_standard_input(root: Path, tmp_path: Path, run: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ZIP)))
    said = run("import", "-")
    assert said.code == 0
    assert (root / NOTE).exists()


def test_date_out_and_report(root: Path, tmp_path: Path, run: Week) -> None:
    page = put(tmp_path / "会.md", PAGE.replace(f"{DAY} ", ""))
    out, before = tmp_path / "out", files(root)
    assert run("import", page, "--out", out).code == 1
    assert not out.exists()
    reports = [tmp_path / name for name in ("report.txt", "report.json")]
    for report in reports:
        said = run("import", page, "--date", "2025-12-09", "--out", out, "--force", "--report", report)
        assert said.code == 0
    assert list(files(out)) == ["2025-12-09.md"]
    text, data = (report.read_text(encoding="utf-8") for report in reports)
    assert text == said.err
    assert json.loads(data)["date"] == "2025-12-09"
    assert json.loads(data)["account"]["unaccounted"] == 0
    assert files(root) == before


def test_what_is_there_stays(root: Path, tmp_path: Path, run: Week) -> None:
    put(root / NOTE, "手で直したノート")
    before = files(root)
    said = run("import", put(tmp_path / "a.zip", ZIP))
    assert said.code == 2
    (line,) = said.lines  # no report of a note that is not there
    assert line.endswith("はすでにあります。上書きするときは --force を付けてください")
    assert files(root) == before
    assert run("import", tmp_path / "a.zip", "--force").code == 0
    assert len(files(root)) == len(before) + 1


@pytest.mark.parametrize("data", [b"", PNG, PAGE.encode("utf-16"), b"a\0b", "会".encode("cp932"), b"# x"])
def test_a_failure_writes_nothing(root: Path, tmp_path: Path, run: Week, data: bytes) -> None:
    before = files(root)
    said = run("import", put(tmp_path / "page.md", data))
    assert said.code == 1
    assert "エラー[" in said.err
    assert said.lines[-1] == "ノートは作りませんでした。"
    assert files(root) == before


COPIED = (
    "機械学習勉強会\n今週のTOPIC\n出典を埋め込みURLにしましょう。\n@Taro Yamada\n"
    "[blog] 題\nhttps://example.com/a\n- 本文\n\n小見出し\n- 項目\n"
)


@pytest.mark.parametrize("folder", [False, True])
@pytest.mark.parametrize("name", ["写し.txt", "下書き.md"])
def test_a_date_that_is_missing_is_asked_for_then_given(
    tmp_path: Path, run: Week, name: str, folder: bool
) -> None:
    """Without a note there is one thing to do; with one, everything told has the name that was typed."""
    text = COPIED if name.endswith(".txt") else "# 今週のTOPIC\n\n## 題\n\nhttps://example.com/a\n"
    file = put(tmp_path / "given" / name, text)
    given = file.parent if folder else file
    said = run("import", given)
    assert (said.code, said.lines[0]) == (1, "すること:")
    assert said.lines[1].startswith("- エラー 1 件: ノートはできていません")
    assert "--date 2025-" in said.err
    assert not [one for one in ("推測[", "除外[", "欠落[", "できたノート") if one in said.err]
    assert run("import", given, "--date", DAY, "--report", tmp_path / "report.json").code == 0
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {Path(one["path"]).name for one in report["findings"]} == {name}
    told = [one["line"] for one in report["findings"]]
    assert told == sorted(told)


def test_a_disk_that_is_full_leaves_no_half(
    root: Path, tmp_path: Path, run: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, written = Path.write_bytes, []

    def full(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) > 1:
            raise OSError(28, "No space left on device", str(path))
        return write(path, data)

    given, before = put(tmp_path / "a.zip", ZIP), files(root)
    monkeypatch.setattr(Path, "write_bytes", full)
    said = run("import", given)
    assert (said.code, said.lines[-1].endswith("読み書きできません(No space left on device)")) == (2, True)
    assert files(root) == before


def test_odd_arguments(root: Path, tmp_path: Path, run: Week) -> None:
    before = files(root)
    (tmp_path / "empty").mkdir()
    for name in (tmp_path / "empty", tmp_path / "no.zip", "\0", "", "x" * 5000):
        said = run("import", name)
        assert said.code in (1, 2), name
        assert said.err
    assert files(root) == before


def _changed(data: bytes, *changes: tuple[bytes, int, str, int]) -> bytes:
    """A zip with other numbers in its headers."""
    made = bytearray(data)
    for signature, at, form, value in changes:
        struct.pack_into(form, made, made.index(signature) + at, value)
    return bytes(made)


def _link() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        member = zipfile.ZipInfo("page.md")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    return made.getvalue()


def _many(count: int) -> bytes:
    data = zipped({"page.md": b"# a"})
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entries = data[directory:end] * count
    return data[:directory] + entries + data[end : end + 12] + struct.pack("<IIH", len(entries), directory, 0)


def _overlapping() -> bytes:
    """Members of which each says that it holds all that follows."""
    made = bytearray(zipped({f"{number}.md": bytes(range(256)) * 8 for number in range(20)}))
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", made, at + 20, len(made) // 2)
        at = made.find(b"PK\x01\x02", at + 1)
    return bytes(made)


ATTACKS = {
    "up": zipped({"../page.md": b"# a"}),
    "up, later": zipped({"page.md": PAGE.encode(), "a/../../b.md": b"# a"}),
    "absolute": zipped({"/etc/page.md": b"# a"}),
    "drive": zipped({"C:\\page.md": b"# a"}),
    "share": zipped({"\\\\server\\page.md": b"# a"}),
    "link": _link(),
    "100,000 members": _many(100_000),
    "1 GB": _changed(ZIP, (b"PK\x03\x04", 22, "<I", 10**9), (b"PK\x01\x02", 24, "<I", 10**9)),
    "bomb": zipped({"page.md": bytes(30_000_000)}),
    "bomb in a zip": zipped({"a.zip": zipped({"page.md": bytes(30_000_000)})}),
    "bombs that are zips": zipped({"a.zip": zipped({f"{n}.md": bytes(1_900_000) for n in range(400)})}),
    "deep": zipped({"a.zip": zipped({"a.zip": zipped({"a.zip": zipped({"page.md": b"# a"})})})}),
    "overlapping": _overlapping(),
    "encrypted": _changed(ZIP, (b"PK\x03\x04", 6, "<H", 1), (b"PK\x01\x02", 8, "<H", 1)),
    "cut": ZIP[:-30],
    "a lie": _changed(ZIP, (b"PK\x01\x02", 24, "<I", 5)),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_refused_with_one_line(attack: str, root: Path, tmp_path: Path, run: Week) -> None:
    given = put(tmp_path / "a.zip", ATTACKS[attack])
    before = files(tmp_path)
    said = run("import", given)
    assert (said.code, len(said.lines), said.out) == (2, 1, ""), said.err
    assert files(tmp_path) == before


def test_the_real_page_becomes_the_committed_note(root: Path, run: Week) -> None:
    assert run("import", GOLDEN / "copied/2025-11-25/input.txt", "--force").code == 0
    made = (root / "docs/notes/2025-11-25.md").read_text(encoding="utf-8").splitlines()
    committed = (HOME / "docs/notes/2025-11-25.md").read_text(encoding="utf-8").splitlines()
    kinds = [line.replace("## [blog] ", "## ").replace("## [論文] ", "## ") for line in committed]
    added = [line for line in made if line not in committed and line not in kinds]
    assert not added, "but for kinds, sources and tags, which were added by hand"


@pytest.mark.parametrize("date", ["2025-12-16", "2025-11-18"])
def test_a_week_that_is_there_under_another_date_is_told(
    root: Path, tmp_path: Path, run: Week, date: str
) -> None:
    said = run("import", put(tmp_path / "note.md", OLD), "--date", date)
    assert said.code == 0
    (told,) = (line for line in said.lines if "[week-twice]" in line)
    assert f"{root / 'docs/notes/2025-11-25.md'}" in told
    for path in ("docs/notes/2025-11-25.md", f"docs/notes/{date}.md"):
        assert "[week-twice]" in run("check", root / path).out
    elsewhere = tmp_path / "elsewhere"
    assert "[week-twice]" not in run("import", tmp_path / "note.md", "--out", elsewhere).err


def test_what_an_import_stored_is_nothing_odd(root: Path, tmp_path: Path, run: Week) -> None:
    """Whatever lies beside a page may go with it; put where notes are, it may be taken for one."""
    names = sorted(f"file{suffix}" for suffix in STORED - {".zip"})  # which would be opened
    links = "\n".join(f"- [{name}]({name})" for name in names)
    page = f"{PAGE}\n{links}\n"
    beside = {name: f"{name} の中身".encode() for name in names}
    given = put(tmp_path / "a.zip", zipped({f"{DAY} 会 {ID}.md": page.encode(), "a.png": PNG, **beside}))
    assert run("import", given).code == 0
    stored = {Path(name).suffix for name in files(root) if f"images/{DAY}/" in name}
    assert {".txt", ".pdf", ".docx"} <= stored
    put(root / f"docs/notes/images/{DAY}/data.zip", ZIP)
    assert "note-suffix" not in run("check").out
    put(root / "docs/notes/2025-12-09.txt", "文".encode())
    said = run("check").out
    assert said.count("note-suffix") == 1
    assert "docs/notes/2025-12-09.txt: 注意[note-suffix]" in said
