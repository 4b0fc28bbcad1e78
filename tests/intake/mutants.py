"""Real inputs, damaged as people and programs damage them: always the same ones for one seed."""

from __future__ import annotations

import random
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from tests.golden.test_export import packed

HOME = Path(__file__).resolve().parents[2]
GOLDEN = HOME / "tests" / "golden"
ID = "1a2b3c4d5e6f47a8b9c0d1e2f3a4b5c6"
TITLE = "2025-12-02 機械学習勉強会"
_SIZE = 1400
"""Characters of a section: small ones leave time for many."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a real input that can be imported on its own."""

    name: str
    data: bytes


def _sections(text: str, border: re.Pattern[str]) -> Iterator[str]:
    """A text cut at its borders, each section long enough to hold something."""
    section = ""
    for part in border.split(text):
        section += part
        if len(section) >= _SIZE:
            yield section[: 2 * _SIZE]
            section = ""
    yield section


def _copied() -> Iterator[Piece]:
    text = (GOLDEN / "copied/2025-11-25/input.txt").read_text(encoding="utf-8")
    for section in _sections(text, re.compile(r"^(?=\[)", re.MULTILINE)):
        yield Piece("page.txt", f"{TITLE}\n今週のTOPIC\n{section}".encode())


def _noted() -> Iterator[Piece]:
    text = (HOME / "docs/notes/2025-11-25.md").read_text(encoding="utf-8")
    for section in _sections(text.partition("\n# ")[2], re.compile(r"^(?=## )", re.MULTILINE)):
        yield Piece("note.md", f"---\ndate: 2025-12-02\n---\n\n# {section}".encode())


def _exported() -> Iterator[Piece]:
    for path in sorted((GOLDEN / "export").rglob("*.md")):
        if "input" in path.as_posix() and path.stat().st_size < 4 * _SIZE:
            yield Piece(f"会 {ID}.md", path.read_bytes())


def _html() -> Iterator[Piece]:
    head = f"<html><head><title>{TITLE}</title></head>"
    for path in sorted((GOLDEN / "html").glob("*/input.html")):
        text = path.read_text(encoding="utf-8")
        titled = text if "<title>" in text else text.replace("<html>", head, 1)
        yield Piece(f"会 {ID}.html", titled.encode())


def pieces() -> dict[str, tuple[Piece, ...]]:
    """Sections of the real inputs, by dialect."""
    made = {"copied": _copied(), "note": _noted(), "notion": _exported(), "html": _html()}
    return {dialect: tuple(found) for dialect, found in made.items()}


def archives() -> tuple[bytes, ...]:
    """The golden exports as zips."""
    folders = sorted(folder for folder in (GOLDEN / "export").iterdir() if folder.is_dir())
    found = [path for folder in folders for path in sorted(folder.glob("input*")) if path.is_dir()]
    return tuple(packed(path) for path in found)


Change = Callable[[bytes, random.Random], bytes]
TOKENS = (
    *(
        "<aside>",
        "</aside>",
        "<details>",
        "</summary>",
        "<!--",
        "-->",
        "```",
        "~~~",
        "$$",
        "---",
        "| a | b |",
    ),
    *(
        "|---|",
        "[x](",
        "![",
        "](a.png)",
        "**",
        "`",
        "<br>",
        "&amp;",
        "&#0;",
        "\\",
        "> ",
        "- [x] ",
        "\t",
        "1. ",
    ),
    *(
        "# ",
        "#題",
        "## [論文] ",
        "[pon] ",
        "@",
        "- 発表者: ",
        "- タグ:",
        "今週のTOPIC",
        "[blog] 題",
        "・",
        "　",
    ),
    *("\0", "\x0b", "\x0c", "\x1f", "\x85", "\u2028", "\u200b", "\ufeff", "\u0301", "𠮷", "👩\u200d💻"),
    *(
        "---\ndate: 2025-12-02\n---\n",
        "2025-12-09",
        "title: x",
        '<img src="x.png">',
        "</p>",
        "<p>",
        "<ul><li>",
    ),
    *(
        "<a href=",
        "</figure>",
        '<div class="indented">',
        "<pre><code>",
        "</table>",
        "<tr><td>",
        "'",
        '"',
        "<",
        ">",
    ),
)
"""What people, browsers and other programs put where it does not belong."""
_CODECS = ("cp932", "utf-16", "utf-16-le", "latin-1", "euc-jp", "utf-8-sig", "utf-7")
_ENDS = (
    b"\r\n",
    b"\r",
    b"\n\n",
    b"\n\r",
    "\u2028".encode(),
    "\x85".encode(),
    b"",
    b" \n",
    b"\n    ",
    b"\n> ",
)


def _lines(change: Callable[[list[bytes], random.Random], list[bytes]]) -> Change:
    return lambda data, chance: b"".join(change(data.splitlines(keepends=True), chance))


