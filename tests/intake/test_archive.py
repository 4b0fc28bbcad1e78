"""Archives that are refused, each with one line in Japanese, and archives that only look odd."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from kb.intake import archive
from kb.intake.archive import Tree, open_tree
from kb.intake.given import Given, RefusedError

NAME = "Export.zip"


def _zip(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as one:
        for name, data in files.items():
            one.writestr(zipfile.ZipInfo(name), data, compression)
    return made.getvalue()


def _open(data: bytes) -> Tree:
    return open_tree([Given(NAME, data=data)])


def _read_all(data: bytes) -> list[bytes]:
    tree = _open(data)
    return [tree.read(path) for path in tree.files]


def _refusal(data: bytes) -> str:
    with pytest.raises(RefusedError) as caught:
        _read_all(data)
    assert "\n" not in caught.value.message
    assert caught.value.message.startswith(NAME)
    return caught.value.message


@pytest.mark.parametrize(
    "name",
    [
        "../page.md",
        "a/../../page.md",
        "/etc/passwd",
        "C:/page.md",
        "c:page.md",
        "..\\page.md",
        "a\\..\\..\\page.md",
        "\\\\server\\share\\page.md",
    ],
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert "フォルダの外を指す名前" in _refusal(_zip({"ok.md": b"# a", name: b"# b"}))


def test_ordinary_backslashes_are_folders() -> None:
    assert list(_open(_zip({"a\\b\\page.md": b"# a"})).files) == ["a/b/page.md"]


def test_a_symlink_in_a_zip_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as one:
        link = zipfile.ZipInfo("page.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        one.writestr(link, "/etc/passwd")
    assert "シンボリックリンク" in _refusal(made.getvalue())


@pytest.mark.parametrize("target", ["/etc", "/etc/passwd", "nowhere"])
def test_a_symlink_in_a_folder_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.md").symlink_to(target)
    with pytest.raises(RefusedError, match="シンボリックリンク"):
        open_tree([Given.from_path(tmp_path)])


def test_a_bomb_is_refused_by_its_ratio() -> None:
    assert "圧縮率が高すぎる" in _refusal(_zip({"page.md": bytes(5_000_000)}))


def test_a_text_that_repeats_itself_is_no_bomb() -> None:
    text = "これは勉強会のノートです。\n".encode() * 40_000
    tree = _open(_zip({"page.md": text}))
    assert tree.read("page.md") == text


def _declaring(data: bytes, size: int) -> bytes:
    """The zip with another unpacked size in both of its headers."""
    changed = bytearray(data)
    struct.pack_into("<I", changed, changed.index(b"PK\x03\x04") + 22, size)
    struct.pack_into("<I", changed, changed.index(b"PK\x01\x02") + 24, size)
    return bytes(changed)


def test_a_gigabyte_that_is_only_declared_is_refused() -> None:
    assert "MB を超える" in _refusal(_declaring(_zip({"page.md": b"# a"}), 1_000_000_000))


@pytest.mark.parametrize("size", [1, 100])
def test_a_size_that_is_a_lie_is_refused(size: int) -> None:
    data = _zip({"page.md": b"# title and text"}, zipfile.ZIP_DEFLATED)
    assert "壊れています" in _refusal(_declaring(data, size))


def test_sizes_count_together_over_zips_in_zips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 100_000)
    inner = _zip({"page.md": bytes(range(256)) * 200}, zipfile.ZIP_STORED)
    assert "を超える" in _refusal(_zip({f"{number}.zip": inner for number in range(3)}))


def test_a_hundred_thousand_members_are_refused() -> None:
    data = _zip({"page.md": b"# a"})
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entries = data[directory:end] * 100_000
    made = data[:directory] + entries + data[end : end + 12]
    made += struct.pack("<IIH", len(entries), directory, 0)
    assert len(zipfile.ZipFile(io.BytesIO(made)).namelist()) == 100_000
    assert "個より多い" in _refusal(made)


def test_a_table_of_contents_is_not_read_where_it_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_DIRECTORY", 1000)
    monkeypatch.setattr("kb.intake.archive.zipfile.ZipFile", None)
    made = b"PK\x03\x04" + b"PK\x05\x06" + bytes(8) + struct.pack("<IIH", 2000, 0, 0)
    assert "個より多い" in _refusal(made)


def test_members_count_together_over_zips_in_zips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 10)
    inner = _zip({f"{number}.md": b"# a" for number in range(6)})
    assert "個より多い" in _refusal(_zip({"a.zip": inner, "b.zip": inner}))


def _nested(depth: int) -> bytes:
    data = _zip({"page.md": b"# a"})
    for _ in range(depth - 1):
        data = _zip({"inner.zip": data})
    return data


def test_zips_are_opened_three_deep() -> None:
    assert list(_open(_nested(3)).files) == ["page.md"]
    with pytest.raises(RefusedError, match="重より深く"):
        _open(_nested(4))


def test_an_encrypted_zip_is_refused() -> None:
    data = bytearray(_zip({"page.md": b"# a"}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + at] |= 1
    assert "パスワード付き" in _refusal(bytes(data))


@pytest.mark.parametrize("cut", [5, 30, 60, -1, -25])
def test_a_zip_that_was_cut_is_refused(cut: int) -> None:
    assert "壊れています" in _refusal(_zip({"page.md": b"# a" * 50})[:cut])


def test_every_byte_may_be_wrong() -> None:
    data = _zip({"a.md": b"# a\n" * 9, "b/c.md": b"# c"})
    for index in range(4, len(data)):
        broken = bytearray(data)
        broken[index] ^= 0xFF
        with contextlib.suppress(RefusedError):  # and no other
            assert all(isinstance(one, bytes) for one in _read_all(bytes(broken)))


def test_members_that_share_their_bytes_are_refused() -> None:
    data = bytearray(_zip({"a.md": b"x" * 5000, "b.md": b"y" * 5000}, zipfile.ZIP_STORED))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<II", data, second + 20, 9000, 9000)
    assert "重なっている" in _refusal(bytes(data))


@pytest.mark.parametrize("name", ["a", "."])
def test_a_file_without_a_name_is_refused(name: str) -> None:
    data = _zip({name: b"# a"})
    assert "名前のないファイル" in _refusal(data if name == "." else _nameless(data))


def _nameless(data: bytes) -> bytes:
    """The name `a` gone from both headers, its length with it."""
    made = bytearray(data)
    for signature, at, length in ((b"PK\x01\x02", 46, 28), (b"PK\x03\x04", 30, 26)):
        start = made.index(signature)
        struct.pack_into("<H", made, start + length, 0)
        del made[start + at]
    end, directory = made.index(b"PK\x05\x06"), made.index(b"PK\x01\x02")
    struct.pack_into("<II", made, end + 12, end - directory, directory)
    return bytes(made)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="ファイルがありません"):
        open_tree([Given.from_path(tmp_path / "no.zip")])


def test_one_name_with_two_texts_keeps_both() -> None:
    parts = [Given(f"{name}.zip", data=_zip({"page.md": name.encode()})) for name in "ab"]
    tree = open_tree(parts)
    assert {path: tree.read(path) for path in tree.files} == {"page.md": b"a", "page (2).md": b"b"}
    assert [finding.code for finding in tree.findings] == ["export-twice"]


def test_the_folder_beside_a_page_belongs_to_it(tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "a.png").write_bytes(b"png")
    (tmp_path / "other.png").write_bytes(b"png")
    (tmp_path / "page.md").write_bytes(b"# a")
    tree = open_tree([Given.from_path(tmp_path / "page.md")])
    assert [Path(path).name for path in tree.files] == ["page.md", "a.png"]


def test_progress_is_told_while_a_zip_is_opened() -> None:
    told: list[str] = []
    open_tree([Given(NAME, data=_zip({f"{number}.md": b"# a" for number in range(3)}))], told.append)
    assert told == [f"zip を開いています({number} 個)" for number in range(3)]
