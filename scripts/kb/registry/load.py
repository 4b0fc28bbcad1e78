"""The files of `docs/data/` as records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.model.registry import Author, Moved, Paper, Presenter, Record, Registry, Tag, Topic, Venue
from kb.read.source import decode
from kb.registry.checks import check_registry
from kb.registry.document import load_document
from kb.registry.places import placed
from kb.registry.schema import check_schema

Kept = TypeVar("Kept", Presenter, Paper, Tag, Topic, Venue, Moved)


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one file that are sound, and what is wrong with the others."""

    records: tuple[Record | Moved, ...] = ()
    findings: tuple[Finding, ...] = ()


def load_registry(root: Path) -> tuple[Registry, tuple[Finding, ...]]:
    """Read and check `docs/data/` under `root`; a file that is missing is empty."""
    files = {path: root / path for path in map(_path, _BUILD) if (root / path).is_file()}
    data = {path: file.read_bytes() for path, file in files.items()}
    registry, findings = registry_of({path: read_records(path, one) for path, one in data.items()})
    return registry, placed(findings, data)


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
        _of(Moved, told),
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
        return Records(findings=(_empty(name, finding) if finding.code == Code.NOTE_EMPTY else finding,))
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


def _empty(name: str, finding: Finding) -> Finding:
    """A registry without records says so: an empty file may have lost them."""
    hint = f"登録するものがなければ `{name}: []` と書いてください。消えてしまったのなら、元に戻してください"
    return replace(finding, code=Code.REGISTRY_SCHEMA, hint=hint)


def _record(kind: type[Kept], row: Mapping[str, Any], span: Span) -> Kept:
    """A row that its schema allows: its keys are the fields, CSL's hyphens apart."""
    own = {key.replace("-", "_"): _frozen(value) for key, value in row.items()}
    return kind(**own, span=span)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _paper(row: Mapping[str, Any], span: Span) -> Paper:
    # CSL calls the list of authors `author`.
    authors = tuple(Author(**author) for author in row.get("author", ()))
    rest = {key: value for key, value in row.items() if key != "author"}
    ids = tuple(sorted(row.get("ids", {}).items()))
    return replace(_record(Paper, {**rest, "ids": ids}, span), authors=authors)


def _moved(row: Mapping[str, Any], span: Span) -> Moved:
    return Moved(row["from"], row["to"], span)


_BUILD: Mapping[str, Callable[[Mapping[str, Any], Span], Record | Moved]] = {
    "presenters": partial(_record, Presenter),
    "papers": _paper,
    "tags": partial(_record, Tag),
    "topics": partial(_record, Topic),
    "venues": partial(_record, Venue),
    "moved": _moved,
}
"""What a row of each file becomes."""
