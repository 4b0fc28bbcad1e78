"""Names of files in exports: decoded, normalised, and refused where they lead out of the export.

The format of zip files, of their flags and of the encoding of names is PKWARE's APPNOTE.TXT 6.3.10
(https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT), sections 4.4.4 (bit 11: UTF-8) and
appendix D (otherwise code page 437). Zips made on Japanese Windows hold cp932 without saying so.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
import zipfile
from collections.abc import Collection

from kb.intake.given import RefusedError

_UTF8 = 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
_PAGE_ID = re.compile(r"[ _-]?([0-9a-f]{32})(?=(?:_all)?$)")
_WRAPPER = re.compile(r"(?:Private|Export)-[0-9a-f-]{8,}(?:-?Part-?\d+)?", re.IGNORECASE)
# `.git`, `.obsidian`; a page may be called `.NET 入門`.
_SYSTEM = re.compile(
    r"(?:.*/)?(?:(?:__MACOSX|__pycache__|node_modules|\.[a-z][a-z_-]*)(?:/.*)?"
    r"|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)"
)


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a zip's member as its writer meant it: UTF-8 or cp932 where no flag tells."""
    # `filename` is what zipfile made of it, for the system on which it runs.
    name = member.orig_filename.split("\0", 1)[0]
    if member.flag_bits & _UTF8:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    # UTF-8 first: it hardly ever fits what was written as cp932, while cp932 fits nearly all bytes.
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def safe_path(name: str, where: str) -> str:
    """A member's name as a relative path in NFC.

    Raises:
        RefusedError: The name is absolute, has a drive, or climbs out of its folder.
    """
    path = name.replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/"):
        raise RefusedError(f"{where}: フォルダの外を指す名前 `{shown(name)}` があるので、読みません")
    return normal_path(path)


def normal_path(path: str) -> str:
    """NFC, without empty parts and dots."""
    normal = posixpath.normpath(unicodedata.normalize("NFC", path))
    return "" if normal == "." else normal


def without_wrappers(path: str) -> str:
    """A path without the folders `Export-<uuid>` that Notion puts around each part of an export."""
    parts = path.split("/")
    while len(parts) > 1 and _WRAPPER.fullmatch(parts[0]):
        parts = parts[1:]
    return "/".join(parts)


def nested_zips(paths: Collection[str]) -> frozenset[str]:
    """The zips among some files that are parts of an export; others are attachments in a page's folder."""
    known = [(posixpath.splitext(path)[0], suffix(path)) for path in paths]
    pages = {without_id(stem) for stem, kind in known if kind in (".md", ".html", ".csv")}
    return frozenset(
        path
        for path in paths
        if suffix(path) == ".zip"
        and not is_system_file(path)
        and without_id(posixpath.dirname(path)) not in pages
    )


def is_system_file(path: str) -> bool:
    """Whether a system or a tool put the file there, beside the pages."""
    return bool(_SYSTEM.fullmatch(path))


def page_id(path: str) -> str:
    """The 32 hexadecimal digits at the end of an exported file's name, or empty."""
    found = _PAGE_ID.search(stem(path))
    return found[1] if found else ""


def bare_stem(path: str) -> str:
    """A file's name without its folder, its suffix and its id."""
    return without_id(stem(path))


def without_id(name: str) -> str:
    """A page's or a folder's name without the id that Notion puts behind it."""
    return _PAGE_ID.sub("", name)


def one_blank(name: str) -> str:
    """A name in which runs of blanks are one: a title with two blanks is the same title in names of files."""
    return " ".join(name.split())


def stem(path: str) -> str:
    """A file's name without its folder and its suffix."""
    return posixpath.splitext(posixpath.basename(path))[0]


def suffix(path: str) -> str:
    """A file's suffix in lower case, with its dot."""
    return posixpath.splitext(path)[1].lower()


def shown(name: str) -> str:
    """A name for a message: on one line, cut where it is long."""
    plain = "".join(char if char.isprintable() else "?" for char in name)
    return plain if len(plain) <= 60 else plain[:57] + "…"
