"""Who is meant by a name or a handle."""

from __future__ import annotations

import re

from kb.link.facts import Facts
from kb.link.records import FreeIds, as_flow, as_record
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.registry import Presenter
from kb.model.session import PRESENTERS, Person
from kb.text.fold import name_key
from kb.text.near import Spellings
from kb.text.slug import page_id
from kb.text.spell import code_span


class People:
    """Presenters by name, other spelling and handle; those who are not registered join as they come."""

    def __init__(self, registered: tuple[Presenter, ...]) -> None:
        self.by_id = {one.id: one for one in registered}
        self._by_name: dict[str, str] = {}
        self._by_handle: dict[str, str] = {}
        self._spellings, self._handles = Spellings(), Spellings()
        self._ids = FreeIds("presenter", self.by_id.__contains__)
        self.findings: list[Finding] = []
        for one in registered:
            self._add(one)
        for one in registered:  # after all names: an id may be somebody else's name
            for former in one.former:
                self._by_name.setdefault(name_key(former), one.id)

    def _add(self, presenter: Presenter) -> None:
        self.by_id.setdefault(presenter.id, presenter)
        for name in (presenter.name, *presenter.aliases):
            self._by_name.setdefault(name_key(name), presenter.id)
            # A hint must not tell the name of a hidden person.
            if not presenter.hidden:
                self._spellings.add(name, presenter.name)
        for handle in presenter.handles:
            self._by_handle.setdefault(name_key(handle), presenter.id)
            self._handles.add(handle, handle)

    def presenters(self, facts: Facts) -> tuple[tuple[Person, str], ...]:
        """An entry's presenters as its note spells them, each person once, with their ids."""
        found: dict[str, Person] = {}
        for person in facts.people:
            found.setdefault(self._presenter(person, facts.place(PRESENTERS, person.name)), person)
        return tuple((person, one) for one, person in found.items())

    def _known(self, person: Person) -> str:
        return self._by_name.get(name_key(person.name)) or self.speaker(person.handle or person.name)

    def _presenter(self, person: Person, span: Span) -> str:
        if known := self._known(person):
            return known
        handles = (person.handle,) if person.handle else ()
        presenter = Presenter(page_id(person.name), person.name, handles, registered=False, span=span)
        self.findings.append(self._unknown(presenter))
        self._add(presenter)
        return presenter.id

    def _unknown(self, presenter: Presenter) -> Finding:
        name, span = presenter.name, presenter.span
        if twin := self._spellings.twin(name):
            message = f"発表者「{name}」は「{twin}」と書き方だけが違います"
            hint = f"{code_span(f'@{twin}')} と書いてください。"
            hint += "どちらも使うなら presenters.yml の aliases に足してください"
            return Finding(Code.SPELLING_NEAR_DUPLICATE, "warning", span, message, hint, value=name)
        near = self._spellings.nearest(name)
        hint = f"{code_span(f'@{near}')} のことですか? ちがえば、" if near else ""
        handles = list(filter(_usable, presenter.handles))
        free, own = self._ids.of(name, *handles)
        hint += as_record("presenters", id=free, name=name, handles=handles)
        hint += "" if own else "。id は、ローマ字の名前に直してください"
        message = f"発表者「{name}」は登録されていません"
        return Finding(Code.PRESENTER_UNKNOWN, "warning", span, message, hint, value=name)

    def speaker(self, handle: str) -> str:
        """The id of the presenter behind a handle, which may also be a name; empty for nobody."""
        key = name_key(handle)
        # Of signs alone nothing is left, and nothing is nobody.
        return (self._by_handle.get(key) or self._by_name.get(key) or "") if key else ""

    def welcome(self, handle: str, span: Span) -> str:
        """The presenter behind the handle of a remark; a new one where it is a plausible handle."""
        known = self.speaker(handle)
        # Japanese in brackets is rather a label than somebody: `[補足] …`.
        if known or not handle.isascii():
            return known
        presenter = Presenter(page_id(handle), handle, (handle,), registered=False, span=span)
        near = self._handles.twin(handle) or self._handles.nearest(handle)
        hint = f"{code_span(f'[{near}]')} のことですか? ちがえば、" if near else ""
        own = code_span(f"handles: {as_flow([handle])}")
        hint += f"docs/data/presenters.yml の自分のところに {own} と書けます"
        label = f"[{handle}]"
        message = f"コメントの {label} が誰のハンドルかわかりません"
        self.findings.append(Finding(Code.HANDLE_UNKNOWN, "warning", span, message, hint, value=label))
        self._add(presenter)
        return presenter.id

    def names(self) -> list[tuple[str, str]]:
        """Every name under which somebody who is not hidden may be spoken of, with the id."""
        # A name of one character would be found everywhere.
        return [
            (name, one.id)
            for one in self.by_id.values()
            if not one.hidden
            for name in (one.name, *one.aliases)
            if len(name) > 1
        ]

    def handles(self) -> list[tuple[str, str]]:
        """Every name under which somebody may speak in a remark, with the id."""
        return [*self._by_handle.items(), *self._by_name.items()]


def _usable(handle: str) -> bool:
    """Whether a registry takes a handle: what stands in brackets behind a name may be anything."""
    return not re.search(r"[\s@()\[\]（）［］＠]", handle)
