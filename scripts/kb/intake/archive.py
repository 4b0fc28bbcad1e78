"""Files, folders and zips as one tree of files: a normalised path and its bytes.

Nothing is unpacked to a disk. What a zip declares is checked before anything of it is read, and what
is read is counted, so that neither a bomb nor a lie in a header costs more than the bounds below.
"""

from __future__ import annotations

import io
import posixpath
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kb.intake.given import Given, RefusedError
from kb.intake.names import (
    is_system_file,
    member_name,
    nested_zips,
    normal_path,
    safe_path,
    shown,
    without_wrappers,
)
from kb.model.codes import Code
from kb.model.finding import Finding, Severity, Span

MAX_MEMBERS = 50_000
MAX_TOTAL = 600_000_000
"""Bytes of all files together, unpacked."""
MAX_RATIO = 200
"""Unpacked by packed size, for members that are large; a page of text has less than 20."""
RATIO_FROM = 2_000_000
"""Bytes from which a member's ratio is looked at."""
MAX_DEPTH = 3
"""Zips inside each other."""
MAX_DIRECTORY = 32_000_000
"""Bytes of a zip's table of contents, which is read as a whole before its members are counted."""

# What `zipfile` raises over bytes that somebody has changed; a test changes each byte of an archive.
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)
_TAIL = 66_000
"""Where a zip's end record is looked for: 22 bytes and a comment of up to 65,535."""

Read = Callable[[], bytes]
Progress = Callable[[str], None]


def _too_many(where: str) -> RefusedError:
    return RefusedError(f"{where}: ファイルが {MAX_MEMBERS:,} 個より多いので、読みません")


def _too_large(where: str, how: str = "") -> RefusedError:
    return RefusedError(f"{where}: {how}{MAX_TOTAL // 10**6:,} MB を超えるので、読みません")


@dataclass(frozen=True, slots=True)
class Tree:
    """All files that were given, by normalised path, and what there is to say about them."""

    files: Mapping[str, Read]
    findings: tuple[Finding, ...] = ()
    single: str = ""
    """The path of the one file that was given as a file of its own, or empty."""
    folders: Mapping[str, Path] = field(default_factory=dict)
    """Where files lie that were given as files of their own, by the folder of their paths."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What one types for a file of a folder that was given, where that is not its path."""
    _beside: dict[str, Read] = field(default_factory=dict)

    def beside(self, path: str, folder: str) -> bool:
        """Whether a file lies where the pages of a folder do that were given alone; then it can be read."""
        below = posixpath.relpath(path, folder or ".")
        if path not in self._beside and folder in self.folders and not below.startswith("../"):
            found = _file_below(self.folders[folder], below)
            if found:
                self._beside[path] = partial(_bytes_of, found, path)
        return path in self._beside

    def read(self, path: str) -> bytes:
        """The bytes of a file.

        Raises:
            RefusedError: The archive is broken there, or larger than it said.
        """
        return (self.files.get(path) or self._beside[path])()


def _file_below(folder: Path, path: str) -> Path | None:
    """A file at or below a folder, in whichever form its name is; none to which a link leads."""
    for form in ("NFC", "NFD"):  # what is read has NFC, and disks have what was written
        found = folder / unicodedata.normalize(form, path)
        try:
            if found.is_file() and found.resolve() == folder.resolve() / found.relative_to(folder):
                return found
        except (OSError, ValueError):  # a name that no file can have
            continue
    return None


