"""Marks that are written in another width, or without their blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from kb.check.rule import Example
from kb.check.rules.mending import Draft, Edit, LineRule, outer
from kb.model.blocks import Block, BulletList, Callout, Heading, Toggle, children, walk
from kb.model.codes import Code
from kb.model.session import PRESENTERS, Session
from kb.read import markers
from kb.text.inline import rich_text

_TIGHT = re.compile(r"(?P<lead>[\s>]*#{1,6})(?=[^\s#])")


class HeadingTight(LineRule):
    """Hashes that touch the heading behind them."""

    code = Code.HEADING_TIGHT
    title = "見出しの `#` の後ろに空白がありません"
    why = (
        "サイトでは見出しとして読みますが、GitHubでは `#見出し` がそのままの文字で出ます。"
        "`# 見出し` のように空白を入れます。"
    )
    message = "見出しの `#` の後ろに空白がないので、GitHubでは見出しになりません"
    hint = "`# 見出し` のように、`#` の後ろに空白を入れてください"
    example: ClassVar[Example] = Example(
        bad="## [論文] GAM\n\n###結果\n\n精度が上がった。\n",
        good="## [論文] GAM\n\n### 結果\n\n精度が上がった。\n",
    )

    def edits(self, draft: Draft) -> Iterator[Edit]:
        """A blank behind the hashes of each heading that lacks it."""
        for block in walk(draft.blocks):
            if isinstance(block, Heading):
                at = block.span.first - 1
                if found := _TIGHT.match(draft.lines[at]):
                    lead = found["lead"]
                    yield Edit(at, at + 1, (f"{lead} {draft.lines[at][len(lead) :]}",))


_ENTRY = re.compile(r"(?P<lead>\s*(?:##\s*)?)(?P<open>[\[［【])")


class KindFullWidth(LineRule):
    """The kind of an entry in full-width brackets, or touching the title."""

    code = Code.KIND_FULL_WIDTH
    title = "種類のかっこが全角か、題とくっついています"
    why = (
        "`［論文］` や `【論文】`、`[論文]題` も種類として読みますが、"
        "形をそろえておくと、検索や置き換えがしやすくなります。"
        "種類は半角のかっこで書き、題との間に空白を1つ入れます。"
    )
    message = "種類のかっこが全角か、題とくっついています"
    hint = "`[論文] 題` のように、半角のかっこと空白で書いてください"
    example: ClassVar[Example] = Example(
        bad="## 【論文】General Agentic Memory\n\n説明。\n",
        good="## [論文] General Agentic Memory\n\n説明。\n",
    )

    def edits(self, draft: Draft) -> Iterator[Edit]:
        """The label of each entry in the usual form."""
        for block in draft.blocks:
            if not isinstance(block, Heading) or block.level != 2:
                continue
            at = block.span.first - 1
            line = draft.lines[at]
            lead = _ENTRY.match(line)
            label = markers.KIND_LABEL.match(line, lead.end("lead")) if lead else None
            if lead and label and label["title"] and label["kind"].strip():
                gap = line[label.end("kind") + 1 : label.start("title")] or " "
                new = f"{lead['lead']}[{label['kind'].strip()}]{gap}{label['title']}"
                if new != line:
                    yield Edit(at, at + 1, (new,))


_AT = re.compile(r"(?:(?<=[\s,、，:：])|^)＠(?=[^\s@＠])")


class AtFullWidth(LineRule):
    """A presenter's `＠` in full width."""

    code = Code.AT_FULL_WIDTH
    title = "発表者の `＠` が全角です"
    why = "`＠名前` も発表者として読みますが、GitHubや検索では `@` と別の文字です。半角の `@` で書きます。"
    message = "発表者の `＠` が全角です"
    hint = "半角の `@` で書いてください"
    example: ClassVar[Example] = Example(
        bad="## [論文] GAM\n\n- 発表者: ＠Shun Ito\n",
        good="## [論文] GAM\n\n- 発表者: @Shun Ito\n",
    )

    def edits(self, draft: Draft) -> Iterator[Edit]:
        """Lines that the reader takes for presenters, and no other."""
        entries = draft.session.entries if draft.session else ()
        spans = (item.span for entry in entries for item in entry.data if item.key == PRESENTERS)
        for at in sorted({line - 1 for span in spans for line in range(span.first, span.last + 1)}):
            line = draft.lines[at]
            new = _AT.sub("@", line)
            if new != line:
                yield Edit(at, at + 1, (new,))

    def same(self, before: Draft, after: Draft) -> bool:
        """The names are the same but for the width of their `@`."""
        return _half_width(before.session) == _half_width(after.session)


def _half_width(session: Session | None) -> Session | None:
    if session is None:
        return None
    parts = []
    for part in session.parts:
        entries = []
        for entry in part.entries:
            data = (
                replace(item, value=rich_text(item.value.source.replace("＠", "@")))
                if item.key == PRESENTERS
                else item
                for item in entry.data
            )
            entries.append(replace(entry, data=tuple(data)))
        parts.append(replace(part, entries=tuple(entries)))
    return replace(session, parts=tuple(parts))


_DOT = re.compile(r"(?P<lead>\s*)[・•]\s*")


class BulletMiddleDot(LineRule):
    """Lists whose bullets are middle dots."""

    code = Code.BULLET_MIDDLE_DOT
    title = "箇条書きが `・` で書かれています"
    why = (
        "サイトでは箇条書きとして読みますが、GitHubでは `・` の行がつながって1つの段落になります。"
        "`- ` で書きます。"
    )
    message = "`・` の箇条書きは、GitHubでは箇条書きになりません"
    hint = "`- ` で書いてください"
    example: ClassVar[Example] = Example(
        bad="## [論文] GAM\n\n・要約を蓄積する\n・検索する\n",
        good="## [論文] GAM\n\n- 要約を蓄積する\n- 検索する\n",
    )

    def edits(self, draft: Draft) -> Iterator[Edit]:
        """Each list as a whole: two bullets in it would make two lists."""
        yield from self._siblings(draft, draft.blocks)

    def _siblings(self, draft: Draft, blocks: tuple[Block, ...]) -> Iterator[Edit]:
        used = ""
        for block in blocks:
            if isinstance(block, BulletList):
                bullet = "*" if used == "-" else "-"
                yield from _dashed(draft, block, bullet)
                first = draft.lines[block.span.first - 1].lstrip()[:1]
                used = bullet if first in _DOTS else first
                continue
            used = ""
            if isinstance(block, Callout | Toggle):
                yield from self._siblings(draft, children(block))


_DOTS = ("・", "•")


def _dashed(draft: Draft, block: BulletList, bullet: str) -> Iterator[Edit]:
    """A list with its middle dots as bullets, at any depth; quotes are left alone."""
    first, last = block.span.first - 1, block.span.last
    rows = list(draft.lines[first:last])
    for inner in outer((block,)):
        for item in inner.items if isinstance(inner, BulletList) else ():
            at = item.span.first - 1 - first
            rows[at] = (
                _DOT.sub(rf"\g<lead>{bullet} ", rows[at], count=1) if _DOT.match(rows[at]) else rows[at]
            )
    if tuple(rows) != draft.lines[first:last]:
        yield Edit(first, last, tuple(rows))
