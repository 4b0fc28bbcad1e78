"""The files of `docs/data/` as records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kb.model.finding import Finding, Span
from kb.model.registry import Author, Paper, Presenter, Record, Registry, Tag, Topic, Venue
from kb.read.source import decode
from kb.registry.checks import check_registry
from kb.registry.document import load_document
from kb.registry.schema import check_schema

Kept = TypeVar("Kept", Presenter, Paper, Tag, Topic, Venue)


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one file that are sound, and what is wrong with the others."""

    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()


def load_registry(root: Path) -> tuple[Registry, tuple[Finding, ...]]:
    """Read and check `docs/data/` under `root`; a file that is missing is empty."""
    files = {path: root / path for path in map(_path, _BUILD) if (root / path).is_file()}
    return registry_of({path: read_records(path, file.read_bytes()) for path, file in files.items()})


def _path(name: str) -> str:
    return f"docs/data/{name}.yml"


def registry_of(files: Mapping[str, Records]) -> tuple[Registry, tuple[Finding, ...]]:
    """What the files say by their paths, as one registry, which is checked as a whole."""
    told = [files[path] for path in map(_path, _BUILD) if path in files]
    registry = Registry(
        _of(Presenter, told),
        _of(Paper, told),
        _of(Tag, told),
        _of(Topic, told),
        _of(Venue, told),
    )
    findings = (finding for one in told for finding in one.findings)
    return registry, (*findings, *check_registry(registry))


def _of(kind: type[Kept], files: Iterable[Records]) -> tuple[Kept, ...]:
    return tuple(record for one in files for record in one.records if isinstance(record, kind))


def read_records(path: str, data: bytes) -> Records:
    """Read and check one file of the registry by its path below the root; of other files there is nothing."""
    name = path.rpartition("/")[2].removesuffix(".yml")
    if name not in _BUILD:
        return Records()
    text, finding = decode(data, path)
    if finding:
        return Records(findings=(finding,))
    document, found = load_document(text, path)
    if document is None or document.data is None:
        return Records(findings=tuple(found))
    wrong = check_schema(document, name)
    findings = (*found, *(finding for _, finding in wrong))
    broken = {path[1] if len(path) > 1 else None for path, _ in wrong}
    if None in broken or not isinstance(document.data, dict):
        return Records(findings=findings)
    rows = enumerate(zip(document.lines(name), document.data[name], strict=True))
    # Records without a fault are checked on: all that is wrong is told in one run.
    sound = ((line, row) for at, (line, row) in rows if at not in broken)
    return Records(tuple(_BUILD[name](row, Span(path, line, line)) for line, row in sound), findings)


def _texts(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(row.get(key) or ())


def _presenter(row: Mapping[str, Any], span: Span) -> Presenter:
    return Presenter(
        row["id"],
        row["name"],
        _texts(row, "handles"),
        _texts(row, "aliases"),
        row.get("reading", ""),
        row.get("hidden", False),
        span=span,
    )


def _paper(row: Mapping[str, Any], span: Span) -> Paper:
    return Paper(
        id=row["id"],
        title=row["title"],
        type=row["type"],
        authors=tuple(Author(**author) for author in row.get("author", ())),
        issued=row.get("issued", ""),
        container_title=row.get("container-title", ""),
        publisher=row.get("publisher", ""),
        language=row.get("language", ""),
        ids=tuple(sorted(row.get("ids", {}).items())),
        url=row.get("url", ""),
        code=row.get("code", ""),
        aliases=_texts(row, "aliases"),
        span=span,
    )


def _tag(row: Mapping[str, Any], span: Span) -> Tag:
    return Tag(row["id"], row["ja"], row["en"], _texts(row, "aliases"), row.get("broader", ""), span=span)


def _topic(row: Mapping[str, Any], span: Span) -> Topic:
    return Topic(row["id"], row["name"], _texts(row, "aliases"), _texts(row, "former"), span=span)


def _venue(row: Mapping[str, Any], span: Span) -> Venue:
    return Venue(
        row["id"], row["name"], row.get("full", ""), _texts(row, "aliases"), row.get("url", ""), span=span
    )


_BUILD: Mapping[str, Callable[[Mapping[str, Any], Span], Record]] = {
    "presenters": _presenter,
    "papers": _paper,
    "tags": _tag,
    "topics": _topic,
    "venues": _venue,
}
"""What a row of each file becomes."""
