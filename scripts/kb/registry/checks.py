"""What a schema cannot say: ids that stand twice, names that two records claim, circles of tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kb.model.codes import Code
from kb.model.finding import Finding
from kb.model.registry import REGISTRIES, Record, Registry, Tag, Venue
from kb.registry.document import error
from kb.text.editions import parted
from kb.text.fold import name_key
from kb.text.ids import canonical
from kb.text.near import closest
from kb.text.spell import code_span

_RESERVED = re.compile(r"index|\d{4}(?:-\d+)?")
"""Ids whose addresses belong to lists: `/topics/` and `/topics/2019/`."""
_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
"""What no file can be called on Windows: there a checkout or a site with such a page cannot be kept."""


def check_registry(registry: Registry) -> tuple[Finding, ...]:
    """Everything that is wrong between the records of a registry."""
    kinds = [getattr(registry, name) for name in REGISTRIES]
    return (
        *(finding for records in kinds for finding in _ids(records)),
        *(finding for what, names in _names(registry) for finding in _claimed_twice(what, names)),
        *(finding for records in kinds for finding in _reserved(records)),
        *_broader(registry.tags),
        *(finding for name in REGISTRIES for finding in _former(name, getattr(registry, name))),
        *_dead(registry.venues),
    )


def _ids(records: Iterable[Record]) -> Iterator[Finding]:
    seen: dict[str, Record] = {}
    for record in records:
        first = seen.setdefault(record.id, record)
        if first is not record:
            message = f"id `{record.id}` は {first.span.first} 行目ですでに使われています"
            hint = "片方を別の id にするか、1つにまとめてください"
            yield error(Code.REGISTRY_ID_TWICE, record.span, message, hint)


def _reserved(records: Iterable[Record]) -> Iterator[Finding]:
    for record in records:
        if _RESERVED.fullmatch(record.id):
            message = f"id `{record.id}` は一覧ページのアドレスに使われています"
            yield error(Code.REGISTRY_ID_RESERVED, record.span, message, "言葉を含む id にしてください")
        elif _DEVICES.fullmatch(record.id):
            message = f"id `{record.id}` は、Windowsではファイルの名前に使えません"
            hint = f"`{record.id}-2` のような、別の id にしてください"
            yield error(Code.REGISTRY_ID_RESERVED, record.span, message, hint)


_Claims = Iterable[tuple[Record, tuple[str, ...]]]
"""Records, each with the names that it claims."""


def _names(registry: Registry) -> Iterator[tuple[str, _Claims]]:
    """What nobody else may be called in the same sense."""
    yield "発表者の名前", ((one, (one.name, *one.aliases)) for one in registry.presenters)
    yield "ハンドル", ((one, one.handles) for one in registry.presenters)
    yield "論文の別名", ((one, (one.title, *one.aliases)) for one in registry.papers)
    yield "タグの語", ((one, (one.id, *one.terms)) for one in registry.tags)
    yield "トピックの名前", ((one, (one.id, one.name, *one.aliases)) for one in registry.topics)
    yield "掲載先の名前", ((one, (one.id, *one.names)) for one in registry.venues)
    # A DOI of arXiv is its arXiv id, whatever the version.
    yield "論文のid", ((one, tuple(canonical(*pair).label for pair in one.ids)) for one in registry.papers)


def _claimed_twice(what: str, claims: _Claims) -> Iterator[Finding]:
    owners: dict[str, Record] = {}
    for record, names in claims:
        for name in names:
            # As the linker compares them: width, case and more blanks make no other name.
            other = owners.setdefault(name_key(name), record)
            if other.id != record.id:
                place = f"`{other.id}` ({other.span.first} 行目)"
                message = f"{what}「{name}」を {place} と `{record.id}` の両方が使っています"
                hint = "どちらか一方だけに書いてください"
                yield error(Code.REGISTRY_ALIAS_TWICE, record.span, message, hint, name)


def _broader(tags: tuple[Tag, ...]) -> Iterator[Finding]:
    parents = {tag.id: tag.broader for tag in tags}
    renamed = {former: tag.id for tag in tags for former in tag.former}
    for tag in tags:
        if tag.broader and tag.broader not in parents:
            near = renamed.get(tag.broader) or closest(tag.broader, parents)
            hint = f"`{near}` のことですか?" if near else "tags.yml にある id を書いてください"
            message = f"タグ `{tag.id}` の broader `{tag.broader}` というタグはありません"
            yield error(Code.REGISTRY_BROADER_UNKNOWN, tag.span, message, hint, tag.broader)
        elif circle := _circle(tag.id, parents):
            message = f"タグの broader が輪になっています: {' → '.join(circle)}"
            hint = "どれか1つの broader を消してください"
            yield error(Code.REGISTRY_BROADER_CIRCLE, tag.span, message, hint, tag.broader)


def _circle(start: str, parents: dict[str, str]) -> list[str]:
    """The way from a tag back to itself, told once, at the tag with the smallest id."""
    way, seen = [start], {start}
    while (parent := parents.get(way[-1], "")) and parent not in seen:
        way.append(parent)
        seen.add(parent)
    return [*way, start] if parent == start and start == min(way) else []


_KINDS = {"presenters": "発表者", "papers": "論文", "tags": "タグ", "topics": "トピック", "venues": "掲載先"}


def _former(name: str, records: Iterable[Record]) -> Iterator[Finding]:
    """Each id has one record: a former one leaves a redirect, which can lead to one page only."""
    owners = {record.id: record.id for record in records}
    for record in records:
        for former in record.former:
            if former in owners:
                message = f"前の id `{former}` は{_KINDS[name]} `{owners[former]}` が使っています"
                hint = "former から消すか、別の id にしてください"
                yield error(Code.REGISTRY_FORMER_TAKEN, record.span, message, hint, former)
            owners.setdefault(former, record.id)


def _dead(venues: Iterable[Venue]) -> Iterator[Finding]:
    """Aliases by which no paper is found: its venue is compared without year, number and acronym."""
    for venue in venues:
        for alias in venue.aliases:
            name, acronym = parted(alias)
            if name_key(name) != name_key(alias):
                known = {name_key(one) for one in (venue.id, *venue.names)}
                rest = [one for one in (name, acronym) if one and name_key(one) not in known]
                better = "と".join(code_span(one) for one in rest)
                hint = f"{better} と書いてください" if rest else "この別名を消してください"
                message = (
                    f"掲載先 `{venue.id}` の別名「{alias}」では、論文が見つかりません(年や回は外して比べます)"
                )
                yield Finding(Code.REGISTRY_ALIAS_DEAD, "warning", venue.span, message, hint, value=alias)
