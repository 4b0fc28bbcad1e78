"""What must not be published: keys, and how to reach people and machines of a company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.check.base import Base
from kb.check.note import Note
from kb.check.prose import CODE, COMMENT
from kb.check.rule import Rule
from kb.check.rules.secrets import SecretRule
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.text.fold import fold

_DOMAIN = re.compile(r"@((?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}([a-z]{2,24}))(?![a-z0-9@-]|\.[a-z0-9])")
_NO_ADDRESS = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|org|net|jp|co\.jp))?|test|invalid|localhost|users\.noreply\.github\.com)$"
)
_SUFFIXES = re.compile(
    "avif|css|csv|gif|html|jpeg|jpg|js|json|md|mp4|pdf|png|py|svg|toml|ts|txt|webp|yaml|yml|zip"
)
"""Endings of files, `icon@2x.png`."""
_ROBOTS = frozenset(("git", "noreply", "no-reply", "hg"))


class EmailAddress(Rule):
    """An e-mail address. A warning: authors' addresses of papers are public, members' need not be."""

    code = Code.EMAIL_ADDRESS

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look around every `@`, in code too."""
        for number, line in enumerate(note.lines, 1):
            if "@" not in line and "＠" not in line:
                continue
            for start, end in _addresses(fold(line)):
                message = "メールアドレスが書かれています"
                hint = "載せてよいものか確かめ、そうでなければ消すか `name@example.com` にしてください"
                yield self.finding(note.at(number, start, end), message, hint)


def _addresses(line: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each address; its part before the `@` is bounded, so that this is linear."""
    for domain in _DOMAIN.finditer(line):
        at = domain.start()
        low = max(0, at - 65)
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


class TelephoneNumber(Rule):
    """A Japanese telephone number. A warning: digits can look like one by chance."""

    code = Code.TELEPHONE_NUMBER

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look at lines with digits, whatever their width."""
        for number, line in enumerate(note.lines, 1):
            folded = fold(line)
            if "0" not in folded and "+81" not in folded:
                continue
            for found in _TELEPHONE.finditer(folded):
                if _is_number(found[0]):
                    message = "電話番号のようなものが書かれています"
                    yield self.finding(note.at(number, *found.span()), message, "消してください")


def _is_number(text: str) -> bool:
    """Ten digits, or eleven for mobiles, and not only zeros: a date has eight."""
    national = text.removeprefix("+81")
    digits = "".join(filter(str.isdigit, national))
    if text.startswith("+"):
        digits = "0" + digits.lstrip("0")
    mobile = digits[:3] in ("050", "060", "070", "080", "090")
    return len(digits) == (11 if mobile else 10) and digits[1] != "0" and set(digits[3:]) != {"0"}


_PRIVATE_IP = re.compile(
    r"(?<![\w.-])(?:10\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])|192\.168)\.\d{1,3}\.\d{1,3}(?!/\d{1,2}(?![\w/-])|\w|\.\d|-\d)"
)
_INTERNAL = re.compile(
    r"(?<![\w.-])((?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}(?:internal|local|corp|intra|lan))(?![\w(-]|\.[a-z0-9])"
)
_PUBLIC = re.compile(
    r"(?:.*\.)?(?:cluster\.local|svc\.local|docker\.internal|google\.internal|example\.\w+)$"
)


class InternalHost(Rule):
    """The name or address of a machine inside a company. A warning: alone it opens nothing."""

    code = Code.INTERNAL_HOST

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look at every line; a bare name in code is more likely an attribute, `threading.local`."""
        for number, line in enumerate(note.lines, 1):
            if "." not in line:
                continue
            low = fold(line)
            spans = [found.span() for found in _PRIVATE_IP.finditer(low) if _is_ip(found[0])]
            spans += [found.span(1) for found in _INTERNAL.finditer(low) if _is_host(note, number, found)]
            for start, end in sorted(spans):
                message = f"社内のホスト `{line[start:end]}` が書かれています"
                hint = "消すか、`<サーバー>` のように書き換えてください"
                yield self.finding(note.at(number, start, end), message, hint)


def _is_ip(text: str) -> bool:
    return all(int(part) < 256 for part in text.split("."))


def _is_host(note: Note, number: int, found: re.Match[str]) -> bool:
    """In prose any such name; in code one with a scheme, a user or a port around it."""
    if _PUBLIC.match(found[1]):
        return False
    before, after = found.string[: found.start()], found.string[found.end() : found.end() + 2]
    if before.endswith(("://", "@")) or re.match(r":\d|/\w", after):
        return True
    return note.prose[number - 1][found.start()] not in (CODE, COMMENT)


PRIVATE_RULES: tuple[Rule, ...] = (SecretRule(), EmailAddress(), TelephoneNumber(), InternalHost())