@dataclass(slots=True)
class _Gathering:
    """A tree while its files are gathered, and what all archives have cost together."""

    tick: Progress
    folders: dict[str, Path] = field(default_factory=dict)
    members: int = 0
    total: int = 0
    taken: int = 0
    files: dict[str, Read] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    system: int = 0
    numbers: dict[str, int] = field(default_factory=dict)
    """By the path of files that share it, the number that the next one may have."""

    def count(self, size: int, where: str) -> None:
        self.members += 1
        self.total += size
        if self.members > MAX_MEMBERS:
            raise _too_many(where)
        if self.total > MAX_TOTAL:
            raise _too_large(where, "展開すると ")

    def take(self, data: bytes, where: str) -> bytes:
        self.taken += len(data)
        if self.taken > 2 * MAX_TOTAL:  # a member may be read twice: to compare it, and to keep it
            raise _too_large(where, "展開すると ")
        return data

    def add(self, path: str, size: int, read: Read, where: str, typed: str = "") -> None:
        self.count(size, where)
        if is_system_file(path):
            self.system += 1
            return
        path = without_wrappers(path)
        if path not in self.files:
            self.files[path] = read
            if typed:
                self.typed[path] = typed
        elif self.files[path]() != read():
            self._another(path, read)
        else:
            message = f"同じファイル `{shown(path)}` が2つあるので、1つだけ読みました"
            self.say(Code.EXPORT_TWICE, "left-out", path, message)

    def _another(self, path: str, read: Read) -> None:
        """Two files of one name: both stay, for nobody can tell which is the right one."""
        head, dot, tail = path.rpartition(".")
        number = self.numbers.get(path, 2)
        while (other := f"{head} ({number}){dot}{tail}" if dot else f"{path} ({number})") in self.files:
            number += 1
        self.numbers[path] = number + 1
        self.files[other] = read
        message = f"同じ名前で中身の違うファイルがあります。あとのものは `{shown(other)}` と呼びます"
        self.say(Code.EXPORT_TWICE, "warning", path, message)

    def say(self, code: Code, severity: Severity, path: str, message: str) -> None:
        self.findings.append(Finding(code, severity, Span(path, 0, 0), message))


def open_tree(given: Sequence[Given], tick: Progress = lambda _: None) -> Tree:
    """All files of what was given: a file, a folder, a zip, a zip of zips, or several of these.

    Raises:
        RefusedError: Something is broken, encrypted, too large, or leads out of its folder.
    """
    found = _Gathering(tick)
    singles = [path for one in given for path in [_add_given(one, found)] if path]
    if found.system:
        message = f"OS や道具が作ったもの(`.DS_Store`、`__MACOSX`、`.git` など){found.system} 個を除きました"
        found.say(Code.EXPORT_SYSTEM_FILE, "left-out", given[0].name, message)
    single = singles[0] if len(singles) == len(given) == 1 else ""
    return Tree(found.files, tuple(found.findings), single, found.folders, found.typed)


def _add_given(given: Given, found: _Gathering) -> str:
    """Add one thing; answer its path where it is a file and no archive."""
    if given.data is not None:
        return _add_bytes(given.name, given.data, found)
    assert given.path is not None
    if given.path.is_dir():
        _add_folder(given.path, given.name, found)
        return ""
    if not given.path.exists():
        raise RefusedError(f"{given.name}: ファイルがありません")
    path = _add_bytes(given.name, _bytes_of(given.path, given.name), found)
    if path:
        found.folders[posixpath.dirname(path)] = given.path.parent
    folder = given.path.with_suffix("")  # in which Notion puts a page's images and sub-pages
    if path and given.path.suffix.lower() in (".md", ".html") and folder.is_dir():
        _add_folder(folder, given.name, found, normal_path(folder.as_posix()) + "/")
    return path


def _bytes_of(path: Path, name: str) -> bytes:
    if path.stat().st_size > MAX_TOTAL:
        raise _too_large(name)
    return path.read_bytes()


def _add_bytes(name: str, data: bytes, found: _Gathering) -> str:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):  # whatever it is called
        _add_zip(name, data, found, 1)
        return ""
    path = normal_path(name.replace("\\", "/"))
    found.files[path] = lambda: data
    found.count(len(data), name)
    return path


def _add_folder(folder: Path, name: str, found: _Gathering, prefix: str = "") -> None:
    if folder.is_symlink():
        raise RefusedError(f"{name}: シンボリックリンクなので、読みません")
    files = [
        (prefix + normal_path(path.relative_to(folder).as_posix()), path)
        for path in _files_below(folder, found, name)
    ]
    # Below a page every zip is an attachment.
    zips = frozenset[str]() if prefix else nested_zips([relative for relative, _ in files])
    for relative, path in files:
        size = path.stat().st_size
        found.tick(f"フォルダを読んでいます({len(found.files):,} 個)")
        if relative in zips:
            _add_zip(relative, _read_file(path, found, name), found, 1)
        else:
            typed = "" if prefix else posixpath.normpath(posixpath.join(name, relative))
            found.add(relative, size, partial(_read_file, path, found, name), name, typed)


