"""Keys and tokens by their known shapes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Rule
from kb.model.codes import Code
from kb.model.finding import Finding

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
_PLACEHOLDER = re.compile(
    r"[<${(\[*.]|x{3}|\*{3}|\.{3}|your|example|sample|dummy|changeme|placeholder|environ|getenv|https?:|secrets\."
    r"|^[/~]|/[a-z_]{3,20}/|::",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Secret:
    """A key in a line."""

    name: str
    start: int
    end: int


def secrets_in(line: str, shapes: Sequence[Shape] = SHAPES) -> tuple[Secret, ...]:
    """The keys in a line, in order; none lies in another."""
    found: list[Secret] = []
    for secret in (*_shaped(line, shapes), *_assigned(line)):
        if all(secret.end <= one.start or secret.start >= one.end for one in found):
            found.append(secret)
    return tuple(sorted(found, key=lambda one: one.start))


def masked(line: str) -> str:
    """A line of which no key can be read, to be shown in a report that others see; columns stay."""
    for secret in secrets_in(line):
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
                yield Secret(shape.name, at.start(), at.end())


def _assigned(line: str) -> Iterator[Secret]:
    if not (_KEY.search(line) and _SIGN.search(line)):
        return
    for at in _ASSIGNED.finditer(line):
        value = _VALUE_END.split(at["value"], maxsplit=1)[0]
        if _is_random(value):
            start = at.start("value")
            yield Secret(f"`{at['key']}` の値", start, start + len(value))


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


class SecretRule(Rule):
    """A key or a token: an error, for once it is published it has to be revoked."""

    code = Code.SECRET

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look at every line, those of code and front matter too."""
        shapes = _hinted(note.text, SHAPES)
        for number, line in enumerate(note.lines, 1):
            for secret in secrets_in(line, shapes):
                shown = line[secret.start : secret.start + SHOWN]
                message = f"{secret.name}のようです: `{shown}…`"
                hint = "すぐに無効にして、ノートでは `<トークン>` のように書き換えてください"
                yield self.finding(note.at(number, secret.start, secret.end), message, hint)
