"""Marks that are written in another width, or without their blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.check.note import Note
from kb.check.rules.mending import Edit, LineRule
from kb.model.codes import Code
from kb.model.session import PRESENTERS
from kb.read import markers


class HeadingTight(LineRule):
    """Hashes that touch the heading behind them."""

    code = Code.HEADING_TIGHT
    message = "見出しの `#` の後ろに空白がないので、GitHubでは見出しになりません"
    hint = "`# 見出し` のように、`#` の後ろに空白を入れてください"

    def better(self, typed: str, written: str) -> str:
        """A blank behind the hashes of what is written with one."""
        return typed if _TIGHT.match(written) else _TIGHT.sub(r"\g<0> ", typed)


_TIGHT = re.compile(r"^[\s>]*#{1,6}(?=[^\s#])")


class KindFullWidth(LineRule):
    """The kind of an entry in full-width brackets, or touching the title."""

    code = Code.KIND_FULL_WIDTH
    hint = "`[論文] 題` のように、半角のかっこと空白で書いてください"

    def better(self, typed: str, written: str) -> str:
        """The label of an entry in the usual form; the word in it is its writer's."""
        text = typed.lstrip("# \t\u3000\u00a0")
        label = markers.KIND_LABEL.match(text)
        if not written.startswith("## [") or not label or not label["title"]:
            return typed
        gap = text[label.end("kind") + 1 : label.start("title")] or " "
        return f"{typed.removesuffix(text)}[{label['kind'].strip()}]{gap}{label['title']}"


_AT = re.compile(r"(?:(?<=[\s,、，:：])|^)＠(?=[^\s@＠])")


class AtFullWidth(LineRule):
    """A presenter's `＠` in full width."""

    code = Code.AT_FULL_WIDTH
    hint = "半角の `@` で書いてください"

    def edits(self, note: Note) -> Iterator[Edit]:
        """Lines that the reader takes for presenters, and no other: `write` leaves names as they are."""
        entries = note.session.entries if note.session else ()
        spans = (item.span for entry in entries for item in entry.data if item.key == PRESENTERS)
        for number in {number for span in spans for number in span.lines}:
            new = _AT.sub("@", note.line(number))
            if new != note.line(number):
                yield {number: new}


class BulletMiddleDot(LineRule):
    """Lists whose bullets are middle dots."""

    code = Code.BULLET_MIDDLE_DOT
    message = "`・` の箇条書きは、GitHubでは箇条書きになりません"
    hint = "`- ` で書いてください"
    whole = True

    def better(self, typed: str, written: str) -> str:
        """The bullet that a list beside its neighbours has, where a dot was typed for it."""
        return typed if _DOT.match(written) else _DOT.sub(rf"\g<lead>{written.lstrip()[:1]} ", typed)


_DOT = re.compile(r"^(?P<lead>\s*)[・•]\s*")