def _span(length: int, chance: random.Random, longest: int) -> tuple[int, int]:
    start = chance.randrange(length + 1)
    return start, min(length, start + 1 + chance.randrange(longest))


def _cut_lines(lines: list[bytes], chance: random.Random) -> list[bytes]:
    start, end = _span(len(lines), chance, 8)
    return lines[:start] + lines[end:]


def _double_lines(lines: list[bytes], chance: random.Random) -> list[bytes]:
    start, end = _span(len(lines), chance, 8)
    return lines[:end] + lines[start:]


def _shuffle_lines(lines: list[bytes], chance: random.Random) -> list[bytes]:
    start, end = _span(len(lines), chance, 30)
    return [*lines[:start], *chance.sample(lines[start:end], end - start), *lines[end:]]


def _move_lines(lines: list[bytes], chance: random.Random) -> list[bytes]:
    start, end = _span(len(lines), chance, 8)
    rest = lines[:start] + lines[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + lines[start:end] + rest[at:]


def _indent_lines(lines: list[bytes], chance: random.Random) -> list[bytes]:
    start, end = _span(len(lines), chance, 8)
    lead = chance.choice(
        [b"  ", b"\t", b"    ", b"> ", b"- ", b"      ", "　".encode(), b"| ", b"1. ", b"# "]
    )
    return [*lines[:start], *(lead + line for line in lines[start:end]), *lines[end:]]


def _characters(change: Callable[[str, random.Random], str]) -> Change:
    return lambda data, chance: change(data.decode("utf-8", "replace"), chance).encode()


def _cut(text: str, chance: random.Random) -> str:
    start, end = _span(len(text), chance, 60)
    return text[:start] + text[end:]


def _double(text: str, chance: random.Random) -> str:
    start, end = _span(len(text), chance, 60)
    return text[:end] + text[start:]


def _end_early(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _shuffle_blocks(data: bytes, chance: random.Random) -> bytes:
    blocks = data.split(b"\n\n")
    return b"\n\n".join(chance.sample(blocks, len(blocks)))


def _truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _insert(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return f"{text[:at]}{chance.choice(TOKENS)}{text[at:]}"


def _insert_line(lines: list[bytes], chance: random.Random) -> list[bytes]:
    at = chance.randrange(len(lines) + 1)
    return [*lines[:at], chance.choice(TOKENS).encode() + b"\n", *lines[at:]]


def _replace(text: str, chance: random.Random) -> str:
    old = chance.choice(text) if text else ""
    new = chance.choice(["", chance.choice(TOKENS), chr(chance.randrange(0xD7FF)), old * 3])
    return text.replace(old, new, chance.choice([1, 3, 20])) if old else text


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(data), chance.choice([1, 1, 3]))):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(changed)


def _recode(data: bytes, chance: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(_CODECS), "replace")


def _misread(data: bytes, chance: random.Random) -> bytes:
    """Read by a program in another encoding, and stored in UTF-8."""
    return data.decode(chance.choice(("cp932", "latin-1", "cp1252")), "replace").encode()


def _normalise(data: bytes, chance: random.Random) -> bytes:
    form = chance.choice(("NFD", "NFKC", "NFKD"))
    return unicodedata.normalize(form, data.decode("utf-8", "replace")).encode()  # type: ignore[arg-type]


def _line_ends(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", chance.choice(_ENDS), chance.choice([1, 5, -1]))


CHANGES: tuple[Change, ...] = (
    *map(_lines, (_cut_lines, _double_lines, _shuffle_lines, _move_lines, _indent_lines, _insert_line)),
    *map(_characters, (_cut, _double, _end_early, _insert, _insert, _replace)),
    *(_shuffle_blocks, _normalise, _line_ends),
)
ONCE: tuple[Change, ...] = (_recode, _misread, _flip, _truncate)
"""After which hardly anything can be read any more: they come last."""


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random, *, last: bool = True) -> bytes:
    """Some data after one to four changes; now and then with another input behind it, or no text at all."""
    for _ in range(chance.choice((1, 1, 2, 2, 3, 4))):
        data = chance.choice(CHANGES)(data, chance)
    if others and chance.random() < 0.05:
        data += chance.choice(others)
    if last and chance.random() < 0.1:
        data = chance.choice(ONCE)(data, chance)
    return data


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a zip by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these members."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def mutated_archive(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A zip with members that are changed, swapped, renamed or gone, or with wrong bytes of its own."""
    way = chance.randrange(6)
    if way == 0:
        return _flip(data, chance)
    if way == 1:
        return _truncate(data, chance)
    files = unpacked(data)
    names = sorted(files)
    one, two = chance.choice(names), chance.choice(names)
    if way == 2:
        files[one], files[two] = files[two], files[one]
    elif way == 3:
        files[_flip(one.encode(), chance).decode("utf-8", "replace")] = files.pop(one)
    elif way == 4 and len(files) > 1:
        del files[one]
    files[two] = mutated(files.get(two, b""), others, chance)
    return zipped(files)
