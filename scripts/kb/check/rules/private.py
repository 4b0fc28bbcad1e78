"""What must not be published: how to reach people and machines of a company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.check.base import Base
from kb.check.note import Note
from kb.check.prose import CODE, COMMENT
from kb.check.rule import Said, rule
from kb.model.codes import Code
from kb.text.fold import fold

_DOMAIN = re.compile(r"@((?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}([a-z]{2,24}))(?![a-z0-9@-]|\.[a-z0-9])")
_NO_ADDRESS = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|org|net|jp|co\.jp))?|test|invalid|localhost|users\.noreply\.github\.com)$"
)
_SUFFIXES = re.compile(
    "avif|css|csv|gif|html|jpeg|jpg|js|json|md|mp4|pdf|png|py|svg|toml|ts|txt|webp|yaml|yml|zip"
)
"""Endings of files, `icon@2x.png`."""
# `git@github.com:a/b` is how a repository is cloned.
_ROBOTS = frozenset(("git", "noreply", "no-reply", "hg"))


@rule(Code.EMAIL_ADDRESS)
def email_address(note: Note, _: Base) -> Iterator[Said]:
    """An e-mail address. A warning: authors' addresses of papers are public, members' need not be."""
    for number, line in enumerate(note.lines, 1):
        for start, end in _addresses(fold(line)) if "@" in line or "＠" in line else ():
            hint = "載せてよいものか確かめ、そうでなければ消すか `name@example.com` にしてください"
            yield note.at(number, start, end), "メールアドレスが書かれています", hint


def _addresses(line: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each address; its part before the `@` is bounded, so that this is linear."""
    for domain in _DOMAIN.finditer(line):
        at = domain.start()
        low = max(0, at - 65)  # 64 characters are the longest name: RFC 5321
        local = _local(line[low:at])
        # `https://user@host` and `@user@host` are no addresses to write to.
        before = line[max(0, at - len(local) - 3) : at - len(local)]
        if not local or local in _ROBOTS or before.endswith(("@", "://")):
            continue
        if not _SUFFIXES.fullmatch(domain[2]) and not _NO_ADDRESS.match(domain[1]):
            yield at - len(local), domain.end()


_SIGNS = "._%+-"


def _local(before: str) -> str:
    start = len(before)
    while start and (
        before[start - 1] in _SIGNS or (before[start - 1].isascii() and before[start - 1].isalnum())
    ):
        start -= 1
    return before[start:].lstrip(_SIGNS)


_DASH = "[-‐‑–—−ー]"
# What stands around a number makes it part of an address, of a DOI or of an ISBN.
_TELEPHONE = re.compile(
    rf"(?<![A-Za-z0-9_.+/#=-])(?:"
    rf"0\d{{1,4}}{_DASH}\d{{1,4}}{_DASH}\d{{3,4}}"
    rf"|0\d{{1,4}}\(\d{{1,4}}\)\d{{3,4}}"
    rf"|\(0\d{{1,4}}\)[ ]?\d{{1,4}}{_DASH}\d{{3,4}}"
    rf"|0[5-9]0[ ]\d{{4}}[ ]\d{{4}}"
    rf"|0[5-9]0\d{{8}}"
    rf"|\+81(?:\(0\))?[ -]?\d{{1,4}}[ -]?\d{{2,4}}[ -]?\d{{3,4}}"
    rf")(?![A-Za-z0-9_/=]|[.-]\d|{_DASH}\d)"
)


@rule(Code.TELEPHONE_NUMBER)
def telephone_number(note: Note, _: Base) -> Iterator[Said]:
    """A Japanese telephone number. A warning: digits can look like one by chance."""
    for number, line in enumerate(note.lines, 1):
        folded = fold(line)  # in Japanese text digits may be full-width
        for found in _TELEPHONE.finditer(folded) if "0" in folded or "+81" in folded else ():
            if _is_number(found[0]):
                yield note.at(number, *found.span()), "電話番号のようなものが書かれています", "消してください"


def _is_number(text: str) -> bool:
    """Ten digits, or eleven for mobiles, and not only zeros: a date has eight."""
    national = text.removeprefix("+81")
    digits = "".join(filter(str.isdigit, national))
    if text.startswith("+"):
        digits = "0" + digits.lstrip("0")
    mobile = digits[:3] in ("050", "060", "070", "080", "090")
    return len(digits) == (11 if mobile else 10) and digits[1] != "0" and set(digits[3:]) != {"0"}


# `10.0.0.0/8` is a network that texts speak of, and no machine.
_PRIVATE_IP = re.compile(
    r"(?<![\w.-])(?:10\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])|192\.168)\.\d{1,3}\.\d{1,3}(?!/\d{1,2}(?![\w/-])|\w|\.\d|-\d)"
)
_INTERNAL = re.compile(
    r"(?<![\w.-])((?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}(?:internal|local|corp|intra|lan))(?![\w(-]|\.[a-z0-9])"
)
# Names that the makers of Kubernetes, Docker and Google Cloud gave: they are in all manuals.
_PUBLIC = re.compile(
    r"(?:.*\.)?(?:cluster\.local|svc\.local|docker\.internal|google\.internal|example\.\w+)$"
)


@rule(Code.INTERNAL_HOST)
def internal_host(note: Note, _: Base) -> Iterator[Said]:
    """The name or address of a machine inside a company. A warning: alone it opens nothing."""
    for number, line in enumerate(note.lines, 1):
        low = fold(line) if "." in line else ""
        spans = [found.span() for found in _PRIVATE_IP.finditer(low) if _is_ip(found[0])]
        spans += [found.span(1) for found in _INTERNAL.finditer(low) if _is_host(note, number, found)]
        for start, end in spans:
            message = f"社内のホスト `{line[start:end]}` が書かれています"
            yield note.at(number, start, end), message, "消すか、`<サーバー>` のように書き換えてください"


def _is_ip(text: str) -> bool:
    return all(int(part) < 256 for part in text.split("."))


def _is_host(note: Note, number: int, found: re.Match[str]) -> bool:
    """In prose any such name; in code one with a scheme, a user or a port around it."""
    # A bare name in code is more likely an attribute: `threading.local`.
    if _PUBLIC.match(found[1]):
        return False
    before, after = found.string[: found.start()], found.string[found.end() : found.end() + 2]
    if before.endswith(("://", "@")) or re.match(r":\d|/\w", after):
        return True
    return note.prose[number - 1][found.start()] not in (CODE, COMMENT)
