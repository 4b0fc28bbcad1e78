"""Formulas that stay TeX on the page."""

from __future__ import annotations

from collections.abc import Iterator

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Said, rule
from kb.model import blocks as b
from kb.model.codes import Code
from kb.model.finding import Span
from kb.model.inline import Math, flat
from kb.text.mathml import Unread, mathml

_SHOWN = 24
_OWN = "\\operatorname{…}` や `\\mathrm{…}"
_INSTEAD = {
    **dict.fromkeys(("\\newcommand", "\\def", "\\DeclareMathOperator"), "命令を定めずに、元の書き方を"),
    **dict.fromkeys(("\\href", "\\url"), "式の外にリンクを"),
    **dict.fromkeys(("\\ref", "\\eqref", "\\cite"), "式の外に番号を"),
    **dict.fromkeys(("\\Large", "\\large", "\\small", "\\scriptsize", "\\colorbox"), "大きさや色を付けずに"),
    "\\norm": "`\\| x \\|` と",
    "\\abs": "`| x |` と",
    "\\limits": "`\\operatorname*{…}_{…}` と",
}
"""What to write instead of a command that no page can show."""


@rule(Code.MATH_UNREAD)
def math_unread(note: Note, _: Base) -> Iterator[Said]:
    """A formula that is shown as its TeX."""
    for tex, span, display in _formulas(note):
        found = mathml(tex, display=display)
        if isinstance(found, Unread) and tex.strip():
            at = found.at[:_SHOWN]
            place = note.find(span, found.at)
            message = (
                f"数式を `{at}` のところで読めません" if at else "数式が途中で終わっているか、大きすぎます"
            )
            yield place, f"{message}。TeXのまま出ます", _hint(found.at), at


def _hint(at: str) -> str:
    if instead := _INSTEAD.get(at):
        return f"{instead}書いてください"
    if at.startswith("\\"):
        return f"`{at[:_SHOWN]}` は知らない命令です。`{_OWN}` で書くか、つづりを確かめてください"
    pairs = "`{` と `}`、`\\left` と `\\right`、`\\begin` と `\\end` の組"
    return f"{pairs}を確かめてください(数式でない `$` は `\\$` と書きます)"


def _formulas(note: Note) -> Iterator[tuple[str, Span, bool]]:
    for inline in note.inlines:
        for node in flat(inline.text.nodes):
            if isinstance(node, Math):
                yield node.tex, note.find(inline.span, node.tex), False
    for block in b.walk(note.outline):
        match block:
            case b.Math(tex, span) | b.CodeBlock("math", tex, span):
                yield tex, span, True
            case _:
                pass
