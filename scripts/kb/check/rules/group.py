"""The group's own rules, from the top of its page."""

from __future__ import annotations

from collections.abc import Iterator

from kb.check.base import Base
from kb.check.lookup import found_in
from kb.check.note import Note
from kb.check.rule import Rule
from kb.check.rules.sources import SOURCE_RULES, clipped
from kb.link.facts import Facts
from kb.model.blocks import Comment
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.read.markers import KINDS
from kb.text.fold import name_key

_HOSTS: dict[str, str] = {
    **dict.fromkeys(("github.com", "gitlab.com", "huggingface.co", "colab.research.google.com"), "code"),
    **dict.fromkeys(("youtube.com", "vimeo.com", "nicovideo.jp"), "動画"),
    **dict.fromkeys(("speakerdeck.com", "slideshare.net", "docs.google.com", "docswell.com"), "資料"),
}
"""The kind of what most addresses of a host lead to."""


def likely_kind(facts: Facts) -> str:
    """The kind that an entry's sources speak for; `blog` where they do not speak."""
    if any(one.work for one in facts.citations):
        return "論文"
    hosts = (one.url.partition("/")[0] for one in facts.citations)
    return next((_HOSTS[host] for host in hosts if host in _HOSTS), "blog")


class EntryMissing(Rule):
    """A note that is all text: a page that was copied to where a note is expected."""

    code = Code.ENTRY_MISSING

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """One for a note with text and no entry; one that is empty yet is told by other rules."""
        text = next((block for block in note.blocks if not isinstance(block, Comment)), None)
        if text is not None and not note.facts:
            hint = (
                "発表の題を `## [論文] 題` の形に。Notionからコピーした文章は、フォームか week.py import へ"
            )
            yield self.finding(note.at(text.span.first), "発表が1つもありません", hint)


class KindMissing(Rule):
    """No label before the title."""

    code = Code.KIND_MISSING

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """One for each entry without a kind."""
        for facts in note.facts:
            if not facts.entry.kind:
                title = clipped(facts.title)
                kinds = "、".join(f"[{kind}]" for kind in KINDS)
                hint = f"`## [{likely_kind(facts)}] {title}` のように、{kinds} のどれかを書いてください"
                yield self.finding(
                    note.at(facts.entry.span.first), f"「{title}」の前に種類がありません", hint
                )


class KindUnknown(Rule):
    """A label that is none of the group's kinds."""

    code = Code.KIND_UNKNOWN

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """One for each entry of an unknown kind."""
        return found_in(note, base, self.code)


class PresenterMissing(Rule):
    """An entry of the weekly topics that names nobody."""

    code = Code.PRESENTER_MISSING

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """One for each entry without a presenter, but for the main topic."""
        for facts in note.facts:
            part = name_key(facts.part.plain)
            if not facts.people and "メイン" not in part and "main" not in part:
                message = f"「{clipped(facts.title)}」に発表者が書かれていません"
                hint = "`- 発表者: @Takumi Iida` のように、見出しの下に書いてください"
                yield self.finding(note.at(facts.entry.span.first), message, hint)


GROUP_RULES: tuple[Rule, ...] = (
    EntryMissing(),
    KindMissing(),
    KindUnknown(),
    *SOURCE_RULES,
    PresenterMissing(),
)
