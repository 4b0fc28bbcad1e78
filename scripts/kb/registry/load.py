"""The four files of `docs/data/` as records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kb.model.finding import Finding, Span
from kb.model.registry import Author, Paper, Presenter, Registry, Tag, Topic
from kb.read.source import decode
from kb.registry.checks import check_registry
from kb.registry.document import load_document
from kb.registry.schema import check_schema

Record = TypeVar("Record", Presenter, Paper, Tag, Topic)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The records of one file that are sound, each with its line, and what is wrong with the others."""

    records: tuple[tuple[int, dict[str, Any]], ...] = ()
    findings: tuple[Finding, ...] = ()


def load_registry(root: Path) -> tuple[Registry, tuple[Finding, ...]]:
    """Read and check `docs/data/` under `root`."""
    files = (path for path in (root / "docs" / "data").glob("*.yml") if path.is_file())
    return read_registry({path.relative_to(root).as_posix(): path.read_bytes() for path in files})


def read_registry(files: Mapping[str, bytes]) -> tuple[Registry, tuple[Finding, ...]]:
    """Read and check the files of a registry by their paths below the root; one that is missing is empty."""
    findings: list[Finding] = []

    def records(name: str, build: Callable[[Mapping[str, Any], Span], Record]) -> tuple[Record, ...]:
        path = f"docs/data/{name}.yml"
        rows = _rows(name, path, files[path]) if path in files else _Rows()
        findings.extend(rows.findings)
        return tuple(build(row, Span(path, line, line)) for line, row in rows.records)

    registry = Registry(
        records("presenters", _presenter),
        records("papers", _paper),
        records("tags", _tag),
        records("topics", _topic),
    )
    return registry, (*findings, *check_registry(registry))


def _rows(name: str, path: str, data: bytes) -> _Rows:
    text, finding = decode(data, path)
    if finding:
        return _Rows(findings=(finding,))
    document, found = load_document(text, path)
    if document is None or document.data is None:
        return _Rows(findings=tuple(found))
    wrong = check_schema(document, name)
    findings = (*found, *(finding for _, finding in wrong))
    broken = {path[1] if len(path) > 1 else None for path, _ in wrong}
    if None in broken or not isinstance(document.data, dict):
        return _Rows(findings=findings)
    rows = enumerate(zip(document.lines(name), document.data[name], strict=True))
    # Records without a fault are checked on: all that is wrong is told in one run.
    return _Rows(tuple(row for at, row in rows if at not in broken), findings)


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
