"""What must not be published: keys, and how to reach people and machines of a company."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.check.base import Base
from kb.check.note import Note
from kb.check.prose import CODE, COMMENT
from kb.check.rule import Said, rule
from kb.model.codes import Code
from kb.text.fold import fold

SHOWN = 4
"""Characters of a secret that a message shows: enough to know which one it is."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of key."""

    name: str
    hints: tuple[str, ...]
    """One of these stands in every key of the kind; a line without them is not looked at."""
    pattern: re.Pattern[str]
    mixed: bool = False
    """Whether only a value with both letters and digits counts: words joined by hyphens are no key."""


def _shape(name: str, hints: str, pattern: str, *, mixed: bool = False) -> Shape:
    return Shape(name, tuple(hints.split()), re.compile(rf"(?<![\w-]){pattern}", re.ASCII), mixed)


SHAPES: tuple[Shape, ...] = (
    _shape("AWSのアクセスキー", "AKIA ASIA", r"A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    _shape("GitHubのトークン", "ghp_ gho_ ghu_ ghs_ ghr_", r"gh[pousr]_[A-Za-z0-9]{30,255}"),
    _shape("GitHubのトークン", "github_pat_", r"github_pat_[A-Za-z0-9_]{22,255}"),
    _shape("GitLabのトークン", "glpat-", r"glpat-[\w-]{20,255}"),
    _shape("Slackのトークン", "xox", r"xox[abeoprs]-[A-Za-z0-9-]{10,255}"),
    _shape("SlackのWebhook", "hooks.slack.com", r"hooks\.slack\.com/services/T\w{5,20}/B\w{5,20}/\w{10,40}"),
    _shape("Anthropicのキー", "sk-ant-", r"sk-ant-[\w-]{20,255}"),
    _shape("OpenAIのキー", "sk-", r"sk-(?!ant-)[\w-]{20,255}", mixed=True),
    _shape("Googleのキー", "AIza", r"AIza[\w-]{35}"),
    _shape("Googleのシークレット", "GOCSPX-", r"GOCSPX-[\w-]{20,40}"),
    _shape("Hugging Faceのトークン", "hf_", r"hf_[A-Za-z0-9]{30,255}"),
    _shape("Notionのトークン", "secret_ ntn_", r"(?:secret|ntn)_[A-Za-z0-9]{40,255}"),
    _shape("Stripeのキー", "_live_ _test_", r"[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}"),
    _shape("npmのトークン", "npm_", r"npm_[A-Za-z0-9]{36}"),
    _shape("PyPIのトークン", "pypi-", r"pypi-AgE[\w-]{50,255}"),
    _shape("JWT", "eyJ", r"eyJ[\w-]{8,4096}\.eyJ[\w-]{8,4096}\.[\w-]{0,4096}"),
    _shape("秘密鍵", "PRIVATE", r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----"),
)
"""Each kind with a prefix of its own. Anthropic's comes before OpenAI's, whose prefix it shares."""

_ASSIGNED = re.compile(
    r"(?P<key>password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key"
    r"|credential|パスワード)(?:[\"'`]?)[ \t]{0,4}(?:[=＝:：]|は)[ \t]{0,4}[\"'`「]?"
    r"(?P<value>[!#-&*+\--:<-_a-z{|}~]{8,200})",
    re.IGNORECASE,
)
_KEY = re.compile("pass|pwd|secret|token|key|credential|パスワード", re.IGNORECASE)
_SIGN = re.compile("[=＝:：は]")
_VALUE_END = re.compile(r"[\]}>]")
# Manuals have `token=<your token>`, `os.environ[…]`, `/path/to/key` and `secrets.NAME`.
_PLACEHOLDER = re.compile(
    r"[<${(\[*.]|x{3}|\*{3}|\.{3}|your|example|sample|dummy|changeme|placeholder|environ|getenv|https?:|secrets\."
    r"|^[/~]|/[a-z_]{3,20}/|::",
    re.IGNORECASE,
)


class Secret(NamedTuple):
    """A key in a line."""

    start: int
    end: int
    name: str


def secrets_in(line: str, shapes: Sequence[Shape] = SHAPES) -> tuple[Secret, ...]:
    """The keys in a line, in order; none lies in another."""
    found: list[Secret] = []
    for secret in (*_shaped(line, shapes), *_assigned(line)):
        if all(secret.end <= one.start or secret.start >= one.end for one in found):
            found.append(secret)
    return tuple(sorted(found))


def masked(line: str) -> str:
    """A line of which no key can be read, to be shown in a report that others see."""
    for secret in secrets_in(line):
        # Columns stay, so that the caret below the line still points at the secret.
        hidden = "*" * (secret.end - secret.start - SHOWN)
        line = line[: secret.start + SHOWN] + hidden + line[secret.end :]
    return line


def _hinted(text: str, shapes: Sequence[Shape]) -> list[Shape]:
    """Those shapes that a text can have at all."""
    return [shape for shape in shapes if any(hint in text for hint in shape.hints)]


def _shaped(line: str, shapes: Sequence[Shape]) -> Iterator[Secret]:
    for shape in _hinted(line, shapes):
        for at in shape.pattern.finditer(line):
            if not shape.mixed or _is_mixed(at[0]):
                yield Secret(*at.span(), shape.name)


def _assigned(line: str) -> Iterator[Secret]:
    if not (_KEY.search(line) and _SIGN.search(line)):
        return
    for at in _ASSIGNED.finditer(line):
        value = _VALUE_END.split(at["value"], maxsplit=1)[0]
        if _is_random(value):
            start = at.start("value")
            yield Secret(start, start + len(value), f"`{at['key']}` の値")


def _is_mixed(value: str) -> bool:
    return any(map(str.isdigit, value)) and any(map(str.isupper, value)) and any(map(str.islower, value))


def _is_random(value: str) -> bool:
    """Whether a value looks drawn by lot: digits and letters, hardly one of them twice, no word for one."""
    if len(value) < 8 or _PLACEHOLDER.search(value):
        return False
    letters, digits = sum(map(str.isalpha, value)), sum(map(str.isdigit, value))
    cases = any(map(str.isupper, value)) and any(map(str.islower, value))
    signs = len(value) - letters - digits > 0 and not value.replace("_", "").replace("-", "").isalnum()
    if letters < 2 or digits < 2 or not (cases or signs or len(value) >= 20):
        return False
    return _entropy(value) >= 2.75


def _entropy(value: str) -> float:
    """Bits a character."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())


@rule(Code.SECRET)
def secret(note: Note, _: Base) -> Iterator[Said]:
    """A key or a token: an error, for once it is published it has to be revoked."""
    shapes = _hinted(note.text, SHAPES)
    for number, line in enumerate(note.lines, 1):
        for start, end, name in secrets_in(line, shapes):
            message = f"{name}のようです: `{line[start : start + SHOWN]}…`"
            hint = "すぐに無効にして、ノートでは `<トークン>` のように書き換えてください"
            yield note.at(number, start, end), message, hint


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
