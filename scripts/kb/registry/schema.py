"""Checks against the committed JSON Schemas, told in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.registry.document import Document

SCHEMAS = Path(__file__).resolve().parents[3] / "docs" / "data" / "schema"

_TYPES = {
    "array": "配列 (`[a, b]` または `- a` の並び)",
    "object": "「キー: 値」の並び",
    "string": "文字列",
    "boolean": "true または false",
    "integer": "整数",
    "number": "数",
}


@cache
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


@cache
def _validator(name: str) -> Any:
    return jsonschema_rs.validator_for(_schema(name))


Fault = tuple[tuple[str | int, ...], Finding]
"""The path of a value in its document, and what is wrong with it."""


def check_schema(document: Document, name: str) -> list[Fault]:
    """Everything in a document that the schema `name` does not allow."""
    seen: dict[tuple[str | int, ...], Fault] = {}
    for error in _validator(name).iter_errors(document.data):
        path = tuple(error.instance_path)
        rule = error.schema_path[-1]
        if rule == "additionalProperties":
            for key, finding in _unknown_keys(document, name, error):
                seen[*path, rule, key] = (path, finding)
        elif rule == "required":
            seen[*path, rule, error.kind.property] = (path, _missing(document, name, error))
        else:
            seen.setdefault(path, (path, _wrong(document, name, error)))
    return list(seen.values())


def _at(name: str, path: Sequence[str | int]) -> dict[str, Any]:
    node: Any = _schema(name)
    for step in path:
        node = node[step]
    return node if isinstance(node, dict) else {}


def _where(document: Document, path: Sequence[str | int]) -> str:
    """`papers[3] (carion2025-sam3) の ids.arxiv`."""
    if not path:
        return "ファイル全体"
    key, *rest = path
    if not rest:
        return f"`{key}`"
    index, *inner = rest
    record = document.data[key][index] if isinstance(document.data, dict) else None
    name = record.get("id") or record.get("name") if isinstance(record, dict) else None
    head = f"`{key}` の {int(index) + 1} 番目" + (f" ({name})" if name else "")
    return f"{head} の `{'.'.join(map(str, inner))}`" if inner else head


def _finding(document: Document, path: tuple[str | int, ...], message: str, hint: str) -> Finding:
    line = document.line(path)
    return Finding(Code.REGISTRY_SCHEMA, "error", Span(document.path, line, line), message, hint)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def _wrong(document: Document, name: str, error: Any) -> Finding:
    path = tuple(error.instance_path)
    schema = _at(name, error.schema_path[:-1])
    message = f"{_where(document, path)} の値 {_shown(error.instance)} は使えません"
    return _finding(document, path, message, _allowed(schema))


def _allowed(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return "使えるのは " + "、".join(f"`{value}`" for value in schema["enum"])
    kind = _TYPES.get(str(schema.get("type")), "")
    words = [kind, str(schema.get("description", ""))]
    return "書けるのは " + "。".join(word for word in words if word)


def _missing(document: Document, name: str, error: Any) -> Finding:
    path = tuple(error.instance_path)
    key = error.kind.property
    schema = _at(name, error.schema_path[:-1]).get("properties", {}).get(key, {})
    message = f"{_where(document, path)} に `{key}` がありません"
    return _finding(document, path, message, f"`{key}:` を書いてください。{schema.get('description', '')}")


def _unknown_keys(document: Document, name: str, error: Any) -> list[tuple[str, Finding]]:
    path = tuple(error.instance_path)
    known = list(_at(name, error.schema_path[:-1]).get("properties", {}))
    unknown = [key for key in error.instance if key not in known]
    hint = "使える項目は " + "、".join(f"`{key}`" for key in known)
    where = _where(document, path)
    messages = ((key, f"{where} の `{key}` は知らない項目です") for key in unknown)
    return [(key, _finding(document, (*path, key), message, hint)) for key, message in messages]