def _read_file(path: Path, found: _Gathering, name: str) -> bytes:
    return found.take(_bytes_of(path, name), name)


def _files_below(folder: Path, found: _Gathering, name: str) -> Iterator[Path]:
    """All files in a folder and its folders, in order; links are refused, for they lead out of it."""
    for path in sorted(folder.iterdir()):
        if is_system_file(path.name):
            found.system += 1
        elif path.is_symlink():  # its target may lie anywhere on the machine
            raise RefusedError(f"{name}: シンボリックリンク `{shown(path.name)}` があるので、読みません")
        elif path.is_dir():
            yield from _files_below(path, found, name)
        elif path.is_file():
            yield path


def _add_zip(name: str, data: bytes, found: _Gathering, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise RefusedError(f"{shown(name)}: zip が {MAX_DEPTH} 重より深く入っているので、読みません")
    if _directory_size(data) > MAX_DIRECTORY:
        raise _too_many(shown(name))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise RefusedError(f"{shown(name)}: zip が壊れています。もう一度書き出してください") from None
    members = archive.infolist()
    _check_sizes(shown(name), members, len(data), found.total)
    files = [(_checked_path(one, shown(name)), one) for one in members if not one.filename.endswith("/")]
    zips = nested_zips([path for path, _ in files])
    for path, member in files:
        read = partial(_read_member, archive, member, shown(name), found)
        found.tick(f"zip を開いています({len(found.files):,} 個)")
        if path in zips:
            found.count(member.file_size, shown(name))
            _add_zip(f"{shown(name)}/{path}", read(), found, depth + 1)
        else:
            found.add(path, member.file_size, read, shown(name))


def _directory_size(data: bytes) -> int:
    """The size of a zip's table of contents as its end record tells it; 0 where none is found."""
    tail = data[-_TAIL:]
    at = tail.rfind(b"PK\x05\x06")
    size = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    # A zip64 has the size in an end record of its own.
    if size == 0xFFFFFFFF and (at := tail.rfind(b"PK\x06\x06")) >= 0:
        return int.from_bytes(tail[at + 40 : at + 48], "little")
    return size


def _check_sizes(where: str, members: Sequence[zipfile.ZipInfo], size: int, total: int) -> None:
    """Look at what a zip declares, before any of it is read."""
    if len(members) > MAX_MEMBERS:
        raise _too_many(where)
    if total + sum(member.file_size for member in members) > MAX_TOTAL:
        raise _too_large(where, "展開すると ")
    # Fifield's bomb (https://www.bamsoftware.com/hacks/zipbomb/): all members are the same few bytes.
    if sum(member.compress_size for member in members) > size:
        raise RefusedError(f"{where}: 中のファイルどうしが重なっている zip なので、読みません")
    for member in members:
        if member.file_size > max(RATIO_FROM, MAX_RATIO * member.compress_size):
            raise RefusedError(f"{where}: 圧縮率が高すぎる `{shown(member.filename)}` があるので、読みません")


def _checked_path(member: zipfile.ZipInfo, where: str) -> str:
    name = member_name(member)
    if stat.S_ISLNK(member.external_attr >> 16):  # zips made on Unix have the file's mode in the upper half
        raise RefusedError(f"{where}: シンボリックリンク `{shown(name)}` があるので、読みません")
    if member.flag_bits & 0x1:
        raise RefusedError(f"{where}: パスワード付きの zip は読めません")
    path = safe_path(name, where)
    if not path:
        raise RefusedError(f"{where}: 名前のないファイルがあるので、読みません")
    return path


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str, found: _Gathering) -> bytes:
    broken = RefusedError(f"{where}: `{shown(member.filename)}` が壊れています。もう一度書き出してください")
    try:
        with archive.open(member) as stream:
            data = stream.read(member.file_size + 1)  # no more than was declared, and bounded with it
    except _BROKEN:
        raise broken from None
    if len(data) != member.file_size:
        raise broken
    return found.take(data, where)
