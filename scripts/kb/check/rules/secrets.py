"""Keys: what must not be published under any circumstances, and what only may be one."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Said, rule
from kb.model.codes import Code
from kb.model.finding import Span

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
    _shape("AWSのアクセスキー", "AKIA ASIA ABIA ACCA", r"A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    _shape("GitHubのトークン", "ghp_ gho_ ghu_ ghs_ ghr_", r"gh[pousr]_[A-Za-z0-9]{30,255}"),
    _shape("GitHubのトークン", "github_pat_", r"github_pat_[A-Za-z0-9_]{22,255}"),
    _shape("GitLabのトークン", "glpat-", r"glpat-[\w-]{20,255}"),
    _shape("Slackのトークン", "xox", r"xox[abeoprs]-[A-Za-z0-9-]{10,255}"),
    _shape("Slackのトークン", "xapp-", r"xapp-\d-[A-Z0-9]{5,20}-\d{5,20}-[a-z0-9]{20,255}"),
    _shape(
        "SlackのWebhook",
        "hooks.slack.com",
        r"hooks\.slack\.com/(?:services|workflows|triggers)/T[\w/]{20,80}",
    ),
    _shape("DiscordのWebhook", "/api/webhooks/", r"discord(?:app)?\.com/api/webhooks/\d{17,20}/[\w-]{60,80}"),
    _shape("Anthropicのキー", "sk-ant-", r"sk-ant-[\w-]{20,255}"),
    _shape("OpenAIのキー", "sk-", r"sk-(?!ant-)[\w-]{20,255}", mixed=True),
    _shape("Googleのキー", "AIza", r"AIza[\w-]{35}"),
    _shape("Googleのシークレット", "GOCSPX-", r"GOCSPX-[\w-]{20,40}"),
    _shape("Hugging Faceのトークン", "hf_", r"hf_[A-Za-z0-9]{30,255}"),
    _shape("Notionのトークン", "secret_ ntn_", r"(?:secret|ntn)_[A-Za-z0-9]{40,255}"),
    _shape("Stripeのキー", "_live_ _test_", r"[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}"),
    _shape("Groqのキー", "gsk_", r"gsk_[A-Za-z0-9]{40,60}"),
    _shape("Replicateのトークン", "r8_", r"r8_[A-Za-z0-9]{37}"),
    _shape("SendGridのキー", "SG.", r"SG\.[\w-]{20,24}\.[\w-]{39,50}"),
    _shape("DigitalOceanのトークン", "_v1_", r"do[por]_v1_[a-f0-9]{64}"),
    _shape("Linearのキー", "lin_api_", r"lin_api_[A-Za-z0-9]{40}"),
    _shape("npmのトークン", "npm_", r"npm_[A-Za-z0-9]{36}"),
    _shape("PyPIのトークン", "pypi-", r"pypi-AgE[\w-]{50,255}"),
    _shape("JWT", "eyJ", r"eyJ[\w-]{8,4096}\.eyJ[\w-]{8,4096}\.[\w-]{0,4096}"),
    _shape("秘密鍵", "PRIVATE", r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----"),
)
"""Each kind with a prefix of its own: those that gitleaks knows, as far as such a group may have them.

Anthropic's comes before OpenAI's, whose prefix it shares.
"""
# Manuals have `AKIAIOSFODNN7EXAMPLE` and `ghp_xxxxxxxxxxxx`.
_MADE_UP = re.compile(r"EXAMPLE|(\w)\1{5}")
# Of ASCII, for Japanese text may follow at once, and no bracket or bar, which end a link or a cell.
_QUERY = re.compile(
    r"https?://[^\s<>\"?#]{1,2000}[?#](?P<query>[!#-(*-;=?-\[\]-_a-{}~]{1,4000})", re.IGNORECASE
)

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
    """A key in a line, or what may be one."""

    start: int
    end: int
    name: str
    code: Code
    """What it is told as: a key, what looks like one, or what an address may carry for one reader."""


def secrets_in(line: str, shapes: Sequence[Shape] = SHAPES) -> tuple[Secret, ...]:
    """The keys in a line, in order; none lies in another."""
    found: list[Secret] = []
    for secret in (*_shaped(line, shapes), *_assigned(line)):
        if all(secret.end <= one.start or secret.start >= one.end for one in found):
            found.append(secret)
    queries = [at.span("query") for at in _QUERY.finditer(line)] if found else []
    return tuple(sorted(_in_address(one, queries) for one in found))


def _in_address(secret: Secret, queries: Sequence[tuple[int, int]]) -> Secret:
    """The same, told as what an address carries where it stands behind one's question mark."""
    # Publishers and newsletters put a token into each link; it opens that page and nothing else.
    inside = any(start <= secret.start < end for start, end in queries)
    return secret._replace(code=Code.ADDRESS_TOKEN) if inside else secret


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
            if (not shape.mixed or _is_mixed(at[0])) and not _MADE_UP.search(at[0]):
                yield Secret(*at.span(), shape.name, Code.SECRET)


def _assigned(line: str) -> Iterator[Secret]:
    if not (_KEY.search(line) and _SIGN.search(line)):
        return
    for at in _ASSIGNED.finditer(line):
        value = _VALUE_END.split(at["value"], maxsplit=1)[0]
        if _is_random(value):
            start = at.start("value")
            yield Secret(start, start + len(value), f"`{at['key']}` の値", Code.SECRET_POSSIBLE)


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
    """A key of a known shape: an error, for once it is published it has to be revoked."""
    for span, name, shown in _told(note, Code.SECRET):
        hint = "すぐに無効にして、ノートでは `<トークン>` のように書き換えてください"
        yield span, f"{name}のようです: `{shown}…`", hint


@rule(Code.SECRET_POSSIBLE)
def secret_possible(note: Note, _: Base) -> Iterator[Said]:
    """A value behind `password=` and its like that looks drawn by lot. A warning: it may be anything."""
    for span, name, shown in _told(note, Code.SECRET_POSSIBLE):
        hint = "本物なら、すぐに無効にして `<パスワード>` のように書き換えてください"
        yield span, f"{name}が、本物のパスワードか鍵のように見えます: `{shown}…`", hint


@rule(Code.ADDRESS_TOKEN)
def address_token(note: Note, _: Base) -> Iterator[Said]:
    """What an address may carry for one reader alone: a publisher's `casa_token=…`, a letter's `token=…`."""
    for span, name, shown in _told(note, Code.ADDRESS_TOKEN):
        message = f"アドレスの中に、人ごとの鍵かもしれない値があります({name}: `{shown}…`)"
        yield span, message, "なくても開けるなら、アドレスからその部分を消してください"


def _told(note: Note, code: Code) -> Iterator[tuple[Span, str, str]]:
    """Where each of a kind stands, what it is, and its first characters."""
    for number, one, shown in _secrets(note):
        if one.code == code:
            yield note.at(number, one.start, one.end), one.name, shown


@lru_cache(maxsize=4)
def _secrets(note: Note) -> tuple[tuple[int, Secret, str], ...]:
    """Each key of a note with its line's number, looked for once for all rules."""
    shapes = _hinted(note.text, SHAPES)
    return tuple(
        (number, one, line[one.start : one.start + SHOWN])
        for number, line in enumerate(note.lines, 1)
        for one in secrets_in(line, shapes)
    )
