"""The comments that switch rules off: a slip in one must not hide anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.check.base import Base
from kb.check.note import Note
from kb.check.rule import Rule
from kb.check.switch import Switch, is_off, switches_of
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.text.near import closest

_CODES = tuple(map(str, Code))


def _place(note: Note, switch: Switch, code: str) -> Span:
    at = note.line(switch.span.first).find(code, switch.span.column - 1)
    return note.at(switch.span.first, at, at + len(code)) if at >= 0 else switch.span


class SwitchUnknown(Rule):
    """A comment that names a rule that does not exist."""

    code = Code.SWITCH_UNKNOWN

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Look each name up."""
        for switch in switches_of(note):
            if not switch.codes:
                hint = "`<!-- check: off source-missing -->` のように、消したい名前を書いてください"
                yield self.finding(switch.span, "どのメッセージを消すのかが書かれていません", hint)
            for code in switch.codes:
                if code not in _CODES:
                    near = closest(code[:60], _CODES)
                    hint = f"`{near}` のことですか?" if near else "メッセージに出ている名前を書いてください"
                    message = f"`{code[:60]}` という名前のメッセージはありません"
                    yield self.finding(_place(note, switch, code), message, hint)


class SwitchUnused(Rule):
    """A comment that switches nothing off."""

    code = Code.SWITCH_UNUSED

    def find(self, note: Note, base: Base) -> Iterator[Finding]:  # noqa: ARG002
        """Nothing by itself: see `among`."""
        yield from ()

    def among(self, note: Note, found: Sequence[Finding]) -> Iterator[Finding]:
        """One for each name for which nothing of all that the other rules found is switched off."""
        for switch in switches_of(note):
            for code in switch.codes:
                if code not in _CODES or code == self.code:
                    continue
                if not any(one.code == code and is_off(note, one, (switch,)) for one in found):
                    message = f"`{code}` は、ここには出ていません"
                    yield self.finding(_place(note, switch, code), message, "このコメントを消してください")


SWITCH_UNUSED = SwitchUnused()
SWITCH_RULES: tuple[Rule, ...] = (SwitchUnknown(), SWITCH_UNUSED)
