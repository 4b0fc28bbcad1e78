"""What a schema cannot say: ids that stand twice, names that two records claim, circles of tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.registry import REGISTRIES, Registry, Tag, Topic
from kb.text.fold import name_key
from kb.text.ids import canonical
from kb.text.near import closest

Claim = tuple[str, str, Span]
"""A name, the id of the record that claims it, and where that record stands."""


def check_registry(registry: Registry) -> tuple[Finding, ...]:
    """Everything that is wrong between the records of a registry."""
    return (
        *_ids(registry),
        *_names(registry),
        *_work_ids(registry),
        *_reserved(registry),
        *_broader(registry.tags),
        *_former(registry.topics),
    )


def _error(code: Code, span: Span, message: str, hint: str) -> Finding:
    return Finding(code, "error", span, message, hint)


def _ids(registry: Registry) -> Iterator[Finding]:
    for records in (getattr(registry, name) for name in REGISTRIES):
        seen: dict[str, Span] = {}
        for record in records:
            if record.id in seen:
                message = f"id `{record.id}` は {seen[record.id].first} 行目ですでに使われています"
                yield _error(
                    Code.REGISTRY_ID_TWICE,
                    record.span,
                    message,
                    "片方を別の id にするか、1つにまとめてください",
                )
            seen.setdefault(record.id, record.span)


_RESERVED = re.compile(r"index|\d{4}(?:-\d+)?")
"""Ids whose addresses belong to lists: `/topics/` and `/topics/2019/`."""


def _reserved(registry: Registry) -> Iterator[Finding]:
    for records in (getattr(registry, name) for name in REGISTRIES):
        for record in records:
            if _RESERVED.fullmatch(record.id):
                message = f"id `{record.id}` は一覧ページのアドレスに使われています"
                yield _error(Code.REGISTRY_ID_RESERVED, record.span, message, "言葉を含む id にしてください")


def _names(registry: Registry) -> Iterator[Finding]:
    yield from _claimed_twice(
        "発表者の名前",
        ((name, one.id, one.span) for one in registry.presenters for name in (one.name, *one.aliases)),
    )
    yield from _claimed_twice(
        "ハンドル", ((name, one.id, one.span) for one in registry.presenters for name in one.handles)
    )
    yield from _claimed_twice(
        "論文の別名",
        ((name, one.id, one.span) for one in registry.papers for name in (one.title, *one.aliases)),
    )
    yield from _claimed_twice(
        "タグの語", ((name, one.id, one.span) for one in registry.tags for name in (one.id, *one.terms))
    )
    yield from _claimed_twice(
        "トピックの名前",
        ((name, one.id, one.span) for one in registry.topics for name in (one.id, one.name, *one.aliases)),
    )
    yield from _claimed_twice(
        "掲載先の名前", ((name, one.id, one.span) for one in registry.venues for name in (one.id, *one.names))
    )


def _claimed_twice(what: str, claims: Iterable[Claim]) -> Iterator[Finding]:
    owners: dict[str, tuple[str, Span]] = {}
    for name, owner, span in claims:
        other, place = owners.setdefault(name_key(name), (owner, span))
        if other != owner:
            message = f"{what}「{name}」を `{other}` ({place.first} 行目) と `{owner}` の両方が使っています"
            yield _error(Code.REGISTRY_ALIAS_TWICE, span, message, "どちらか一方だけに書いてください")


def _work_ids(registry: Registry) -> Iterator[Finding]:
    yield from _claimed_twice(
        "論文のid",
        (
            (canonical(scheme, value).label, paper.id, paper.span)
            for paper in registry.papers
            for scheme, value in paper.ids
        ),
    )


def _broader(tags: tuple[Tag, ...]) -> Iterator[Finding]:
    parents = {tag.id: tag.broader for tag in tags}
    for tag in tags:
        if tag.broader and tag.broader not in parents:
            near = closest(tag.broader, parents)
            hint = f"`{near}` のことですか?" if near else "tags.yml にある id を書いてください"
            message = f"タグ `{tag.id}` の broader `{tag.broader}` というタグはありません"
            yield _error(Code.REGISTRY_BROADER_UNKNOWN, tag.span, message, hint)
        elif circle := _circle(tag.id, parents):
            message = f"タグの broader が輪になっています: {' → '.join(circle)}"
            yield _error(
                Code.REGISTRY_BROADER_CIRCLE, tag.span, message, "どれか1つの broader を消してください"
            )


def _circle(start: str, parents: dict[str, str]) -> list[str]:
    """The way from a tag back to itself, told once, at the tag with the smallest id."""
    way, seen = [start], {start}
    while (parent := parents.get(way[-1], "")) and parent not in seen:
        way.append(parent)
        seen.add(parent)
    return [*way, start] if parent == start and start == min(way) else []


def _former(topics: tuple[Topic, ...]) -> Iterator[Finding]:
    ids = {topic.id: topic for topic in topics}
    owners: dict[str, str] = {}
    for topic in topics:
        for former in topic.former:
            other = former if former in ids else owners.get(former, "")
            if other:
                message = f"前の id `{former}` はトピック `{other}` が使っています"
                yield _error(
                    Code.REGISTRY_FORMER_TAKEN,
                    topic.span,
                    message,
                    "former から消すか、別の id にしてください",
                )
            owners.setdefault(former, topic.id)
